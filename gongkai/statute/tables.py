"""Tables of statutory reports and the relations their cells must keep (勾稽关系).

Cells come as the contract's JSON has them: table key → row code → column code → number, None where not stated.
They may be our own report's or anyone's: what is not stated leaves a relation unchecked, it never breaks it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gongkai.statute import families
from gongkai.statute.load import law
from gongkai.statute.report_records import Balance, Line, LineColumn, ReportTable

Number = int | Decimal
Row = Mapping[str, Any]
Cells = Mapping[str, Mapping[str, Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy:
    """A relation that does not hold: where, what is said there and what would have to be said."""

    balance: str
    severity: str
    table: str
    row: str
    column: str
    said: Number | None
    should: Number | None
    message: str
    cite: str


def tables(family: str) -> list[ReportTable]:
    """List the tables of a family in their printed order. Raises KeyError."""
    return families.tables(family)


def check(family: str, cells: Cells, *, before: Cells | None = None) -> list[Discrepancy]:
    """Return every discrepancy among a report's cells; `before` are those of the year before.

    Balances C1–C8 of law/families.toml. A cell that is not stated (None or absent) leaves its relations unchecked.
    """
    found: list[Discrepancy] = []
    for balance in law().balances.values():
        for table in tables(family):
            if table.key in cells and balance.table in ("", table.key):
                found += TESTS[balance.kind](_Sheet(balance, table, cells[table.key], (before or {}).get(table.key)))
    return found


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One table's cells seen by one balance."""

    balance: Balance
    table: ReportTable
    cells: Mapping[str, Row]
    before: Mapping[str, Row] | None = None

    def cell(self, row: str, column: str) -> Number | None:
        return number(self.cells.get(row, {}).get(column))

    def last_year(self, row: str, column: str) -> Number | None:
        return number((self.before or {}).get(row, {}).get(column))

    def breaks(self, row: Line, column: LineColumn, *, said: Number | None, should: Number | None,
               words: str) -> Discrepancy:  # fmt: skip
        """Tell of a broken relation at a cell."""
        return Discrepancy(
            balance=self.balance.code, severity=self.balance.severity, table=self.table.key, row=row.code,
            column=column.code, said=said, should=should, message=f"「{row.label}」{column.label}:{words}",
            cite=self.balance.cite,
        )  # fmt: skip

    def line(self, code: str) -> Line:
        return next(row for row in self.table.rows if row.code == code)

    def upright(self, code: str) -> LineColumn | None:
        return next((column for column in self.table.columns if column.code == code), None)


def number(value: Any) -> Number | None:
    """Return a stated number, None for what is not one."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, float):
        value = Decimal(str(value))
    if isinstance(value, Decimal):
        return int(value) if value.is_finite() and value == value.to_integral_value() else value
    return value if isinstance(value, int) else None


def total(values: Iterable[Number | None]) -> Number | None:
    """Return the sum of stated numbers; None when one of them is not stated."""
    found: Number = 0
    for value in values:
        if value is None:
            return None
        found = found + value
    return number(found)


def _rows(sheet: _Sheet) -> Iterator[Discrepancy]:
    """Sum of the left rows = sum of the right rows, in every column."""
    left, right = sheet.balance.left, sheet.balance.right
    for column in sheet.table.columns:
        ours = total(sheet.cell(row, column.code) for row in left)
        theirs = total(sheet.cell(row, column.code) for row in right)
        if ours is not None and theirs is not None and ours != theirs:
            words = f"{sheet.balance.name};现在前者是{ours},后者是{theirs}。"
            yield sheet.breaks(sheet.line(right[0]), column, said=theirs, should=ours, words=words)


def _parts_of_row(sheet: _Sheet) -> Iterator[Discrepancy]:
    """A total row = the sum of the rows that are part of it, in every column."""
    for whole in sheet.balance.left:
        parts = [row.code for row in sheet.table.rows if row.part_of == whole]
        for column in sheet.table.columns:
            said = sheet.cell(whole, column.code)
            should = total(sheet.cell(part, column.code) for part in parts)
            if said is not None and should is not None and said != should:
                words = f"填的是{said},各项相加是{should}。"
                yield sheet.breaks(sheet.line(whole), column, said=said, should=should, words=words)


def _parts_of_column(sheet: _Sheet) -> Iterator[Discrepancy]:
    """A total column = the sum of the columns that are part of it, in every row."""
    for whole in filter(None, map(sheet.upright, sheet.balance.left)):
        parts = [column.code for column in sheet.table.columns if column.part_of == whole.code]
        for row in sheet.table.rows:
            said, should = sheet.cell(row.code, whole.code), total(sheet.cell(row.code, part) for part in parts)
            if said is not None and should is not None and said != should:
                words = f"填的是{said},各栏相加是{should}。"
                yield sheet.breaks(row, whole, said=said, should=should, words=words)


def _numbers(sheet: _Sheet) -> Iterator[Discrepancy]:
    """Every stated cell is a number, whole unless money, and not below zero unless the column is signed."""
    for row in sheet.table.rows:
        for column in sheet.table.columns:
            raw = sheet.cells.get(row.code, {}).get(column.code)
            wrong = _wrong_number(raw, column) if raw is not None else ""
            if wrong:
                yield sheet.breaks(row, column, said=number(raw), should=None, words=wrong)


def _wrong_number(raw: Any, column: LineColumn) -> str:
    value = number(raw)
    if value is None or not Decimal(value).is_finite():
        return f"{str(raw)[:20]!r}不是数字。"
    if value < 0 and not column.signed:
        return f"{value}小于零。"
    if isinstance(value, Decimal) and column.unit != "万元":
        return f"{value}不是整数。"
    return ""


def _carried(sheet: _Sheet) -> Iterator[Discrepancy]:
    """What is carried in = what last year's report carried out, in every column."""
    for into, out in zip(sheet.balance.left, sheet.balance.right, strict=True):
        for column in sheet.table.columns:
            said, should = sheet.cell(into, column.code), sheet.last_year(out, column.code)
            if said is not None and should is not None and said != should:
                words = f"填的是{said},上一年度报告结转下年度的是{should}。"
                yield sheet.breaks(sheet.line(into), column, said=said, should=should, words=words)


def _stock(sheet: _Sheet) -> Iterator[Discrepancy]:
    """What stands at the end of the year = what stood a year before + what came − what went."""
    balance, column = sheet.balance, sheet.upright(sheet.balance.left[0])
    stood, came = balance.right
    for row in sheet.table.rows if column else ():
        said = sheet.cell(row.code, balance.left[0])
        gains = total([sheet.last_year(row.code, stood), sheet.cell(row.code, came)])
        losses = total(sheet.cell(row.code, code) for code in balance.minus)
        if column and None not in (said, gains, losses) and said != gains - losses:  # type: ignore[operator]
            should = number(gains - losses)  # type: ignore[operator]
            words = f"填的是{said},按上一年度报告加本年制发、减本年废止应为{should}。"
            yield sheet.breaks(row, column, said=said, should=should, words=words)


def _at_most(sheet: _Sheet) -> Iterator[Discrepancy]:
    """The left column is not greater than the right one, in every row."""
    less, more = sheet.upright(sheet.balance.left[0]), sheet.upright(sheet.balance.right[0])
    for row in sheet.table.rows if less and more else ():
        said, most = sheet.cell(row.code, less.code), sheet.cell(row.code, more.code)  # type: ignore[union-attr]
        if less and more and said is not None and most is not None and said > most:
            yield sheet.breaks(row, less, said=said, should=most, words=f"{said}大于「{more.label}」的{most}。")


TESTS: dict[str, Callable[[_Sheet], Iterator[Discrepancy]]] = {
    "rows": _rows,
    "parts-of-row": _parts_of_row,
    "parts-of-column": _parts_of_column,
    "numbers": _numbers,
    "carried": _carried,
    "stock": _stock,
    "at-most": _at_most,
}
