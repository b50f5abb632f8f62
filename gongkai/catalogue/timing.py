"""What an item obliges a body to publish and by when: facts of the records in, rows of obligations out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from gongkai.bodies.models import Body, LocalRule, in_force
from gongkai.catalogue.models import CatalogueItem, Formation
from gongkai.statute import law
from gongkai.statute.bodies import body_kind
from gongkai.statute.cycles import Term
from gongkai.statute.duties import Due, Event, Facts, schedule
from gongkai.statute.records import TimeClass
from gongkai.statute.times import from_data

HORIZON = timedelta(days=92)
CYCLES = ("week", "month", "quarter", "term", "school_year", "year")
ASKS = {"cycle": "请选定公开周期", "term_dates": "请填写学期起止日期"}


@dataclass(frozen=True, slots=True)
class Settled:
    """What a body has settled for all its items: the local limit it chose and its terms."""

    regime: str
    limit: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """One obligation as the law computes it, with the series of periods it belongs to."""

    series: str
    due: Due


def settled(body: Body, *, on: date) -> Settled:
    """Gather what this body has settled on a day."""
    chosen = LocalRule.objects.filter(in_force(on), body=body).values_list("record", flat=True)
    limits = [code for code in chosen if code in law().limits and law().limits[code].kind == "proactive"]
    terms = tuple(Term(t.name, t.starts_on, t.ends_on) for t in body.terms.all())
    return Settled(body_kind(body.kind).main, limits[-1] if limits else "", terms)


def cycle_fits(wanted: str, required: str) -> bool:
    """Tell whether a cycle is at least as frequent as the catalogue's (an empty one leaves the choice)."""
    return not required or CYCLES.index(wanted) <= CYCLES.index(required)


def is_cyclic(one: TimeClass) -> bool:
    """Tell whether a time class comes round in periods (and not after an event)."""
    return one.kind == "REG" and not (one.limit or one.starts)


def cyclic(item: CatalogueItem) -> TimeClass | None:
    """Return the time class of an item whose cycle a body may set, if there is one."""
    return next((t for t in map(from_data, item.times) if is_cyclic(t) and not t.minor), None)


def awaits_events(item: CatalogueItem) -> bool:
    """Tell whether duties of this item begin with an event that somebody must record."""
    return any(not is_cyclic(t) and t.kind != "LONG" for t in map(from_data, item.times))


def stages(item: CatalogueItem) -> tuple[str, ...]:
    """Return the stages in which a matter of this item is opened, if it is."""
    return next((t.stages for t in map(from_data, item.times) if t.stages), ())


def plan(item: CatalogueItem, formations: Iterable[Formation], *, of: Settled, on: date) -> tuple[list[Planned], str]:
    """List the obligations of an item up to a quarter ahead, and what the body must still settle ("" = nothing)."""
    found = law().items.get(item.code)
    facts = Facts(
        regime=found.regime if found else of.regime,
        cite=found.cite if found else "",
        adopted_on=item.adopted_on,
        limit=of.limit,
        cycle=item.cycle,
        yearly=item.yearly,
        terms=of.terms,
        events=tuple(_event(f) for f in formations),
    )
    renewed = cyclic(item) is not None  # what comes round in periods needs no yearly check besides
    rows: list[Planned] = []
    asks: list[str] = []
    for number, one in enumerate(_own(t, item.cycle) for t in map(from_data, item.times)):
        answer = schedule([one], facts=facts, between=(item.adopted_on, on + HORIZON))
        rows += [Planned(f"{number}/{one.kind}", due) for due in answer.dues if due.kind != "confirm" or not renewed]
        asks += answer.needs
    return rows, asks[0] if asks else ""


def _own(one: TimeClass, cycle: str) -> TimeClass:
    """Return the time class with the body's own cycle in place of the catalogue's."""
    if not cycle or not is_cyclic(one) or one.minor or one.every == cycle:
        return one
    return replace(one, chosen_by_body=True, every=cycle, choices=())


def _event(formation: Formation) -> Event:
    return Event(
        kind=formation.event, on=formation.on, label=formation.label, ref=formation.label, stage=formation.stage
    )
