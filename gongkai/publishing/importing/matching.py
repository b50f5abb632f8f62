"""Compare the rows of a list with one another and with what is already on the platform."""

from gongkai.bodies.rows import Listing, Row
from gongkai.publishing.importing.identity import Identities, is_address


def give_keys(listing: Listing, *, on_field: str) -> None:
    """Give each row its key; a second row with the same address and another title is a fault."""
    identities, titles = Identities(), {}

    def fits(to: Listing, row: Row) -> bool:
        values = row.values
        key = identities.key(
            place=values["place"], channel=values["channel"], title=values["title"], on=values[on_field]
        )
        values["key"] = key
        first = titles.setdefault(key, row)
        if first.values["title"] != values["title"]:
            to.reject(row, "网址", f"和第 {first.number} 行网址相同、标题不同，请核对", values["place"])
            return False
        return True

    listing.keep(fits)


def new_rows(listing: Listing, *, known: set[str]) -> list[Row]:
    """Return the rows whose key is neither known nor repeated, in their order."""
    fresh, seen = [], set(known)
    for row in listing.rows:
        if row.values["key"] not in seen:
            seen.add(row.values["key"])
            fresh.append(row)
    return fresh


def address_of(place: str) -> str:
    """Return the address in a 网址或位置, "" where it is a place on a wall."""
    return place if is_address(place) else ""
