"""What the sweep does here: keep every body's obligations a quarter ahead and in line with the law."""

from datetime import datetime

from gongkai.bodies.models import Body
from gongkai.catalogue.actions import refresh_obligations
from gongkai.catalogue.book import Book
from gongkai.catalogue.models import CatalogueItem
from gongkai.journal.actor import Actor
from gongkai.journal.chain import day_of


def sweep(at: datetime) -> int:
    """Recompute the obligations of the bodies where something moved; returns their number. Idempotent."""
    on = day_of(at)
    ids = CatalogueItem.objects.values_list("body_id", flat=True).distinct()
    moved = 0
    for body in Body.objects.filter(pk__in=ids).open_on(on):
        if Book.of(body, list(CatalogueItem.objects.of(body).applicable()), on=on).differs:
            refresh_obligations(body, by=Actor.system(body_code=body.code, body_name=body.name), at=at)
            moved += 1
    return moved
