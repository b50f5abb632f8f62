"""The outbox: a lower room says what happened; `web` says which projections follow from it.

A projection may take part three times: `before` runs inside the act's transaction (staging files, unlinking a
withdrawn page) and its failure fails the act; `after` runs once the act is committed and is retried; `finish` runs
once for all that was drained together (a home page is written once, not once for each item of an issue).
"""

import contextlib
import logging
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from gongkai.journal.models import OutboxItem

log = logging.getLogger(__name__)
Payload = dict[str, Any]
Step = Callable[[Payload], None]
Finish = Callable[[list[tuple[str, Payload]]], None]


@dataclass(frozen=True)
class Projection:
    """Name what a kind of outbox item sets going: `before` inside the transaction, `after` it, `finish` once."""

    before: Step | None = None
    after: Step | None = None
    finish: Finish | None = None


_projections: dict[str, list[Projection]] = {}


def wire(kind: str, *, before: Step | None = None, after: Step | None = None, finish: Finish | None = None) -> None:
    """Connect a projection to a kind of event; called by `web` when the installation starts."""
    projection = Projection(before, after, finish)
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


_held: ContextVar[bool] = ContextVar("gongkai_outbox_held", default=False)


def drain_after_commit() -> None:
    """Carry out what waits as soon as the running transaction is committed (or at the end of `drained_once`)."""
    if not _held.get():
        transaction.on_commit(drain)


@contextlib.contextmanager
def drained_once() -> Iterator[None]:
    """Let many acts in a row be followed by their projections once, at the end (also when one of them fails)."""
    token = _held.set(True)
    try:
        yield
    finally:
        _held.reset(token)
        while drain():
            pass


def drain(limit: int = 500) -> int:
    """Carry out what waits, oldest first; a failure is kept and retried by the sweep. Returns the number done."""
    carried = [item for item in OutboxItem.objects.waiting()[:limit] if _attempt([item], _carry_out)]
    together: dict[Finish, list[OutboxItem]] = {}
    for item in carried:
        for projection in _projections.get(item.kind, []):
            if projection.finish:
                together.setdefault(projection.finish, []).append(item)
    failed: set[int] = set()
    for finish, items in together.items():
        if not _attempt(items, lambda items, finish=finish: finish([(i.kind, i.payload) for i in items])):
            failed.update(item.pk for item in items)
    done = [item for item in carried if item.pk not in failed]
    OutboxItem.objects.filter(pk__in=[item.pk for item in done]).update(done_at=timezone.now())
    return len(done)


def _carry_out(items: list[OutboxItem]) -> None:
    for item in items:
        for projection in _projections.get(item.kind, []):
            if projection.after:
                projection.after(item.payload)


def _attempt(items: list[OutboxItem], step: Callable[[list[OutboxItem]], None]) -> bool:
    """Run a step; a projection's failure must not undo or hide the act."""
    try:
        step(items)
    except Exception as error:
        log.exception("projection %s failed", items[0].kind)
        for item in items:
            item.attempts += 1
            item.last_error = f"{type(error).__name__}: {error}"[:2000]
            item.save(update_fields=["attempts", "last_error"])
        return False
    return True
