"""The periods of a cycle: weeks, months, quarters, terms, school years and years."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.statute.limits import on_month_day
from gongkai.statute.records import TimeClass

DAY = timedelta(days=1)
BEFORE_TERM = timedelta(days=30)
SCHOOL_YEAR_BEGINS = "09-01"


@dataclass(frozen=True, slots=True)
class Term:
    """A school term of a body, both days included."""

    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Span:
    """One period of a cycle: what it is called, when publishing for it opens and when it is due."""

    label: str
    opens_on: date
    due_on: date


Between = tuple[date, date]


def spans(time: TimeClass, *, every: str, terms: Sequence[Term], between: Between) -> list[Span]:
    """List the periods of a cycle that touch the days `between` (both included), earliest first."""
    if every == "term":
        found: Iterator[Span] = (_term(time, term) for term in terms)
    elif every == "week":
        found = _weeks(between, terms)
    elif every in ("year", "school_year"):
        found = _years(time, between, every)
    else:
        found = _months(between, 3 if every == "quarter" else 1)
    touching = [s for s in found if s.opens_on <= between[1] and s.due_on >= between[0]]
    return sorted(touching, key=lambda s: s.due_on)


def _term(time: TimeClass, term: Term) -> Span:
    if time.due == "start":
        return Span(f"{term.name}开学前", term.starts_on - BEFORE_TERM, term.starts_on - DAY)
    return Span(term.name, term.starts_on, term.ends_on)


def _weeks(between: Between, terms: Sequence[Term]) -> Iterator[Span]:
    """Yield the weeks; a body that has entered its terms has none in its holidays."""
    monday = between[0] - DAY * between[0].weekday()
    while monday <= between[1]:
        sunday = monday + DAY * 6
        if not terms or any(t.starts_on <= sunday and t.ends_on >= monday for t in terms):
            year, week, _ = monday.isocalendar()
            yield Span(f"{year}年第{week}周", monday, sunday)
        monday += DAY * 7


def _months(between: Between, length: int) -> Iterator[Span]:
    first = between[0].year * 12 + (between[0].month - 1) // length * length
    last = between[1].year * 12 + between[1].month - 1
    name: Callable[[int, int], str] = (
        (lambda y, m: f"{y}年{m + 1}月") if length == 1 else (lambda y, m: f"{y}年第{m // 3 + 1}季度")
    )
    for number in range(first, last + 1, length):
        yield Span(name(*divmod(number, 12)), _month_start(number), _month_start(number + length) - DAY)


def _month_start(number: int) -> date:
    year, month = divmod(number, 12)
    return date(year, month + 1, 1)


def _years(time: TimeClass, between: Between, every: str) -> Iterator[Span]:
    for year in range(between[0].year - 1, between[1].year + 1):
        if every == "school_year":
            start = on_month_day(year, SCHOOL_YEAR_BEGINS)
            yield Span(f"{year}—{year + 1}学年", start, on_month_day(year + 1, SCHOOL_YEAR_BEGINS) - DAY)
        else:
            opens, due = on_month_day(year, time.opens or "01-01"), on_month_day(year, time.before or "12-31")
            yield Span(f"{year}年{time.season or '度'}", opens, due)
