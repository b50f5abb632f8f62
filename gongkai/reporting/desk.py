"""What the annual report puts on the desk: the report of the year when its day comes near."""

from datetime import date, timedelta

from gongkai.bodies.desk import DeskLine, Rank, Why, address, days_to, month_day, timed
from gongkai.bodies.models import Body
from gongkai.bodies.policy import OFFICE
from gongkai.bodies.scope import Scope
from gongkai.reporting.models import AnnualReport, ReportState
from gongkai.statute import families
from gongkai.statute.limits import report_due_on, report_period
from gongkai.statute.records import Limit

AHEAD = timedelta(days=45)


def lines(scope: Scope) -> list[DeskLine]:
    """Return the line of the report that is due next, once its period is over or nearly so."""
    found = _due(scope.body, on=scope.on)
    if found is None or not scope.has(*OFFICE):
        return []
    limit, year, due_on = found
    reports = AnnualReport.objects.filter(body=scope.body, year=year)
    if due_on > scope.on + AHEAD or reports.filter(state=ReportState.PUBLISHED).exists():
        return []
    _, state, label = timed(due_on, on=scope.on)
    begun = reports.order_by("-pk").first()
    page = address("reporting_report", scope.body.code, begun.pk) if begun else ""
    start, end = report_period(limit, year=year)
    local = "；日期由主管部门规定，请核对" if limit.local else ""
    return [
        DeskLine(
            key=f"report/{year}", rank=Rank.LATE if state == "late" else Rank.SOON, state=state, label=label,
            text=f"{year}年度信息公开工作报告" + (f"({begun.get_state_display()})" if begun else "（还没有开始）"),
            about=f"应于{month_day(due_on, on=scope.on)}前公布，{days_to(due_on, on=scope.on)}" + local, due_on=due_on,
            verb="去编写", url=page or address("reporting_reports", scope.body.code),
            why=Why(f"统计{month_day(start, on=date.min)}至{month_day(end, on=date.min)}的情况。", limit.cite),
        )
    ]  # fmt: skip


def _due(body: Body, *, on: date) -> tuple[Limit, int, date] | None:
    """Return limit, year and day of the report whose day is the next after the last period (None = no family)."""
    for year in (on.year - 1, on.year):
        family = families.usual(body.kind, year=year)
        if family is None:
            continue
        limit = families.limit_of(family, kind=body.kind)
        due_on = report_due_on(limit, year=year)
        there = body.opened_on is None or body.opened_on <= report_period(limit, year=year)[1]
        if there and due_on >= on - AHEAD:
            return limit, year, due_on
    return None
