"""Deciding on an issue: the review's decision, and what it means for the editions in it."""

from datetime import datetime
from typing import Any

from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, note
from gongkai.journal.chain import SHANGHAI
from gongkai.publishing.actions import issues, release
from gongkai.publishing.models import Edition, EditionState, Issue
from gongkai.review import actions as review
from gongkai.review.actions import Outcome
from gongkai.review.models import ReviewStep
from gongkai.review.policy import may_take_part


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


def _editions(items: list[Any], state: str) -> list[Edition]:
    found = Edition.objects.filter(entry__review_item__in=items, state=state)
    return list(found.select_related("disclosure__body").order_by("entry__order", "pk"))
