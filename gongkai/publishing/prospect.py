"""What lies ahead of a draft or an issue: steps, who will decide, what an edit would undo."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.bodies.models import Body
from gongkai.journal.acts import ActRefused
from gongkai.publishing.models import Edition, IssueEntry
from gongkai.publishing.routes import chain_for, usual_route
from gongkai.review.models import Chain, Decision, ReviewItem, Route
from gongkai.review.progress import steps_of, what_an_edit_voids, who_will_decide


@dataclass(frozen=True)
class Ahead:
    """The chain ahead as `{% steps %}` shows it; `missing` says why there is none."""

    steps: list[dict[str, Any]]
    name: str = ""
    missing: str = ""


def ahead_of(edition: Edition, *, on: date) -> Ahead:
    """Return the steps of an edition: those of its review with names and dates, or those it would go through."""
    item = review_item(edition)
    if item is not None:
        return Ahead([_taken(state) for state in steps_of(item, on=on)], name=item.review.chain.name)
    return ahead_of_batch(edition.body, usual_route(edition.body, edition.kind), [edition], on=on)


def ahead_of_batch(body: Body, route: str, editions: Iterable[Edition], *, on: date) -> Ahead:
    """Return the steps these drafts would go through together on a route, and who could decide."""
    editions = list(editions)
    try:
        chain = chain_for(body, route, [edition.kind for edition in editions], on=on)
    except ActRefused as refusal:
        return Ahead([], missing=str(refusal))
    authors = {pk for edition in editions for pk in edition.authors.values_list("pk", flat=True)}
    department = editions[0].department if len({edition.department_id for edition in editions}) == 1 else None
    told = who_will_decide(chain, on=on, author_ids=authors, department=department)
    steps = [{"name": name, "who": _names(who), "state": "waiting"} for name, who in told]
    return Ahead(steps, name=chain.name)


def routes_with_chains(body: Body, *, on: date) -> list[tuple[str, str]]:
    """Return the routes this body has chains for, as choices of a form; reports and replies are not among them."""
    chains = Chain.objects.of(body).in_force(on=on).exclude(route__in=(Route.REPORT, Route.REPLY))
    found = {chain.route for chain in chains}
    return [(route.value, str(route.label)) for route in Route if route in found]


def review_item(edition: Edition) -> ReviewItem | None:
    """Return the review item of an edition, if it is or was under review."""
    entry = IssueEntry.objects.filter(edition=edition).select_related("review_item__review__chain").first()
    return entry.review_item if entry else None


def undone_by(edition: Edition, *, person_id: int, on: date) -> dict[str, list[Decision]]:
    """Return the decisions an edit by this person would void, by kind of change; empty outside a review."""
    item = review_item(edition)
    if item is None:
        return {}
    found = {kind: what_an_edit_voids(item, kind, person_id=person_id, on=on) for kind in ("content", "metadata")}
    return {kind: decisions for kind, decisions in found.items() if decisions}


def _taken(state: Any) -> dict[str, Any]:
    decision = state.decision
    if decision is None:
        return {"name": state.step.name, "who": _names(state.who), "state": state.state}
    who = f"{decision.person.name}（{decision.post_name}）"
    return {"name": state.step.name, "who": who, "on": decision.at, "state": state.state}


def _names(who: list[str]) -> str:
    shown = "、".join(who[:3])
    return f"{shown}等 {len(who)} 人之一" if len(who) > 3 else f"{shown}之一" if len(who) > 1 else shown
