"""How far a body's catalogue is public: per item, as one figure, and for many bodies at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max

from gongkai.bodies.models import Body
from gongkai.catalogue.matching import CONFIRMED
from gongkai.catalogue.models import CatalogueItem, Fulfilment, Obligation

SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where one item stands on a day: a state (late, soon, never, published, none) and the dates behind it."""

    state: str
    latest_on: date | None = None
    latest_by: str = ""
    next_due_on: date | None = None
    late: int = 0


@dataclass(frozen=True, slots=True)
class WallRow:
    """One item of the wall with its mark and its open obligations, earliest due first."""

    item: CatalogueItem
    mark: Mark
    open: tuple[Obligation, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the items that apply are public and not late, and how many are late, due soon or never public."""

    total: int
    done: int
    late: int
    soon: int
    never: int
    set_aside: int

    @property
    def share(self) -> int:
        """Return the percentage of items done (100 when nothing applies)."""
        return 100 * self.done // self.total if self.total else 100


def wall(body: Body, *, on: date) -> list[WallRow]:
    """List a body's items, those set aside included, with where each stands."""
    items = list(
        CatalogueItem.objects.of(body).filter(retired_on=None).select_related("owner", "adoption").order_by("order")
    )
    dues: dict[int, list[Obligation]] = defaultdict(list)
    for row in Obligation.objects.of(body).filter(met_on=None).order_by("due_on", "pk"):
        dues[row.item_id].append(row)
    latest = {
        f.item_id: f
        for f in Fulfilment.objects.filter(item__body=body).exclude(by_subject=CONFIRMED).order_by("on", "pk")
    }
    return [
        WallRow(
            item,
            _mark(
                bool(item.not_applicable_reason),
                latest_on=latest[item.pk].on if item.pk in latest else None,
                latest_by=latest[item.pk].by_subject if item.pk in latest else "",
                dues=[row.due_on for row in dues[item.pk]],
                on=on,
            ),
            tuple(dues[item.pk]),
        )
        for item in items
    ]


def _mark(set_aside: bool, *, latest_on: date | None, latest_by: str, dues: Sequence[date], on: date) -> Mark:
    if set_aside:
        return Mark("none", latest_on, latest_by)
    late = sum(due_on < on for due_on in dues)
    coming = min((due_on for due_on in dues if due_on >= on), default=None)
    if late:
        state = "late"
    elif coming is not None and coming <= on + SOON:
        state = "soon"
    else:
        state = "published" if latest_on else "never"
    return Mark(state, latest_on, latest_by, min(dues, default=None), late)


def summed(marks: Iterable[Mark]) -> Coverage:
    """Add marks up to one figure."""
    rows = list(marks)
    applying = [mark for mark in rows if mark.state != "none"]
    return Coverage(
        total=len(applying),
        done=sum(mark.latest_on is not None and not mark.late for mark in applying),
        late=sum(bool(mark.late) for mark in applying),
        soon=sum(mark.state == "soon" for mark in applying),
        never=sum(mark.latest_on is None for mark in applying),
        set_aside=len(rows) - len(applying),
    )


def coverage(body: Body, *, on: date) -> Coverage:
    """Return a body's coverage on a day."""
    return summed(row.mark for row in wall(body, on=on))


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One body of the matrix: its marks by item code, and its figure."""

    body: Body
    marks: dict[str, Mark]
    coverage: Coverage


def matrix(bodies: Iterable[Body], *, on: date, catalogue: str = "") -> list[MatrixRow]:
    """Return the marks of many bodies at once (of one catalogue or all): three queries, whatever their number."""
    rows = list(bodies)
    items = CatalogueItem.objects.filter(body__in=[body.pk for body in rows], retired_on=None)
    if catalogue:
        items = items.filter(adoption__catalogue=catalogue)
    within = items.order_by().values("pk")
    latest = dict(
        Fulfilment.objects.filter(item__in=within)
        .exclude(by_subject=CONFIRMED)
        .values_list("item_id")
        .annotate(latest=Max("on"))
    )
    dues: dict[int, list[date]] = defaultdict(list)
    for item_id, due_on in Obligation.objects.filter(item__in=within, met_on=None).values_list("item_id", "due_on"):
        dues[item_id].append(due_on)
    marks: dict[int, dict[str, Mark]] = {body.pk: {} for body in rows}
    for pk, body_id, code, aside in items.values_list("pk", "body_id", "code", "not_applicable_reason"):
        marks[body_id][code] = _mark(bool(aside), latest_on=latest.get(pk), latest_by="", dues=dues[pk], on=on)
    return [MatrixRow(body, marks[body.pk], summed(marks[body.pk].values())) for body in rows]
