"""Which chain an issue goes through: chosen by kind, by party or administration, and by what kind of change it is."""

from collections.abc import Iterable
from datetime import date

from gongkai.bodies.models import Body
from gongkai.journal.acts import ActRefused
from gongkai.publishing.content import difference, snapshot_of
from gongkai.publishing.kinds import kind_of
from gongkai.publishing.models import Edition, EditionState
from gongkai.review.models import Chain, Route
from gongkai.statute import law

# A correction route has one reader only: it may touch words, never what is attached or who may read.
TYPO_MAY_CHANGE = {"标题", "摘要", "正文", "修改说明", "文号", "来源"}


def usual_route(body: Body, kind: str) -> str:
    """Return the route this kind usually takes in this body."""
    if body.is_party:
        return Route.PARTY
    try:
        return Route.SHORT if kind_of(body, kind).short else Route.FULL
    except KeyError:
        return Route.FULL


def routes_open_to(edition: Edition) -> list[str]:
    """Return the routes an edition may take, the usual one first."""
    usual = usual_route(edition.body, edition.kind)
    routes = [usual]
    if usual == Route.SHORT:
        routes.append(Route.FULL)
    if edition.number > 1 and not beyond_typos(edition):
        routes.append(Route.TYPO)
    return routes


def beyond_typos(edition: Edition) -> str:
    """Name what an edition changes beyond the words of the published one; empty where it is a mere correction."""
    published = edition.disclosure.editions.filter(state=EditionState.PUBLISHED).last()
    if published is None:
        return "全部内容"
    changed = difference(snapshot_of(published), snapshot_of(edition)).split("、")
    return "、".join(name for name in changed if name and name not in TYPO_MAY_CHANGE)


def chain_for(body: Body, route: str, kinds: Iterable[str], *, on: date) -> Chain:
    """Return the chain an issue with these kinds goes through; raises ActRefused where none fits all."""
    chains = [_chain_of(body, route, kind, on=on) for kind in sorted(set(kinds))]
    if not chains or None in chains:
        name = Route(route).label
        raise ActRefused(f"本单位还没有设置“{name}”。请单位管理员在“设置—审批流程”里先设好，再送审。")
    if len({chain.pk for chain in chains if chain}) > 1:
        raise ActRefused("本期里的信息类别要走不同的审批流程，请分成几期送审。")
    return chains[0]


def _chain_of(body: Body, route: str, kind: str, *, on: date) -> Chain | None:
    """Return the chain of one kind; a kind of the body's own goes the way of the kind it counts as, unless named."""
    found = Chain.objects.for_route(body, route, on=on, kind=kind)
    if found is not None and (kind in found.kinds or kind in law().kinds):
        return found
    try:
        like = kind_of(body, kind).counts_as
    except KeyError:
        return found
    return Chain.objects.for_route(body, route, on=on, kind=like) or found
