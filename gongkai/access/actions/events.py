"""The act that puts a wrong date right: the new row counts, the old one stays in the history."""

from datetime import date, datetime

from gongkai.access import clocks
from gongkai.access.models import AccessRequest, CaseEvent, Consultation, FeeNotice
from gongkai.access.policy import may_do
from gongkai.access.recording import clean_text, record, refuse_day, supersede
from gongkai.access.transitions import enter
from gongkai.frame.dates import cn_date
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, note

CONSULTED = {
    "consultation_sent": "sent_on", "consultation_delivered": "delivered_on", "consultation_closed": "closed_on",
}  # fmt: skip
PAID = {"fee_notified": "notified_on", "fee_paid": "paid_on"}
FIXED = ("extension_proposed", "served", "decided")


@act("access.event_corrected", may=may_do("correct_event"))
def correct_event(event: CaseEvent, *, by: Actor, at: datetime, on: date, why: str) -> AccessRequest:
    """Put the date of an event right; every date that follows from it is computed anew.

    Raises ActRefused when the new date cannot be beside the others.
    """
    case = enter(event.case, "correct_event")
    event = case.events.select_for_update().get(pk=event.pk)
    why = clean_text(why, what="更正原因", needed="请写明日期为什么要更正。", longest=200)
    _refuse_correction(case, event, on=on, at=at)
    supersede([event], at=at, why=why)
    record(case, event.kind, on, by=by, at=at, days=event.days, ref=event.ref, note=event.note)
    _follow(case, event, on)
    clocks.refresh(case, at=at)
    _redate_own_periods(case)
    note(
        number=case.number, event=event.kind, was=event.on.isoformat(), on=on.isoformat(),
        due_on=case.due_on.isoformat() if case.due_on else None,
    )  # fmt: skip
    return case


def _refuse_correction(case: AccessRequest, event: CaseEvent, *, on: date, at: datetime) -> None:
    if event.superseded_at is not None:
        raise ActRefused("这个日期已经更正过，请更正现在有效的那一个。")
    if event.kind in FIXED:
        raise ActRefused("这个日期由办理环节产生，不能直接更正。")
    if on == event.on:
        raise ActRefused(f"日期没有变化，仍是{cn_date(on)}。")
    if event.kind in ("arrived", "received"):
        refuse_day(on, what="日期", at=at, since=case.submitted_on, since_what="提交或寄出日期")
        return
    refuse_day(on, what="日期", at=at, since=case.received_on)


def _follow(case: AccessRequest, event: CaseEvent, on: date) -> None:
    """Carry the new date into the record that shows it."""
    if event.kind == "arrived":
        case.arrived_on = on
    if event.kind == "received":
        case.received_on, case.confirmed_on = on, on if case.confirmed_on else None
    case.save()
    if event.kind in CONSULTED:
        _set(case.consultations.get(pk=int(event.ref[1:])), CONSULTED[event.kind], on)
    if event.kind in PAID:
        _set(case.fees.get(pk=int(event.ref[1:])), PAID[event.kind], on)


def _set(record_: Consultation | FeeNotice, field: str, on: date) -> None:
    setattr(record_, field, on)
    if isinstance(record_, Consultation):
        days = [day for day in (record_.sent_on, record_.delivered_on, record_.closed_on) if day]
        if days != sorted(days):
            raise ActRefused("征求意见的发出、送达、反馈日期前后不一致，请核对这几个日期。")
    record_.save(update_fields=[field])


def _redate_own_periods(case: AccessRequest) -> None:
    """Write the days that consultations and the fee end on where their own letters show them."""
    for consultation in case.consultations.all():
        consultation.due_on = clocks.opinion_due(case, consultation).due_on
        consultation.save(update_fields=["due_on"])
    if fee := case.fees.filter(cancelled_on=None).last():
        fee.due_on = clocks.limit_of(case, "fee-payment").due_on
        fee.save(update_fields=["due_on"])
