"""The desk: everything that waits for a person in a body, sorted by who waits and by date."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache

from gongkai.access import desk as access
from gongkai.bodies.desk import DeskLine, Provider
from gongkai.bodies.scope import Scope
from gongkai.catalogue import desk as catalogue
from gongkai.feedback import desk as feedback
from gongkai.journal.models import JournalHead
from gongkai.publishing import desk as publishing
from gongkai.reporting import desk as reporting
from gongkai.review import desk as review
from gongkai.statute import law
from gongkai.statute.citations import Basis, UnresolvableCite

PROVIDERS: tuple[Provider, ...] = (
    catalogue.lines,
    review.lines,
    publishing.lines,
    access.lines,
    feedback.lines,
    reporting.lines,
)


def desk(scope: Scope) -> list[DeskLine]:
    """Return a person's lines in a body, most pressing first."""
    if not scope.is_staff:
        return []
    return sorted((line for lines in PROVIDERS for line in lines(scope)), key=lambda line: line.order)


def waiting(scope: Scope) -> int:
    """Return how many lines the desk has; counted anew after every act and every day, else remembered."""
    head = JournalHead.objects.values_list("seq", flat=True).first()
    key = f"desk:{settings.DATA}:{head}:{scope.on}:{scope.person.pk}:{scope.body.pk}"
    found = cache.get(key.replace(" ", "_"))
    if found is None:
        found = len(desk(scope))
        cache.set(key.replace(" ", "_"), found, 3600)
    return int(found)


@dataclass(frozen=True, slots=True)
class Shown:
    """A line with the text its citation resolves to."""

    line: DeskLine
    basis: Basis | None


def with_basis(lines: list[DeskLine]) -> list[Shown]:
    """Resolve the citation of every line for the page."""
    return [Shown(line, basis(line.why.cite) if line.why else None) for line in lines]


def basis(cite: str) -> Basis | None:
    """Return what a citation resolves to; None for none (an own item) or one no longer in the law."""
    if not cite:
        return None
    try:
        return law().resolve(cite)
    except UnresolvableCite:
        return None


def next_working_day(scope: Scope) -> Any:
    """Return the first working day after this one."""
    return law().calendar.add_working_days(scope.on, 1).on
