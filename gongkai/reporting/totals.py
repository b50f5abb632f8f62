"""Add up the totals of a typed table where all their parts are known."""

from collections.abc import Iterable, Mapping

from gongkai.reporting.figures import Number
from gongkai.statute import families
from gongkai.statute.report_records import ReportTable
from gongkai.statute.tables import total


def with_totals(family: str, values: Mapping[str, Number | None]) -> dict[str, Number | None]:
    """Return typed cells (by code) with the open totals among them filled: across the columns, then down the rows."""
    filled = dict(values)
    for table in families.tables(family):
        for whole, parts in (*_across(table), *_down(table)):
            if whole in filled and filled[whole] is None:
                filled[whole] = total(filled.get(part) for part in parts)
    return filled


def _across(table: ReportTable) -> Iterable[tuple[str, list[str]]]:
    for whole in {column.part_of for column in table.columns if column.part_of}:
        for row in table.rows:
            parts = [column.code for column in table.columns if column.part_of == whole]
            yield f"{table.key}.{row.code}.{whole}", [f"{table.key}.{row.code}.{part}" for part in parts]


def _down(table: ReportTable) -> Iterable[tuple[str, list[str]]]:
    for whole in {row.part_of for row in table.rows if row.part_of}:
        parts = [row.code for row in table.rows if row.part_of == whole]
        for column in table.columns:
            yield f"{table.key}.{whole}.{column.code}", [f"{table.key}.{part}.{column.code}" for part in parts]
