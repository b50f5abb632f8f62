"""Report families (年报格式): their sections, figures and tables, and which of them a year's report is written in."""

from dataclasses import replace
from functools import cache

from gongkai.statute.bodies import body_kind
from gongkai.statute.load import law
from gongkai.statute.records import Limit
from gongkai.statute.report_records import Family, FamilyFigure, LineColumn, ReportTable


def family(code: str) -> Family:
    """Return the family with this code. Raises KeyError."""
    return law().families[code]


def tables(code: str) -> list[ReportTable]:
    """List the tables of a family in their printed order."""
    return [law().tables[table] for table in family(code).tables]


@cache
def figures(code: str) -> tuple[FamilyFigure, ...]:
    """List the figures of a family in order: each channel, each kind and each cell of its tables spelled out."""
    spelled: list[FamilyFigure] = []
    for figure in family(code).figures:
        if figure.each == "channel":
            channels = law().channels.values()
            spelled += [_of(figure, f"channel.{c.code}", c.figure, c.unit) for c in channels]
        elif figure.each == "kind":
            spelled += [_of(figure, f"kind.{k.code}", k.figure, figure.unit) for k in law().kinds.values()]
        else:
            spelled.append(figure)
    cells = [cell for table in tables(code) for cell in _cells(table)]
    return (*spelled, *cells)


def _of(figure: FamilyFigure, code: str, label: str, unit: str) -> FamilyFigure:
    return replace(figure, code=code, label=label, unit=unit, each="")


def _cells(table: ReportTable) -> list[FamilyFigure]:
    """Return the cells of a table as figures, named `<table>.<row>.<column>`."""
    return [
        FamilyFigure(
            code=f"{table.key}.{row.code}.{column.code}", label=f"{row.label}（{_in_full(column)}）", unit=column.unit,
            section=table.section, stated=table.source == "stated", access=table.source != "stated",
            signed=column.signed, table=table.key, row=row.code, column=column.code,
        )
        for row in table.rows
        for column in table.columns
    ]  # fmt: skip


def _in_full(column: LineColumn) -> str:
    return f"{column.group}·{column.label}" if column.group else column.label


def choices(*, year: int) -> list[Family]:
    """List the families a report on a year may be written in."""
    return [one for one in law().families.values() if _used_for(one, year)]


def in_year(code: str, *, year: int) -> Family | None:
    """Return the family itself, or the form of its series that a year's report takes (None: none)."""
    one = family(code)
    return next((other for other in choices(year=year) if other == one or (one.series and other.series == one.series)),
                None)  # fmt: skip


def usual(kind: str, *, year: int) -> Family | None:
    """Return the family that a body of this kind reports a year in (None: no report is asked of it)."""
    code = body_kind(kind).family
    return in_year(code, year=year) if code else None


def limit_of(one: Family, *, kind: str) -> Limit:
    """Return the limit that says when a body of this kind publishes a report of a family, and for what period."""
    own = body_kind(kind)
    return law().limits[own.report if own.report and own.family == one.code else one.due]


def _used_for(one: Family, year: int) -> bool:
    return (one.from_year or year) <= year <= (one.to_year or year)
