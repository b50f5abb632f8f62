"""Live a year in three bodies and compare what the platform counts with what was lived."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from gongkai.access.models import AccessRequest
from gongkai.journal import outbox
from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.journal.chain import SHANGHAI
from gongkai.reporting.figures import Cells, Figure, Period, cells_of, compute
from gongkai.statute.tables import check
from gongkai.web.simulation.account import Account, added
from gongkai.web.simulation.life import Life, Setting
from gongkai.web.simulation.paths import chosen
from gongkai.web.simulation.places import Place, build
from gongkai.web.simulation.remedying import aftermath
from gongkai.web.simulation.watching import Watch

FAMILY = "cn-ogi-2021"
BEFORE = timedelta(days=60)  # requests of the weeks before the year, some of them carried into it


@dataclass
class Result:
    """What a simulated year came to."""

    cases: int
    tables: dict[str, Any]
    watch: Watch
    violations: list[str] = field(default_factory=list)


def simulate(cases: int, *, year: int, seed: int) -> Result:
    """Live so many cases in a year. Raises NotEmpty where the data base is not."""
    chance, watch = Random(seed), Watch()  # noqa: S311 – a synthetic year, not a secret
    first, last = date(year, 1, 1), date(year, 12, 31)
    places = build(datetime(year - 1, 10, 8, 9, tzinfo=SHANGHAI))
    accounts = {place.body.code: Account() for place in places}
    with outbox.drained_once():
        while sum(len(account.cases) for account in accounts.values()) < cases:
            (place,) = chance.choices(places, [place.share for place in places])
            setting = Setting(place, accounts[place.body.code], watch, chance, first, last)
            _live(setting, _some_day(chance, first, last))
    told = [_compared(place, accounts[place.body.code], year, watch) for place in places]
    tables = added(told)
    _balanced(tables["requests"], "all bodies", watch)
    return Result(sum(len(a.cases) for a in accounts.values()), tables, watch, watch.violations)


def _some_day(chance: Random, first: date, last: date) -> date:
    start = first - BEFORE
    return start + timedelta(days=chance.randrange((last - start).days + 1))


def _live(setting: Setting, day: date) -> None:
    life = Life(setting, day)
    path = None
    try:
        life.receive()
        if life.case.state == "received" and not life.left_open():
            path = chosen(life)
            path(life)
            aftermath(life)
    except (ActRefused, NotAllowed) as refused:
        name = path.__name__ if path else "receive"
        setting.watch.say(f"{life.case.number} ({life.case.state}) {name} on {life.day}: refused, {refused}")


def _compared(place: Place, account: Account, year: int, watch: Watch) -> dict[str, Any]:
    """Check one body's tables and cases; return the tables as the platform counts them."""
    figures = _figures(place, year)
    cells = {key: rows for key, rows in cells_of(figures).items() if key in ("requests", "remedies")}
    for words in _differences(cells, account.tables(year)):
        watch.say(f"{place.body.code} {words}")
    before = cells_of(_figures(place, year - 1))
    for one in check(FAMILY, cells, before=before):
        watch.say(f"{place.body.code} {one.balance} {one.row} {one.column}: {one.said}, not {one.should}")
    _balanced(cells["requests"], place.body.code, watch)
    _one_leaf_each(figures, place.body.code, watch)
    for case in AccessRequest.objects.of(place.body).iterator(chunk_size=500):
        lived = account.cases[case.pk]
        watch.ended(case, lived.outcome, lived.counted)
    return cells


def _figures(place: Place, year: int) -> list[Figure]:
    return compute(Period(place.body, date(year, 1, 1), date(year, 12, 31)), family=FAMILY)


def _differences(found: Cells, should: Mapping[str, Any]) -> Iterator[str]:
    for table, rows in should.items():
        for row, cells in rows.items():
            for column, value in cells.items():
                if found[table][row][column] != value:
                    yield f"{table} {row} {column}: counted {found[table][row][column]}, lived {value}"


def _balanced(rows: Mapping[str, Mapping[str, Any]], where: str, watch: Watch) -> None:
    """Check R1 + R2 = R3.7 + R4 and that the kinds of requester make the total, by plain arithmetic."""
    for column in rows["R1"]:
        if rows["R1"][column] + rows["R2"][column] != rows["R3.7"][column] + rows["R4"][column]:
            watch.say(f"{where} {column}: R1 + R2 is not R3.7 + R4")
    for row, cells in rows.items():
        if sum(value for column, value in cells.items() if column != "tot") != cells["tot"]:
            watch.say(f"{where} {row}: the kinds do not make the total")


def _one_leaf_each(figures: list[Figure], where: str, watch: Watch) -> None:
    leaves: dict[str, list[str]] = {}
    answered: set[str] = set()
    for figure in figures:
        if figure.code == "requests.R3.7.tot":
            answered = set(figure.members)
        elif figure.table == "requests" and figure.column == "tot" and figure.row.startswith("R3."):
            for name in figure.members:
                leaves.setdefault(name, []).append(figure.row)
    for name in answered | set(leaves):
        if len(leaves.get(name, [])) != 1 or name not in answered:
            watch.say(f"{where} {name}: stands in the leaves {leaves.get(name, [])}")
