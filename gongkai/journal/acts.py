"""`@act`: the only door through which state changes. Permission, transaction, journal entry, outbox."""

import contextlib
import functools
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from gongkai.journal import chain, outbox
from gongkai.journal.actor import Actor

P = ParamSpec("P")
R = TypeVar("R")
ACTS: dict[str, str] = {}  # every act's name and the citation it rests on ("" = the house's own rule)


class NotAllowed(Exception):
    """Say, in plain Chinese, why this person may not do this; pages answer 403 with the reason."""


class ActRefused(Exception):
    """Say, in plain Chinese, why this act cannot be done now and what to do instead; nothing was changed."""


class AlreadySo(Exception):
    """End an act that the same person has done before (a double click): nothing is written, its result is returned."""

    def __init__(self, result: Any) -> None:
        super().__init__("already so")
        self.result = result


@dataclass
class Record:
    """Collect what the running outermost act will write into its one journal entry."""

    act: str
    details: dict[str, Any] = field(default_factory=dict)
    included: list[str] = field(default_factory=list)


_running: ContextVar[Record | None] = ContextVar("gongkai_act", default=None)


def note(**details: Any) -> None:
    """Add facts (JSON values; no personal data of outsiders) to the entry of the running act."""
    record = _running.get()
    if record is None:
        raise RuntimeError("note() is called inside an act")
    record.details.update(details)


def note_each(**details: Any) -> None:
    """Append each fact to a list in the entry: an act that is done several times inside another tells all of them."""
    record = _running.get()
    if record is None:
        raise RuntimeError("note_each() is called inside an act")
    for name, fact in details.items():
        record.details.setdefault(name, []).append(fact)


def subject_of(value: Any) -> str:
    """Return the journal's name for a record: `model/pk`, or the text itself."""
    if isinstance(value, str):
        return value
    return f"{value._meta.model_name}/{value.pk}"


def act(name: str, *, cite: str = "", may: Callable[..., None]) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an act: `function(subject, *, by: Actor, at: datetime, …)`.

    `may(by, subject, on=date)` raises NotAllowed. Only the outermost act writes an entry;
    acts inside it are listed in it. The whole runs in one transaction, outbox included.
    """
    if ACTS.setdefault(name, cite) != cite:
        raise ValueError(f"act {name} is declared twice with different citations")

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def run(subject: Any, *args: Any, by: Actor, at: datetime, **kwargs: Any) -> R:
            at = at.astimezone(chain.SHANGHAI)  # so that `at.date()` is the day in China wherever it is asked
            may(by, subject, on=at.date())
            outer = _running.get()
            if outer is not None:
                outer.included.append(name)
                return function(subject, *args, by=by, at=at, **kwargs)
            try:
                with transaction.atomic(), _recording(name) as record:
                    result = function(subject, *args, by=by, at=at, **kwargs)
                    named = result if getattr(subject, "pk", subject) is None else subject
                    chain.append(act=name, cite=cite, by=by, at=at, subject=subject_of(named), record=record)
            except AlreadySo as same:
                return same.result
            outbox.drain_after_commit()
            return result

        run.act_name = name  # type: ignore[attr-defined]
        run.act_cite = cite  # type: ignore[attr-defined]
        return run  # type: ignore[return-value]

    return decorate


@contextlib.contextmanager
def _recording(name: str) -> Iterator[Record]:
    record = Record(act=name)
    token = _running.set(record)
    try:
        yield record
    finally:
        _running.reset(token)


def anyone(by: Actor, subject: Any, *, on: Any) -> None:
    """Allow everybody (used for acts of citizens and of the system itself)."""


def system_only(by: Actor, subject: Any, *, on: Any) -> None:
    """Allow the platform's own background work only."""
    if not by.is_system:
        raise NotAllowed("只有平台的后台任务可以这样做。")
