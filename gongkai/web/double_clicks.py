"""The same form sent twice – a double click, a page sent again – is carried out once; both get the same answer.

Every page shown carries a token of its own against forgery, so that an equal body is the same page sent again,
never a second wish. What was not carried out (shown again with errors) may of course be sent again.
"""

import hashlib
import time
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

FIELD = "csrfmiddlewaretoken"
UNDER_WAY = ""
KEPT = 120  # seconds
PATIENCE = 20  # seconds a second request waits for the first


class carried_out_once:  # noqa: N801 – middleware reads as a function in settings
    """Answer the second of two equal submissions with where the first one led."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        key = getattr(request, "submission", "")
        if key and answer.status_code == 302:
            cache.set(key, answer["Location"], KEPT)
        elif key:
            cache.delete(key)
        return answer

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Let the first submission through and hold an equal one back until it is done."""
        if request.method != "POST" or FIELD not in request.POST:
            return None
        key = _key(request)
        if cache.add(key, UNDER_WAY, KEPT):
            request.submission = key  # type: ignore[attr-defined]
            return None
        led_to = _wait(key)
        return HttpResponseRedirect(led_to) if led_to else None


def _key(request: HttpRequest) -> str:
    fields = sorted((name, tuple(values)) for name, values in request.POST.lists())
    files = sorted((name, file.name, file.size) for name, many in request.FILES.lists() for file in many)
    return "sent:" + hashlib.sha256(repr((request.path, fields, files)).encode()).hexdigest()


def _wait(key: str) -> str:
    """Return where the first submission led; "" where it led nowhere."""
    until = time.monotonic() + PATIENCE
    while cache.get(key) == UNDER_WAY and time.monotonic() < until:
        time.sleep(0.05)
    return cache.get(key) or ""
