"""The register (台账) of a body's cases."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path

from gongkai.access.models import AccessRequest, CaseState
from gongkai.access.policy import knows_requester, masked
from gongkai.access.register import cases_for, chosen, due_as
from gongkai.accounts.models import Person
from gongkai.bodies.desk import address
from gongkai.bodies.models import Duty
from gongkai.bodies.policy import OFFICE
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page

A_PAGE = 30
FILTERS = ("state", "due", "year", "owner", "q")
DUE = (("late", "已超期"), ("soon", "快到期"))


@staff_page(superior=True)
def register(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the cases a person sees, filtered; from above numbers, states and days only."""
    wanted = {name: request.GET.get(name, "") for name in FILTERS}
    found = chosen(scope, wanted)
    page = Paginator(found.select_related("requester", "handler", "department"), A_PAGE).get_page(
        request.GET.get("page")
    )
    seen, office = cases_for(scope), scope.has(*OFFICE)
    context = {
        "page": page, "rows": [_row(scope, case) for case in page], "total": page.paginator.count, "wanted": wanted,
        "narrowed": any(wanted.values()), "above": not scope.is_staff, "today": scope.on,
        "waiting": seen.open().count(),
        "late": due_as(seen, "late", on=scope.on).count(), "soon": due_as(seen, "soon", on=scope.on).count(),
        "states": [("open", "未办结"), *CaseState.choices], "dues": DUE,
        "years": list(seen.order_by("-year").values_list("year", flat=True).distinct()), "owners": _owners(scope),
        "office": office, "entry_url": address("access_entry", scope.body.code) if office else "",
        "xlsx_url": address("access_register_xlsx", scope.body.code),
        "settings_url": address("access_settings", scope.body.code),
        "public_url": address("access_form", scope.body.code),
        "manages": scope.has(Duty.OFFICE_HEAD, Duty.MANAGER), "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "access/register.html", context)


def _row(scope: Scope, case: AccessRequest) -> dict[str, Any]:
    """Return a case with what this person may know of it."""
    if not scope.is_staff:
        return {"case": case, "title": "", "requester": case.get_requester_kind_display()}
    name = case.requester.name if knows_requester(scope, case) else masked(case.requester)
    return {"case": case, "title": case.title, "requester": name}


def _owners(scope: Scope) -> list[Person]:
    """Return the people who have cases of the body in hand, by name."""
    return list(Person.objects.filter(pk__in=cases_for(scope).order_by().values("handler")).order_by("name"))


staff: list[URLPattern] = [path("requests/", register, name="access_register")]
