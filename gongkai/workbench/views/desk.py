"""The desk and the pages that show several rooms or several bodies at once."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongkai.bodies.desk import address
from gongkai.bodies.policy import WRITERS
from gongkai.bodies.scope import Scope, bodies_of
from gongkai.bodies.staff import staff_page, today
from gongkai.catalogue.coverage import coverage
from gongkai.workbench import desk as work
from gongkai.workbench.below import watches, worst

SHOWN = 12  # the rest stays one click away, so that coverage and the bodies below stay in sight


@login_required
def first_desk(request: HttpRequest) -> HttpResponse:
    """Go to the desk of the person's first body; readers go to what is open to them."""
    bodies = bodies_of(request.user, on=today())  # type: ignore[arg-type]
    if bodies:
        return redirect("desk", bodies[0].code)
    return render(request, "workbench/no_desk.html", {"memberships": readable(request)})


def readable(request: HttpRequest) -> list[dict[str, object]]:
    """Return the bodies whose pages this reader's memberships open."""
    now = today()
    members = request.user.memberships.select_related("body").order_by("pk")  # type: ignore[union-attr]
    return [
        {"body": m.body, "until_on": m.until_on, "url": address("reader_home", m.body.code) or f"/r/{m.body.code}/"}
        for m in members
        if m.from_on <= now and (m.until_on is None or m.until_on > now)
    ]


@staff_page()
def desk(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show what waits for this person here."""
    lines = work.desk(scope)
    above = watches(scope)
    return render(
        request,
        "workbench/desk.html",
        {
            "lines": work.with_basis(lines[:SHOWN]),
            "more": work.with_basis(lines[SHOWN:]),
            "next_day": work.next_working_day(scope),
            "coverage": coverage(scope.body, on=scope.on),
            "draft_url": address("publishing_new", scope.body.code) if scope.has(*WRITERS) else "",
            "below": worst(scope.body, on=scope.on, count=10) if above else [],
            "watches": above,
        },
    )
