"""Read spreadsheets as documents: what is shown, and what hides behind it."""

import io
from datetime import datetime, time

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from gongkai.documents.blocks import Block, Cell, Heading, Table, to_html, to_text
from gongkai.documents.reading.document import DocumentText, Part, Problem
from gongkai.documents.reading.docx import picture_problems, properties
from gongkai.documents.reading.outline import guess_title, is_label, learn
from gongkai.documents.reading.package import Package, attribute, local
from gongkai.documents.reading.refusal import EncryptedFile, TooLarge, Unreadable
from gongkai.documents.reading.workbook import MAX_CELLS, Sheet, SheetCell, read_workbook

SHOWN_ROWS = 2_000
HIDDEN = {
    "sheet": ("hidden_sheet", "hidden sheet", "隐藏的工作表"),
    "row": ("hidden_row", "hidden row", "隐藏行"),
    "column": ("hidden_column", "hidden column", "隐藏列"),
    "format": ("hidden_text", "hidden by format", "设为不显示"),
}
CACHES = (
    (r"xl/pivotCache/pivotCache(?:Records|Definition)\d*\.xml", "数据透视表缓存", True),
    (r"xl/externalLinks/externalLink\d*\.xml", "外部链接缓存", True),
    (r"xl/(?:charts/chart|diagrams/data)\d*\.xml", "图表", False),
    (r"xl/drawings/drawing\d*\.xml", "图形里的文字", False),
)


def read_xlsx(data: bytes, *, name: str) -> DocumentText:
    """Read an xlsx; raises Unreadable, TooLarge, ZipBomb, EncryptedFile."""
    package = Package(data)
    sheets = read_workbook(package)
    parts = [part for sheet in sheets for part in (*_cells(sheet), *_comments(package, sheet))]
    parts += _caches(package) + properties(package)
    return _document(sheets, parts, picture_problems(package), name=name, media="xlsx")


def read_xls(data: bytes, *, name: str) -> DocumentText:
    """Read an old xls, xlsb or et; hidden rows and columns cannot be told there."""
    sheets = calamine_sheets(data)
    message = "旧版表格里的隐藏行、隐藏列和批注无法自动检查。请另存为 .xlsx 再上传,或由另一人打开核对。"
    problem = Problem("unsupported", message, "隐藏行列")
    return _document(sheets, [p for s in sheets for p in _cells(s)], [problem], name=name, media="xls")


def calamine_sheets(data: bytes) -> list[Sheet]:
    """Read the sheets of an old workbook; it may abort the process, so only a child calls it."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise EncryptedFile from error
    except (CalamineError, ValueError, OSError) as error:
        raise (EncryptedFile if "assword" in str(error) else Unreadable) from error
    sheets = []
    for meta in workbook.sheets_metadata:
        sheet = Sheet(meta.name, "", "visible" if meta.visible == SheetVisibleEnum.Visible else "hidden")
        try:
            sheet.cells = _calamine_cells(workbook.get_sheet_by_name(meta.name))
        except (CalamineError, ValueError) as error:
            raise Unreadable from error
        sheets.append(sheet)
    return sheets


def _calamine_cells(sheet: object) -> list[SheetCell]:
    top, left = sheet.start or (0, 0)  # type: ignore[attr-defined]
    cells = []
    for row, values in enumerate(sheet.iter_rows(), top + 1):  # type: ignore[attr-defined]
        for column, value in enumerate(values, left + 1):
            text = _old_value(value)
            if text.strip():
                cells.append(SheetCell(row, column, text))
        if len(cells) > MAX_CELLS:
            raise TooLarge
    return cells


def _old_value(value: object) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    return str(value)


def _document(
    sheets: list[Sheet], parts: list[Part], problems: list[Problem], *, name: str, media: str
) -> DocumentText:
    blocks: list[Block] = []
    shown: list[Block] = []
    for sheet in sheets:
        rows = shown_rows(sheet)
        if sheet.state == "visible" and rows:
            heading = Heading(1, sheet.name)
            blocks += [heading, Table(rows)]
            shown += [heading, Table(rows[:SHOWN_ROWS])] if len(sheets) > 1 else [Table(rows[:SHOWN_ROWS])]
    first = next((block for block in blocks if isinstance(block, Table)), None)
    lone = first.rows[0][0].text if first and len(first.rows[0]) == 1 else ""
    return DocumentText(
        name=name,
        media=media,
        title=lone or guess_title([], name=name) or (sheets[0].name if sheets else ""),
        text=to_text(blocks),
        html=to_html(shown),
        parts=tuple(parts),
        problems=tuple(problems),
    )


def shown_rows(sheet: Sheet) -> tuple[tuple[Cell, ...], ...]:
    """Build the visible rows between the first and last used column; merged cells span."""
    visible = [cell for cell in sheet.cells if not cell.hidden]
    if not visible:
        return ()
    gone = {cell.column for cell in sheet.cells if cell.hidden == "column"} - {cell.column for cell in visible}
    used = sorted({cell.column for cell in visible})
    columns = [c for c in used if c not in gone]
    spans = {(top, left): (rows, wide) for top, left, rows, wide in sheet.merged}
    covered = {
        (row, column)
        for top, left, rows, wide in sheet.merged
        if rows * wide < 100_000
        for row in range(top, top + rows)
        for column in range(left, left + wide)
    } - set(spans)
    texts = {(cell.row, cell.column): cell.text for cell in visible}
    rows_used = sorted({cell.row for cell in visible})
    result = []
    for row in rows_used:
        line = []
        for column in columns:
            if (row, column) not in covered:
                tall, wide = spans.get((row, column), (1, 1))
                line.append(_cell(texts.get((row, column), ""), (row, tall, rows_used), (column, wide, columns)))
        result.append(tuple(line))
    return tuple(result)


def _cell(text: str, down: tuple[int, int, list[int]], right: tuple[int, int, list[int]]) -> Cell:
    row, tall, rows = down
    column, wide, columns = right
    rowspan = sum(row <= r < row + tall for r in rows) if tall > 1 else 1
    colspan = sum(column <= c < column + wide for c in columns) if wide > 1 else 1
    return Cell(text, max(colspan, 1), max(rowspan, 1))


def _cells(sheet: Sheet) -> list[Part]:
    """List a sheet's cells with place and label, hidden ones marked."""
    labels: dict[int, str] = {}
    left, row = "", 0
    parts = []
    for cell in sheet.cells:
        if cell.row != row:
            left, row = "", cell.row
        reason = "sheet" if sheet.state != "visible" else cell.hidden
        kind, note, label = HIDDEN.get(reason, ("sheet_cell", "", ""))
        where = f"sheet {sheet.name}!{cell.reference}" + (f" ({note})" if note else "")
        place = f"工作表“{sheet.name}”{cell.reference}" + (f"({label})" if label else "")
        context = f"{labels.get(cell.column, '')} {left}".strip()
        parts.append(Part(where, cell.text, kind, bool(reason), place, context))
        if is_label(cell.text):
            left = cell.text
            learn(labels, cell.column, left)
    around = [Part(f"工作表“{sheet.name}”页眉页脚", text, "header") for text in sheet.around]
    return parts + around


def _comments(package: Package, sheet: Sheet) -> list[Part]:
    if not sheet.member:
        return []
    parts = []
    for kind, target in package.relations(sheet.member).values():
        if kind not in ("comments", "threadedComment") or target not in package:
            continue
        for item in package.xml(target).iter():
            reference = attribute(item, "ref")
            if local(item) in ("comment", "threadedComment") and reference:
                text = "".join(str(piece) for piece in item.itertext()).strip()
                where = f"sheet {sheet.name}!{reference} (comment)"
                parts.append(Part(where, text, "comment", True, f"工作表“{sheet.name}”{reference}(批注)"))
    return parts


def _caches(package: Package) -> list[Part]:
    """Read copies of data that stay in the file after the cells are gone, and words in drawings."""
    parts = []
    for pattern, label, hidden in CACHES:
        for number, member in enumerate(package.matching(pattern), 1):
            words = []
            for item in package.xml(member).iter():
                if local(item) in ("t", "v", "s", "n") and (item.text or attribute(item, "v")):
                    words.append(item.text or attribute(item, "v"))
            if words:
                parts.append(Part(f"{label}{number}", "\n".join(words), "cached" if hidden else "body", hidden))
    return parts
