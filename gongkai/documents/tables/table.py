"""A list as read: a header and rows of text."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One row; `line` is its number in the file as an office program or editor shows it, from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A header (trimmed) and its rows, each as wide as the header; dates are 2026-11-21."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]

    def records(self) -> list[tuple[int, dict[str, str]]]:
        """List (line, column name → cell); of columns with one name the first counts."""
        names = list(enumerate(self.header))[::-1]
        return [(row.line, {name: row.cells[place] for place, name in names if name}) for row in self.rows]


def table_of(lines: list[tuple[int, list[str]]]) -> Table:
    """Build a table: the header is the first row, or the one below a lone title; blank rows are dropped."""
    filled = [(line, [cell.strip() for cell in cells]) for line, cells in lines]
    filled = [(line, cells) for line, cells in filled if any(cells)]
    if not filled:
        return Table((), ())
    start = next((place for place, (_, cells) in enumerate(filled[:5]) if sum(map(bool, cells)) > 1), 0)
    header = [" ".join(cell.split()) for cell in filled[start][1]]
    while header and not header[-1]:
        header.pop()
    width = len(header)
    body = filled[start + 1 :]
    rows = tuple(Row(line, tuple(cells[:width]) + ("",) * (width - len(cells))) for line, cells in body)
    return Table(tuple(header), rows)
