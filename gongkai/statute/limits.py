"""Limits: which one applies, and the day one ends."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import lru_cache

from gongkai.statute.calendar import Counted, WorkCalendar
from gongkai.statute.load import law
from gongkai.statute.records import Limit

UNIT_NAMES = {"wd": "个工作日", "cd": "日", "month": "个月", "year": "年", "hour": "小时", "per_year": "次"}
DEFAULT = "默认"


class UnknownLimit(LookupError):
    """There is no such limit under the regime."""


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
    """List the limits of one kind in force on a day for a regime, those bound to no regime included.

    The general practice (no regime, local 默认) gives way to a rule of the regime itself.
    """
    return [one for one in _of_kind(kind, regime) if in_force(one, on)]


def _of_kind(kind: str, regime: str) -> list[Limit]:
    found = [one for one in law().limits.values() if one.kind == kind and one.regime in (regime, "any")]
    ruled = any(one.regime == regime and one.local in ("", DEFAULT) for one in found)
    return [one for one in found if not (ruled and one.regime == "any" and one.local == DEFAULT)]


def versions(name: str, *, regime: str, local: str = "") -> tuple[Limit, ...]:
    """Return the versions, one after the other in time, of the limit of a kind (or code) under a regime.

    `local` is the code of a local record that was chosen. Empty where a local record must be chosen first.
    Raises UnknownLimit.
    """
    return _versions(law().digest, name, regime, local)


@lru_cache(maxsize=1024)
def _versions(_digest: str, name: str, regime: str, local: str) -> tuple[Limit, ...]:
    if regime not in law().regimes:
        raise UnknownLimit(f"没有「{regime}」这种制度,可用的有:{'、'.join(law().regimes)}")
    if name in law().limits:
        one = limit(name)
        if one.regime not in (regime, "any"):
            raise UnknownLimit(f"期限 {name} 不属于 {regime}")
        return (one,)
    found = _of_kind(name, regime)
    if not found:
        known = dict.fromkeys(one.kind for one in law().limits.values() if one.regime in (regime, "any"))
        raise UnknownLimit(f"{law().regimes[regime].name}没有「{name}」这种期限,可用的有:{'、'.join(known)}")
    if all(one.yearly or one.unit == "per_year" for one in found):
        raise UnknownLimit(f"「{found[0].name}」是每年固定的日期或次数,不从某一天起算")
    if not local:
        return tuple(one for one in found if one.local in ("", DEFAULT) and not one.matter)
    chosen = tuple(one for one in found if one.code == local)
    if not chosen:
        raise UnknownLimit(f"「{local}」不是可选的期限,可选:{'、'.join(one.code for one in found)}")
    return chosen


def in_force(one: Limit, on: date) -> bool:
    """Say whether a limit was in force on a day."""
    return (one.from_on is None or one.from_on <= on) and (one.until is None or on < one.until)


def last_day(one: Limit, *, begun_on: date) -> Counted:
    """Return the last day of a limit in days or months that begins on a day, which itself is not counted.

    Calendar days roll to the next working day only where the limit says so (民事诉讼法第八十五条).
    Raises NoDays for a limit in hours or a yearly one.
    """
    return ended(one, one.n, begun_on=begun_on, calendar=law().calendar)


def ended(one: Limit, n: int, *, begun_on: date, calendar: WorkCalendar) -> Counted:
    """Return the last day of a limit of `n` of its units, by a calendar. Raises NoDays, CalendarNotPublished."""
    if one.unit == "wd":
        return calendar.add_working_days(begun_on, n)
    last = nominal(one, n, begun_on=begun_on)
    return calendar.next_working_day(last) if one.roll else Counted(last, False)


def nominal(one: Limit, n: int, *, begun_on: date) -> date:
    """Return the last day of a limit in calendar days, months or years before it rolls. Raises NoDays."""
    if one.unit == "cd":
        return begun_on + timedelta(days=n)
    if one.unit not in ("month", "year"):
        raise NoDays(f"期限 {one.code} 不是按日计算的")
    months = begun_on.year * 12 + begun_on.month - 1 + (n if one.unit == "month" else 12 * n)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(begun_on.day, monthrange(year, month + 1)[1]))


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


def in_words(one: Limit, *, n: int = 0) -> str:
    """Write the length of a limit in Chinese, as 不少于5个工作日 or 20个工作日内; `n` where it was prolonged."""
    if one.yearly:
        month, day = map(int, one.yearly.split("-"))
        return f"每年{month}月{day}日前"
    length = f"{n or one.n}{UNIT_NAMES[one.unit]}"
    if one.unit == "per_year":
        return f"每年不少于{length}"
    return f"不少于{length}" if one.minimum else f"{length}内"
