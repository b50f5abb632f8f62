"""Read a list from CSV (any usual encoding; comma, tab or semicolon) or a spreadsheet."""

import re
from pathlib import Path

from gongkai.documents.reading.decoding import decode
from gongkai.documents.reading.open import LIMIT_MB, load
from gongkai.documents.reading.plain import csv_rows, tidy
from gongkai.documents.reading.refusal import Unreadable
from gongkai.documents.reading.safely import run_child
from gongkai.documents.tables.table import Row, Table, table_of

SHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
WRONG = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")
EXCESS_QUOTES = 20_000


def read_table(
    source: Path | str | bytes,
    *,
    name: str = "",
    seconds: float = 60,
    memory_mb: int = 2048,
    limit_mb: int = LIMIT_MB,
) -> Table:
    """Read a list; raises a Refused with a message for the person who chose the file."""
    data = load(source, limit_mb=limit_mb)
    if data.startswith(SHEETS):
        answer = run_child("table", data, name=name, seconds=seconds, memory_mb=memory_mb)
        rows = tuple(Row(line, tuple(cells)) for line, cells in answer["rows"])
        return Table(tuple(answer["header"]), rows)
    if data.startswith(WRONG):
        raise Unreadable("这不是表格文件。请上传 CSV 或 XLSX 格式的清单。")
    return _from_text(data)


def _from_text(data: bytes) -> Table:
    decoded = decode(data)
    if decoded.problems:
        raise Unreadable(
            f"文件里的文字编码不一致或有损坏({decoded.problems[0].where})。请用表格软件打开,另存为 XLSX 再导入。"
        )
    # A lone \\r is a line break of old programs; inside quotes it would count as a line like any other.
    text = tidy(decoded.text)
    rows = csv_rows(text)
    for line, cells in rows:
        if any(len(cell) > EXCESS_QUOTES and cell.count("\n") > 50 for cell in cells):
            raise Unreadable(f"第 {line} 行有没有成对的引号,后面的内容无法分列。请改正引号,或另存为 XLSX 再导入。")
    if re.match(r"\s*<(?:!doctype|html|table)", text[:200], re.I):
        raise Unreadable("这是网页,不是表格。请用表格软件打开,另存为 XLSX 再导入。")
    return table_of(rows)
