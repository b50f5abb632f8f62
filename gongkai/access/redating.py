"""What a changed law or calendar moves: the index of open cases computed anew, many at a time.

moves(…, at=…)            what would move, nothing written (the dry run)
recomputed(…, at=…)       the same, with the index written; `actions.redating.redate` does it in one transaction
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection
from django.db.models import QuerySet

from gongkai.access import clocks
from gongkai.access.models import AccessRequest, Clock, ClockKind
from gongkai.bodies.models import Body
from gongkai.statute.events import WrongEvents
from gongkai.statute.limits import UnknownLimit
from gongkai.statute.load import law

LOT = 1000
INDEX = ("due_on", "provisional", "law_digest", "local")
SET = ("begun_on", "due_on", "provisional", "limit", "cite", "owner", "met_on", "stopped_at")


@dataclass(frozen=True, slots=True)
class Moved:
    """One clock of an open case that ends on another day, or is sure now (or no longer)."""

    body: str
    number: str
    kind: str
    was: date | None
    now: date | None
    provisional: bool

    def __str__(self) -> str:
        return f"{self.body} {self.number} {ClockKind(self.kind).label}：{self.was or '未定'} → {self.now or '未定'}"


@dataclass(slots=True)
class Redating:
    """What became of the open cases: how many were looked at, what moved, which could not be computed."""

    cases: int = 0
    moved: list[Moved] = field(default_factory=list)
    troubled: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Lot:
    """What one lot of cases asks to be written."""

    cases: list[AccessRequest] = field(default_factory=list)
    sure: list[int] = field(default_factory=list)
    changed: list[Clock] = field(default_factory=list)
    made: list[Clock] = field(default_factory=list)


def stale(body: Body | None = None) -> QuerySet[AccessRequest]:
    """Return the open cases whose index was computed with other law than today's."""
    cases = AccessRequest.objects.open().exclude(law_digest=law().digest)
    return cases if body is None else cases.filter(body=body)


def moves(body: Body | None = None, *, at: datetime) -> Redating:
    """Say what a redating would move, without writing anything."""
    return _through(body, at=at, write=_forget)


def recomputed(body: Body | None = None, *, at: datetime) -> Redating:
    """Compute the index of every open case anew and write it; to be run inside a transaction."""
    return _through(body, at=at, write=_write)


def _through(body: Body | None, *, at: datetime, write: Callable[[_Lot], None]) -> Redating:
    done = Redating()
    for cases in _lots(body):
        lot = _Lot()
        by_case: dict[int, dict[tuple[str, str], Clock]] = {case.pk: {} for case in cases}
        for clock in Clock.objects.filter(case__in=by_case, kind__in=clocks.KINDS):
            by_case[clock.case_id][clock.kind, clock.ref] = clock
        for course in clocks.courses(cases):
            _weigh(course, by_case[course.case.pk], lot, done, at=at)
        write(lot)
        done.cases += len(cases)
    return done


def _lots(body: Body | None) -> Iterator[Sequence[AccessRequest]]:
    """Yield the open cases in lots, by key: one cursor over all of them would stay open through the writing."""
    last = 0
    open_cases = AccessRequest.objects.open().select_related("body", "reopened_by").order_by("pk")
    while True:
        found = open_cases.filter(pk__gt=last)
        lot = list((found if body is None else found.filter(body=body))[:LOT])
        if not lot:
            return
        yield lot
        last = lot[-1].pk


def _weigh(
    course: clocks.Course, old: dict[tuple[str, str], Clock], lot: _Lot, done: Redating, *, at: datetime
) -> None:
    """Compute one case and note what changes."""
    case = course.case
    was = {key: (clock.due_on, clock.provisional) for key, clock in old.items()}
    before = tuple(getattr(case, name) for name in INDEX)
    try:
        changed, made = clocks.laid(course, old, at=at)
    except (WrongEvents, UnknownLimit) as wrong:
        done.troubled.append(f"{case.body.code} {case.number}：{wrong}")
        return
    after = tuple(getattr(case, name) for name in INDEX)
    if before[:2] != after[:2] or before[3] != after[3]:
        lot.cases.append(case)
    elif before != after:
        lot.sure.append(case.pk)
    lot.changed += changed
    lot.made += made
    for clock in (*changed, *made):
        former = was.get((clock.kind, clock.ref), (None, False))
        if former != (clock.due_on, clock.provisional):
            done.moved.append(
                Moved(case.body.code, case.number, clock.kind, former[0], clock.due_on, clock.provisional)
            )


def _write(lot: _Lot) -> None:
    _update(lot.cases, INDEX)
    AccessRequest.objects.filter(pk__in=lot.sure).update(law_digest=law().digest)
    _update(lot.changed, SET)
    Clock.objects.bulk_create(lot.made, batch_size=LOT)


def _update(rows: Sequence[AccessRequest] | Sequence[Clock], names: Sequence[str]) -> None:
    """Write fields of many rows by one prepared statement: bulk_update takes thirty times as long."""
    if not rows:
        return
    meta = rows[0]._meta
    fields = [meta.get_field(name) for name in names]
    quoted = connection.ops.quote_name
    columns = ", ".join(f"{quoted(one.column)} = %s" for one in fields)
    statement = f"UPDATE {quoted(meta.db_table)} SET {columns} WHERE {quoted(meta.pk.column)} = %s"  # noqa: S608
    values = [
        [*(one.get_db_prep_save(getattr(row, one.attname), connection) for one in fields), row.pk] for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def _forget(lot: _Lot) -> None:
    """Write nothing: this is the dry run."""
