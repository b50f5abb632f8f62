"""The annual report of a body with ten thousand records: its figures, their members, the whole draft."""

from collections.abc import Iterator
from datetime import date

from bench import world
from bench.figure import Figure, size, watch
from gongkai.reporting.actions import writing
from gongkai.reporting.figures import Period, compute
from gongkai.reporting.members import open_members
from tests import make

YEAR = (date(2025, 1, 1), date(2025, 12, 31))


def run() -> Iterator[Figure]:
    """Count a year, open its largest figure, draft the report."""
    n = size("RECORDS", 10_000)
    school = make.school("bench-report")
    shares = {"disclosures": n * 4 // 10, "postings": n * 5 // 10, "opinions": n // 10}
    records = sum(world.bring(kind, school, world.rows(kind, count)) for kind, count in shares.items())
    with watch() as spent:
        figures = {figure.code: figure for figure in compute(Period(school, *YEAR), family="k12")}
    yield Figure(
        name="report.figures", value=spent.wall, unit="s", n=records,
        what=f"all {len(figures)} figures of a year, each with the names of its members",
    )  # fmt: skip
    members = figures["channel.wechat"].members
    with watch() as spent:
        opened = open_members(school, members, public=True)
    yield Figure(
        name="report.members", value=spent.wall, unit="s", n=len(opened), what="open one figure to its members",
    )  # fmt: skip
    with watch() as spent:
        writing.open_report(
            school, by=make.actor("bench-report-clerk", school), at=make.AT, year=2025, start=YEAR[0], end=YEAR[1]
        )
    yield Figure(
        name="report.draft", value=spent.wall, unit="s", n=records, budget=10,
        what="open the report: figures, section texts, blanks",
    )  # fmt: skip
