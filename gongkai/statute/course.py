"""The course of one limit through what happened: stops, restarts, pauses, prolongations (条例第三十至三十五条)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from gongkai.statute.calendar import Counted, WorkCalendar
from gongkai.statute.checks import EVENTS
from gongkai.statute.events import Happened, WrongEvents, of_kind, refuse_before_receipt, told
from gongkai.statute.limits import UNIT_NAMES, ended, last_moment, limit
from gongkai.statute.pauses import Pause, consultations, united
from gongkai.statute.records import Limit

WAITING = {
    "clarification_sent": "等待申请人补正,答复期限停止;收到补正后重新计算",
    "fee_notified": "等待申请人缴费,答复期限停止;缴费后重新计算",
    "consultation_sent": "征求意见尚未结束,答复期限停止;收到意见后继续计算",
}
PROLONGED = ("extended", "deferred")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What the course of a limit came to."""

    begun_on: date
    n: int
    due: Counted | None = None
    due_at: datetime | None = None
    waiting: str = ""
    ask: str = ""
    extended: bool = False
    pauses: tuple[Pause, ...] = ()
    restarts: tuple[Happened, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The limit from one beginning to the next restart."""

    rule: Limit
    n: int
    begun_on: date
    pauses: tuple[Pause, ...]
    prolonged: tuple[Happened, ...]
    stopped_on: date | None
    calendar: WorkCalendar


def run(rule: Limit, events: Sequence[Happened], begun: Happened, *, calendar: WorkCalendar) -> Run:
    """Follow a limit from its beginning. Raises WrongEvents, CalendarNotPublished."""
    if rule.unit == "hour":
        return _moment(rule, begun)
    if begun.kind == "received" and (rule.restarts_with or rule.extension):
        refuse_before_receipt(begun, events)
    starts, waiting = _starts(rule, events, begun)
    pauses = _pauses(rule, events, calendar)
    prolonged = of_kind(events, *PROLONGED)
    last = Run(begun_on=begun.on, n=rule.n)
    for place, start in enumerate(starts):
        until = starts[place + 1].on if place + 1 < len(starts) else None
        # An earlier stretch matters only for whether what prolonged it came in time.
        if until is None or any(start.on <= event.on < until for event in prolonged):
            last = _through(_stretch(rule, events, start, until, pauses, calendar))
    return _with(last, starts[1:], waiting, _notes(rule, events, last, pauses))


def _moment(rule: Limit, begun: Happened) -> Run:
    if begun.at is None:
        raise WrongEvents("按小时计算的期限要写时刻(at),如 2024-09-06T20:30")
    moment = last_moment(rule, begun_at=begun.at)
    return Run(begun_on=begun.on, n=rule.n, due=Counted(moment.date(), False), due_at=moment)


def _starts(rule: Limit, events: Sequence[Happened], begun: Happened) -> tuple[list[Happened], str]:
    """Return each beginning by day, and the kind of stop that is not answered yet.

    A restart that answers no stop (reopened) opens a new round: what was asked in the one before holds up nothing.
    """
    rounds = [begun, *of_kind(events, *rule.restarts_with[len(rule.stops_with) :])]
    starts: list[Happened] = []
    waiting = ""
    for place, first in enumerate(rounds):
        until = rounds[place + 1].on if place + 1 < len(rounds) else None
        inside = [event for event in events if first.on <= event.on and (until is None or event.on < until)]
        restarts, waiting = _stops(rule, inside)
        starts += [first, *restarts]
    return starts, waiting


def _stops(rule: Limit, events: Sequence[Happened]) -> tuple[list[Happened], str]:
    """Return the restarts of one round by day, and its stop that is not answered."""
    restarts, waiting = [], ""
    for stop, restart in zip(rule.stops_with, rule.restarts_with, strict=False):
        stopped, answered = of_kind(events, stop), of_kind(events, restart)
        for found in (stopped, answered):
            if len(found) > 1:
                raise WrongEvents(f"{EVENTS[found[0].kind]}只能有一次({told(found[0].on)}已有一次),请核对")
        if stopped and answered and answered[0].on < stopped[0].on:
            raise WrongEvents(
                f"{EVENTS[restart]}({told(answered[0].on)})早于{EVENTS[stop]}({told(stopped[0].on)}),请核对这两个日期"
            )
        restarts += answered
        waiting = stop if stopped and not answered else waiting
    return sorted(restarts, key=lambda event: event.on), waiting


def _pauses(rule: Limit, events: Sequence[Happened], calendar: WorkCalendar) -> list[Pause]:
    if not rule.paused_by:
        return []
    own = limit(rule.pause_limit) if rule.pause_limit else None
    return consultations(events, own=own, calendar=calendar)


def _stretch(
    rule: Limit,
    events: Sequence[Happened],
    start: Happened,
    until: date | None,
    pauses: Sequence[Pause],
    calendar: WorkCalendar,
) -> _Stretch:
    def inside(day: date) -> bool:
        return start.on <= day and (until is None or day < until)

    prolonged = _prolongations(rule, [e for e in of_kind(events, *PROLONGED) if inside(e.on)])
    stops = [e.on for e in of_kind(events, *rule.stops_with) if inside(e.on)]
    own = tuple(pause for pause in pauses if inside(pause.sent_on))
    return _Stretch(rule, _length(rule, events), start.on, own, prolonged, min(stops, default=None), calendar)


def _length(rule: Limit, events: Sequence[Happened]) -> int:
    given = [event.days for event in of_kind(events, rule.set_by) if event.days] if rule.set_by else []
    return given[-1] if given else rule.n


def _prolongations(rule: Limit, found: Sequence[Happened]) -> tuple[Happened, ...]:
    """Return those the limit knows. Raises WrongEvents for one it does not allow.

    Events of a case stand beside each other: what prolongs the answer is nothing to its other limits.
    """
    allowed = {"extended": rule.extension > 0, "deferred": rule.deferrable}
    for event in found:
        if not allowed[event.kind] and rule.kind == "answer":
            raise WrongEvents(f"「{rule.name}」没有{EVENTS[event.kind]}的规定")
    known = [event for event in found if allowed[event.kind]]
    for kind in PROLONGED:
        same = of_kind(known, kind)
        if len(same) > 1:
            raise WrongEvents(f"{EVENTS[kind]}只能有一次({told(same[0].on)}已有一次)")
        for event in same:
            _refuse_length(rule, event)
    return tuple(known)


def _refuse_length(rule: Limit, event: Happened) -> None:
    unit = UNIT_NAMES[rule.unit]
    if event.days < 1:
        raise WrongEvents(f"{EVENTS[event.kind]}要写天数,如 {event.kind}={event.on}:20")
    if event.kind == "extended" and event.days > rule.extension:
        raise WrongEvents(f"最多延长{rule.extension}{unit},现为{event.days}{unit}")


def _through(one: _Stretch) -> Run:
    """Count one stretch; each prolongation must come before what it prolongs is over."""
    n = one.n
    standing = next((pause for pause in one.pauses if pause.ends_on is None), None)
    due = None if standing else _end(one, n)
    for event in one.prolonged:
        stopped = one.stopped_on is not None and one.stopped_on <= event.on
        if due is not None and event.on > due.on and not stopped:
            raise WrongEvents(
                f"{EVENTS[event.kind]}应在期限届满({told(due.on)})之前,{told(event.on)}已经过了,不能再{EVENTS[event.kind]}"
            )
        n += event.days
        due = None if standing else _end(one, n)
    return Run(
        begun_on=one.begun_on,
        n=n,
        due=due,
        waiting="consultation_sent" if standing else "",
        ask=WAITING["consultation_sent"] if standing else "",
        extended=any(event.kind == "extended" for event in one.prolonged),
        pauses=one.pauses,
    )


def _end(one: _Stretch, n: int) -> Counted:
    """Count to the end, each pause pushing it on by the working days it takes out."""
    due = ended(one.rule, n, begun_on=one.begun_on, calendar=one.calendar)
    out = 0
    for after, last in united(one.pauses):
        if after >= due.on:
            break
        out += one.calendar.working_days_between(after, last)
        due = ended(one.rule, n + out, begun_on=one.begun_on, calendar=one.calendar)
    return due


def _with(last: Run, restarts: list[Happened], waiting: str, notes: tuple[str, ...]) -> Run:
    stands = bool(waiting)
    return Run(
        begun_on=last.begun_on,
        n=last.n,
        due=None if stands else last.due,
        waiting=waiting or last.waiting,
        ask=WAITING[waiting] if stands else last.ask,
        extended=last.extended,
        pauses=last.pauses,
        restarts=tuple(restarts),
        notes=notes,
    )


def _notes(rule: Limit, events: Sequence[Happened], last: Run, pauses: Sequence[Pause]) -> tuple[str, ...]:
    """Say what the dates alone do not show."""
    notes = []
    if of_kind(events, "consultation_sent") and rule.kind == "answer" and not rule.paused_by:
        notes.append(f"「{rule.name}」没有因征求意见停止计算的规定")
    if len(last.pauses) < len(pauses):
        notes.append("重新计算之前的征求意见不再影响期限")
    for pause in last.pauses:
        if last.due and pause.sent_on >= last.due.on:
            notes.append(f"{told(pause.sent_on)}发出征求意见书时期限已届满,不影响期限")
    return tuple(notes)
