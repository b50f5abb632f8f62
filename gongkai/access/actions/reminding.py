"""The act of reminding: who was told of which clock, on which stage."""

from collections.abc import Sequence
from datetime import datetime

from gongkai.access.models import Reminder
from gongkai.access.reminders import Owed
from gongkai.bodies.models import Body
from gongkai.journal.actor import Actor
from gongkai.journal.acts import act, note, system_only


@act("access.reminded", may=system_only)
def remind(body: Body, *, by: Actor, at: datetime, owed: Sequence[Owed]) -> list[Reminder]:
    """Write down who of a body (or above it) is reminded of what; the letters go out after it."""
    made = [
        Reminder(clock=one.clock, stage=one.stage, person=one.person, due_on=one.clock.due_on, at=at) for one in owed
    ]
    Reminder.objects.bulk_create(made, ignore_conflicts=True)
    note(cases=sorted({one.clock.case.number for one in owed}), reminders=len(made))
    return made
