"""Everything that is due, whoever is responsible for it: rooms register by their dotted name in SWEEPS.

Each function takes the instant, is idempotent, and is tried even when the one before it failed.
"""

import logging
from datetime import datetime, timedelta
from importlib import import_module

from gongkai.access.models import RequestAttempts, SpentForm
from gongkai.feedback.models import Attempts, Submission
from gongkai.journal import outbox
from gongkai.portal import project

log = logging.getLogger(__name__)
LEFT_ALONE = 3600  # seconds a staged file of a running act is left alone
COUNTS_KEPT = timedelta(days=2)
KEYS_KEPT = timedelta(days=90)  # nobody sends a page again that has stood open for longer

SWEEPS = (
    "gongkai.web.calendars:renew",
    "gongkai.web.sweeping:drain",
    "gongkai.publishing.sweep:sweep",
    "gongkai.catalogue.sweep:sweep",
    "gongkai.access.sweep:sweep",
    "gongkai.access.aftercare:sweep",
    "gongkai.web.sweeping:drain",
    "gongkai.web.sweeping:repair",
    "gongkai.web.sweeping:forget",
)


def drain(at: datetime) -> int:
    """Carry out the projections that were cut off; returns how many."""
    return outbox.drain()


def repair(at: datetime) -> int:
    """Put right what cut-off acts left on the public site; returns how many."""
    return project.repair(before=at.timestamp() - LEFT_ALONE)


def forget(at: datetime) -> int:
    """Delete what only served to slow down senders of public forms and is spent; returns how many rows."""
    counted, spent = at - COUNTS_KEPT, at - KEYS_KEPT
    found = (
        Attempts.objects.filter(hour__lt=counted), RequestAttempts.objects.filter(hour__lt=counted),
        Submission.objects.filter(at__lt=spent), SpentForm.objects.filter(at__lt=spent),
    )  # fmt: skip
    return sum(rows.delete()[0] for rows in found)


def sweep(at: datetime) -> list[str]:
    """Run everything once; returns the names of those that failed (the log says why)."""
    failed = []
    for name in SWEEPS:
        module, function = name.split(":")
        try:
            getattr(import_module(module), function)(at)
        except Exception:
            log.exception("sweep %s failed", name)
            failed.append(name)
    return failed
