"""Calendar years an installation adds: files in GONGKAI_DATA/calendars, taken up without a restart."""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from gongkai.statute import law
from gongkai.statute.load import add_calendars_from, renew_if_changed

log = logging.getLogger(__name__)
SECONDS = 10


def folder() -> Path:
    """Return the folder the files are put into."""
    return Path(settings.DATA) / "calendars"


def point() -> None:
    """Let the law of this process take calendar years from the folder."""
    add_calendars_from(folder())


def renew(at: datetime) -> int:
    """Take up what changed in the folder; returns whether anything did. Files that do not hold are logged."""
    changed = renew_if_changed()
    for refused in law().refused_calendars if changed else ():
        log.warning("calendar left out: %s", refused)
    return int(changed)


class fresh_calendars:  # noqa: N801 – middleware reads as a function in settings
    """Look every few seconds whether a calendar file was added, so that a running site needs no restart."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.next_look = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = time.monotonic()
        if now >= self.next_look:
            self.next_look = now + SECONDS
            renew_if_changed()
        return self.get_response(request)
