"""Blocks for the writers: made from clean HTML, handed to templates as plain data."""

from collections.abc import Iterable
from typing import Any

from gongkai.documents.blocks import (
    Block,
    Cell,
    Heading,
    ListBlock,
    Paragraph,
    Run,
    Table,
    paragraph,
    placed,
    to_html,
    to_text,
)
from gongkai.documents.hypertext import from_html

__all__ = [
    "Block",
    "Cell",
    "Heading",
    "ListBlock",
    "Paragraph",
    "Run",
    "Table",
    "as_data",
    "column_weights",
    "from_html",
    "paragraph",
    "table",
    "to_html",
    "to_text",
]


def table(header: Iterable[str], rows: Iterable[Iterable[object]], *, caption: str = "") -> Table:
    """Make a plain table with a header row."""
    head = tuple(Cell(text, header=True) for text in header)
    body = (tuple(Cell("" if value is None else str(value)) for value in row) for row in rows)
    return Table((head, *body), caption)


def as_data(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """Return blocks as the plain data that the PDF templates read."""
    return [_data(block) for block in blocks]


def _data(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "text": block.text}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "align": block.align, "runs": _runs(block)}
    if isinstance(block, ListBlock):
        return {"kind": "list", "ordered": block.ordered, "items": [_runs(item) for item in block.items]}
    return {"kind": "table", "caption": block.caption, "columns": block.columns, "head": _head(block), **_cells(block)}


def _runs(block: Paragraph) -> list[dict[str, Any]]:
    return [{"text": run.text, "bold": run.bold} for run in block.runs]


def _head(block: Table) -> int:
    """Count the leading header rows, which repeat on every page."""
    count = 0
    for row in block.rows:
        if not row or not all(cell.header for cell in row):
            break
        count += 1
    return count if count < len(block.rows) else 0


def _cells(block: Table) -> dict[str, Any]:
    """Lay the cells out on the grid; spans are cut to it."""
    columns, rows = block.columns, len(block.rows)
    cells = [
        {
            "x": column,
            "y": row,
            "colspan": min(cell.colspan, columns - column),
            "rowspan": min(cell.rowspan, rows - row),
            "text": cell.text,
            "header": cell.header,
        }
        for row, column, cell in placed(block)
    ]
    return {"cells": cells, "weights": column_weights(block)}


def column_weights(block: Table) -> list[float]:
    """Weigh the columns by their longest line, long texts less than proportionally."""
    weights = [2.0] * block.columns
    for _, column, cell in placed(block):
        if cell.colspan == 1:
            longest = max((len(line) for line in cell.text.split("\n")), default=0)
            weights[column] = max(weights[column], min(longest, 24) ** 0.7)
    return weights
