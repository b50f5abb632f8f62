"""When a reply is due, counted day by day from what the simulator itself did; the law engine is not asked."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from gongkai.statute import law

DAY = timedelta(days=1)
OPINION_DAYS = 15


@dataclass
class LetterOut:
    """A consultation: sent, delivered and closed."""

    sent: date
    delivered: date | None = None
    closed: date | None = None


@dataclass
class Facts:
    """What happened to a case that its reply's period follows from; `set_by` is the day a ruling set."""

    need: int
    pauses: bool
    begun: date
    prolonged: int = 0
    letters: list[LetterOut] = field(default_factory=list)
    waiting: bool = False
    set_by: date | None = None

    def begin_anew(self, on: date) -> None:
        """Begin the period again: nothing before it counts any more."""
        self.begun, self.prolonged, self.letters, self.waiting = on, 0, [], False


@cache
def _declared() -> tuple[frozenset[date], frozenset[date]]:
    years = law().calendar_years.values()
    return frozenset(day for year in years for day in year.rest), frozenset(day for year in years for day in year.work)


def works(day: date) -> bool:
    """Tell whether a day is a working day by the notices' own lists, Monday to Friday where none says otherwise."""
    rest, work = _declared()
    return day in work or (day.weekday() < 5 and day not in rest)


def after(day: date, count: int) -> date:
    """Return the working day that many after a day, one step at a time."""
    while count:
        day += DAY
        count -= works(day)
    return day


def reply_due(facts: Facts) -> date | None:
    """Return the day a reply is due; None while it waits for the requester."""
    if facts.waiting:
        return None
    if facts.set_by is not None:
        return facts.set_by
    closings = [(one.sent, _closing(one)) for one in facts.letters] if facts.pauses else []
    day, counted = facts.begun, 0
    while counted < facts.need + facts.prolonged:
        day += DAY
        if works(day) and not any(sent < day <= closed for sent, closed in closings):
            counted += 1
    return day


def _closing(letter: LetterOut) -> date:
    """Return the last day a consultation stops the clock: its answer, at most its own fifteen working days."""
    if letter.delivered is None and letter.closed is not None:
        return letter.closed
    latest = after(letter.delivered or letter.sent, OPINION_DAYS)
    return min(letter.closed, latest) if letter.closed else latest
