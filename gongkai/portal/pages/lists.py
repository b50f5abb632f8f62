"""The lists of a body: everything, by kind, by item, the rules."""

from collections.abc import Iterator

from gongkai.bodies.models import Body
from gongkai.catalogue.models import CatalogueItem
from gongkai.portal import addresses, rows
from gongkai.portal.face import crumbs, face
from gongkai.portal.page import Page, from_template
from gongkai.portal.rows import Leaf, Listing
from gongkai.publishing.kinds import Kind, kinds_of
from gongkai.publishing.models import Disclosure, Effect

RULE_WORDS = ("制度", "章程", "规章")


def everything(body: Body) -> Listing:
    """Return the list of all that stands on a body's site."""
    url = f"{addresses.home(body)}new/"
    return Listing(url=url, title="最新公开", subject=f"list/{body.code}/new", entries=rows.on_site(body))


def of_kind(body: Body, kind: Kind) -> Listing:
    """Return the list of one kind of information."""
    return Listing(
        url=f"{addresses.home(body)}kind/{kind.code}/", title=kind.name, subject=f"list/{body.code}/kind/{kind.code}",
        entries=rows.on_site(body).filter(current__kind=kind.code),
    )  # fmt: skip


def of_item(body: Body, item: CatalogueItem) -> Listing:
    """Return the list of one catalogue item."""
    return Listing(
        url=f"{addresses.home(body)}item/{item.code}/", title=item.name, subject=f"list/{body.code}/item/{item.code}",
        entries=rows.on_site(body).filter(current__items=item), about=item.level1,
        here=f"{addresses.home(body)}catalogue/",
    )  # fmt: skip


def shown_items(body: Body) -> list[CatalogueItem]:
    """Return the items that have a list: those in force, and retired ones under which something still stands."""
    standing = rows.on_site(body).order_by().values("current__items")
    return list(CatalogueItem.objects.filter(body=body).filter(pk__in=standing)
                | CatalogueItem.objects.filter(body=body).applicable())  # fmt: skip


def all_lists(body: Body) -> Iterator[Listing]:
    """Yield every list of a body."""
    yield everything(body)
    yield from (of_kind(body, kind) for kind in kinds_of(body))
    yield from (of_item(body, item) for item in shown_items(body))


def lists_of(disclosure: Disclosure) -> Iterator[Listing]:
    """Yield the lists in which any published edition of a disclosure stood or stands."""
    body = disclosure.body
    editions = disclosure.editions.exclude(published_at=None)
    kinds = set(editions.values_list("kind", flat=True))
    yield everything(body)
    yield from (of_kind(body, kind) for kind in kinds_of(body) if kind.code in kinds)
    yield from (of_item(body, item) for item in CatalogueItem.objects.filter(editions__in=editions).distinct())


def pages(body: Body, listing: Listing, *, since: int = 0) -> tuple[list[Page], int]:
    """Return the pages of a list that an entry at place `since` touches, and the number of the last numbered page.

    An entry may fill up a page, which then gets a number, and changes the link of the page before that.
    """
    total = listing.entries.count()
    leaves = rows.leaves(listing, total)
    found = [
        Page(path=addresses.file_of(f"{listing.url}p/{leaf.number}/" if leaf.number else listing.url),
             subject=listing.subject, body=body.code,
             content=lambda leaf=leaf: _content(body, listing, leaf, total))
        for leaf in leaves if leaf.stop >= since - 2 * rows.PAGE or leaf.number == 0
    ]  # fmt: skip
    return found, len(leaves) - 1


def _content(body: Body, listing: Listing, leaf: Leaf, total: int) -> bytes:
    entries = [rows.row(one) for one in listing.entries[leaf.start : leaf.stop]]
    entries.reverse()
    steps = [(listing.title, listing.url)] if leaf.number else []
    context = {
        **face(body, here=listing.here),
        "title": listing.title,
        "about": listing.about,
        "items": entries,
        "total": total if not leaf.number else None,
        "leaf": leaf,
        "crumbs": crumbs(body, *steps),
    }
    return from_template("list.html", context)


def rules(body: Body) -> bytes:
    """Return the page of rules: documents and what stands under items about rules, those in force first."""
    documents = [kind.code for kind in kinds_of(body) if kind.counts_as == "document"]
    items = [item.pk for item in CatalogueItem.objects.filter(body=body) if any(w in item.name for w in RULE_WORDS)]
    standing = rows.on_site(body)
    found = standing.filter(current__kind__in=documents) | standing.filter(current__items__in=items)
    entries = list(found.distinct().reverse())
    here = f"{addresses.home(body)}rules/"
    in_force = (Effect.VALID, Effect.AMENDED)
    context = {
        **face(body, here=here),
        "title": next(door["label"] for door in face(body, here=here)["site_nav"] if door["url"] == here),
        "items": [rows.row(one) for one in entries if one.current.effect in in_force],
        "past": [rows.row(one) for one in entries if one.current.effect not in in_force],
        "crumbs": crumbs(body),
    }
    return from_template("rules.html", context)
