"""The book of obligations: what stands, what the law now asks of the records, and the difference."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from gongkai.bodies.models import Body
from gongkai.catalogue.matching import match
from gongkai.catalogue.models import CatalogueItem, Formation, Fulfilment, Obligation
from gongkai.catalogue.timing import Planned, plan, settled
from gongkai.statute import law

COMPUTED = (
    "due_on", "target_on", "provisional", "cite", "why", "kind", "formed_on", "law_digest", "met_on", "met_by",
)  # fmt: skip


def _row(item: CatalogueItem, planned: Planned) -> Obligation:
    due = planned.due
    after_event = planned.series.endswith(("IMM", "STG")) or due.ref
    return Obligation(
        body_id=item.body_id, item=item, series=planned.series, label=due.label[:100], stage=due.stage,
        opens_on=due.opens_on, due_on=due.due_on, target_on=due.target_on, provisional=due.provisional,
        cite=due.cite, why=due.why[:300], kind=due.kind, formed_on=due.opens_on if after_event else None,
        law_digest=law().digest,
    )  # fmt: skip


def _key(row: Obligation) -> tuple[Any, ...]:
    return row.item_id, row.series, row.label, row.stage, row.opens_on


def _grouped(rows: Iterable[Any]) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[row.item_id].append(row)
    return groups


def _stays(row: Obligation) -> bool:
    """Tell whether a row the law no longer asks for is kept: it was met, or overdue when set aside."""
    aside = row.item.not_applicable_on
    return row.met_on is not None or (aside is not None and row.due_on < aside)


class Book:
    """The obligations of some items: what stands, what the law now asks, written back in three queries."""

    def __init__(self, items: list[CatalogueItem]) -> None:
        self.items = items
        self.standing = _grouped(Obligation.objects.filter(item__in=items).select_related("item"))
        self.formations = _grouped(Formation.objects.filter(item__in=items))
        self.fulfilments = _grouped(Fulfilment.objects.filter(item__in=items))
        self.new: list[Obligation] = []
        self.changed: dict[int, Obligation] = {}
        self.gone: list[int] = []
        self.asking: list[CatalogueItem] = []

    @classmethod
    def of(cls, body: Body, items: list[CatalogueItem], *, on: date) -> "Book":
        """Recompute these items of a body as of a day; nothing is written yet."""
        book, facts = cls(items), settled(body, on=on)
        for item in items:
            planned, ask = plan(item, book.formations[item.pk], of=facts, on=on)
            book._recompute(item, planned)
            if ask != item.ask:
                item.ask = ask
                book.asking.append(item)
        return book

    def _recompute(self, item: CatalogueItem, planned: list[Planned]) -> None:
        """Bring one item's rows in line with the plan, then match them with what was published."""
        standing = {_key(row): row for row in self.standing[item.pk]}
        wanted = {_key(row): row for row in (_row(item, p) for p in planned)}
        kept = []
        for key, row in standing.items():
            if key in wanted:
                self._renew(row, wanted[key])
            elif not _stays(row):
                self.gone.append(row.pk)
                continue
            kept.append(row)
        fresh = [row for key, row in wanted.items() if key not in standing]
        self.new += fresh
        for row in match([*kept, *fresh], self.fulfilments[item.pk]):
            if row.pk:
                self.changed[row.pk] = row

    def _renew(self, row: Obligation, now: Obligation) -> None:
        names = [name for name in COMPUTED if name not in ("met_on", "met_by")]
        if any(getattr(row, name) != getattr(now, name) for name in names):
            for name in names:
                setattr(row, name, getattr(now, name))
            self.changed[row.pk] = row

    def write(self) -> dict[str, int]:
        """Write the differences; returns how many rows are new, changed and gone."""
        Obligation.objects.bulk_create(self.new)
        Obligation.objects.bulk_update(self.changed.values(), COMPUTED, batch_size=80)
        Obligation.objects.filter(pk__in=self.gone).delete()
        CatalogueItem.objects.bulk_update(self.asking, ["ask"])
        return {"new": len(self.new), "changed": len(self.changed), "gone": len(self.gone)}

    @property
    def differs(self) -> bool:
        """Tell whether anything would be written."""
        return bool(self.new or self.changed or self.gone or self.asking)
