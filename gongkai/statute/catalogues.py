"""The disclosure catalogues and their items."""

from collections.abc import Collection

from gongkai.statute.load import law
from gongkai.statute.naming import find
from gongkai.statute.records import Catalogue, CatalogueGroup, CatalogueItem, Equivalence


def catalogue(code: str) -> Catalogue:
    """Return the catalogue with this code. Raises KeyError."""
    return law().catalogues[code]


def item(code: str) -> CatalogueItem:
    """Return the item with this code. Raises KeyError."""
    return law().items[code]


def find_item(text: str, *, among: Collection[str]) -> CatalogueItem | None:
    """Find an item by code or name in the catalogues with these codes, in their order."""
    return find((one for code in among for one in catalogue(code).items), text)


def for_body_kind(kind: str) -> tuple[list[Catalogue], list[Catalogue]]:
    """Return the required and the optional catalogues of a kind of body. Raises KeyError."""
    body = law().body_kinds[kind]
    return [catalogue(c) for c in body.required], [catalogue(c) for c in body.optional]


def group_of(one: CatalogueItem) -> CatalogueGroup | None:
    """Return the class of its catalogue an item stands in, where the catalogue has classes."""
    whole = catalogue(one.catalogue)
    codes = [i.code for i in whole.items]
    place = codes.index(one.code)
    for group in whole.groups:
        if codes.index(group.first) <= place <= codes.index(group.last):
            return group
    return None


def also_met_by(code: str, *, among: Collection[str]) -> list[Equivalence]:
    """List the items of the catalogues `among` that publishing this item may also meet, for a person to confirm."""
    return [pair for pair in law().equivalences if pair.from_item == code and item(pair.to_item).catalogue in among]
