"""Change how pages look, without an account and without JavaScript."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from gongkai.frame import look as looks

ONE_YEAR = 365 * 24 * 3600


@require_safe
def choose_look(request: HttpRequest, look: str) -> HttpResponse:
    """Switch large type or high contrast and go back to the page one came from."""
    if look not in looks.CLASSES:
        raise Http404
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)
    chosen = looks.chosen(request) ^ {look}
    response.set_cookie(looks.COOKIE, ".".join(sorted(chosen)), max_age=ONE_YEAR, samesite="Lax")
    return response
