"""The days of a limit one by one: which count, as the how manieth, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.statute.calendar import WEEKDAYS, WorkCalendar
from gongkai.statute.events import told
from gongkai.statute.limits import nominal
from gongkai.statute.pauses import Pause
from gongkai.statute.records import Limit

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ProofDay:
    """One day: whether it counts, as the how manieth (None where it does not), and the reason in Chinese."""

    on: date
    counted: bool
    n: int | None
    why: str
    paused: bool = False


def proof(
    rule: Limit, *, n: int, begun_on: date, due_on: date, pauses: Sequence[Pause], calendar: WorkCalendar
) -> list[ProofDay]:
    """Return every day after `begun_on` up to `due_on`; of a limit in years only the last."""
    if rule.unit == "year":
        return [ProofDay(due_on, True, n, f"满{n}年")]
    days = [begun_on + i * DAY for i in range(1, (due_on - begun_on).days + 1)]
    if rule.unit == "wd":
        return _numbered([(day, *_working(day, pauses, calendar)) for day in days])
    last = nominal(rule, n, begun_on=begun_on)
    return _numbered([(day, *_running(day, last, calendar)) for day in days])


def _numbered(days: Sequence[tuple[date, bool, str, bool]]) -> list[ProofDay]:
    found, counted = [], 0
    for on, counts, why, paused in days:
        counted += counts
        found.append(ProofDay(on, counts, counted if counts else None, why, paused))
    return found


def _working(day: date, pauses: Sequence[Pause], calendar: WorkCalendar) -> tuple[bool, str, bool]:
    why = calendar.why(day)
    if not calendar.counts(day):
        return False, why, False
    paused = any(p.ends_on and p.sent_on < day <= p.ends_on for p in pauses)
    return (False, f"{why},征求意见期间不计算", True) if paused else (True, why, False)


def _running(day: date, last: date, calendar: WorkCalendar) -> tuple[bool, str, bool]:
    if day > last:
        return False, f"{calendar.why(day)},届满日是休息日,顺延到之后的第一个工作日", False
    return True, f"{told(day)} 星期{WEEKDAYS[day.weekday()]},按自然日计算", False
