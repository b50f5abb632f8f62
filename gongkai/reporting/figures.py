"""Figures of an annual report: every number is the count of named records, never typed in.

A member's name is `disclosure/<public id>`, `posting/<id>`, `opinion/<id>`, `case/<id>` or `remedy/<id>`; a figure
no record of ours holds is *stated* by a person with its source, and is None (未填) until then – never 0 by default.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.access.keeping import keeps_requests
from gongkai.bodies.models import Body, OwnKind, SiteMode
from gongkai.feedback.models import Opinion, OpinionKind
from gongkai.publishing.models import Disclosure, Posting, Standing
from gongkai.reporting.counting import add_requests
from gongkai.reporting.models import AnnualReport, StatedFigure
from gongkai.statute import families
from gongkai.statute.report_records import FamilyFigure
from gongkai.statute.tables import number, total

Number = int | Decimal
Cells = dict[str, dict[str, dict[str, Number | None]]]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure: its code (design contract), label, value (None = not stated), unit and members.

    Money (万元) has decimals, everything else is whole; `table`, `row` and `column` place a cell of a table.
    """

    code: str
    label: str
    value: Number | None
    unit: str
    section: str
    members: tuple[str, ...] = ()
    stated: bool = False
    source: str = ""
    table: str = ""
    row: str = ""
    column: str = ""


@dataclass(frozen=True)
class Period:
    """Hold a body and the days of a report, both included."""

    body: Body
    start: date
    end: date


def compute(period: Period, *, family: str, report: AnnualReport | None = None) -> list[Figure]:
    """Return every figure of a family, in its printed order; stated ones from `report` where it has them."""
    kept = keeps_requests(period.body, start=period.start, end=period.end)
    counted = members_of(period)
    if kept:
        add_requests(counted, period.body, (period.start, period.end), form_year=families.family(family).from_year)
    stated = {row.code: row for row in report.stated.all()} if report else {}
    found: dict[str, Figure] = {}
    for one in families.figures(family):
        if not one.sums:
            by_hand = one.stated or (one.access and not kept)
            found[one.code] = _stated(one, stated.get(one.code)) if by_hand else _counted(one, counted)
    return [_summed(one, found) if one.sums else found[one.code] for one in families.figures(family)]


def _counted(one: FamilyFigure, counted: Mapping[str, Sequence[str]]) -> Figure:
    members = tuple(counted.get(one.code, ()))
    return _figure(one, value=len(members), members=members)


def _stated(one: FamilyFigure, row: StatedFigure | None) -> Figure:
    return _figure(one, value=number(row.value) if row else None, source=row.source if row else "", stated=True)


def _summed(one: FamilyFigure, found: Mapping[str, Figure]) -> Figure:
    """Add up other figures; not known while one of them is not."""
    parts = [found[code] for code in one.sums]
    members = tuple(name for part in parts for name in part.members)
    return _figure(one, value=total(part.value for part in parts), members=members)


def _figure(one: FamilyFigure, **facts: Any) -> Figure:
    return Figure(
        code=one.code, label=one.label, unit=one.unit, section=one.section, table=one.table, row=one.row,
        column=one.column, **facts,
    )  # fmt: skip


def cells_of(figures: Iterable[Figure]) -> Cells:
    """Return the cells of the tables among these figures: table → row → column → number (None = not stated)."""
    cells: Cells = {}
    for figure in figures:
        if figure.table:
            cells.setdefault(figure.table, {}).setdefault(figure.row, {})[figure.column] = figure.value
    return cells


def members_of(period: Period) -> defaultdict[str, list[str]]:
    """Return the names of the records behind every countable figure of a period."""
    members: dict[str, list[str]] = defaultdict(list)
    on_own_site = _add_disclosures(members, period)
    _add_postings(members, period, on_own_site)
    _add_opinions(members, period)
    return members


def _add_disclosures(members: dict[str, list[str]], period: Period) -> set[int]:
    """Add what was first made public to 社会; return the ids of what stands on the body's own site here."""
    lines = {kind.code: kind.counts_as for kind in OwnKind.objects.filter(body=period.body)}
    rows = (
        Disclosure.objects.of(period.body)
        .first_made_public(start=period.start, end=period.end)
        .order_by("first_public_on", "pk")
        .values_list("pk", "public_id", "standing", "current__kind")
    )
    ours: set[int] = set()
    for pk, public_id, standing, kind in rows:
        name = f"disclosure/{public_id}"
        members["proactive.total"].append(name)
        members[f"kind.{lines.get(kind, kind)}"].append(name)
        if period.body.site_mode == SiteMode.OWN and standing != Standing.ELSEWHERE:
            members["channel.site"].append(name)
            ours.add(pk)
    return ours


def _add_postings(members: dict[str, list[str]], period: Period, on_own_site: set[int]) -> None:
    """Add appearances on channels; one disclosure counts once a channel and day, however often it is listed."""
    rows = (
        Posting.objects.of(period.body)
        .posted_within(start=period.start, end=period.end)
        .order_by("posted_on", "pk")
        .values_list("pk", "channel", "posted_on", "disclosure_id")
    )
    seen: set[tuple[int, str, date]] = set()
    for pk, channel, posted_on, disclosure in rows:
        if disclosure is not None:
            if (disclosure, channel, posted_on) in seen or (channel == "site" and disclosure in on_own_site):
                continue
            seen.add((disclosure, channel, posted_on))
        members[f"channel.{channel}"].append(f"posting/{pk}")


def _add_opinions(members: dict[str, list[str]], period: Period) -> None:
    received = Opinion.objects.of(period.body).received_within(start=period.start, end=period.end).order_by("pk")
    for pk, kind, answered_on in received.values_list("pk", "kind", "answered_on"):
        code = "complaints.received" if kind == OpinionKind.REPORT else "opinions.received"
        members[code].append(f"opinion/{pk}")
        if code == "opinions.received" and answered_on and answered_on <= period.end:
            members["opinions.answered"].append(f"opinion/{pk}")
