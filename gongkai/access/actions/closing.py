"""Acts at the end of a case and after it: withdrawn, reopened, filed with the superior, archived."""

from datetime import date, datetime

from gongkai.access import clocks
from gongkai.access.letters import number_of
from gongkai.access.models import AccessRequest, CaseState, Draft, Letter, LetterState, Remedy
from gongkai.access.policy import may_do
from gongkai.access.recording import clean_text, record, refuse_day
from gongkai.access.signing import is_reply
from gongkai.access.transitions import enter
from gongkai.journal import acts as journal
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act
from gongkai.review import actions as review
from gongkai.review.models import ItemState

WITHDRAWN = "other_withdrawn_transferred"
PENDING = (LetterState.SIGNED, LetterState.SEALED)


@act("access.withdrawn", may=may_do("withdraw"))
def withdraw(case: AccessRequest, *, by: Actor, at: datetime, on: date, note: str) -> AccessRequest:
    """Close a case its requester took back; it counts as otherwise handled on the day of the withdrawal."""
    case = enter(case, "withdraw")
    refuse_day(on, what="撤回日期", at=at, since=case.received_on)
    why = clean_text(note, what="撤回的情况", needed="请写明申请人怎样撤回的。")
    _stop_review(case, why="申请人撤回申请", at=at)
    unsent = case.letters.filter(state__in=(LetterState.DRAFT, *PENDING))
    for letter in filter(is_reply, unsent):  # letters of the course may have gone out already
        letter.state = LetterState.CANCELLED
        letter.save(update_fields=["state"])
    case.outcome, case.grounds, case.reasons = WITHDRAWN, [], f"申请人撤回申请：{why}"
    case.given = case.withheld = case.points_to = case.searched = ""
    case.decided_on, case.served_on, case.closed_at = None, None, at
    if case.counted_on is None:
        case.counted_outcome, case.counted_on = WITHDRAWN, on
    case.save()
    Draft.objects.filter(case=case).delete()
    clocks.refresh(case, at=at)
    journal.note(number=case.number, on=on.isoformat())
    return case


@act("access.reopened", cite="cn-ogi/51", may=may_do("reopen"))
def reopen(case: AccessRequest, *, by: Actor, at: datetime, remedy: Remedy, on: date) -> AccessRequest:
    """Take up a case again that a decided remedy orders to be answered anew, from the day that decision came in.

    The reply is due on the day the decision sets, else within the legal period anew; what the yearly report
    counted stays counted.
    """
    case = enter(case, "reopen")
    if remedy.case_id != case.pk or remedy.decided_on is None or not remedy.orders_new_reply:
        raise ActRefused("只有已经审结、要求重新答复的复议、诉讼或者申诉，才能据此重新办理。请先登记结果。")
    refuse_day(on, what="重新办理日期", at=at, since=remedy.decided_on, since_what="审结日期")
    record(case, "reopened", on, by=by, at=at, note=remedy.get_kind_display())
    case.files.filter(purpose="reply").update(purpose="earlier_reply")
    case.reopened_by, case.review, case.digest = remedy, None, ""
    case.outcome, case.grounds = "", []
    case.reasons = case.given = case.withheld = case.points_to = case.searched = ""
    case.decided_on = case.served_on = case.closed_at = case.archived_at = None
    case.save()
    clocks.refresh(case, at=at)
    journal.note(number=case.number, on=on.isoformat(), due_on=case.due_on.isoformat() if case.due_on else None)
    return case


@act("access.filed_up", cite="party-2017", may=may_do("file_up"))
def file_up(case: AccessRequest, *, by: Actor, at: datetime, on: date) -> AccessRequest:
    """Say on which day a party member's case was filed with the party organisation one level up."""
    case = enter(case, "file_up")
    if case.regime != "party-2017":
        raise ActRefused("只有党员提出的党务公开申请要报上一级党组织备案。")
    if case.filed_up_on is not None:
        raise ActRefused("这一件已经备案，不用重复登记。")
    refuse_day(on, what="备案日期", at=at, since=case.counted_on, since_what="答复日期")
    case.filed_up_on = on
    case.save(update_fields=["filed_up_on"])
    journal.note(number=case.number, on=on.isoformat())
    return case


@act("access.archived", cite="cn-ogi/45", may=may_do("archive"))
def archive(case: AccessRequest, *, by: Actor, at: datetime) -> AccessRequest:
    """Lay a case down once everything in it has reached whom it is for."""
    case = enter(case, "archive")
    waiting = [letter for letter in case.letters.filter(state__in=PENDING) if _must_go(letter)]
    if waiting:
        raise ActRefused(f"《{waiting[0].title}》（{number_of(waiting[0])}）还没有送达，登记送达或者作废以后再归档。")
    case.archived_at = at
    case.save()
    journal.note(number=case.number)
    return case


def _must_go(letter: Letter) -> bool:
    return is_reply(letter) or letter.state == LetterState.SIGNED


def _stop_review(case: AccessRequest, *, why: str, at: datetime) -> None:
    """Take a reply that is being decided out of its review; a case merged into a lead leaves the lead's alone."""
    if case.review is None or case.merged_into_id is not None:
        return
    others = case.merged.filter(state__in=(CaseState.IN_REVIEW, CaseState.DECIDED))
    if others.exists():
        raise ActRefused("并入这一件办理的其他申请也在送审，请先撤回答复重拟，再登记撤回申请。")
    item = case.review.items.first()
    if item is not None and item.state != ItemState.APPROVED:
        review.remove(item, by=Actor.system(), at=at, why=why)
