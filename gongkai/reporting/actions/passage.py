"""Acts that carry a frozen report through the body's chain to its publication."""

from datetime import datetime
from typing import Any

from gongkai.bodies.policy import OFFICE, holds
from gongkai.journal import outbox
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, anyone
from gongkai.journal.chain import SHANGHAI
from gongkai.reporting.models import AnnualReport, ReportState
from gongkai.review import actions as review
from gongkai.review.models import Chain, Review, ReviewStep, Route

writes = holds(*OFFICE)


@act("report.thawed", may=writes)
def thaw(report: AnnualReport, *, by: Actor, at: datetime) -> AnnualReport:
    """Take a frozen or returned report back to writing; its figures are counted anew."""
    if report.state in (ReportState.DRAFT, ReportState.PUBLISHED):
        raise ActRefused("只有已冻结、审批中或被退回的报告可以退回编写。")
    if report.review is not None:
        review.remove(report.review.items.get(), by=by, at=at, why="退回编写")
        report.review = None
    report.figures.all().delete()
    report.state, report.frozen_at, report.digest = ReportState.DRAFT, None, ""
    report.save(update_fields=["state", "frozen_at", "digest", "review"])
    return report


@act("report.submitted", may=writes)
def submit(report: AnnualReport, *, by: Actor, at: datetime) -> AnnualReport:
    """Send the frozen report through the body's report chain."""
    if report.state != ReportState.FROZEN:
        raise ActRefused("请先冻结报告，再送审批。")
    chain = Chain.objects.for_route(report.body, Route.REPORT, on=at.astimezone(SHANGHAI).date())
    if chain is None:
        raise ActRefused("本单位还没有设置年度报告的审批流程，请单位管理员在「设置」里添加。")
    candidate = review.Candidate(
        subject=f"annualreport/{report.pk}", title=report.title, digest=report.digest,
        author_ids=[report.created_by_id], department_id=None,
    )  # fmt: skip
    passage = Review(body=report.body, subject=f"annualreport/{report.pk}", title=report.title, chain=chain)
    report.review = review.start(passage, by=by, at=at, candidates=[candidate])
    report.state = ReportState.IN_REVIEW
    report.save(update_fields=["review", "state"])
    return report


@act("report.decided", may=anyone)  # the review engine itself knows who may decide this step
def decide(
    report: AnnualReport, *, by: Actor, at: datetime, step: ReviewStep, held: dict[str, Any] | None = None,
    **decision: Any,
) -> AnnualReport:  # fmt: skip
    """Decide one step on the report (arguments of review.decide); the last approval publishes it.

    `held`: the facts of the meeting that decided, recorded together with the decision or not at all.
    """
    if held is not None:
        decision["meeting"] = review.hold_meeting(report.body, by=by, at=at, **held)
    outcome = review.decide(report.review, by=by, at=at, step=step, **decision)
    if outcome.returned:
        report.state = ReportState.RETURNED
        report.save(update_fields=["state"])
    if outcome.approved:
        report.state, report.published_at = ReportState.PUBLISHED, at
        report.save(update_fields=["state", "published_at"])
        outbox.put("report.published", report=report.pk)
    return report
