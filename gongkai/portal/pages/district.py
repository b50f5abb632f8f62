"""The home of the district: its bodies by kind and what is newest in all of them; and the pages of no body."""

from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders

from gongkai.bodies.models import Body, BodyKind
from gongkai.portal import addresses, rows
from gongkai.portal.face import district_face
from gongkai.portal.page import Page, from_template
from gongkai.portal.pages import feeds
from gongkai.publishing.models import Disclosure

NEWEST = 12
ASSETS = ("public.css", "look.js", "public.js")
SUBJECT = "district"


def bodies() -> list[Body]:
    """Return the bodies that stand on the site: those not closed."""
    return list(Body.objects.filter(closed_on=None).order_by("pk"))


def _groups(known: list[Body]) -> list[dict[str, Any]]:
    order = list(BodyKind.values)
    ordered = sorted(known, key=lambda body: (order.index(body.kind), body.pk))
    return [
        {"name": BodyKind(kind).label, "bodies": [{"name": b.name, "url": addresses.home(b)} for b in group]}
        for kind, group in groupby(ordered, lambda body: body.kind)
    ]


def home() -> bytes:
    """Return the home of the district."""
    newest = Disclosure.objects.public().filter(body__closed_on=None).select_related("body", "current")
    items = [rows.row(one) | {"about": one.body.name} for one in newest.order_by("-first_public_on", "-pk")[:NEWEST]]
    context = {**district_face(), "title": settings.DISTRICT_NAME, "groups": _groups(bodies()), "items": items}
    return from_template("district.html", context)


def _asset(name: str) -> bytes:
    found = finders.find(f"frame/{name}")
    if not isinstance(found, str):
        raise FileNotFoundError(f"frame/{name}")
    return Path(found).read_bytes()


def pages() -> list[Page]:
    """Return the pages that belong to no body."""
    made = {
        **{f"assets/{name}": (lambda name=name: _asset(name)) for name in ASSETS},
        "404.html": lambda: from_template("not_found.html", district_face()),
        "robots.txt": feeds.robots,
        "sitemap.xml": lambda: feeds.site_map_index(bodies()),
        "index.html": home,
    }
    return [Page(path=path, subject=SUBJECT, content=make) for path, make in made.items()]
