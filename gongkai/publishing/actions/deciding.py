"""Deciding on an issue: the review's decision, and what it means for the editions in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, note
from gongkai.journal.chain import SHANGHAI
from gongkai.publishing import gate
from gongkai.publishing.actions import issues, release
from gongkai.publishing.models import Edition, EditionState, Issue
from gongkai.review import actions as review
from gongkai.review.actions import Outcome
from gongkai.review.models import ReviewStep, StepRole, Verdict
from gongkai.review.policy import may_take_part


@dataclass(frozen=True, kw_only=True)
class SentBack:
    """One item sent back alone: its key, the reason, and the step it goes to (none: its author)."""

    item: int
    reason: str
    back_to: ReviewStep | None = None


@dataclass(frozen=True, kw_only=True)
class Verdicts:
    """All a person says about an issue at one step: what goes back alone, and one decision for the rest."""

    approved: Sequence[int] = ()
    sent_back: Sequence[SentBack] = ()
    digests: dict[int, str] = field(default_factory=dict)
    opinion: str = ""
    checklist: dict[str, Any] = field(default_factory=dict)
    meeting: dict[str, Any] = field(default_factory=dict)


@act("issue.decided", cite="cn-ogi/17", may=may_take_part)
def decide(
    issue: Issue, *, by: Actor, at: datetime, step: ReviewStep, verdict: str, items: list[int], **facts: Any
) -> Outcome:
    """Decide items of an issue at a step (`facts` and refusals as in review's `decide`, `digests` among them).

    What passes its last step is published at once, or on its own later day; what is returned goes to its author.
    """
    issue = Issue.objects.select_for_update().get(pk=issue.pk)
    if issue.review is None:
        raise ActRefused(f"{issue}还没有送审。")
    if verdict == Verdict.APPROVE and step.role in (StepRole.SECRECY, StepRole.READER):
        _refuse_open_findings(items)
    outcome = review.decide(issue.review, by=by, at=at, step=step, verdict=verdict, items=items, **facts)
    for edition in _editions(outcome.returned, EditionState.IN_REVIEW):
        edition.state = EditionState.RETURNED
        edition.save(update_fields=["state"])
    for edition in _editions(outcome.approved, EditionState.IN_REVIEW):
        edition.state = EditionState.APPROVED
        edition.save(update_fields=["state"])
        if edition.publish_on is None or edition.publish_on <= at.astimezone(SHANGHAI).date():
            release.publish(edition, by=by, at=at)
    issues.settle(issue, by=by, at=at)
    note(step=step.name, verdict=verdict)
    return outcome


@act("issue.gone_through", cite="cn-ogi/17", may=may_take_part)
def go_through(issue: Issue, *, by: Actor, at: datetime, step: ReviewStep, verdicts: Verdicts) -> Outcome:
    """Send single items of an issue back and approve the rest, in one act: all of it happens or nothing does."""
    if not verdicts.approved and not verdicts.sent_back:
        raise ActRefused("没有选中要决定的条目，请刷新页面后再试。")
    told = [
        decide(
            issue, by=by, at=at, step=step, verdict=Verdict.RETURN, items=[one.item], digests=verdicts.digests,
            opinion=one.reason, back_to=one.back_to,
        )
        for one in verdicts.sent_back
    ]  # fmt: skip
    if verdicts.approved:
        meeting = review.hold_meeting(issue.body, by=by, at=at, **verdicts.meeting) if verdicts.meeting else None
        told.append(
            decide(
                issue,
                by=by,
                at=at,
                step=step,
                verdict=Verdict.APPROVE,
                items=list(verdicts.approved),
                digests=verdicts.digests,
                opinion=verdicts.opinion,
                checklist=verdicts.checklist,
                meeting=meeting,
            )  # fmt: skip
        )
    return Outcome(
        approved=[item for outcome in told for item in outcome.approved],
        returned=[item for outcome in told for item in outcome.returned],
        moved=[item for outcome in told for item in outcome.moved],
    )


def _refuse_open_findings(items: list[int]) -> None:
    for edition in Edition.objects.filter(entry__review_item__in=items):
        if found := gate.blocking(edition):
            raise ActRefused(
                f"《{edition.title}》还有 {len(found)} 处筛查发现没有处理，还不能同意：{found[0].message}"
                "也可以把这一条单独退回。"
            )


def _editions(items: list[Any], state: str) -> list[Edition]:
    found = Edition.objects.filter(entry__review_item__in=items, state=state)
    return list(found.select_related("disclosure__body").order_by("entry__order", "pk"))
