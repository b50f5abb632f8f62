"""Rows of an imported list (台账): find the columns by their Chinese names, read every cell, collect every fault.

Nothing here writes. A list that cannot be read at all raises ListRefused; a row that cannot be read becomes
one or more Rejected, so that a person can put right all of them at once.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.documents.reading import Refused
from gongkai.documents.tables import read_table

ROW_LIMIT = 100_000
SHANGHAI = ZoneInfo("Asia/Shanghai")
EXAMPLE = "请写成 2026-03-05 这样的日期"


class ListRefused(Exception):
    """Say, in plain Chinese, why the file as a whole cannot be imported."""


class BadValue(Exception):
    """Say, in plain Chinese, what is wrong with one cell and how to put it right."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a list: its printed name, other names it goes by, and how a cell is read.

    `needed` columns must be there; `filled` cells must not be empty; an empty cell gives `empty`.
    """

    field: str
    name: str
    aliases: tuple[str, ...] = ()
    read: Callable[[str], Any] = str
    needed: bool = False
    filled: bool = False
    empty: Any = ""


@dataclass(frozen=True)
class Rejected:
    """One bad cell: the row as the spreadsheet counts it (the heading is a row), column, value, what is wrong."""

    row: int
    column: str
    value: str
    message: str


@dataclass(frozen=True)
class Row:
    """A row that could be read: its number and the values by field."""

    number: int
    values: dict[str, Any]


@dataclass
class Listing:
    """A list as read: where it came from, the good rows and every fault of the others.

    `known` are rows about people who have an account already; they are let in only where `link_known` says so.
    """

    file: str
    digest: str
    read: int = 0
    rows: list[Row] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    known: list[Rejected] = field(default_factory=list)
    link_known: bool = False

    def reject(self, row: Row, column: str, message: str, value: Any = "") -> None:
        """Add a fault that shows only when the whole row is seen."""
        self.rejected.append(Rejected(row.number, column, str(value), message))

    def keep(self, fits: Callable[["Listing", Row], bool]) -> None:
        """Keep the rows that fit; `fits` adds the fault of each row that does not."""
        self.rows = [row for row in self.rows if fits(self, row)]


def read_list(data: bytes, *, name: str, columns: Iterable[Column]) -> Listing:
    """Read a CSV or XLSX list. Raises ListRefused when the file or its headings cannot be used."""
    wanted = list(columns)
    try:
        table = read_table(data, name=name)
    except Refused as refused:
        raise ListRefused(refused.message) from refused
    places, ignored = _headings(table.header, wanted)
    listing = Listing(file=name, digest=sha256(data).hexdigest(), read=len(table.rows), ignored=ignored)
    if listing.read == 0:
        raise ListRefused("表里只有标题行，没有内容。请核对是否选错了文件或工作表。")
    if listing.read > ROW_LIMIT:
        raise ListRefused(f"一次最多导入 {ROW_LIMIT} 行，这个文件有 {listing.read} 行。请分成几个文件。")
    for row in table.rows:
        _read_row(listing, row.line, row.cells, wanted, places)
    return listing


def plain(text: str) -> str:
    """Return a heading or name without spaces, brackets' contents, and with one form of each character."""
    folded = unicodedata.normalize("NFKC", text).replace("\ufeff", "")
    return re.sub(r"\(.*?\)|[\s*:/、]", "", folded).lower()


def _headings(header: Sequence[str], wanted: list[Column]) -> tuple[dict[str, int], list[str]]:
    names = {plain(name): column.field for column in wanted for name in (column.name, *column.aliases)}
    places: dict[str, int] = {}
    for place, cell in enumerate(header):
        if (known := names.get(plain(cell))) and known not in places:
            places[known] = place
    missing = [column.name for column in wanted if column.needed and column.field not in places]
    if missing:
        all_names = "、".join(column.name for column in wanted)
        raise ListRefused(f"表头缺少{'、'.join(f'「{n}」' for n in missing)}列。可用的列：{all_names}。")
    return places, [cell for place, cell in enumerate(header) if cell and place not in places.values()]


def _read_row(listing: Listing, number: int, line: Sequence[str], wanted: list[Column], places: dict[str, int]) -> None:
    values: dict[str, Any] = {}
    faults: list[Rejected] = []
    for column in wanted:
        place = places.get(column.field)
        cell = line[place].strip() if place is not None and place < len(line) else ""
        try:
            values[column.field] = _read_cell(column, cell)
        except BadValue as bad:
            faults.append(Rejected(number, column.name, cell[:200], str(bad)))
    listing.rejected.extend(faults)
    if not faults:
        listing.rows.append(Row(number, values))


def _read_cell(column: Column, cell: str) -> Any:
    if cell:
        return column.read(cell)
    if column.filled:
        raise BadValue(f"「{column.name}」不能为空")
    return column.empty


def text(limit: int) -> Callable[[str], str]:
    """Make a reader of text of at most `limit` characters."""

    def read(cell: str) -> str:
        cell = cell.replace("\0", "")
        if len(cell) > limit:
            raise BadValue(f"太长：{len(cell)} 字，最多 {limit} 字")
        return cell

    return read


def one_of(choices: dict[str, Any], what: str, show: Iterable[str]) -> Callable[[str], Any]:
    """Make a reader of a word out of a list (names, aliases and codes as `plain` has them)."""
    known = {plain(name): value for name, value in choices.items()}
    hint = "、".join(show)

    def read(cell: str) -> Any:
        if plain(cell) not in known:
            raise BadValue(f"没有这个{what}。可以填：{hint}")
        return known[plain(cell)]

    return read


def several_of(read: Callable[[str], Any]) -> Callable[[str], list[Any]]:
    """Make a reader of several such words, divided by 、;, or a line break."""

    def read_all(cell: str) -> list[Any]:
        found: list[Any] = []
        for part in re.split(r"[、;;,,|\n]+", cell):
            if part.strip() and (value := read(part.strip())) not in found:
                found.append(value)
        return found

    return read_all


FULL = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T].*)?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
NO_YEAR = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
EXCEL_EPOCH = date(1899, 12, 30)


def day(cell: str) -> date:
    """Read a date as people and programs write it; refuses days that do not exist."""
    folded = unicodedata.normalize("NFKC", cell).strip()
    if found := FULL.fullmatch(folded) or COMPACT.fullmatch(folded):
        return _existing(*(int(part) for part in found.groups()))
    if found := NO_YEAR.fullmatch(folded):
        month, number = (int(part) for part in found.groups())
        _existing(2024, month, number)
        raise BadValue(f"缺少年份，{EXAMPLE}")
    if re.fullmatch(r"\d{5}(\.\d+)?", folded):
        return EXCEL_EPOCH + timedelta(days=int(float(folded)))
    if re.fullmatch(r"1\d{9}", folded):
        return datetime.fromtimestamp(int(folded), SHANGHAI).date()
    raise BadValue(f"看不懂这个日期，{EXAMPLE}")


LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _existing(year: int, month: int, number: int) -> date:
    try:
        found = date(year, month, number)
    except ValueError:
        if not 1 <= month <= 12:
            raise BadValue(f"没有 {month} 月，{EXAMPLE}")
        if 1 <= number <= LONGEST[month - 1]:
            raise BadValue(f"{year} 年 {month} 月没有 {number} 日，{EXAMPLE}")
        raise BadValue(f"没有这一天：{month} 月没有 {number} 日，{EXAMPLE}")
    if not 1949 <= found.year <= 2100:
        raise BadValue(f"年份 {found.year} 不对，请核对")
    return found


def past(on: date) -> Callable[[str], date]:
    """Make a reader of a day that is not later than `on`."""

    def read(cell: str) -> date:
        found = day(cell)
        if found > on:
            raise BadValue("这一天还没有到，请核对日期")
        return found

    return read
