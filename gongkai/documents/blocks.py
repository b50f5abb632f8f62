"""The block model: what a document says, free of any file format."""

import html
from collections.abc import Iterable
from dataclasses import dataclass

ALIGNMENTS = ("left", "center", "right")


@dataclass(frozen=True)
class Run:
    """A stretch of text of one look; `href` is an http(s), mailto or tel address or empty."""

    text: str
    bold: bool = False
    href: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 4."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; a line break inside it is a newline in its runs."""

    runs: tuple[Run, ...]
    align: str = "left"

    @property
    def text(self) -> str:
        """Return the plain text of all runs."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class ListBlock:
    """A bullet or numbered list; nested items come as items of their own."""

    ordered: bool
    items: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Cell:
    """One cell as written; the grid cells it covers are not repeated."""

    text: str
    colspan: int = 1
    rowspan: int = 1
    header: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells, as in HTML: a covered grid place has no cell."""

    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""

    @property
    def columns(self) -> int:
        """Return the number of grid columns."""
        return max((column + cell.colspan for _, column, cell in placed(self)), default=0)


Block = Heading | Paragraph | ListBlock | Table


def paragraph(text: str, *, align: str = "left") -> Paragraph:
    """Make a paragraph of one plain run."""
    return Paragraph((Run(text),) if text else (), align)


def placed(table: Table) -> list[tuple[int, int, Cell]]:
    """List (row, column, cell) on the grid, both from 0, minding row spans."""
    taken: set[tuple[int, int]] = set()
    result = []
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            result.append((row, column, cell))
            if cell.rowspan > 1:
                taken.update(
                    (row + down, column + right) for down in range(1, cell.rowspan) for right in range(cell.colspan)
                )
            column += cell.colspan
    return result


def to_text(blocks: Iterable[Block]) -> str:
    """Write blocks as plain text: a line a paragraph, cells of a row parted by tabs."""
    return "\n".join(line for block in blocks for line in _lines(block))


def _lines(block: Block) -> list[str]:
    if isinstance(block, ListBlock):
        return [f"{number}. {item.text}" if block.ordered else item.text for number, item in enumerate(block.items, 1)]
    if isinstance(block, Table):
        rows = ["\t".join(cell.text.replace("\n", " ") for cell in row) for row in block.rows]
        return ([block.caption] if block.caption else []) + rows
    return [block.text]


def to_html(blocks: Iterable[Block]) -> str:
    """Write blocks as clean structural HTML: h2–h5, p, ul, ol, table with colspan and rowspan."""
    return "\n".join(_html(block) for block in blocks)


def _html(block: Block) -> str:
    if isinstance(block, Heading):
        tag = f"h{min(max(block.level, 1), 4) + 1}"
        return f"<{tag}>{_escaped(block.text)}</{tag}>"
    if isinstance(block, Paragraph):
        style = "" if block.align == "left" else f' style="text-align: {block.align}"'
        return f"<p{style}>{_runs(block)}</p>"
    if isinstance(block, ListBlock):
        tag = "ol" if block.ordered else "ul"
        return f"<{tag}>" + "".join(f"<li>{_runs(item)}</li>" for item in block.items) + f"</{tag}>"
    return _table(block)


def _escaped(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>")


def _runs(block: Paragraph) -> str:
    pieces = []
    for run in block.runs:
        piece = _escaped(run.text)
        if run.bold and piece.strip():
            piece = f"<strong>{piece}</strong>"
        if run.href:
            piece = f'<a href="{html.escape(run.href)}">{piece}</a>'
        pieces.append(piece)
    return "".join(pieces)


def _table(table: Table) -> str:
    rows = []
    for row in table.rows:
        cells = []
        for cell in row:
            tag = "th" if cell.header else "td"
            spans = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
            spans += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
            cells.append(f"<{tag}{spans}>{_escaped(cell.text)}</{tag}>")
        rows.append("<tr>" + "".join(cells) + "</tr>")
    caption = f"<caption>{_escaped(table.caption)}</caption>" if table.caption else ""
    return f"<table>{caption}<tbody>" + "".join(rows) + "</tbody></table>"
