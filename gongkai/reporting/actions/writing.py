"""Acts of writing an annual report: open, write, state, freeze."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from gongkai.bodies.models import Body
from gongkai.bodies.policy import OFFICE, holds
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, note
from gongkai.reporting.figures import Number, Period
from gongkai.reporting.freezing import digest_of, figures_of, whats_missing
from gongkai.reporting.models import AnnualReport, FrozenFigure, ReportSection, ReportState, StatedFigure
from gongkai.reporting.statutory_drafting import draft_section
from gongkai.reporting.totals import with_totals
from gongkai.statute import families, law

writes = holds(*OFFICE)


def _editable(report: AnnualReport) -> None:
    if report.state != ReportState.DRAFT:
        raise ActRefused("报告已经冻结，不能再改。需要修改时请先点「退回编写」。")


@act("report.opened", cite="k12-15", may=writes)
def open_report(
    body: Body, *, by: Actor, at: datetime, year: int, start: date, end: date, family: str = "k12"
) -> AnnualReport:
    """Open a body's report for a period and draft every section; the report already open is returned."""
    if end < start:
        raise ActRefused("统计期的结束日期早于开始日期，请核对。")
    if law().families[family] not in families.choices(year=year):
        raise ActRefused(f"{year}年度的报告不用这种格式，请另选一种。")
    existing = AnnualReport.objects.filter(body=body, family=family, year=year).first()
    if existing:
        return existing
    form = law().families[family]
    report = AnnualReport.objects.create(
        body=body, family=family, year=year, start_on=start, end_on=end, created_by_id=by.person_id, created_at=at,
        title=form.title_of(body.name, year=year),
    )  # fmt: skip
    figures = figures_of(report)
    period = Period(body, start, end)
    for order, section in enumerate(form.sections, start=1):
        text = draft_section(section.code, period, figures)
        ReportSection.objects.create(
            report=report, code=section.code, heading=section.heading, text=text, drafted=text, order=order
        )
    note(year=year, family=family, start=start.isoformat(), end=end.isoformat())
    return report


@act("report.redrafted", may=writes)
def redraft(report: AnnualReport, *, by: Actor, at: datetime) -> AnnualReport:
    """Draft anew the sections nobody has edited; edited ones keep their text and get a fresh draft beside it."""
    _editable(report)
    figures = figures_of(report)
    period = Period(report.body, report.start_on, report.end_on)
    for section in report.sections.all():
        fresh = draft_section(section.code, period, figures)
        untouched = section.text == section.drafted
        section.drafted = fresh
        section.text = fresh if untouched else section.text
        section.save(update_fields=["drafted", "text"])
    return report


@act("report.section_written", may=writes)
def write_section(report: AnnualReport, *, by: Actor, at: datetime, code: str, text: str) -> ReportSection:
    """Write one section's text."""
    _editable(report)
    section = report.sections.get(code=code)
    section.text = text.replace("\r\n", "\n").strip()
    section.save(update_fields=["text"])
    note(section=code, sha256=hashlib.sha256(section.text.encode()).hexdigest())
    return section


@act("report.figure_stated", may=writes)
def state_figure(
    report: AnnualReport, *, by: Actor, at: datetime, code: str, value: Number | None, source: str
) -> StatedFigure:
    """State a number that no record of ours holds, with its source; 0 is a statement, None takes it back."""
    _editable(report)
    _may_state(report, {code: value}, source)
    note(code=code, value=None if value is None else str(value), source=source)
    return _put(report, code, value, source=source, by=by, at=at)


@act("report.table_stated", may=writes)
def state_table(
    report: AnnualReport, *, by: Actor, at: datetime, values: Mapping[str, Number | None], source: str
) -> list[StatedFigure]:
    """State the cells of a table (by code) from one source; totals left open are added up where all parts are known."""
    _editable(report)
    _may_state(report, values, source)
    values = with_totals(report.family, values)
    note(source=source, values={code: None if value is None else str(value) for code, value in values.items()})
    return [_put(report, code, value, source=source, by=by, at=at) for code, value in values.items()]


def _put(report: AnnualReport, code: str, value: Number | None, **facts: Any) -> StatedFigure:
    by, at, source = facts["by"], facts["at"], facts["source"]
    row, _ = StatedFigure.objects.update_or_create(
        report=report, code=code, defaults={"value": value, "source": source, "by_name": by.person_name, "at": at}
    )
    return row


def _may_state(report: AnnualReport, values: Mapping[str, Number | None], source: str) -> None:
    """Refuse what records count, what is no possible number, and what comes from nowhere."""
    open_to_all = {figure.code for figure in figures_of(report).values() if figure.stated}
    forms = {figure.code: figure for figure in families.figures(report.family)}
    for code, value in values.items():
        if code not in open_to_all:
            raise ActRefused("这个数由记录自动统计，不能填写。要更正请更正它所数的记录。")
        if value is not None and value < 0 and not forms[code].signed:
            raise ActRefused("数量不能是负数。")
        if value is not None and forms[code].unit != "万元" and value != int(value):
            raise ActRefused("数量要填整数。")
    if any(value is not None for value in values.values()) and not source.strip():
        raise ActRefused("请写明这个数的来源，例如「2021年来信登记簿」。")


@act("report.frozen", may=writes)
def freeze(report: AnnualReport, *, by: Actor, at: datetime) -> AnnualReport:
    """Freeze figures with their members and the text; refused while anything is missing."""
    _editable(report)
    missing = whats_missing(report)
    if missing:
        raise ActRefused("还不能冻结：" + "；".join(missing) + "。")
    FrozenFigure.objects.bulk_create(
        FrozenFigure(
            report=report, code=f.code, label=f.label, value=f.value, unit=f.unit, members=list(f.members),
            source=f.source, order=order,
        )
        for order, f in enumerate(figures_of(report).values())
    )  # fmt: skip
    report.digest, report.frozen_at, report.state = digest_of(report), at, ReportState.FROZEN
    report.save(update_fields=["digest", "frozen_at", "state"])
    note(digest=report.digest)
    return report
