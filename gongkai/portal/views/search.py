"""Public search: over all bodies, or one; what only some may read is found by those who may."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe

from gongkai.bodies.models import Body
from gongkai.bodies.staff import today
from gongkai.portal import addresses
from gongkai.portal.face import crumbs, district_face, face
from gongkai.portal.readers import audiences_everywhere
from gongkai.publishing.kinds import kinds_of
from gongkai.publishing.models import Effect
from gongkai.search import index
from gongkai.search.index import COUNTED, Filters, Results
from gongkai.statute import law

SIZE, YEARS = 20, 12
ORDERS = (("ranked", "最相关的在前"), ("newest", "新公开的在前"))


def search_all(request: HttpRequest) -> HttpResponse:
    """Search the public information of all bodies."""
    bodies = list(Body.objects.filter(closed_on=None).order_by("pk"))
    kinds = [(kind.code, kind.name) for kind in law().kinds.values()]
    asked = _asked(request)
    filters = _filters(asked, body=asked["body"], kinds=kinds)
    audiences = audiences_everywhere(request.user, on=today())  # type: ignore[arg-type]
    context = {**district_face(), "choices": {"body": [(body.code, body.name) for body in bodies]}}
    return _show(request, context | {"kinds": kinds, "asked": asked}, _find(asked, filters, audiences), bodies)


def search_body(request: HttpRequest, body: str) -> HttpResponse:
    """Search the information of one body."""
    here = get_object_or_404(Body, code=body)
    kinds = [(kind.code, kind.name) for kind in kinds_of(here)]
    asked = _asked(request)
    filters = _filters(asked, body=here.code, kinds=kinds)
    audiences = audiences_everywhere(request.user, on=today(), body=here)  # type: ignore[arg-type]
    context = {**face(here), "crumbs": crumbs(here), "request_url": f"{addresses.home(here)}request/"}
    return _show(request, context | {"kinds": kinds, "asked": asked}, _find(asked, filters, audiences), [here])


def _asked(request: HttpRequest) -> dict[str, str]:
    names = ("q", "body", "kind", "year", "effect", "order", "item", "page")
    return {name: request.GET.get(name, "").replace("\x00", "").strip()[:200] for name in names}


def _filters(asked: dict[str, str], *, body: str, kinds: list[tuple[str, str]]) -> Filters:
    known = dict(kinds)
    year = int(asked["year"]) if asked["year"].isascii() and asked["year"].isdigit() else None
    return Filters(
        body=body,
        kind=asked["kind"] if asked["kind"] in known else "",
        effect=asked["effect"] if asked["effect"] in Effect.values else "",
        item=asked["item"],
        year=year if year and 1949 <= year <= 9999 else None,
    )


def _page(asked: dict[str, str]) -> int:
    number = int(asked["page"]) if asked["page"].isascii() and asked["page"].isdigit() else 1
    return min(max(number, 1), COUNTED // SIZE)


def _find(asked: dict[str, str], filters: Filters, audiences: dict[str, set[str]]) -> Results | None:
    narrowed = any((filters.kind, filters.effect, filters.item, filters.year))
    if not asked["q"] and not narrowed:
        return None
    order = asked["order"] if asked["order"] in dict(ORDERS) else ORDERS[0][0]
    return index.query(
        asked["q"], filters=filters, audiences_by_body=audiences, order=order, page=_page(asked), size=SIZE
    )


def _show(request: HttpRequest, context: dict[str, Any], results: Results | None, bodies: list[Body]) -> HttpResponse:
    asked, names = context["asked"], {body.code: body.name for body in bodies}
    hits = [
        {"title": mark_safe(hit.title), "snippet": mark_safe(hit.snippet), "entry": hit.entry,  # noqa: S308 – escaped
         "body": names.get(hit.entry.body_code, "")}
        for hit in (results.hits if results else [])
    ]  # fmt: skip
    number = _page(asked)
    last = min(results.total, COUNTED) <= number * SIZE if results else True
    this_year = today().year
    context |= {
        "search_url": "", "form_url": request.path, "results": results, "hits": hits,
        "years": [str(year) for year in range(this_year, this_year - YEARS, -1)],
        "effects": Effect.choices, "orders": ORDERS, "several": "choices" in context,
        "previous": _address(asked, number - 1) if number > 1 else "",
        "next": "" if last else _address(asked, number + 1), "counted": COUNTED,
    }  # fmt: skip
    return render(request, "portal/search.html", context)


def _address(asked: dict[str, str], page: int) -> str:
    return "?" + urlencode({name: value for name, value in (asked | {"page": str(page)}).items() if value})
