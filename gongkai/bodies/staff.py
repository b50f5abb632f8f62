"""The door of every staff page: `/b/<body>/…` with the scope of the signed-in person.

A body in which the person holds nothing does not exist for them (404); what they can see but not do
answers 403 with the reason.
"""

import functools
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from gongkai.bodies.models import Body, Duty
from gongkai.bodies.scope import Scope
from gongkai.journal.acts import NotAllowed

SHANGHAI = ZoneInfo("Asia/Shanghai")
View = Callable[..., HttpResponse]


def today() -> Any:
    """Return the day in China; only views, commands and the sweep may ask."""
    return timezone.now().astimezone(SHANGHAI).date()


def whole_number(text: str) -> int | None:
    """Return the number somebody sent (up to 18 plain digits); None for anything else, ² and ٣ among them."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def calendar_year(text: str) -> int | None:
    """Return the year somebody sent; None for anything no calendar holds."""
    year = whole_number(text)
    return year if year and 1 <= year <= 9999 else None


def staff_page(*duties: str, superior: bool = False, reader: bool = False) -> Callable[[View], View]:
    """Make a view a staff page: `view(request, scope, …)`.

    `duties`: the person must hold one of them (else 403). `superior=True`: people of a superior body may
    read it too, with a scope that holds no post; `reader=True`: so may the named reader of the small-school
    exception, and the view shows them no more than what waits for them. Views marked so carry
    `staff_duties` for the isolation test.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        @login_required
        def run(request: HttpRequest, body: str, *args: Any, **kwargs: Any) -> HttpResponse:
            scope = Scope(request.user, get_object_or_404(Body, code=body), today())  # type: ignore[arg-type]
            from_outside = (superior and scope.reads_from_above) or (reader and scope.reads_by_exception)
            if not scope.is_staff and not from_outside:
                raise Http404
            if duties and scope.is_staff and not scope.has(*duties):
                names = "、".join(str(Duty(duty).label) for duty in duties)
                raise NotAllowed(f"这个页面由{names}使用。您的岗位没有这项职责，请联系单位管理员。")
            request.scope = scope  # type: ignore[attr-defined]
            return view(request, scope, *args, **kwargs)

        run.staff_duties = duties  # type: ignore[attr-defined]
        run.open_to_superior = superior  # type: ignore[attr-defined]
        return run

    return decorate
