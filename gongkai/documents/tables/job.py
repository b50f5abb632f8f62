"""The child's side of `read_table`: the first visible sheet with content."""

from typing import Any

from gongkai.documents.reading.package import Package
from gongkai.documents.reading.refusal import Unreadable
from gongkai.documents.reading.sheets import calamine_sheets
from gongkai.documents.reading.sniffing import sniff
from gongkai.documents.reading.workbook import Sheet, read_workbook
from gongkai.documents.tables.table import table_of

MAX_COLUMNS = 200


def table_job(data: bytes, *, name: str) -> dict[str, Any]:
    """Read a spreadsheet's list; raises Unreadable when there is none."""
    media = sniff(data, name=name).media
    if media not in ("xlsx", "xls"):
        raise Unreadable("这不是表格文件。请上传 CSV 或 XLSX 格式的清单。")
    sheets = read_workbook(Package(data)) if media == "xlsx" else calamine_sheets(data)
    shown = [sheet for sheet in sheets if sheet.cells and sheet.state == "visible"]
    table = table_of(lines_of(shown[0])) if shown else table_of([])
    return {"header": table.header, "rows": [[row.line, row.cells] for row in table.rows]}


def lines_of(sheet: Sheet) -> list[tuple[int, list[str]]]:
    """Lay the cells out in rows; hidden rows and columns belong to the list."""
    lines: dict[int, list[str]] = {}
    for cell in sheet.cells:
        if cell.column > MAX_COLUMNS:
            continue
        line = lines.setdefault(cell.row, [])
        line.extend([""] * (cell.column - len(line)))
        line[cell.column - 1] = cell.text
    return sorted(lines.items())
