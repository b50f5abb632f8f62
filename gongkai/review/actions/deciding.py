"""Deciding: a person's or a meeting's word on what they read, bound to its digest."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction

from gongkai.bodies.models import Body
from gongkai.frame.dates import as_date, cn_date, cn_time
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, AlreadySo, NotAllowed, act, note, note_each
from gongkai.review import secrecy
from gongkai.review.models import (
    Decision,
    ItemState,
    Meeting,
    Review,
    ReviewItem,
    ReviewStep,
    Verdict,
)
from gongkai.review.passage import Passage
from gongkai.review.policy import Permission, entitlement, may_take_part, mergeable, permission
from gongkai.review.progress import unfinished
from gongkai.review.seats import Cast


class StaleDigest(ActRefused):
    """Mean that the text was changed after it was read."""


class AlreadyDecided(ActRefused):
    """Mean that somebody else decided this step meanwhile."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a decision did: items now approved by the whole chain, sent back to authors, moved to another step."""

    approved: list[ReviewItem] = field(default_factory=list)
    returned: list[ReviewItem] = field(default_factory=list)
    moved: list[ReviewItem] = field(default_factory=list)


class Facts(TypedDict, total=False):
    """What may come with a verdict."""

    opinion: str
    checklist: secrecy.Checklist
    meeting: Meeting | None
    back_to: ReviewStep | None


class MeetingFacts(TypedDict, total=False):
    """What a record of a meeting says; the minutes' bytes lie in the blob store."""

    name: str
    held_on: date
    should_attend: int
    attended: int
    in_favour: int | None
    attendees: str
    summary: str
    minutes_sha256: str
    minutes_name: str


@act("review.meeting_held", may=may_take_part)
def hold_meeting(body: Body, *, by: Actor, at: datetime, **facts: Unpack[MeetingFacts]) -> Meeting:
    """Enter a meeting: date, attendance (more than half of those due present), result and minutes."""
    meeting = Meeting(body=body, **facts)
    if meeting.held_on > (as_date(at) or at.date()):
        raise ActRefused(f"会议日期{cn_date(meeting.held_on)}还没有到，开过会再登记。")
    if meeting.attended > meeting.should_attend:
        raise ActRefused(f"实到{meeting.attended}人比应到{meeting.should_attend}人还多，请核对。")
    if meeting.attended * 2 <= meeting.should_attend:
        raise ActRefused(
            f"应到{meeting.should_attend}人，实到{meeting.attended}人，没有超过半数，会议不能作出决定。请补开会议。"
        )
    if meeting.in_favour is not None and meeting.in_favour > meeting.attended:
        raise ActRefused(f"赞成{meeting.in_favour}人比实到{meeting.attended}人还多，请核对。")
    if not meeting.summary.strip() and not meeting.minutes_sha256:
        raise ActRefused("请附上会议纪要的照片或文件，或者写明会议结论。")
    meeting.save()
    note(meeting=meeting.pk, held_on=meeting.held_on.isoformat(), attended=[meeting.attended, meeting.should_attend])
    if meeting.minutes_sha256:
        note(minutes=meeting.minutes_sha256)
    return meeting


@act("review.decided", cite="cn-ogi/17", may=may_take_part)
def decide(
    review: Review, *, by: Actor, at: datetime, step: ReviewStep, verdict: str, items: list[int],
    digests: dict[int, str], **facts: Unpack[Facts],
) -> Outcome:  # fmt: skip
    """Decide these items (keys) at a step; `digests` are what the page showed, by item key.

    The same decision sent twice answers the same and writes nothing. Raises StaleDigest, AlreadyDecided and
    other ActRefused saying what to do; NotAllowed when the step is not this person's.
    """
    Review.objects.select_for_update().get(pk=review.pk)
    case = _Case(review, step, by=by, at=at)
    chosen = case.chosen(items)
    case.stop_if_repeated(chosen, verdict, digests)
    grants = {item.pk: case.grant(item, digests.get(item.pk, "")) for item in chosen}
    _check_form(case, verdict, facts)
    if verdict == Verdict.RETURN:
        for item in chosen:
            case.send_back(item, grants[item.pk], facts)
    else:
        for item in chosen:
            case.approve(item, grants[item.pk], facts)
    outcome = case.settle(chosen)
    case.report(chosen, grants, verdict, facts)
    return outcome


def _check_form(case: "_Case", verdict: str, facts: Facts) -> None:
    """Refuse a verdict without what it must rest on; silence is never an approval."""
    if verdict not in Verdict.values:
        raise ActRefused("请选择「同意」或「退回」。")
    if verdict == Verdict.RETURN:
        if not facts.get("opinion", "").strip():
            raise ActRefused("退回必须写明理由，让起草人知道改什么。")
        back_to = facts.get("back_to")
        if back_to is not None and (back_to.review_id != case.review.pk or back_to.order >= case.step.order):
            raise ActRefused("只能退回到本环节之前的环节。")
        return
    if case.step.is_meeting:
        _check_meeting(case, facts.get("meeting"))
    if case.step.checklist:
        wrong = secrecy.missing(facts.get("checklist") or {})
        if wrong:
            raise ActRefused(f"审查清单还不能支持「同意」：{wrong[0]}" + (f"(共{len(wrong)}处)" if wrong[1:] else ""))


def _check_meeting(case: "_Case", meeting: Meeting | None) -> None:
    name = case.step.name
    if meeting is None or meeting.body_id != case.review.body_id:
        raise ActRefused(f"「{name}」由会议决定，请登记会议的日期、到会人数、结果和纪要。")
    if meeting.held_on < (as_date(case.review.started_at) or meeting.held_on):
        raise ActRefused(
            f"会议日期{cn_date(meeting.held_on)}早于送审日期{cn_date(case.review.started_at)}，会上看的不是送审的这一稿。"
        )
    if meeting.in_favour is None:
        raise ActRefused("没有写赞成人数。没有表态不等于同意。")
    if meeting.in_favour * 2 <= meeting.attended:
        raise ActRefused(f"实到{meeting.attended}人，赞成{meeting.in_favour}人，没有超过半数，不能记为同意。")


class _Case:
    """One person's decision at one step while it is being taken, under the review's lock."""

    def __init__(self, review: Review, step: ReviewStep, *, by: Actor, at: datetime) -> None:
        if step.review_id != review.pk:
            raise ActRefused("这个环节不属于这次审查，请刷新页面。")
        self.review, self.step, self.by, self.at = review, step, by, at
        self.person_id = by.person_id or 0
        self.passage = Passage(review)
        self.cast = Cast(review.body, as_date(at) or at.date())
        self.merged: list[str] = []

    def chosen(self, keys: list[int]) -> list[ReviewItem]:
        found = [self.passage.item(key) for key in dict.fromkeys(keys)]
        if not found or None in found:
            raise ActRefused("没有选中要决定的条目，请刷新页面后再试。")
        return [item for item in found if item is not None]

    def stop_if_repeated(self, chosen: list[ReviewItem], verdict: str, digests: dict[int, str]) -> None:
        """End the act when all of this was decided before by the same person on the same content."""
        for item in chosen:
            last, now = self.passage.latest(item, self.step), self.passage.current(item)
            same = last is not None and (last.person_id, last.verdict) == (self.person_id, verdict)
            if not same or last.digest != digests.get(item.pk) or (now is not None and now.pk == self.step.pk):
                return
        raise AlreadySo(_sorted_out(self.passage, chosen))

    def grant(self, item: ReviewItem, digest: str) -> Permission:
        """Return in which capacity the person decides the item, or refuse."""
        if digest != item.digest:
            raise StaleDigest(self._what_changed(item))
        found = permission(self.cast, self.passage, self.step, item, self.person_id)
        if found.allowed:
            return found
        last = self.passage.latest(item, self.step)
        now = self.passage.current(item)
        if last is not None and (now is None or now.pk != self.step.pk) and item.state != ItemState.REMOVED:
            raise AlreadyDecided(_who_decided(item, last))
        if item in self.passage.waiting(self.step):
            raise NotAllowed(found.why)
        raise ActRefused(found.why)

    def _what_changed(self, item: ReviewItem) -> str:
        change = item.changes.order_by("-pk").first()
        if change is None:
            return f"《{item.title}》和您打开时不是同一份内容，请刷新页面重新阅读。"
        told = f"（改动：{change.difference}）" if change.difference else ""
        return (
            f"《{item.title}》在您打开之后由{change.person_name}于{cn_time(change.at)}改动过{told}。"
            "请重新阅读后再决定。"
        )

    def approve(self, item: ReviewItem, grant: Permission, facts: Facts) -> None:
        self._record(self.step, item, grant, Verdict.APPROVE, facts)
        self._merge(item, facts)

    def _merge(self, item: ReviewItem, facts: Facts) -> None:
        """Let the decision also stand for the following steps, as long as they are the same person's."""
        for following in mergeable(self.cast, self.passage, self.step, item, self.person_id):
            if following.checklist and secrecy.missing(facts.get("checklist") or {}):
                return
            grant = entitlement(self.cast, self.passage, following, item, self.person_id)
            self._record(following, item, grant, Verdict.APPROVE, facts, merged=True)
            self.merged.append(following.name)

    def send_back(self, item: ReviewItem, grant: Permission, facts: Facts) -> None:
        """Return an item to its author, or to an earlier step, whose decision and all after it fall."""
        back_to = facts.get("back_to")
        decision = self._record(self.step, item, grant, Verdict.RETURN, facts)
        if back_to is None:
            item.state = ItemState.RETURNED
            item.save(update_fields=["state"])
            return
        why = f"{self.by.person_name}退回到「{back_to.name}」"
        for step in self.passage.steps:
            earlier = self.passage.standing(item, step)
            if earlier is not None and step.order >= back_to.order:
                _void(earlier, at=self.at, why=why)
        _void(decision, at=self.at, why=why)

    def _record(
        self, step: ReviewStep, item: ReviewItem, grant: Permission, verdict: str, facts: Facts, *, merged: bool = False
    ) -> Decision:
        decision = Decision(
            step=step, item=item, verdict=verdict, opinion=facts.get("opinion", "").strip(), digest=item.digest,
            person_id=self.person_id, post_name=grant.post_name, exception=grant.exception, merged=merged, at=self.at,
            meeting=facts.get("meeting") if step.is_meeting else None,
            checklist=(facts.get("checklist") or {}) if step.checklist else {},
        )  # fmt: skip
        try:
            with transaction.atomic():
                decision.save()
        except IntegrityError as clash:
            other = Decision.objects.standing().filter(step=step, item=item).select_related("person", "step").first()
            raise AlreadyDecided(_who_decided(item, other) if other else "这个环节刚有人办过，请刷新。") from clash
        self.passage.add(decision)
        return decision

    def settle(self, chosen: list[ReviewItem]) -> Outcome:
        """Mark what passed its whole chain, and close the review when nothing is left."""
        for item in chosen:
            if item.state == ItemState.RUNNING and self.passage.current(item) is None:
                item.state = ItemState.APPROVED
                item.save(update_fields=["state"])
        if not unfinished(self.passage):
            self.review.closed_at = self.at
            self.review.save(update_fields=["closed_at"])
        return _sorted_out(self.passage, chosen)

    def report(self, chosen: list[ReviewItem], grants: dict[int, Permission], verdict: str, facts: Facts) -> None:
        """Write into the journal entry what was decided on which content."""
        entry: dict[str, object] = {
            "step": self.step.name, "verdict": str(verdict), "review": self.review.pk,
            "items": [[item.subject, item.digest] for item in chosen], "opinion": facts.get("opinion", ""),
        }  # fmt: skip
        meeting = facts.get("meeting")
        exceptions = sorted({grant.exception for grant in grants.values() if grant.exception})
        extra = {
            "meeting": meeting.pk if meeting else None, "exception": exceptions,
            "merged": sorted(set(self.merged)), "back_to": str(facts.get("back_to") or ""),
            "as": sorted({grant.post_name for grant in grants.values()}),
        }  # fmt: skip
        note_each(decisions={**entry, **{name: value for name, value in extra.items() if value}})


def _void(decision: Decision, *, at: datetime, why: str) -> None:
    decision.voided_at, decision.voided_why = at, why
    decision.save(update_fields=["voided_at", "voided_why"])


def _who_decided(item: ReviewItem, decision: Decision) -> str:
    return (
        f"《{item.title}》的「{decision.step.name}」已由{decision.person.name}（{decision.post_name}）"
        f"于{cn_time(decision.at)}{Verdict(decision.verdict).label}，您的决定没有记入。"
    )


def _sorted_out(passage: Passage, chosen: list[ReviewItem]) -> Outcome:
    return Outcome(
        approved=[item for item in chosen if item.state == ItemState.APPROVED],
        returned=[item for item in chosen if item.state == ItemState.RETURNED],
        moved=[item for item in chosen if item.state == ItemState.RUNNING],
    )
