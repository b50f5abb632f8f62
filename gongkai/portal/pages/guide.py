"""The guide (指南) and the page about requests, from what the body says of itself."""

from typing import Any

from gongkai.access.asking import regime_of, subject_of
from gongkai.access.guidance import how_to_ask
from gongkai.bodies.models import Body
from gongkai.catalogue.models import Adoption, CatalogueItem
from gongkai.portal import addresses
from gongkai.portal.face import crumbs, doors_of, face, under_ordinance
from gongkai.portal.page import from_template
from gongkai.publishing.kinds import kinds_of
from gongkai.statute import law


def _context(body: Body, door: str) -> dict[str, Any]:
    here = f"{addresses.home(body)}{door}/"
    title = next(one["label"] for one in doors_of(body) if one["url"] == here)
    return {
        **face(body, here=here),
        "title": title,
        "crumbs": crumbs(body),
        "ordinance": under_ordinance(body),
        "mark": f"{subject_of(regime_of(body))}申请",
        "asking": how_to_ask(body),
    }


def guide(body: Body) -> bytes:
    """Return the guide: what is public, how it is ordered, how to get it, whom to ask and whom to complain to."""
    known = law().catalogues
    codes = Adoption.objects.filter(body=body, until_on=None).values_list("catalogue", flat=True)
    items = CatalogueItem.objects.filter(body=body).applicable()
    headings = list(dict.fromkeys(item.level1 or item.name for item in items))
    regimes = [law().regimes[code].name for code in body.regimes if code in law().regimes]
    context = _context(body, "guide") | {
        "catalogues": [known[code].title for code in codes if code in known],
        "headings": headings,
        "kinds": [kind.name for kind in kinds_of(body)],
        "regimes": regimes,
        "sample": body.index_template.format(org=body.org_code or body.code, year=2026, month="09", serial=1),
    }
    return from_template("guide.html", context)


def request(body: Body) -> bytes:
    """Return how to ask for what is not public: on the site, by post, at the counter; by when, for what, and then."""
    return from_template("request.html", _context(body, "request"))
