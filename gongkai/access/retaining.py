"""Whose data is still needed, and whose day of erasure does not fit what is under way."""

from django.db.models import Q, QuerySet

from gongkai.access.models import ClaimState, Remedy, Requester
from gongkai.access.models.requests import OPEN_STATES


def busy() -> QuerySet[Requester]:
    """Return the requesters about whom something is still under way: a case, a claim or a remedy."""
    running = Remedy.objects.filter(decided_on=None, case__isnull=False)
    return Requester.objects.filter(
        Q(cases__state__in=OPEN_STATES)
        | Q(claims__state=ClaimState.RECEIVED)
        | Q(pk__in=running.values("case__requester"))
    )


def misdated() -> QuerySet[Requester]:
    """Return the requesters whose day of erasure is to be fixed, or lifted because something is under way again."""
    here = Requester.objects.filter(erased_at=None)
    is_busy = Q(pk__in=busy().values("pk"))
    return here.filter(Q(erase_on=None) & ~is_busy | Q(erase_on__isnull=False) & is_busy)
