"""Refusals in plain Chinese: what a domain error says is what the user reads."""

from collections.abc import Callable

from django.conf import settings
from django.db import DataError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.bodies.scope import Unseen
from gongkai.journal.acts import ActRefused, NotAllowed

DISK_FULL = (27, 28, 122)  # EFBIG, ENOSPC, EDQUOT
NO_SPACE = ("disk is full", "No space left on device", "could not extend file")  # as SQLite and PostgreSQL say it
MB = 1024 * 1024


class plain_refusals:  # noqa: N801 – middleware reads as a function in settings
    """Turn a refused act into a page that says what is wrong and what to do; the transaction is undone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        declared = str(request.META.get("CONTENT_LENGTH") or "")
        size = int(declared) if declared.isdecimal() else 0
        if size > settings.REQUEST_LIMIT:
            # Before anything is read: neither memory nor disk is spent on it.
            facts = {"size": size // MB, "most": settings.REQUEST_LIMIT // MB, "one": settings.UPLOAD_LIMIT // MB}
            return render(request, "too_large.html", facts, status=413)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer 400, 403, 404, 409 or 507 with the reason; anything else stays a 500."""
        if isinstance(error, NotAllowed):
            return render(request, "403.html", {"reason": str(error)}, status=403)
        if isinstance(error, Unseen):
            return render(request, "404.html", status=404)
        if isinstance(error, ActRefused):
            return render(request, "refused.html", {"reason": str(error)}, status=409)
        if isinstance(error, OverflowError | DataError):
            return render(request, "refused.html", {"reason": "有一个数值超出了能处理的范围。"}, status=400)
        if _disk_full(error):
            return render(request, "disk_full.html", status=507)
        return None


def _disk_full(error: Exception) -> bool:
    if isinstance(error, OperationalError):
        return any(words in str(error) for words in NO_SPACE)
    return isinstance(error, OSError) and error.errno in DISK_FULL
