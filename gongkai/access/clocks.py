"""The clocks of a case: an index over its standing events, recomputed by the law engine and never typed in.

refresh(case, at=…)                recompute due_on, provisional, law_digest and the Clock rows
reply(case)                        the reply's Deadline as things stand
preview(case, Happened(…), …)      what it would be after one more step
proof(case, on=…)                  the counted days, as the strip of days shows them
moved(cases, at=…)                 what a changed calendar moves, without writing (redating.redate writes)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from gongkai.access.models import (
    AccessRequest,
    CaseEvent,
    CaseState,
    Clock,
    ClockKind,
    Consultation,
    ConsultationKind,
    FeeNotice,
    HandOver,
)
from gongkai.bodies.models import Body, LocalRule, in_force
from gongkai.journal.acts import ActRefused
from gongkai.journal.chain import day_of
from gongkai.statute.checks import EVENTS
from gongkai.statute.deadlines import Deadline, deadline
from gongkai.statute.events import Happened, WrongEvents
from gongkai.statute.limits import UnknownLimit
from gongkai.statute.load import law

OVER = (CaseState.CLOSED, CaseState.ARCHIVED, CaseState.VOID)
OPINIONS = {ConsultationKind.JOINT_AUTHOR: "joint-author-opinion"}
KINDS = (
    ClockKind.CONFIRM, ClockKind.REPLY, ClockKind.CLARIFICATION_NOTICE, ClockKind.CLARIFICATION, ClockKind.EXPLANATION,
    ClockKind.CONSULTATION, ClockKind.FEE, ClockKind.HAND_OVER, ClockKind.DELIVERY,
)  # fmt: skip
UNKNOWN = Deadline(limit="", provisional=True)


@dataclass(frozen=True, slots=True)
class Course:
    """A case with everything its clocks follow from."""

    case: AccessRequest
    events: list[CaseEvent] = field(default_factory=list)
    consultations: list[Consultation] = field(default_factory=list)
    fees: list[FeeNotice] = field(default_factory=list)
    hand_overs: list[HandOver] = field(default_factory=list)

    @property
    def current(self) -> list[CaseEvent]:
        """The events of the handling under way: all, or those since the case was reopened."""
        return [e for e in self.events if e.pk >= self.reopened.pk] if self.reopened else self.events

    @property
    def reopened(self) -> CaseEvent | None:
        """The reopening from which the reply's period begins anew, where there was one."""
        return next((e for e in reversed(self.events) if e.kind == "reopened"), None)

    @property
    def received(self) -> CaseEvent | None:
        """The event with which the handling under way began."""
        return self.reopened or self.last("received")

    @property
    def happened(self) -> list[Happened]:
        """The current events as the law engine takes them; those only the house keeps are left out."""
        return [
            Happened("received" if e.kind == "reopened" else e.kind, e.on, e.days, e.ref)
            for e in self.current
            if e.kind in EVENTS or e.kind == "reopened"
        ]

    def last(self, kind: str) -> CaseEvent | None:
        """Return the latest event of a kind in the handling under way."""
        return next((e for e in reversed(self.current) if e.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Period:
    """One clock as it should stand; `over` = it ran out of meaning before it was met."""

    kind: str
    due: Deadline
    ref: str = ""
    begun_on: date | None = None
    due_on: date | None = None
    owner_id: int | None = None
    met_on: date | None = None
    over: bool = False


def regime_of(body: Body, *, on: date) -> str:
    """Return the regime a request to this body falls under on a day."""
    main = law().body_kinds[body.kind].main
    begins = law().regimes[main].from_on
    return f"{main}-2008" if begins and on < begins and f"{main}-2008" in law().regimes else main


def local_of(body: Body, *, regime: str, on: date) -> str:
    """Return the local reply period a body has chosen on a day ("" where none is in force)."""
    chosen = LocalRule.objects.filter(in_force(on), body=body).order_by("pk").values_list("record", flat=True)
    limits = [law().limits[code] for code in chosen if code in law().limits]
    fit = [one.code for one in limits if one.kind == "answer" and one.regime == regime]
    return fit[-1] if fit else ""


def courses(cases: Sequence[AccessRequest]) -> list[Course]:
    """Gather the courses of cases, in their order, by as many queries for many as for one."""
    found = {case.pk: Course(case) for case in cases}
    for event in CaseEvent.objects.standing().filter(case__in=found).order_by("on", "pk"):
        found[event.case_id].events.append(event)
    for consultation in Consultation.objects.filter(case__in=found).order_by("pk"):
        found[consultation.case_id].consultations.append(consultation)
    for fee in FeeNotice.objects.filter(case__in=found).order_by("pk"):
        found[fee.case_id].fees.append(fee)
    for hand_over in HandOver.objects.filter(case__in=found).order_by("pk"):
        found[hand_over.case_id].hand_overs.append(hand_over)
    return list(found.values())


def reply(case: AccessRequest) -> Deadline:
    """Return when the reply is due, and why."""
    return _reply(courses([case])[0])


def preview(case: AccessRequest, *more: Happened) -> Deadline:
    """Return when the reply would be due after these further steps. Raises WrongEvents when they cannot be."""
    return _limit("answer", case, [*courses([case])[0].happened, *more])


def proof(case: AccessRequest, *, on: date) -> list[dict[str, Any]]:
    """Return the days of the reply's period, as the strip of days shows them on a day."""
    due = reply(case)
    return [
        {"on": day.on, "counted": day.counted, "n": day.n, "why": day.why, "past": day.on < on,
         "today": day.on == on, "due": day.on == due.due_on}
        for day in due.days
    ]  # fmt: skip


def limit_of(case: AccessRequest, name: str) -> Deadline:
    """Return when another limit of the case ends."""
    return _limit(name, case, courses([case])[0].happened)


def standing(case: AccessRequest, kind: str) -> CaseEvent | None:
    """Return the latest event of a kind in the handling under way."""
    return courses([case])[0].last(kind)


def opinion_due(case: AccessRequest, consultation: Consultation) -> Deadline:
    """Return when the period of whom a consultation asks ends."""
    return _opinion_due(courses([case])[0], consultation)


def refresh(case: AccessRequest, *, at: datetime) -> AccessRequest:
    """Recompute the index of a case and write it.

    Raises ActRefused, with the engine's words, when the events cannot have happened so.
    """
    course, old = courses([case])[0], {(c.kind, c.ref): c for c in case.clocks.filter(kind__in=KINDS)}
    try:
        changed, made = laid(course, old, at=at)
    except (WrongEvents, UnknownLimit) as wrong:
        raise ActRefused(f"{wrong}。".replace(",", "，")) from wrong
    case.save(update_fields=["due_on", "provisional", "law_digest", "local"])
    Clock.objects.bulk_create(made)
    for clock in changed:
        clock.save()
    return case


def laid(course: Course, old: dict[tuple[str, str], Clock], *, at: datetime) -> tuple[list[Clock], list[Clock]]:
    """Set the index of a case and its clocks without writing them; return the clocks that change and the new ones.

    A clock that no event asks for any more is stopped. Raises WrongEvents, UnknownLimit.
    """
    case = course.case
    due = _reply(course)
    if due.rule is None and not case.local and course.received:  # the regime leaves the period to the place
        case.local = local_of(case.body, regime=case.regime, on=day_of(at))
        due = _reply(course)
    periods = _periods(course, on=day_of(at))
    case.due_on, case.provisional, case.law_digest = _due_on(case, due), due.provisional, law().digest
    changed, made, left = [], [], dict(old)
    for period in periods:
        former = left.pop((period.kind, period.ref), None)
        clock = former or Clock(case=case, kind=period.kind, ref=period.ref)
        if _set(clock, period, over=period.over or case.state in OVER, at=at):
            (changed if former else made).append(clock)
    for clock in left.values():
        if clock.stopped_at is None and clock.met_on is None:
            clock.stopped_at = at
            changed.append(clock)
    return changed, made


def _limit(name: str, case: AccessRequest, events: Sequence[Happened]) -> Deadline:
    local = case.local if name == "answer" else ""
    return deadline(name, events, regime=case.regime, local=local or None)


def _reply(course: Course) -> Deadline:
    return _limit("answer", course.case, course.happened) if course.received else UNKNOWN


def _due_on(case: AccessRequest, due: Deadline) -> date | None:
    """Return the reply's day: the one a decision on a remedy set for the new reply, else the law's."""
    if case.reopened_by is not None and case.reopened_by.redo_by and case.state not in OVER:
        return case.reopened_by.redo_by
    return due.due_on


def _periods(course: Course, *, on: date) -> list[Period]:
    """Return every clock of a case as it should stand on a day."""
    return [
        *_intake(course), *_clarifying(course, on=on), *_explaining(course), *_consulting(course), *_paying(course),
        *_handing(course),
    ]  # fmt: skip


def _intake(course: Course) -> Iterable[Period]:
    case, arrived = course.case, next((e for e in course.events if e.kind == "arrived"), None)
    if arrived is not None:
        due = _limit("receipt-confirmation", case, [Happened("arrived", arrived.on)])
        yield Period(ClockKind.CONFIRM, due, owner_id=case.handler_id, met_on=case.confirmed_on)
    if course.received is None:
        return
    due = _reply(course)
    day = _due_on(case, due)
    met = (case.served_on or case.counted_on) if case.state in OVER else None
    yield Period(ClockKind.REPLY, due, due_on=day, owner_id=case.handler_id, met_on=met)
    if case.decided_on and case.state in (CaseState.DECIDED, *OVER):
        yield Period(
            ClockKind.DELIVERY, due, begun_on=case.decided_on, due_on=day, owner_id=case.handler_id, met_on=met
        )


def _clarifying(course: Course, *, on: date) -> Iterable[Period]:
    case, sent, answered = course.case, course.last("clarification_sent"), course.last("clarification_received")
    if (received := course.received) is not None:
        due = _limit("clarification-notice", case, [Happened("received", received.on)])
        lapsed = sent is None and (case.state != CaseState.RECEIVED or (due.due_on is not None and due.due_on < on))
        yield Period(
            ClockKind.CLARIFICATION_NOTICE, due, owner_id=case.handler_id, met_on=sent.on if sent else None, over=lapsed
        )
    if sent is not None:
        due = _limit("clarification", case, [Happened("clarification_sent", sent.on, sent.days)])
        yield Period(ClockKind.CLARIFICATION, due, owner_id=case.handler_id, met_on=answered.on if answered else None)


def _explaining(course: Course) -> Iterable[Period]:
    asked, given = course.last("reasons_asked"), course.last("reasons_given")
    if asked is not None:
        due = _limit("reasons", course.case, [Happened("reasons_asked", asked.on, asked.days)])
        yield Period(ClockKind.EXPLANATION, due, owner_id=course.case.handler_id, met_on=given.on if given else None)


def _consulting(course: Course) -> Iterable[Period]:
    for one in course.consultations:
        if all(event.ref != one.ref for event in course.current):
            continue  # of a handling that ended before the case was reopened
        yield Period(
            ClockKind.CONSULTATION, _opinion_due(course, one), ref=one.ref, owner_id=course.case.handler_id,
            met_on=one.closed_on,
        )  # fmt: skip


def _opinion_due(course: Course, one: Consultation) -> Deadline:
    events = [event for event in course.happened if event.ref == one.ref]
    return _limit(OPINIONS.get(ConsultationKind(one.kind), "third-party-opinion"), course.case, events)


def _paying(course: Course) -> Iterable[Period]:
    notified, paid = course.last("fee_notified"), course.last("fee_paid")
    if notified is not None:
        due = _limit("fee-payment", course.case, [Happened("fee_notified", notified.on)])
        yield Period(ClockKind.FEE, due, owner_id=course.case.handler_id, met_on=paid.on if paid else None)


def _handing(course: Course) -> Iterable[Period]:
    for one in course.hand_overs:
        owner = one.person_id or course.case.handler_id
        yield Period(
            ClockKind.HAND_OVER, Deadline(limit=""), ref=f"h{one.pk}", begun_on=one.asked_on, due_on=one.due_on,
            owner_id=owner, met_on=one.returned_on,
        )  # fmt: skip


def _set(clock: Clock, period: Period, *, over: bool, at: datetime) -> bool:
    """Set a clock as its period stands; tells whether anything changed."""
    due = period.due
    stopped = over and period.met_on is None
    facts = {
        "begun_on": period.begun_on or due.begun_on, "due_on": period.due_on or due.due_on,
        "provisional": due.provisional, "limit": due.code, "cite": due.cite, "owner_id": period.owner_id,
        "met_on": period.met_on, "stopped_at": (clock.stopped_at or at) if stopped else None,
    }  # fmt: skip
    if all(getattr(clock, name) == fact for name, fact in facts.items()) and clock.pk:
        return False
    for name, fact in facts.items():
        setattr(clock, name, fact)
    return True
