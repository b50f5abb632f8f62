"""The home of a body: doors, what is newest, what is open for objections, whom to call."""

from typing import Any

from django.db.models import Count

from gongkai.bodies.models import Body
from gongkai.portal import addresses, rows
from gongkai.portal.face import doors_of, face
from gongkai.portal.page import from_template
from gongkai.publishing.kinds import kinds_of

NEWEST = 10


def kinds_shown(body: Body) -> list[dict[str, Any]]:
    """Return the kinds something stands in, with how many."""
    counted = dict(rows.on_site(body).order_by().values_list("current__kind").annotate(n=Count("pk", distinct=True)))
    root = addresses.home(body)
    return [
        {"label": kind.name, "url": f"{root}kind/{kind.code}/", "number": counted[kind.code]}
        for kind in kinds_of(body)
        if counted.get(kind.code)
    ]


def content(body: Body) -> bytes:
    """Return a body's home."""
    root = addresses.home(body)
    standing = rows.on_site(body)
    notices = standing.exclude(current__notice_last_on=None).order_by("current__notice_last_on", "pk")
    seen = face(body, here=root)
    doors = doors_of(body)
    if seen["ask_url"]:
        doors[-1] |= {"url": seen["ask_url"], "about": "没有找到，可以在网上申请"}
    context = {
        **seen,
        "doors": doors,
        "items": [rows.row(one) for one in standing.reverse()[:NEWEST]],
        "notices": [rows.row(one) | {"last_on": one.current.notice_last_on} for one in notices],
        "kinds": kinds_shown(body),
        "all_url": f"{root}new/",
    }
    return from_template("home.html", context)
