"""Write lists as XLSX: a styled frozen header, real dates and numbers, no formulas."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

Value = str | int | float | Decimal | date | datetime | bool | None
LONGEST = 32_767
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# A cell that starts so is a formula to some office programs, also after a detour through CSV.
RISKY = ("=", "+", "-", "@", "\t", "\r")
THIN = Side(style="thin", color="FFB8B8B8")
BORDER = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


@dataclass(frozen=True)
class SheetRows:
    """One sheet: a name, a header and rows."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Value]]


def write_xlsx(*sheets: SheetRows) -> bytes:
    """Write sheets; a text that looks like a formula stays a text."""
    book = Workbook(write_only=True)
    names: set[str] = set()
    for sheet in sheets:
        name = _sheet_name(sheet.name, names)
        names.add(name)
        _fill(book.create_sheet(name), sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(target: Any, sheet: SheetRows) -> None:
    rows = [list(row) for row in sheet.rows]
    target.freeze_panes = "A2"
    for place, title in enumerate(sheet.header, 1):
        longest = max([_width(title), *(_width(row[place - 1]) for row in rows[:200] if len(row) >= place)])
        target.column_dimensions[get_column_letter(place)].width = min(max(longest + 3, 8), 60)
    if sheet.header:
        target.auto_filter.ref = f"A1:{get_column_letter(len(sheet.header))}{len(rows) + 1}"
    target.append([_header(target, title) for title in sheet.header])
    for row in rows:
        target.append([_cell(target, value) for value in row])


def _header(target: Any, title: str) -> Cell:
    cell = _cell(target, title)
    cell.font = Font(name="微软雅黑", bold=True, color="FFFFFFFF")
    cell.fill = PatternFill("solid", fgColor="FF1F4E79")
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return cell


def _cell(target: Any, value: Value) -> Cell:
    if isinstance(value, bool):
        value = "是" if value else "否"
    if isinstance(value, datetime) and value.tzinfo:
        value = value.replace(tzinfo=None)
    if isinstance(value, str):
        value = FORBIDDEN.sub("", value)[:LONGEST]
    cell: Cell = WriteOnlyCell(target, value=value)  # type: ignore[arg-type]
    cell.border = BORDER
    cell.alignment = Alignment(vertical="center", wrap_text=isinstance(value, str) and len(value) > 12)
    if isinstance(value, datetime):
        cell.number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"
        cell.quotePrefix = value.startswith(RISKY)
    return cell


def _width(value: object) -> int:
    if isinstance(value, date):
        return 16 if isinstance(value, datetime) else 10
    text = "" if value is None else str(value)
    return max((sum(2 if char > "\u2e7f" else 1 for char in line) for line in text.split("\n")), default=0)


def _sheet_name(name: str, taken: set[str]) -> str:
    clean = re.sub(r"[\[\]:*?/\\']", " ", FORBIDDEN.sub("", name)).strip()[:28] or "清单"
    number = 2
    unique = clean
    while unique in taken:
        unique = f"{clean}_{number}"
        number += 1
    return unique
