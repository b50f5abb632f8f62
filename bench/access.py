"""Access requests: sent in at once with nothing lost, dated anew in bulk, counted into tables, a whole year lived."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

from django.db import connection, connections

from bench.figure import Figure, size, watch
from gongkai.access.actions import intake
from gongkai.access.actions.intake import RequesterFacts, WantedFacts
from gongkai.access.actions.redating import redate
from gongkai.access.models import AccessRequest, CaseEvent, Clock
from gongkai.bodies.models import Body
from gongkai.journal.actor import Actor
from gongkai.reporting.figures import Period, compute
from tests import make

AT = datetime(2026, 3, 2, 9, tzinfo=make.SHANGHAI)
SENDERS = 8
KINDS = ("np", "biz", "res", "ngo", "law", "oth")


def run() -> Iterator[Figure]:
    """Send, date anew, count, live a year."""
    bureau = make.school("bench-requests", kind="edu_bureau", name="量度用教育局")
    yield submissions(bureau)
    yield from dated_anew(bureau)
    yield counted(bureau)
    yield lived()


def submissions(bureau: Body) -> Figure:
    """Send requests through the act of the public form from several threads at once; count what is there after."""
    n = size("SUBMISSIONS", 400)
    with watch() as spent, ThreadPoolExecutor(SENDERS) as pool:
        numbers = list(pool.map(lambda serial: sent(bureau, serial), range(n)))
        list(pool.map(lambda _: connections.close_all(), range(SENDERS)))
    kept = AccessRequest.objects.of(bureau).values_list("serial", flat=True)
    if sorted(kept) != list(range(1, n + 1)) or len(set(numbers)) != n:
        raise AssertionError("a request was lost or a number given twice")
    return Figure(
        name="requests.submitted", value=n / spent.wall, unit="requests/s", n=n,
        what=f"sent at once by {SENDERS}, each numbered without a gap, dated and journalled; none lost",
    )  # fmt: skip


def sent(bureau: Body, serial: int) -> str:
    """Send one request; return its number."""
    who = RequesterFacts(kind=KINDS[serial % 6], name=f"申请人{serial}", phone=f"139{serial:08d}")
    what = WantedFacts(title=f"第{serial}项信息", wanted="请提供全文。")
    by = Actor.public(body_code=bureau.code, body_name=bureau.name)
    return intake.receive_online(bureau, by=by, at=AT, requester=who, wanted=what).number


def dated_anew(bureau: Body) -> Iterator[Figure]:
    """Fill up to so many open cases, one third consulted about, and let all follow the calendar in one transaction."""
    n = size("OPEN_CASES", 100_000)
    fill(bureau, n)
    with watch() as spent:
        done = redate(bureau, by=Actor.system(), at=AT)
    if done.cases != n or done.moved:
        raise AssertionError(f"{done.cases} cases dated anew, {len(done.moved)} moved, {n} and 0 expected")
    yield Figure(
        name="requests.redated", value=spent.wall, unit="s", n=n,
        what="all open cases dated anew from their events in one transaction, nothing having moved",
    )  # fmt: skip


def fill(bureau: Body, n: int) -> None:
    """Copy the cases that came in by acts (rows and clocks) until there are so many: acts would take an hour."""
    pattern = list(AccessRequest.objects.of(bureau).order_by("pk")[:6])
    first = AccessRequest.objects.of(bureau).count()
    clocks = {case.pk: list(case.clocks.all()) for case in pattern}
    events = {case.pk: list(case.events.all()) for case in pattern}
    for start in range(first, n, 2000):
        sources = [pattern[serial % 6] for serial in range(start, min(start + 2000, n))]
        made = AccessRequest.objects.bulk_create(copy(one, start + place + 1) for place, one in enumerate(sources))
        pairs = list(zip(made, sources, strict=True))
        CaseEvent.objects.bulk_create(again(e, case) for case, source in pairs for e in events[source.pk])
        Clock.objects.bulk_create(again(c, case) for case, source in pairs for c in clocks[source.pk])


def copy(source: AccessRequest, serial: int) -> AccessRequest:
    """Return another case like this one."""
    facts = {
        f.attname: getattr(source, f.attname) for f in AccessRequest._meta.fields if f.name not in ("id", "query_code")
    }
    return AccessRequest(**{**facts, "serial": serial})


def again(row: CaseEvent | Clock, case: AccessRequest) -> CaseEvent | Clock:
    """Return a row like this one of another case."""
    facts = {f.attname: getattr(row, f.attname) for f in row._meta.fields if f.name not in ("id", "case")}
    return type(row)(**facts, case=case)


def counted(bureau: Body) -> Figure:
    """Count a year's statutory tables with the names of the cases in every cell."""
    n = AccessRequest.objects.of(bureau).count()
    with watch() as spent:
        figures = compute(Period(bureau, date(2026, 1, 1), date(2026, 12, 31)), family="cn-ogi-2021")
    cells = sum(bool(figure.table) for figure in figures)
    return Figure(
        name="requests.tables", value=spent.wall, unit="s", n=n, budget=10,
        what=f"the {cells} cells of the statutory tables with their members, {connection.vendor}",
    )  # fmt: skip


def lived() -> Figure:
    """Live a synthetic year through the acts, in an installation of its own."""
    n = size("SIMULATED", 5_000)
    command = [sys.executable, "-m", "gongkai.cli", "simulate", "--cases", str(n), "--year", "2025", "--json"]
    with watch() as spent:
        done = subprocess.run(command, env=dict(os.environ), capture_output=True, text=True, check=False)
    answer = json.loads(done.stdout)
    if answer["violations"]:
        raise AssertionError(answer["violations"][:5])
    return Figure(
        name="requests.simulated", value=answer["cases"] / answer["seconds"], unit="cases/s", n=answer["cases"],
        what=f"a year of all paths through the acts, all checked, {spent.wall / 60:.1f} min in all, no violation",
    )  # fmt: skip
