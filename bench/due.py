"""Due dates: the last day of a limit, and the obligations of a whole catalogue for a year."""

from collections.abc import Iterator
from datetime import date, timedelta

from bench.figure import Figure, size, watch
from gongkai.statute.cycles import Term
from gongkai.statute.deadlines import deadline
from gongkai.statute.duties import Facts, schedule
from gongkai.statute.events import Happened
from gongkai.statute.limits import last_day, proactive_limit
from gongkai.statute.load import law

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
TERMS = (
    Term("2025—2026学年第二学期", date(2026, 2, 24), date(2026, 7, 3)),
    Term("2026—2027学年第一学期", date(2026, 9, 1), date(2027, 1, 22)),
)


def run() -> Iterator[Figure]:
    """Count the limit of the statute from days of three years, then the year of every item of every catalogue."""
    n = size("DUE", 200_000)
    one = proactive_limit("cn-ogi")
    days = [date(2023, 1, 1) + timedelta(days=i % 1000) for i in range(n)]
    with watch() as spent:
        for day in days:
            last_day(one, begun_on=day)
    yield Figure(
        name="due.dates", value=n / spent.cpu, unit="due dates/s of CPU", n=n, least=100_000,
        what=f"last day of a limit of {one.n} working days, one core",
    )  # fmt: skip
    yield from _deadlines(days)
    items = list(law().items.values())
    dues = 0
    with watch() as spent:
        for item in items * 10:
            facts = Facts(regime=item.regime, cite=item.cite, adopted_on=date(2025, 1, 2), terms=TERMS)
            dues += len(schedule(item.times, facts=facts, between=YEAR).dues)
    yield Figure(
        name="due.items", value=len(items) * 10 / spent.cpu, unit="items/s of CPU", n=len(items) * 10,
        what=f"all obligations of an item in a year, with reasons ({dues // 10} for {len(items)} items)",
    )  # fmt: skip


def _deadlines(days: list[date]) -> Iterator[Figure]:
    """Count the answer to a request through what happened to it: nothing, and much."""
    bare = [[Happened("received", day)] for day in days]
    with watch() as spent:
        for events in bare:
            deadline("answer", events, regime="cn-ogi")
    yield Figure(
        name="due.answers", value=len(bare) / spent.cpu, unit="due dates/s of CPU", n=len(bare), least=100_000,
        what="answer to a request nothing has happened to since, with its reasons at hand, one core",
    )  # fmt: skip
    much = [_course(day) for day in days[: len(days) // 5]]
    with watch() as spent:
        for events in much:
            deadline("answer", events, regime="cn-ogi")
    yield Figure(
        name="due.courses", value=len(much) / spent.cpu, unit="due dates/s of CPU", n=len(much),
        what="answer through clarification, two overlapping consultations and an extension, one core",
    )  # fmt: skip
    with watch() as spent:
        shown = sum(len(deadline("answer", events, regime="cn-ogi").days) for events in much[:2000])
    yield Figure(
        name="due.proofs", value=shown / spent.cpu, unit="days shown/s of CPU", n=shown,
        what="the same with every day and why it counts",
    )  # fmt: skip


def _course(day: date) -> list[Happened]:
    at = [day + timedelta(days=n) for n in (4, 9, 12, 14, 20, 24, 30)]
    return [
        Happened("received", day),
        Happened("clarification_sent", at[0]),
        Happened("clarification_received", at[1]),
        Happened("consultation_sent", at[2], ref="c1"),
        Happened("consultation_sent", at[3], ref="c2"),
        Happened("consultation_closed", at[4], ref="c1"),
        Happened("consultation_closed", at[5], ref="c2"),
        Happened("extended", at[6], 20),
    ]
