"""Refuse report tables and balances that do not fit together: a balance names lines that are there."""

from collections.abc import Iterable

from gongkai.statute.corpus import Law
from gongkai.statute.reading import refuse
from gongkai.statute.report_records import Balance, Family, ReportTable

SOURCES = ("stated", "requests", "remedies")
SEVERITIES = ("error", "warning")
# Which of a balance's lines are rows and which are columns of its table.
ROW_KINDS = ("rows", "parts-of-row", "carried")
COLUMN_KINDS = ("parts-of-column", "stock", "at-most")
KINDS = (*ROW_KINDS, *COLUMN_KINDS, "numbers")


def check_tables(law: Law) -> None:
    """Refuse families, tables and balances whose codes do not meet. Raises RefusedRecord."""
    for family in law.families.values():
        _family(law, family)
    for table in law.tables.values():
        _table(table)
    for balance in law.balances.values():
        _balance(law, balance)
    idle = [code for code in law.tables if all(code not in family.tables for family in law.families.values())]
    if idle:
        refuse("law/families.toml", f"没有体例使用表 {'、'.join(idle)}")


def _known(where: str, what: str, codes: Iterable[str], known: Iterable[str]) -> None:
    there = set(known)
    for code in codes:
        if code and code not in there:
            refuse(where, f"{what} {code!r} 不存在")


def _family(law: Law, family: Family) -> None:
    where = f"law/families.toml {family.code}"
    _known(where, "表", family.tables, law.tables)
    tables = [law.tables[code] for code in family.tables]
    if len({table.key for table in tables}) != len(tables):
        refuse(where, "同一张表出现两次")
    _known(where, "部分", [table.section for table in tables], [section.code for section in family.sections])
    cells = [f"{t.key}.{row.code}.{column.code}" for t in tables for row in t.rows for column in t.columns]
    for figure in family.figures:
        _known(where, "相加的数", figure.sums, cells)


def _table(table: ReportTable) -> None:
    where = f"law/families.toml {table.code}"
    _known(where, "来源", [table.source], SOURCES)
    for what, lines in (("行", table.rows), ("列", table.columns)):
        codes = [line.code for line in lines]
        if len(set(codes)) != len(codes) or not codes:
            refuse(where, f"{what}没有或重复")
        _known(where, f"合计的{what}", [line.part_of for line in lines], codes)


def _balance(law: Law, balance: Balance) -> None:
    where = f"law/families.toml {balance.code}"
    _known(where, "勾稽关系", [balance.kind], KINDS)
    _known(where, "严重程度", [balance.severity], SEVERITIES)
    tables = [table for table in law.tables.values() if balance.table in ("", table.key)]
    if not tables:
        refuse(where, f"表 {balance.table!r} 不存在")
    lines = [line for table in tables for line in (table.rows if balance.kind in ROW_KINDS else table.columns)]
    _known(where, "栏次", (*balance.left, *balance.right, *balance.minus), [line.code for line in lines])
