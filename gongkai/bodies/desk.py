"""Lines of the desk (我的待办): each room says what waits for a person; the workbench sorts and shows it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from django.urls import NoReverseMatch, reverse

from gongkai.bodies.scope import Scope
from gongkai.statute import law


class Rank(IntEnum):
    """Who waits for whom, most pressing first."""

    URGENT = 0  # something public must go now
    OWED = 1  # one citizen waits for a reply on its legal day, past it or near
    LATE = 2  # the public waits, past the day
    WAITING = 3  # a colleague waits for this person
    SOON = 4  # the public will wait soon
    RETURNED = 5  # this person's own work came back
    OWN = 6  # this person's own work, no date near


@dataclass(frozen=True, slots=True)
class Why:
    """Why a line is on the desk: in words, with the citation and the page that shows the duty."""

    text: str
    cite: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskLine:
    """One line, one action: badge (`state` of frame.states, `label` its word), what, about, verb and address."""

    key: str
    rank: Rank
    state: str
    text: str
    verb: str
    url: str
    label: str = ""
    about: str = ""
    due_on: date | None = None
    why: Why | None = None

    @property
    def order(self) -> tuple[int, date, str]:
        """Return what lines are sorted by: who waits, then the day."""
        return self.rank, self.due_on or date.max, self.key


Provider = Callable[[Scope], list[DeskLine]]


def address(name: str, *args: object, query: str = "") -> str:
    """Return the address of a page by name; empty while the room that owns it is not there."""
    try:
        return reverse(name, args=args) + (f"?{query}" if query else "")
    except NoReverseMatch:
        return ""


def days_to(due_on: date, *, on: date) -> str:
    """Say how far a day is, in working days: 还剩 3 个工作日, 今天到期, 已超期 2 个工作日."""
    if due_on == on:
        return "今天到期"
    days = law().calendar.working_days_between(on, due_on)
    if due_on > on:
        return f"还剩 {days} 个工作日"
    return f"已超期 {-days} 个工作日" if days else "已超期"


def timed(due_on: date | None, *, on: date) -> tuple[Rank, str, str]:
    """Return rank, state and badge word that follow from a due day alone."""
    if due_on is None:
        return Rank.OWN, "open", ""
    days = law().calendar.working_days_between(on, due_on)
    if due_on < on:
        return Rank.LATE, "late", ""
    if days <= 3:
        return Rank.SOON, "soon", f"{days} 个工作日内" if days else "今天到期"
    return Rank.SOON, "open", "快到期"


def month_day(day: date, *, on: date) -> str:
    """Write a day briefly, with its year only when it is another one: 11月25日."""
    year = "" if day.year == on.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"
