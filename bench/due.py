"""Due dates: the last day of a limit, and the obligations of a whole catalogue for a year."""

from collections.abc import Iterator
from datetime import date, timedelta

from bench.figure import Figure, size, watch
from gongkai.statute.cycles import Term
from gongkai.statute.duties import Facts, schedule
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
