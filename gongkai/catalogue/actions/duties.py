"""Acts on what is due: recomputing, recording what was formed, meeting and no longer meeting."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from gongkai.bodies.models import Body, Duty
from gongkai.bodies.policy import holds
from gongkai.catalogue.book import Book
from gongkai.catalogue.matching import CONFIRMED
from gongkai.catalogue.models import CatalogueItem, Equivalence, Formation, Fulfilment, Obligation
from gongkai.catalogue.policy import keeps, witnesses
from gongkai.catalogue.timing import stages
from gongkai.journal import outbox
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, anyone, note
from gongkai.journal.chain import day_of
from gongkai.statute import law


@act("catalogue.obligations_computed", may=anyone)
def refresh_obligations(body: Body, *, by: Actor, at: datetime) -> dict[str, int]:
    """Recompute every obligation of a body from law and facts, in one transaction; twice changes nothing."""
    counts = _write(Book.of(body, list(CatalogueItem.objects.of(body).applicable()), on=day_of(at)), body)
    note(**counts, law=law().digest[:16])
    return counts


def _recompute(items: list[CatalogueItem], on: date) -> None:
    for body in {item.body_id: item.body for item in items}.values():
        _write(Book.of(body, [item for item in items if item.body_id == body.pk], on=on), body)


def _write(book: Book, body: Body) -> dict[str, int]:
    """Write a book; where due dates moved, the public catalogue that shows them follows."""
    if book.differs:
        outbox.put("obligations.changed", body=body.pk)
    return book.write()


@act("catalogue.information_formed", may=witnesses)
def record_formed(
    item: CatalogueItem, *, by: Actor, at: datetime, on: date, label: str = "", stage: str = "", event: str = "formed"
) -> Formation:
    """Record that information of this item was formed (or a stage of a matter reached): its limit begins."""
    if on > day_of(at):
        raise ActRefused("信息形成日期不能晚于今天。请在信息形成以后再登记。")
    if stages(item) and event == "formed" and stage not in stages(item):
        raise ActRefused("这一事项分事前、事中、事后公开，请选明是哪个阶段。")
    label = label.strip() or f"{on.year}年{on.month}月{on.day}日形成"
    formation, _ = Formation.objects.get_or_create(item=item, event=event, stage=stage, on=on, label=label[:80])
    note(item=item.code, on=on.isoformat(), label=label[:80], stage=stage, event=event)
    _recompute([item], day_of(at))
    return formation


@act("catalogue.draft_followed", may=witnesses)
def follow_draft(
    body: Body, *, by: Actor, at: datetime, by_subject: str, items: Iterable[CatalogueItem], **facts: Any
) -> None:  # facts: formed_on (None = not known yet), label
    """Let the limits of a draft's items run from its formation date, and follow later changes of either."""
    now = list(items)
    formed_on: date | None = facts.get("formed_on")
    former = Formation.objects.filter(item__body=body, by_subject=by_subject).select_related("item__body")
    touched = {f.item_id: f.item for f in former} | {item.pk: item for item in now}
    former.delete()
    if formed_on is not None:
        label = str(facts.get("label") or f"{formed_on:%Y-%m-%d}")[:80]
        Formation.objects.bulk_create(
            [Formation(item=item, on=formed_on, label=label, by_subject=by_subject) for item in now],
            ignore_conflicts=True,
        )
    note(draft=by_subject, items=sorted(item.code for item in now))
    _recompute(list(touched.values()), day_of(at))


@act("catalogue.item_met", may=holds(*Duty.values))
def meet(
    item: CatalogueItem, *, by: Actor, at: datetime, on: date, by_subject: str, formed_on: date | None = None
) -> list[Obligation]:
    """Count a publication for an item and for those it was confirmed to meet as well; returns what it met."""
    also = Equivalence.objects.filter(publishing=item).select_related("also_meets__body")
    items = [item, *(pair.also_meets for pair in also)]
    for one in items:
        Fulfilment.objects.get_or_create(item=one, by_subject=by_subject, on=on, defaults={"formed_on": formed_on})
    _recompute(items, day_of(at))
    note(item=item.code, on=on.isoformat(), met_by=by_subject, also=[one.code for one in items[1:]])
    return list(Obligation.objects.filter(item__in=items, met_by=by_subject, met_on=on))


@act("catalogue.items_met", may=holds(*Duty.values))
def meet_all(
    body: Body, *, by: Actor, at: datetime, met: Iterable[tuple[CatalogueItem, date, str, date | None]]
) -> int:
    """Count many publications of a list at once: (item, on, by_subject, formed_on); obligations follow once."""
    also: dict[int, list[CatalogueItem]] = {}
    for pair in Equivalence.objects.filter(body=body).select_related("also_meets"):
        also.setdefault(pair.publishing_id, []).append(pair.also_meets)
    rows = [
        Fulfilment(item=one, on=on, by_subject=by_subject, formed_on=formed_on)
        for item, on, by_subject, formed_on in met
        for one in (item, *also.get(item.pk, []))
    ]
    Fulfilment.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    _recompute(list({row.item_id: row.item for row in rows}.values()), day_of(at))
    note(fulfilments=len(rows), items=sorted({row.item.code for row in rows}))
    return len(rows)


@act("catalogue.item_unmet", may=holds(*Duty.values))
def unmeet(body: Body, *, by: Actor, at: datetime, by_subject: str) -> int:
    """Take a publication out of the count (withdrawn); what it had met is open again. Returns the items touched."""
    gone = Fulfilment.objects.filter(item__body=body, by_subject=by_subject).select_related("item__body")
    items = list({f.item_id: f.item for f in gone}.values())
    gone.delete()
    note(met_by=by_subject, items=sorted(item.code for item in items))
    _recompute(items, day_of(at))
    return len(items)


@act("catalogue.item_confirmed", may=keeps)
def confirm(item: CatalogueItem, *, by: Actor, at: datetime) -> CatalogueItem:
    """Confirm that what stands published of a lasting item is still right (年度核对无误)."""
    if not item.fulfilments.exclude(by_subject=CONFIRMED).exists():
        raise ActRefused("这一事项还没有公开过，不能核对。请先公开。")
    Fulfilment.objects.get_or_create(item=item, by_subject=CONFIRMED, on=day_of(at))
    note(item=item.code)
    _recompute([item], day_of(at))
    return item
