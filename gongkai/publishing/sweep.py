"""What falls due by itself: what is to be published, to go outside the party, to end, to be filed with the superior.

Idempotent: however long it was not run, each thing is done exactly once; what is refused stays and is named.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused
from gongkai.journal.chain import SHANGHAI
from gongkai.publishing.actions import filing, release
from gongkai.publishing.filings import to_send_up
from gongkai.publishing.models import Disclosure, Edition, EditionState, Standing

log = logging.getLogger(__name__)


@dataclass
class Swept:
    """What one run has done; `refused` holds (subject, reason) of what could not be done."""

    published: list[int] = field(default_factory=list)
    opened_outside: list[int] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)
    sent_up: list[int] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def sweep(at: datetime) -> Swept:
    """Publish what is due, inside the party and then outside, end notices that are over, report up, one by one."""
    on = at.astimezone(SHANGHAI).date()
    swept = Swept()
    due = Edition.objects.filter(Q(publish_on=None) | Q(publish_on__lte=on), state=EditionState.APPROVED)
    _each(due.order_by("publish_on", "pk"), release.publish, swept.published, swept, at)
    waiting = Disclosure.objects.filter(
        standing=Standing.PUBLISHED, current__inside_only=True, current__outside_on__lte=on
    )
    _each(waiting.order_by("pk"), release.open_outside, swept.opened_outside, swept, at)
    over = Disclosure.objects.filter(standing=Standing.PUBLISHED, current__notice_last_on__lt=on)
    _each(over.order_by("pk"), release.end_notice, swept.ended, swept, at)
    _each(to_send_up(on=on), filing.send_up, swept.sent_up, swept, at)
    return swept


def _each(found: Iterable[Any], act: Callable[..., Any], done: list[int], swept: Swept, at: datetime) -> None:
    for one in list(found):
        body = one.body
        try:
            act(one, by=Actor.system(body_code=body.code, body_name=body.name), at=at)
        except ActRefused as refusal:
            log.warning("sweep: %s/%s refused", one._meta.model_name, one.pk)
            swept.refused.append((f"{one._meta.model_name}/{one.pk}", str(refusal)))
        else:
            done.append(one.pk)
