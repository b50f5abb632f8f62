"""Refusals in plain Chinese: what a domain error says is what the user reads."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.bodies.scope import Unseen
from gongkai.journal.acts import ActRefused, NotAllowed

DISK_FULL = (28, 122)  # ENOSPC, EDQUOT


class plain_refusals:  # noqa: N801 – middleware reads as a function in settings
    """Turn a refused act into a page that says what is wrong and what to do; the transaction is undone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer 403, 404, 409 or 507 with the reason; anything else stays a 500."""
        if isinstance(error, NotAllowed):
            return render(request, "403.html", {"reason": str(error)}, status=403)
        if isinstance(error, Unseen):
            return render(request, "404.html", status=404)
        if isinstance(error, ActRefused):
            return render(request, "refused.html", {"reason": str(error)}, status=409)
        if isinstance(error, OSError) and error.errno in DISK_FULL:
            return render(request, "disk_full.html", status=507)
        return None
