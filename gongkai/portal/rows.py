"""The lists of a body: what stands in them, and pages that stay as they are when something new is published.

Old pages of a list are numbered from its oldest entry and hold exactly PAGE entries each; the first page shows
what is newer. Publishing therefore touches the first page and seldom one more.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from gongkai.bodies.models import Body
from gongkai.portal import addresses
from gongkai.publishing.models import Disclosure, Effect, Standing

PAGE = 20
ORDER = ("first_public_on", "pk")


def on_site(body: Body) -> QuerySet[Disclosure]:
    """Return what stands on the public site of a body, oldest first."""
    return Disclosure.objects.of(body).public().select_related("body", "current").order_by(*ORDER)


def linked(body: Body) -> QuerySet[Disclosure]:
    """Return what was made public outside the platform and has an address there."""
    found = Disclosure.objects.of(body).filter(standing=Standing.ELSEWHERE, address__startswith="http")
    return found.filter(current__renditions__for_society=True).distinct().select_related("body", "current")


def row(disclosure: Disclosure) -> dict[str, Any]:
    """Return a disclosure as an entry of a list."""
    edition = disclosure.current
    assert edition is not None
    shown: dict[str, Any] = {
        "title": edition.title,
        "url": addresses.of(disclosure),
        "on": disclosure.first_public_on,
    }
    if disclosure.standing == Standing.ELSEWHERE:
        shown |= {"url": disclosure.address, "about": "公开在其他网站"}
    if edition.effect != Effect.VALID:
        shown |= {"state": "expired", "state_label": edition.get_effect_display()}
    return shown


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list with pages of its own: its address, heading, subject in the manifest and entries, oldest first."""

    url: str
    title: str
    subject: str
    entries: QuerySet[Disclosure]
    about: str = ""
    here: str = ""

    def place_of(self, disclosure: Disclosure) -> int:
        """Return how many entries are older than a disclosure, whether it stands in the list or not."""
        day = disclosure.first_public_on
        if day is None:
            return 0
        older = self.entries.filter(first_public_on__lt=day).count()
        return older + self.entries.filter(first_public_on=day, pk__lt=disclosure.pk).count()


@dataclass(frozen=True)
class Leaf:
    """One page of a list: number 0 is the first page, others count from the oldest."""

    number: int
    start: int
    stop: int
    newer: str
    older: str


def leaves(listing: Listing, total: int) -> list[Leaf]:
    """Return the pages of a list, the first page first."""
    full = max(1, total // PAGE)
    found = [Leaf(0, (full - 1) * PAGE, total, "", _url(listing, full - 1))]
    for number in range(full - 1, 0, -1):
        newer = listing.url if number == full - 1 else _url(listing, number + 1)
        found.append(Leaf(number, (number - 1) * PAGE, number * PAGE, newer, _url(listing, number - 1)))
    return found


def _url(listing: Listing, number: int) -> str:
    return f"{listing.url}p/{number}/" if number > 0 else ""
