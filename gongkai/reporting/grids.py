"""Lay a statutory table out as it is printed: headings over several lines, labels in groups, one figure a cell."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from gongkai.reporting.figures import Figure
from gongkai.statute.report_records import Line, LineColumn, ReportTable


@dataclass(frozen=True)
class GridCell:
    """A cell as printed: a heading with its scope, or a figure."""

    text: str = ""
    colspan: int = 1
    rowspan: int = 1
    scope: str = ""
    narrow: bool = False
    figure: Figure | None = None


GridRow = tuple[GridCell, ...]


@dataclass(frozen=True)
class Grid:
    """A table ready to be shown: heading rows, then rows of figures; `entered` = some cells are typed by a person."""

    table: ReportTable
    head: tuple[GridRow, ...]
    body: tuple[GridRow, ...]
    entered: bool
    unit: str = ""

    @property
    def captioned(self) -> bool:
        """Tell whether the caption is part of the printed form (the others stand under their section's heading)."""
        return self.table.source == "stated"


def grid(table: ReportTable, figures: Mapping[str, Figure]) -> Grid:
    """Return a table filled with its figures (by code)."""
    entered = any(figures[_code(table, row, column)].stated for row in table.rows for column in table.columns)
    if table.layout == "abreast":
        return Grid(table, *_abreast(table, figures), entered=entered)
    depth = 1 + max(len(row.groups) for row in table.rows)
    return Grid(table, _head(table, depth), _body(table, figures, depth), entered=entered)


def _code(table: ReportTable, row: Line, column: LineColumn) -> str:
    return f"{table.key}.{row.code}.{column.code}"


def _head(table: ReportTable, depth: int) -> tuple[GridRow, ...]:
    """Return the heading rows: one over all columns where the table has it, one of groups, one of columns."""
    grouped = any(column.group for column in table.columns)
    height = 1 + grouped + bool(table.head)
    rows: list[list[GridCell]] = [[] for _ in range(height)]
    rows[0].append(GridCell(table.stub, colspan=depth, rowspan=height, scope="col"))
    if table.head:
        rows[0].append(GridCell(table.head, colspan=len(table.columns), scope="colgroup"))
    top = int(bool(table.head))
    for name, columns in groupby(table.columns, key=lambda column: column.group):
        members = list(columns)
        if name:
            rows[top].append(GridCell(name, colspan=len(members), scope="colgroup"))
        labels = [GridCell(one.label, rowspan=1 + (grouped and not name), scope="col", narrow=grouped)
                  for one in members]  # fmt: skip
        rows[top + bool(name)] += labels
    return tuple(map(tuple, rows))


def _body(table: ReportTable, figures: Mapping[str, Figure], depth: int) -> tuple[GridRow, ...]:
    rows: list[GridRow] = []
    before: tuple[str, ...] = ()
    for place, row in enumerate(table.rows):
        labels = [
            GridCell(name, rowspan=_span(table, place, level), scope="rowgroup", narrow=True)
            for level, name in enumerate(row.groups)
            if before[: level + 1] != row.groups[: level + 1]
        ]
        labels.append(GridCell(row.label, colspan=depth - len(row.groups), scope="row"))
        cells = [GridCell(figure=figures[_code(table, row, column)]) for column in table.columns]
        rows.append((*labels, *cells))
        before = row.groups
    return tuple(rows)


def _span(table: ReportTable, place: int, level: int) -> int:
    """Count the rows from `place` that stand under the same groups down to a level."""
    path, count = table.rows[place].groups[: level + 1], 0
    for row in table.rows[place:]:
        if row.groups[: level + 1] != path:
            break
        count += 1
    return count


def _abreast(table: ReportTable, figures: Mapping[str, Figure]) -> tuple[tuple[GridRow, ...], tuple[GridRow, ...]]:
    """Lay the lines beside one another: their labels over their columns, all figures in one row."""
    depth, width = 1 + max(len(row.groups) for row in table.rows), len(table.columns)
    head: list[list[GridCell]] = [[] for _ in range(depth + 1)]
    before: tuple[str, ...] = ()
    for place, row in enumerate(table.rows):
        for level, name in enumerate(row.groups):
            if before[: level + 1] != row.groups[: level + 1]:
                spanned = width * _span(table, place, level)
                head[level].append(GridCell(name, colspan=spanned, scope="colgroup"))
        at = len(row.groups)
        head[at].append(GridCell(row.label, colspan=width, scope="colgroup"))
        below = GridCell(rowspan=depth - at, scope="col", narrow=True)
        head[at + 1] += [replace(below, text=column.label) for column in table.columns]
        before = row.groups
    cells = tuple(GridCell(figure=figures[_code(table, row, one)]) for row in table.rows for one in table.columns)
    return tuple(map(tuple, head)), (cells,)
