"""The working-day calendar of the State Council's yearly holiday notices.

A year without a notice is never guessed silently: asking for one of its days raises, and counting into it
gives a date marked provisional (Monday to Friday counted as working). The last week of the last announced
year is provisional too, because the next year's notice may still move its days.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from gongkai.statute.records import CalendarYear

WEEKDAYS = "一二三四五六日"
DAY = timedelta(days=1)
UNSETTLED = timedelta(days=7)
GUESSED_YEARS = 3


class CalendarNotPublished(LookupError):
    """No holiday notice is known for that day."""


class Counted(NamedTuple):
    """A date counted by the calendar, and whether a notice still to come may move it."""

    on: date
    provisional: bool


class WorkCalendar:
    """Working days from the first to the last announced year, by bisect on day ordinals."""

    def __init__(self, years: Iterable[CalendarYear], titles: Mapping[str, str] | None = None) -> None:
        self._years = {y.year: y for y in years}
        self._titles = titles or {}
        self.first = date(min(self._years), 1, 1)
        self.published_through = date(max(self._years), 12, 31)
        self.settled_through = self.published_through - UNSETTLED
        self._declared: dict[date, tuple[bool, CalendarYear]] = {}
        for year in self._years.values():
            self._declared.update({day: (False, year) for day in year.rest})
            self._declared.update({day: (True, year) for day in year.work})
        self._said: dict[date, str] = {}
        self._end = date(self.published_through.year + GUESSED_YEARS, 12, 31)
        self._ordinals = [
            n for n in range(self.first.toordinal(), self._end.toordinal() + 1) if self._works(date.fromordinal(n))
        ]

    def _works(self, day: date) -> bool:
        declared = self._declared.get(day)
        return day.weekday() < 5 if declared is None else declared[0]

    def is_working_day(self, day: date) -> bool:
        """Say whether the day is a working day. Raises CalendarNotPublished outside the announced years."""
        if not self.first <= day <= self.published_through:
            raise CalendarNotPublished(
                f"{day.year}年的放假安排不在日历中,公布并更新日历后才能确定{_chinese(day)}是否上班"
            )
        return self._works(day)

    def counts(self, day: date) -> bool:
        """Say whether the day is counted as a working day; in a year without a notice Monday to Friday are."""
        return self._works(day)

    def is_provisional(self, day: date) -> bool:
        """Say whether a date counted to this day may still be moved by a notice to come."""
        return day > self.settled_through

    def add_working_days(self, day: date, n: int) -> Counted:
        """Count n working days on from the day, which itself is not counted (民事诉讼法第八十五条).

        n = 0 gives the day itself. Raises ValueError for n < 0.
        """
        if n < 0:
            raise ValueError("工作日数不能是负数")
        if n == 0:
            return self._counted(day)
        self._refuse_beyond(day)
        place = bisect_right(self._ordinals, day.toordinal()) + n - 1
        if place >= len(self._ordinals):
            raise CalendarNotPublished(f"从{_chinese(day)}起{n}个工作日超出可估算的日历,请先更新放假安排")
        return self._counted(date.fromordinal(self._ordinals[place]))

    def working_days_between(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and including `end`; negative when `end` is earlier."""
        self._refuse_beyond(start)
        self._refuse_beyond(end)
        return bisect_right(self._ordinals, end.toordinal()) - bisect_right(self._ordinals, start.toordinal())

    def next_working_day(self, day: date) -> Counted:
        """Return the first working day on or after the day."""
        self._refuse_beyond(day)
        place = bisect_left(self._ordinals, day.toordinal())
        if place >= len(self._ordinals):
            raise CalendarNotPublished(f"{_chinese(day)}之后的放假安排不在日历中")
        return self._counted(date.fromordinal(self._ordinals[place]))

    def last_working_day(self, day: date) -> Counted:
        """Return the last working day on or before the day."""
        self._refuse_beyond(day)
        place = bisect_right(self._ordinals, day.toordinal()) - 1
        if place < 0:
            raise CalendarNotPublished(f"{_chinese(day)}之前的放假安排不在日历中")
        return self._counted(date.fromordinal(self._ordinals[place]))

    def why(self, day: date) -> str:
        """Say in Chinese why the day counts or does not."""
        said = self._said.get(day)
        if said is None:
            said = self._said[day] = self._why(day)
        return said

    def _why(self, day: date) -> str:
        name = f"{_chinese(day)} 星期{WEEKDAYS[day.weekday()]}"
        if not self.first <= day <= self.published_through:
            return f"{name},{day.year}年的放假安排尚未公布,暂按{_ordinary(day)}计算"
        declared = self._declared.get(day)
        if declared is not None:
            works, year = declared
            return f"{name},{'调休上班' if works else '放假'}({self._titles.get(year.cite, year.cite)})"
        return f"{name},{_ordinary(day)}"

    def _counted(self, day: date) -> Counted:
        return Counted(day, self.is_provisional(day))

    def _refuse_beyond(self, day: date) -> None:
        if not self.first <= day <= self._end:
            raise CalendarNotPublished(f"{_chinese(day)}不在日历中({self.first.year}年至{self._end.year}年)")


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _ordinary(day: date) -> str:
    return "工作日" if day.weekday() < 5 else "周末休息"
