"""Whether all of a body's requests of a period are kept here, so that counting them is knowing them."""

from datetime import date

from gongkai.access.models import AccessRequest, AccessSettings
from gongkai.bodies.models import Body


def keeps_requests(body: Body, *, start: date, end: date) -> bool:
    """Tell whether a body kept its requests here through a period.

    It has said from which day it does, or it has cases here by the end of a period that began after it opened.
    A body without either may have been asked elsewhere: its numbers are unknown, not 0.
    """
    said = AccessSettings.objects.filter(body=body).exclude(kept_from=None).first()
    if said is not None and said.kept_from is not None:
        return said.kept_from <= start
    opened = body.opened_on is None or body.opened_on <= start
    return opened and AccessRequest.objects.of(body).new_within(start=date.min, end=end).exists()
