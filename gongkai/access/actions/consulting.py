"""Acts on consultations: third parties, joint authors and other bodies are asked, and answer or keep silent."""

from datetime import date, datetime

from gongkai.access import clocks
from gongkai.access.actions import letters
from gongkai.access.models import AccessRequest, Consultation, ConsultationKind, OpinionGiven
from gongkai.access.policy import may_do
from gongkai.access.recording import clean_text, record, refuse_day, supersede
from gongkai.access.transitions import enter
from gongkai.frame.dates import cn_date
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, note


@act("access.consulted", cite="cn-ogi/32", may=may_do("consult"))
def consult(
    case: AccessRequest,
    *,
    by: Actor,
    at: datetime,
    kind: str,
    addressee: str,
    contact: str = "",
    about: str,
    on: date,
) -> Consultation:
    """Ask a third party, joint author or other body; the days until the answer do not count."""
    case = enter(case, "consult")
    refuse_day(on, what="发出日期", at=at, since=case.received_on)
    if kind not in ConsultationKind.values:
        raise ActRefused("请选择征求意见的对象是第三方、共同制作机关还是其他机关。")
    addressee = clean_text(addressee, what="征求对象", needed="请写明向谁征求意见。", longest=120)
    consultation = Consultation.objects.create(
        case=case, kind=kind, addressee=addressee, sent_on=on,
        contact=clean_text(contact, what="联系方式", longest=120),
        about=clean_text(about, what="涉及的内容", needed="请写明哪些内容涉及对方。"),
    )  # fmt: skip
    record(case, "consultation_sent", on, by=by, at=at, ref=consultation.ref)
    _dated(consultation, case, at=at)
    asking = "F07" if kind == ConsultationKind.THIRD_PARTY else "F09"
    for letter in (asking, "F08"):  # whom it asks, and the requester, who learns that the period stands still
        letters.issue(case, letter, by=by, at=at, on=on, consultation=consultation)
    note(number=case.number, consultation=consultation.ref, kind=kind, on=on.isoformat())
    return consultation


@act("access.consultation_delivered", cite="cn-ogi/32", may=may_do("deliver_consultation"))
def deliver_consultation(consultation: Consultation, *, by: Actor, at: datetime, on: date) -> Consultation:
    """Say on which day the letter reached whom it asks: their own period begins."""
    case = enter(consultation.case, "deliver_consultation")
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    refuse_day(on, what="送达日期", at=at, since=consultation.sent_on, since_what="发出日期")
    if consultation.delivered_on is not None:
        raise ActRefused(f"{cn_date(consultation.delivered_on)}的送达已经登记。要改日期，请用“更正日期”。")
    if consultation.closed_on is not None and on > consultation.closed_on:
        raise ActRefused(f"送达日期晚于意见反馈的日期（{cn_date(consultation.closed_on)}），请核对。")
    consultation.delivered_on = on
    record(case, "consultation_delivered", on, by=by, at=at, ref=consultation.ref)
    _dated(consultation, case, at=at)
    note(number=case.number, consultation=consultation.ref, on=on.isoformat())
    return consultation


@act("access.consultation_closed", cite="cn-ogi/32", may=may_do("close_consultation"))
def close_consultation(
    consultation: Consultation,
    *,
    by: Actor,
    at: datetime,
    on: date,
    opinion: str,
    reasons: str = "",
    public_interest: str = "",
) -> Consultation:
    """Write down the opinion given, or that the period passed in silence; the reply's period counts on.

    An opinion that came in time but was entered after the platform had closed the matter as silent takes its place.
    """
    case = enter(consultation.case, "close_consultation")
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    refuse_day(on, what="反馈日期", at=at, since=consultation.delivered_on or consultation.sent_on,
               since_what="征求意见书送达日期" if consultation.delivered_on else "征求意见书发出日期")  # fmt: skip
    _refuse_closed(consultation, on=on)
    if opinion not in OpinionGiven.values:
        raise ActRefused("请选择对方的意见。")
    if opinion == OpinionGiven.SILENT:
        _refuse_early_silence(consultation, case, on=on)
    supersede(case.events.standing().filter(kind="consultation_closed", ref=consultation.ref), at=at,
              why="期满后补登期内收到的意见")  # fmt: skip
    consultation.closed_on, consultation.opinion = on, opinion
    consultation.reasons = clean_text(reasons, what="理由")
    consultation.public_interest = clean_text(public_interest, what="不同意仍公开的理由")
    record(case, "consultation_closed", on, by=by, at=at, ref=consultation.ref)
    _dated(consultation, case, at=at)
    note(number=case.number, consultation=consultation.ref, verdict=opinion, on=on.isoformat())
    return consultation


@act("access.interest_weighed", cite="cn-ogi/32", may=may_do("weigh_interest"))
def weigh_interest(consultation: Consultation, *, by: Actor, at: datetime, public_interest: str) -> Consultation:
    """Say why what somebody does not agree to is opened all the same: the public interest, in words for the file."""
    case = enter(consultation.case, "weigh_interest")
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if consultation.opinion not in (OpinionGiven.REFUSES, OpinionGiven.PARTLY):
        raise ActRefused("只有对方不同意或部分同意、本单位仍决定公开时，才要写明公共利益的理由。")
    told = "请写明不公开会对公共利益造成怎样的重大影响。"
    consultation.public_interest = clean_text(public_interest, what="不同意仍公开的理由", needed=told)
    consultation.save(update_fields=["public_interest"])
    note(number=case.number, consultation=consultation.ref)
    return consultation


def _refuse_closed(consultation: Consultation, *, on: date) -> None:
    if consultation.closed_on is None:
        return
    if consultation.opinion == OpinionGiven.SILENT and on <= consultation.closed_on:
        return
    raise ActRefused(f"这一次征求意见{cn_date(consultation.closed_on)}已经结束。要改日期，请用“更正日期”。")


def _refuse_early_silence(consultation: Consultation, case: AccessRequest, *, on: date) -> None:
    """Refuse to take for silence what may still be answered."""
    if consultation.delivered_on is None:
        raise ActRefused("征求意见书还没有登记送达，对方的期限没有起算，不能按逾期未答复处理。请先登记送达。")
    due = clocks.opinion_due(case, consultation).due_on
    if due is None or on < due:
        until = f"对方的期限到{cn_date(due)}为止，" if due else ""
        raise ActRefused(f"{until}现在还不能按逾期未答复处理。")


def _dated(consultation: Consultation, case: AccessRequest, *, at: datetime) -> None:
    """Save a consultation with the day its own period ends, and the case's clocks."""
    consultation.due_on = clocks.opinion_due(case, consultation).due_on
    consultation.save()
    clocks.refresh(case, at=at)
