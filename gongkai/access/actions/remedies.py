"""Acts on remedies: enter, receive the copy, answer, enter the result; a lost case is handled anew."""

from dataclasses import dataclass
from datetime import date, datetime

from gongkai.access.actions.closing import reopen
from gongkai.access.models import AccessRequest, CaseState, Clock, ClockKind, Remedy, RemedyKind, RemedyResult
from gongkai.bodies.models import Body
from gongkai.bodies.policy import OFFICE, holds
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, note
from gongkai.statute.limits import last_day, limit

office = holds(*OFFICE)
ANSWERED = (CaseState.CLOSED, CaseState.ARCHIVED)
FACTS = ("number", "summary", "follows", "copy_received_on", "simple", "answer_due_on")


@act("access.remedy_entered", may=office)
def enter(
    body: Body,
    *,
    by: Actor,
    at: datetime,
    kind: str,
    organ: str,
    filed_on: date,
    case: AccessRequest | None = None,
    **facts: object,
) -> Remedy:  # facts: FACTS
    """Enter a reconsideration, suit or complaint; `case` is None where the case lies outside the platform.

    Raises ActRefused for a day in the future or before the request, or a suit after a reconsideration nobody entered.
    """
    unknown = set(facts) - set(FACTS)
    if unknown:
        raise TypeError(f"unknown facts: {', '.join(sorted(unknown))}")
    remedy = Remedy(body=body, case=case, kind=kind, organ=organ.strip(), filed_on=filed_on, **facts)
    _refuse_impossible(remedy, on=at.date())
    remedy.save()
    note(kind=kind, case=case.number if case else "", on=filed_on.isoformat())
    if remedy.copy_received_on:
        _set_answer_day(remedy)
    return remedy


def _refuse_impossible(remedy: Remedy, *, on: date) -> None:
    if remedy.kind not in RemedyKind.values:
        raise ActRefused("请选择是行政复议、行政诉讼还是申诉。")
    if not remedy.organ:
        raise ActRefused("请填写受理的复议机关、法院或单位。")
    if remedy.filed_on > on:
        raise ActRefused("申请或起诉日期不能晚于今天。")
    if remedy.copy_received_on and not remedy.filed_on <= remedy.copy_received_on <= on:
        raise ActRefused("收到副本的日期要在申请或起诉日期和今天之间。")
    _refuse_unrelated(remedy)


def _refuse_unrelated(remedy: Remedy) -> None:
    case, earlier = remedy.case, remedy.follows
    if case is not None and case.body_id != remedy.body_id:
        raise ActRefused("只能关联本单位的申请。")
    if case is not None and remedy.filed_on < case.submitted_on:
        raise ActRefused("申请或起诉日期早于这件申请的提交日期，请核对。")
    if remedy.kind == RemedyKind.LITIGATION_AFTER and case is not None and earlier is None:
        raise ActRefused("复议后起诉的，请选择是哪一件行政复议；还没有登记的请先登记复议。")
    if earlier is not None and (earlier.body_id != remedy.body_id or earlier.kind != RemedyKind.RECONSIDERATION):
        raise ActRefused("只能接在本单位的一件行政复议之后。")


@act("access.remedy_copy_received", may=office)
def receive_copy(
    remedy: Remedy, *, by: Actor, at: datetime, on: date, simple: bool = False, answer_due_on: date | None = None
) -> Remedy:
    """Enter the day the copy came in; it begins the period for the answer (复议法第四十八、五十四条).

    For a suit the court's own notice says by when: `answer_due_on`.
    """
    remedy = _locked(remedy)
    _refuse_decided(remedy)
    remedy.copy_received_on, remedy.simple, remedy.answer_due_on = on, simple, answer_due_on
    _refuse_impossible(remedy, on=at.date())
    _set_answer_day(remedy)
    note(on=on.isoformat(), simple=simple)
    return remedy


def _set_answer_day(remedy: Remedy) -> None:
    """Fix the day of the answer and its clock: 10 working days, 5 in the simple procedure; a court names its own."""
    provisional, cite, code = False, "", ""
    if remedy.kind == RemedyKind.RECONSIDERATION and remedy.copy_received_on:
        rule = limit("REV-ANS-S" if remedy.simple else "REV-ANS")
        counted = last_day(rule, begun_on=remedy.copy_received_on)
        remedy.answer_due_on, provisional, cite, code = counted.on, counted.provisional, rule.cite, rule.code
    remedy.save()
    if remedy.case is not None and remedy.answer_due_on:
        Clock.objects.update_or_create(
            case=remedy.case, kind=ClockKind.REMEDY_ANSWER, ref=f"r{remedy.pk}",
            defaults={
                "begun_on": remedy.copy_received_on, "due_on": remedy.answer_due_on, "provisional": provisional,
                "limit": code, "cite": cite, "owner": remedy.case.handler, "met_on": remedy.answered_on,
            },
        )  # fmt: skip


@act("access.remedy_answered", may=office)
def answer(remedy: Remedy, *, by: Actor, at: datetime, on: date) -> Remedy:
    """Enter the day on which the written answer and the evidence went out."""
    remedy = _locked(remedy)
    _refuse_decided(remedy)
    begun = remedy.copy_received_on
    if begun is None:
        raise ActRefused("还没有登记收到副本的日期，请先登记。")
    if not begun <= on <= at.date():
        raise ActRefused("提交答复的日期要在收到副本的日期和今天之间。")
    remedy.answered_on = on
    remedy.save(update_fields=["answered_on"])
    Clock.objects.filter(kind=ClockKind.REMEDY_ANSWER, ref=f"r{remedy.pk}").update(met_on=on)
    note(on=on.isoformat(), late=bool(remedy.answer_due_on and on > remedy.answer_due_on))
    return remedy


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """What was decided: the day, the result, when the body received it, and whether and by when to reply anew."""

    on: date
    result: str
    received_on: date | None = None
    summary: str = ""
    orders_new_reply: bool = False
    redo_by: date | None = None


@act("access.remedy_decided", may=office)
def decide(remedy: Remedy, *, by: Actor, at: datetime, ruling: Ruling) -> Remedy:
    """Enter the result; where a new reply is ordered the request is handled anew, by the day set if one is."""
    remedy = _locked(remedy)
    _refuse_decided(remedy)
    _refuse_ruling(remedy, ruling, on=at.date())
    remedy.decided_on, remedy.result = ruling.on, ruling.result
    remedy.decision_received_on = ruling.received_on or ruling.on
    remedy.orders_new_reply, remedy.redo_by = ruling.orders_new_reply, ruling.redo_by
    remedy.summary = "\n".join(part for part in (remedy.summary, ruling.summary.strip()) if part)
    remedy.save()
    Clock.objects.filter(kind=ClockKind.REMEDY_ANSWER, ref=f"r{remedy.pk}", met_on=None).update(stopped_at=at)
    note(on=ruling.on.isoformat(), result=ruling.result, orders_new_reply=ruling.orders_new_reply)
    if ruling.orders_new_reply and remedy.case is not None:
        reopen(remedy.case, by=by, at=at, remedy=remedy, on=remedy.decision_received_on)
    return remedy


def _refuse_ruling(remedy: Remedy, ruling: Ruling, *, on: date) -> None:
    if ruling.result not in RemedyResult.values:
        raise ActRefused("请选择结果：维持、纠正，还是其他。")
    if not remedy.filed_on <= ruling.on <= on:
        raise ActRefused("审结日期要在申请或起诉日期和今天之间。")
    if ruling.received_on and not ruling.on <= ruling.received_on <= on:
        raise ActRefused("收到决定的日期要在审结日期和今天之间。")
    if ruling.orders_new_reply and ruling.result == RemedyResult.UPHELD:
        raise ActRefused("结果是维持的，不会责令重新答复，请核对。")
    if ruling.orders_new_reply and remedy.case is not None and remedy.case.state not in ANSWERED:
        raise ActRefused(f"第{remedy.case.number}号申请还没有办结，不用重新办理；请不要勾选责令重新答复。")


def _locked(remedy: Remedy) -> Remedy:
    return Remedy.objects.select_for_update(of=("self",)).select_related("case__body", "body").get(pk=remedy.pk)


def _refuse_decided(remedy: Remedy) -> None:
    if remedy.decided_on is not None:
        raise ActRefused("这一件已经登记了结果，不能再改。录错了的，请另记一件并在摘要里说明。")
