"""The outbox: a lower room says what happened; `web` says which projections follow from it.

A projection may take part twice: `before` runs inside the act's transaction (staging files, unlinking
a withdrawn page) and its failure fails the act; `after` runs once the act is committed and is retried.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from gongkai.journal.models import OutboxItem

log = logging.getLogger(__name__)
Payload = dict[str, Any]
Step = Callable[[Payload], None]


@dataclass(frozen=True)
class Projection:
    """Name what a kind of outbox item sets going: `before` inside the transaction, `after` it."""

    before: Step | None = None
    after: Step | None = None


_projections: dict[str, list[Projection]] = {}


def wire(kind: str, *, before: Step | None = None, after: Step | None = None) -> None:
    """Connect a projection to a kind of event; called by `web` when the installation starts."""
    projection = Projection(before, after)
    if projection not in _projections.setdefault(kind, []):
        _projections[kind].append(projection)


def put(kind: str, **payload: Any) -> OutboxItem:
    """Append an event inside the running transaction and run the `before` half of its projections."""
    if not connection.in_atomic_block:
        raise RuntimeError("an outbox item is put inside an act")
    for projection in _projections.get(kind, []):
        if projection.before:
            projection.before(payload)
    return OutboxItem.objects.create(kind=kind, payload=payload)


def drain_after_commit() -> None:
    """Carry out what waits as soon as the running transaction is committed."""
    transaction.on_commit(drain)


def drain(limit: int = 500) -> int:
    """Carry out waiting items, oldest first; a failure is kept and retried by the sweep. Returns the number done."""
    done = 0
    for item in OutboxItem.objects.waiting()[:limit]:
        done += _carry_out(item)
    return done


def _carry_out(item: OutboxItem) -> int:
    try:
        for projection in _projections.get(item.kind, []):
            if projection.after:
                projection.after(item.payload)
    except Exception as error:  # a projection's failure must not undo or hide the act
        log.exception("projection %s failed", item.kind)
        item.attempts += 1
        item.last_error = f"{type(error).__name__}: {error}"[:2000]
        item.save(update_fields=["attempts", "last_error"])
        return 0
    item.done(timezone.now())
    return 1
