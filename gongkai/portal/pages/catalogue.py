"""The catalogue of a body as a tree and as a table: item, owner, cycle, latest disclosure or when it is due."""

from datetime import date
from itertools import groupby
from typing import Any

from gongkai.bodies.models import Body
from gongkai.catalogue.models import CatalogueItem, Obligation
from gongkai.portal import addresses, rows
from gongkai.portal.face import crumbs, doors_of, face
from gongkai.portal.page import from_template
from gongkai.publishing.kinds import audience_names
from gongkai.publishing.models import Disclosure
from gongkai.statute import law
from gongkai.statute.times import describe, from_data


def _latest(body: Body) -> dict[int, Disclosure]:
    """Return the newest public disclosure under each item: on the site, else linked."""
    found: dict[int, Disclosure] = {}
    for standing in (rows.linked(body), rows.on_site(body)):
        ids = dict(standing.order_by(*rows.ORDER).values_list("current__items", "pk"))
        known = {one.pk: one for one in standing.filter(pk__in=set(ids.values()))}
        found |= {item: known[pk] for item, pk in ids.items() if item is not None}
    return found


def _due(body: Body) -> dict[int, date]:
    due = Obligation.objects.filter(body=body, met_on=None).exclude(due_on=None).order_by("-due_on")
    return dict(due.values_list("item_id", "due_on"))


def cycle_of(item: CatalogueItem) -> str:
    """Return when an item is made public, in the words of the law data."""
    kind = law().body_kinds.get(item.body.kind)
    regime = kind.main if kind else "cn-ogi"
    said = (describe(from_data(time), regime=regime) for time in item.times)
    return ";".join(dict.fromkeys(said))


def entries(body: Body) -> list[dict[str, Any]]:
    """Return the items in force with what stands under each."""
    latest, due, root = _latest(body), _due(body), addresses.home(body)
    items = CatalogueItem.objects.filter(body=body, retired_on=None).select_related("owner", "adoption", "body")
    catalogues = law().catalogues
    found = []
    for item in items.order_by("adoption_id", "order", "pk"):
        code = item.adoption.catalogue if item.adoption else ""
        newest = latest.get(item.pk)
        found.append({
            "item": item, "catalogue": catalogues[code].title if code in catalogues else "本单位增加的事项",
            "level1": item.level1, "url": f"{root}item/{item.code}/", "owner": item.owner.name if item.owner else "",
            "cycle": cycle_of(item), "audience": audience_names(item.audiences),
            "latest": rows.row(newest) if newest else None, "due_on": None if newest else due.get(item.pk),
            "society": "SOC" in item.audiences,
        })  # fmt: skip
    return found


def _context(body: Body) -> dict[str, Any]:
    here = f"{addresses.home(body)}catalogue/"
    title = next(door["label"] for door in doors_of(body) if door["url"] == here)
    return {**face(body, here=here), "title": title, "tree_url": here, "table_url": f"{here}table/"}


def tree(body: Body, found: list[dict[str, Any]]) -> bytes:
    """Return the catalogue's entries as a tree: catalogue, first-level heading, item."""
    catalogues = [
        {"name": name, "groups": [
            {"name": level1, "entries": list(group)} for level1, group in groupby(part, lambda one: one["level1"])
        ]}
        for name, part in ((n, list(p)) for n, p in groupby(found, lambda one: one["catalogue"]))
    ]  # fmt: skip
    return from_template("catalogue_tree.html", _context(body) | {"catalogues": catalogues, "crumbs": crumbs(body)})


def table(body: Body, found: list[dict[str, Any]]) -> bytes:
    """Return the catalogue's entries as a table."""
    context = _context(body)
    way = crumbs(body, (context["title"], context["tree_url"]))
    return from_template("catalogue_table.html", context | {"entries": found, "crumbs": way})
