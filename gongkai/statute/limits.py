"""Limits: which one applies, and the day one ends."""

from datetime import date, datetime, timedelta

from gongkai.statute.calendar import Counted
from gongkai.statute.load import law
from gongkai.statute.records import Limit

UNIT_NAMES = {"wd": "个工作日", "cd": "日", "hour": "小时", "per_year": "次"}


class NoDays(ValueError):
    """The limit is not a number of days after an event."""


def limit(code: str) -> Limit:
    """Return the limit with this code. Raises KeyError."""
    return law().limits[code]


def proactive_limit(regime: str, chosen: str = "") -> Limit:
    """Return the proactive limit of a regime: the one a body has chosen for it, else its default."""
    if chosen and limit(chosen).regime == regime:
        return limit(chosen)
    return limit(law().regimes[regime].proactive)


def choices(kind: str, *, regime: str, on: date) -> list[Limit]:
    """List the limits of one kind in force on a day for a regime, those bound to no regime included."""
    return [
        one
        for one in law().limits.values()
        if one.kind == kind and one.regime in (regime, "any") and _in_force(one, on)
    ]


def _in_force(one: Limit, on: date) -> bool:
    return (one.from_on is None or one.from_on <= on) and (one.until is None or on < one.until)


def last_day(one: Limit, *, begun_on: date) -> Counted:
    """Return the last day of a limit in days that begins on a day, which itself is not counted.

    Calendar days do not roll. Raises NoDays for a limit in hours or a yearly one.
    """
    if one.unit == "wd":
        return law().calendar.add_working_days(begun_on, one.n)
    if one.unit == "cd":
        return Counted(begun_on + timedelta(days=one.n), False)
    raise NoDays(f"期限 {one.code} 不是按日计算的")


def last_moment(one: Limit, *, begun_at: datetime) -> datetime:
    """Return the end of a limit in hours. Raises NoDays for another."""
    if one.unit != "hour":
        raise NoDays(f"期限 {one.code} 不是按小时计算的")
    return begun_at + timedelta(hours=one.n)


def report_period(one: Limit, *, year: int) -> tuple[date, date]:
    """Return the first and last day a yearly report of that year counts."""
    end = on_month_day(year, one.counts_to)
    start = on_month_day(year, one.counts_from)
    return (start if start <= end else on_month_day(year - 1, one.counts_from)), end


def report_due_on(one: Limit, *, year: int) -> date:
    """Return the day the yearly report of that year is due: the first after its period."""
    _, end = report_period(one, year=year)
    due = on_month_day(end.year, one.yearly)
    return due if due > end else on_month_day(end.year + 1, one.yearly)


def on_month_day(year: int, month_day: str) -> date:
    """Return the day of a year written month-day; 02-29 is the last of February."""
    month, day = map(int, month_day.split("-"))
    if (month, day) == (2, 29):
        return date(year, 3, 1) - timedelta(days=1)
    return date(year, month, day)


def in_words(one: Limit) -> str:
    """Write the length of a limit in Chinese, as 不少于5个工作日 or 20个工作日内."""
    if one.yearly:
        month, day = map(int, one.yearly.split("-"))
        return f"每年{month}月{day}日前"
    length = f"{one.n}{UNIT_NAMES[one.unit]}"
    if one.unit == "per_year":
        return f"每年不少于{length}"
    return f"不少于{length}" if one.minimum else f"{length}内"
