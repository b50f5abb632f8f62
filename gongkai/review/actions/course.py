"""Acts on a review's course: start, edit, resubmit, remove, remind, stand aside."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongkai.bodies.policy import WRITERS, holds
from gongkai.frame.dates import as_date
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, note
from gongkai.review.chains import shortfalls
from gongkai.review.models import (
    Decision,
    ItemChange,
    ItemState,
    Recusal,
    Reminder,
    Review,
    ReviewItem,
    ReviewStep,
    Verdict,
    Voids,
)
from gongkai.review.passage import Passage
from gongkai.review.policy import may_start, may_touch, seats_left
from gongkai.review.progress import doomed, is_department_head, unfinished
from gongkai.review.seats import Cast

CARRIED = "内容改动后，已按新版本重新记录"


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One thing to be reviewed: its name (`edition/17`), title, digest, authors and department."""

    subject: str
    title: str
    digest: str
    author_ids: frozenset[int] | set[int] | list[int] | tuple[int, ...]
    department_id: int | None = None


@act("review.started", cite="cn-ogi/17", may=may_start)
def start(review: Review, *, by: Actor, at: datetime, candidates: list[Candidate]) -> Review:
    """Send a batch into its chain; the chain's steps are copied, so later changes of it bind later reviews.

    `review` is unsaved with body, subject, title and chain. Raises ActRefused when a step has nobody to take it.
    """
    if not candidates:
        raise ActRefused("这一期里还没有内容，加入至少一条再送审。")
    steps = list(review.chain.steps.order_by("order"))
    _refuse_dead_ends(review, candidates, on=as_date(at))
    review.started_at, review.started_by_id = at, review.started_by_id or by.person_id
    review.save()
    ReviewStep.objects.bulk_create(
        ReviewStep(
            review=review, order=step.order, role=step.role, kind=step.kind, name=step.name,
            checklist=step.checklist, days=step.days,
        )
        for step in steps
    )  # fmt: skip
    for place, candidate in enumerate(candidates):
        item = ReviewItem.objects.create(
            review=review, subject=candidate.subject, title=candidate.title, digest=candidate.digest,
            department_id=candidate.department_id, order=place,
        )  # fmt: skip
        item.authors.set(candidate.author_ids)
    note(review=review.pk, chain=review.chain.code, items=[[one.subject, one.digest] for one in candidates])
    return review


def _refuse_dead_ends(review: Review, candidates: list[Candidate], *, on: Any) -> None:
    cast = Cast(review.body, on)
    steps = list(review.chain.steps.order_by("order"))
    for one in candidates:
        missing = shortfalls(cast, steps, authors=frozenset(one.author_ids), department_id=one.department_id)
        if missing:
            raise ActRefused(f"《{one.title}》现在送审会走不通：{missing[0]}")


@act("review.item_edited", cite="cn-ogi/17", may=may_touch)
def edited(
    item: ReviewItem, *, by: Actor, at: datetime, digest: str, voids: str, difference: str, title: str | None = None
) -> ReviewItem:
    """Take in a change of an item: void what the change voids, re-record what stays against the new digest."""
    review = Review.objects.select_for_update().get(pk=item.review_id)
    item.refresh_from_db()
    if item.state == ItemState.REMOVED:
        raise ActRefused(f"《{item.title}》已撤出审查，不能再改这一份。")
    if digest == item.digest:
        return item
    passage = Passage(review)
    here = passage.item(item.pk) or item
    head = is_department_head(Cast(review.body, as_date(at) or at.date()), here, by.person_id)
    stands = [found for step in passage.steps if (found := passage.standing(here, step))]
    falls = doomed(passage, here, voids, by_department_head=head)
    ItemChange.objects.create(
        item=item, person_id=by.person_id, person_name=by.person_name, post_name=by.post_name, at=at, voids=voids,
        difference=difference, digest_before=item.digest, digest_after=digest, by_department_head=head,
    )  # fmt: skip
    for decision in stands:
        gone = decision in falls
        _void(decision, at=at, why=f"{by.person_name}改动了{Voids(voids).label}" if gone else CARRIED)
        if not gone:
            _carry(decision, digest=digest)
    item.digest, item.title = digest, title or item.title
    if item.state == ItemState.APPROVED and falls:
        item.state = ItemState.RUNNING
    item.save(update_fields=["digest", "title", "state"])
    if review.closed_at and item.state == ItemState.RUNNING:
        review.closed_at = None
        review.save(update_fields=["closed_at"])
    note(item=item.subject, digest=digest, voided=[found.step.name for found in falls])
    return item


def _void(decision: Decision, *, at: datetime, why: str) -> None:
    decision.voided_at, decision.voided_why = at, why
    decision.save(update_fields=["voided_at", "voided_why"])


def _carry(old: Decision, *, digest: str) -> None:
    Decision.objects.create(
        step_id=old.step_id, item_id=old.item_id, verdict=old.verdict, opinion=old.opinion, digest=digest,
        person_id=old.person_id, post_name=old.post_name, meeting_id=old.meeting_id, checklist=old.checklist,
        exception=old.exception, merged=old.merged, carried_from=old, at=old.at,
    )  # fmt: skip


@act("review.item_resubmitted", cite="cn-ogi/17", may=may_start)
def resubmit(item: ReviewItem, *, by: Actor, at: datetime, digest: str) -> ReviewItem:
    """Send a returned item in again; it comes back at the first step whose decision does not stand."""
    item.refresh_from_db()
    if item.state != ItemState.RETURNED:
        raise ActRefused(f"《{item.title}》没有被退回，不用重新送审。")
    if digest != item.digest:
        edited(item, by=by, at=at, digest=digest, voids=Voids.CONTENT, difference="退回后修改")
    for decision in Decision.objects.standing().filter(item=item, verdict=Verdict.RETURN):
        _void(decision, at=at, why="起草人已重新送审")
    item.state = ItemState.RUNNING
    item.save(update_fields=["state"])
    note(item=item.subject, digest=digest)
    return item


@act("review.item_removed", cite="cn-ogi/17", may=may_start)
def remove(item: ReviewItem, *, by: Actor, at: datetime, why: str = "") -> ReviewItem:
    """Take an item out of its review; its decisions stay in the record."""
    review = Review.objects.select_for_update().get(pk=item.review_id)
    item.refresh_from_db()
    if item.state == ItemState.APPROVED:
        raise ActRefused(f"《{item.title}》已经通过，不能撤出；需要收回的请撤回公开。")
    item.state = ItemState.REMOVED
    item.save(update_fields=["state"])
    if not unfinished(Passage(review)):
        review.closed_at = at
        review.save(update_fields=["closed_at"])
    note(item=item.subject, why=why)
    return item


@act("review.reminded", may=holds(*WRITERS, "manager"))
def remind(step: ReviewStep, *, by: Actor, at: datetime, text: str = "") -> Reminder:
    """Remind those a step waits for, once a day. Raises ActRefused when nothing waits there or it was done today."""
    if not Passage(step.review).waiting(step):
        raise ActRefused(f"「{step.name}」现在没有要办的内容，不用催办。")
    last = step.reminders.order_by("-at").first()
    if last is not None and as_date(last.at) == as_date(at):
        raise ActRefused(f"「{step.name}」今天已由{last.by_name}催办过，明天可以再催。")
    note(step=step.name)
    return Reminder.objects.create(step=step, by_name=by.person_name, at=at, text=text[:200])


@act("review.stood_aside", may=may_touch)
def stand_aside(step: ReviewStep, *, by: Actor, at: datetime, why: str) -> Recusal:
    """Take no part in a step by one's own word (another group's step is kept, or an interest is declared)."""
    passage = Passage(step.review)
    cast = Cast(step.review.body, as_date(at) or at.date())
    for item in unfinished(passage):
        others = [seat for seat in seats_left(cast, passage, step, item) if seat.person_id != by.person_id]
        if not others and not cast.readers(step.role, authors=passage.wrote(item, step)):
            raise ActRefused(f"除您以外没有人能办「{step.name}」。请先请单位管理员再任命一人，或登记小规模学校例外。")
    made, _ = Recusal.objects.get_or_create(
        step=step, person_id=by.person_id, defaults={"why": why.strip()[:200] or "本人声明", "at": at}
    )
    note(step=step.name, why=made.why)
    return made
