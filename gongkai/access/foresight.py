"""What an act possible now would do to the reply's day: said beside its button before anybody presses it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.access import clocks
from gongkai.access.models import AccessRequest
from gongkai.access.wording import full_width
from gongkai.frame.dates import cn_date, cn_date_weekday
from gongkai.statute import law
from gongkai.statute.checks import EVENTS
from gongkai.statute.deadlines import Deadline, deadline
from gongkai.statute.events import Happened, WrongEvents
from gongkai.statute.limits import UnknownLimit

ANSWERED_BY = {"clarification_sent": "clarification_received", "fee_notified": "fee_paid"}
FIRST = {
    "received": "从{on}的次日起算，", "clarification_received": "从{on}的次日起重新计算{words}，",
    "fee_paid": "从{on}的次日起重新计算{words}，", "extended": "延长{days}个工作日，",
    "deferred": "延迟{days}个工作日，",
    "consultation_closed": "从{on}的次日起继续计算，",
}  # fmt: skip
STOPPED = {
    "clarification_sent": "答复期限停下；收到补正后重新计算{words}。如果{last}收到补正，应在{due}前答复。",
    "fee_notified": "答复期限停下；缴费后重新计算{words}。如果{last}缴费，应在{due}前答复。",
}
USUAL_DAYS = {"clarification_sent": 15, "fee_notified": 20}


@dataclass(frozen=True, slots=True)
class Foresight:
    """What would follow: in words, the reply's day where one can be known, and whether it could be done at all."""

    text: str
    due_on: date | None = None
    provisional: bool = False
    refused: bool = False


def standing(case: AccessRequest) -> Deadline | None:
    """Return the reply's deadline as things stand; None before the request is received.

    Where the dates contradict each other, or the local record is no longer there, it says so and has no day.
    """
    if not case.received_on:
        return None
    try:
        return clocks.reply(case)
    except (WrongEvents, UnknownLimit) as wrong:
        return Deadline(limit="answer", provisional=True, ask=str(wrong))


def foresee(
    case: AccessRequest, more: Sequence[Happened], *, now: Deadline | None = None, without: int | None = None
) -> Foresight | None:
    """Say what these further events would do; None where they do nothing to the date.

    `now` is the reply's deadline as it stands; `without` the key of an event that would no longer count.
    """
    if not more:
        return None
    events = [*_standing(case, without), *more]
    try:
        if (first := more[0]).kind == "clarification_sent":
            last = clocks.limit_of(case, "clarification-notice").due_on
            if last is not None and first.on > last:
                return Foresight(f"补正应在{cn_date(last)}以前告知，已经超过期限，请按现有内容答复。", refused=True)
        due = _due(case, events)
        if due.waiting in STOPPED and any(one.kind == due.waiting for one in more):
            return _stopped(case, events, due)
    except (WrongEvents, UnknownLimit) as wrong:
        return Foresight(full_width(f"{wrong}。"), refused=True)
    if due.due_on is None:
        return Foresight(full_width(f"{due.ask or '应答复的日期现在还不能确定'}。"))
    return Foresight(_moved(more, due, now), due.due_on, due.provisional)


def _standing(case: AccessRequest, without: int | None) -> list[Happened]:
    course = clocks.courses([case])[0]
    return [Happened(e.kind, e.on, e.days, e.ref) for e in course.events if e.kind in EVENTS and e.pk != without]


def _due(case: AccessRequest, events: Sequence[Happened]) -> Deadline:
    return deadline("answer", events, regime=case.regime, local=case.local or None)


def _moved(more: Sequence[Happened], due: Deadline, now: Deadline | None) -> str:
    first = more[0]
    told = FIRST.get(first.kind, "").format(on=cn_date(first.on), days=first.days, words=due.words.removesuffix("内"))
    if first.kind in ("consultation_sent", "consultation_delivered"):
        told = _pause(first, due)
    until = f"{told}应在{cn_date_weekday(due.due_on)}前答复{'（暂定）' if due.provisional else ''}"
    return f"{until}{_compared(due, now)}。"


def _pause(first: Happened, due: Deadline) -> str:
    ends = next((pause.ends_on for pause in due.pauses if pause.ref == first.ref), None)
    return f"对方最迟{cn_date(ends)}答复，等意见的日子不计；等到那天的话，" if ends else ""


def _compared(due: Deadline, now: Deadline | None) -> str:
    if now is None or now.due_on is None or due.due_on is None:
        return ""
    days = law().calendar.working_days_between(now.due_on, due.due_on)
    if not days:
        return "，日期不变"
    return f"，比现在{'晚' if days > 0 else '早'}{abs(days)}个工作日"


def _stopped(case: AccessRequest, events: Sequence[Happened], due: Deadline) -> Foresight:
    stop = next(one for one in reversed(events) if one.kind == due.waiting)
    days = stop.days or USUAL_DAYS[stop.kind]
    last = law().calendar.add_working_days(stop.on, days).on
    then = _due(case, [*events, Happened(ANSWERED_BY[stop.kind], last)])
    if then.due_on is None:
        return Foresight(full_width(f"答复期限停下。{then.ask}。"), None, True)
    told = STOPPED[stop.kind].format(last=cn_date(last), due=cn_date(then.due_on), words=then.words.removesuffix("内"))
    return Foresight(told, None, then.provisional)
