"""Who is reminded of a clock, and when: the owner before and on its day, then the head, then the superior.

Nothing depends on when the sweep last ran: whoever should have heard and has not, hears now, once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.access.models import Clock, Reminder
from gongkai.accounts.models import Person
from gongkai.bodies.models import Body, Duty, Post
from gongkai.bodies.policy import OFFICE
from gongkai.bodies.scope import superiors_of
from gongkai.statute.load import law

SOON = 3  # working days before the day
HEAD_AFTER = 1  # working days past it
SUPERIOR_AFTER = 3
LOOK_AHEAD = timedelta(days=16)  # no holiday holds three working days longer apart
STAGES = {
    "soon": "快到期",
    "today": "今天到期",
    "late": "已超期",
    "head": "已超期，报负责人",
    "superior": "已超期，报上级",
}


@dataclass(frozen=True)
class Owed:
    """A reminder that somebody should have had by now."""

    clock: Clock
    stage: str
    person: Person


def owed(*, on: date) -> list[Owed]:
    """Return the reminders that are due by a day and have not been given, for every body."""
    clocks = (
        Clock.objects.running().ours().filter(due_on__lte=on + LOOK_AHEAD)
        .select_related("case__body", "owner", "case__handler").order_by("due_on", "pk")
    )  # fmt: skip
    given = set(Reminder.objects.filter(clock__in=clocks).values_list("clock_id", "stage", "person_id", "due_on"))
    readers = _Readers(on)
    found = [
        Owed(clock, stage, person)
        for clock in clocks
        for stage, people in _stages(clock, readers, on=on)
        for person in people
    ]
    return [one for one in found if (one.clock.pk, one.stage, one.person.pk, one.clock.due_on) not in given]


def _stages(clock: Clock, readers: "_Readers", *, on: date) -> Iterable[tuple[str, list[Person]]]:
    due_on = clock.due_on
    if due_on is None:
        return
    days = law().calendar.working_days_between(on, due_on)
    owners = readers.owners(clock)
    if due_on < on:
        yield "late", owners
        if days <= -HEAD_AFTER:
            yield "head", readers.heads(clock.case.body)
        if days <= -SUPERIOR_AFTER:
            yield "superior", readers.superiors(clock.case.body)
    elif due_on == on:
        yield "today", owners
    elif days <= SOON:
        yield "soon", owners


class _Readers:
    """Find who is told, once a body."""

    def __init__(self, on: date) -> None:
        self._on = on
        self._held: dict[tuple[int, tuple[str, ...]], list[Person]] = {}
        self._above: dict[int, list[Body]] = {}

    def owners(self, clock: Clock) -> list[Person]:
        """Return who must act: the clock's owner, the case's handler, else the whole office."""
        one = clock.owner or clock.case.handler
        return [one] if one is not None and one.is_active else self._holding(clock.case.body, OFFICE)

    def heads(self, body: Body) -> list[Person]:
        """Return the heads of the office; where there is none, the signer."""
        return self._holding(body, (Duty.OFFICE_HEAD,)) or self._holding(body, (Duty.SIGNER,))

    def superiors(self, body: Body) -> list[Person]:
        """Return the supervisors of the nearest body above that has some."""
        if body.pk not in self._above:
            self._above[body.pk] = superiors_of(body, on=self._on)
        for above in self._above[body.pk]:
            if people := self._holding(above, (Duty.SUPERVISOR,)):
                return people
        return []

    def _holding(self, body: Body, duties: tuple[str, ...]) -> list[Person]:
        key = (body.pk, duties)
        if key not in self._held:
            posts = Post.objects.held(on=self._on).filter(body=body, duty__in=duties).select_related("person")
            self._held[key] = list({post.person_id: post.person for post in posts}.values())
        return self._held[key]
