"""Acts of adopting a catalogue and adapting its items."""

from datetime import datetime
from typing import Any

from gongkai.bodies.models import Body, Department
from gongkai.catalogue.actions.duties import refresh_obligations
from gongkai.catalogue.models import Adoption, CatalogueItem
from gongkai.catalogue.policy import keeps, may_equip
from gongkai.catalogue.timing import cycle_fits, cyclic
from gongkai.journal import outbox
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, note
from gongkai.journal.chain import day_of
from gongkai.statute import law, records
from gongkai.statute.bodies import body_kind
from gongkai.statute.catalogues import group_of
from gongkai.statute.times import as_data

ADAPTABLE = frozenset({"owner", "audiences", "channels", "cycle", "yearly", "note"})


def _owner(departments: list[Department], names: tuple[str, ...]) -> Department | None:
    """Find the department that the catalogue's word for the owner means here."""
    for name in names:
        for department in departments:
            if department.name.startswith(name) or name.startswith(department.name):
                return department
    return None


def _copy(one: records.CatalogueItem, adoption: Adoption, order: int, departments: list[Department]) -> CatalogueItem:
    group = group_of(one)
    return CatalogueItem(
        body=adoption.body, adoption=adoption, code=one.code, name=one.name, level1=group.name if group else "",
        owner=_owner(departments, one.owner), audiences=list(one.audiences), channels=list(one.channels),
        times=[as_data(time) for time in one.times], adopted_on=adoption.adopted_on, order=order,
    )  # fmt: skip


@act("catalogue.adopted", may=may_equip)
def adopt(body: Body, *, by: Actor, at: datetime, catalogue: str) -> Adoption:
    """Adopt a catalogue offered to bodies of this kind; one already adopted is returned as it is."""
    kind = body_kind(body.kind)
    if catalogue not in (*kind.required, *kind.optional):
        raise ActRefused(f"目录「{catalogue}」不适用于{kind.name}，请在列出的目录中选择。")
    on = day_of(at)
    adoption, fresh = Adoption.objects.get_or_create(body=body, catalogue=catalogue, defaults={"adopted_on": on})
    if not fresh:
        return adoption
    wanted = law().catalogues[catalogue].items
    departments, first = list(body.departments.all()), body.catalogue_items.count()
    copies = [_copy(one, adoption, first + n, departments) for n, one in enumerate(wanted)]
    CatalogueItem.objects.bulk_create(copies)
    note(catalogue=catalogue, items=len(copies), law=law().digest[:16])
    refresh_obligations(body, by=by, at=at)
    outbox.put("catalogue.changed", body=body.pk)
    return adoption


def _check(item: CatalogueItem, facts: dict[str, Any]) -> None:
    unknown = set(facts) - ADAPTABLE
    if unknown:
        raise ActRefused(f"这些内容不能在这里修改：{'、'.join(sorted(unknown))}。")
    owner = facts.get("owner")
    if owner is not None and owner.body_id != item.body_id:
        raise ActRefused("责任部门必须是本单位的部门，请重新选择。")
    if "audiences" in facts and not facts["audiences"]:
        raise ActRefused("公开范围不能为空，请至少选一类公开对象。")
    one = cyclic(item)
    if facts.get("cycle") and one and not cycle_fits(facts["cycle"], one.every):
        raise ActRefused("目录规定了更短的公开周期，本单位可以公开得更勤，不能更稀。请选目录规定的周期或更短的。")


@act("catalogue.item_adapted", may=keeps)
def adapt(item: CatalogueItem, *, by: Actor, at: datetime, **facts: Any) -> CatalogueItem:
    """Adapt owner, audiences, channels, cycle, yearly day or note of an item; obligations follow."""
    _check(item, facts)
    for name, value in facts.items():
        setattr(item, name, value)
    item.save(update_fields=list(facts))
    note(item=item.code, changed=sorted(facts))
    refresh_obligations(item.body, by=by, at=at)
    outbox.put("catalogue.changed", body=item.body_id)
    return item


@act("catalogue.item_set_aside", may=keeps)
def mark_not_applicable(item: CatalogueItem, *, by: Actor, at: datetime, reason: str) -> CatalogueItem:
    """Mark an item as not applicable here; the reason is kept and shown."""
    if len(reason.strip()) < 4:
        raise ActRefused("请写明不适用的理由，例如「本校没有食堂」。")
    item.not_applicable_reason = reason.strip()[:200]
    item.not_applicable_on = day_of(at)
    item.save(update_fields=["not_applicable_reason", "not_applicable_on"])
    note(item=item.code, reason=item.not_applicable_reason)
    outbox.put("catalogue.changed", body=item.body_id)
    return item


@act("catalogue.item_taken_back", may=keeps)
def mark_applicable(item: CatalogueItem, *, by: Actor, at: datetime) -> CatalogueItem:
    """Take an item back into use: its limits run from this day; what was overdue before stays so."""
    item.not_applicable_reason = ""
    item.adopted_on = day_of(at)
    item.save(update_fields=["not_applicable_reason", "adopted_on"])
    note(item=item.code)
    refresh_obligations(item.body, by=by, at=at)
    outbox.put("catalogue.changed", body=item.body_id)
    return item


@act("catalogue.item_retired", may=keeps)
def retire(item: CatalogueItem, *, by: Actor, at: datetime, reason: str) -> CatalogueItem:
    """End an item for good; what was published under it stays."""
    if not reason.strip():
        raise ActRefused("请写明停用的理由；停用以后，这一事项不再列入公开目录。")
    item.retired_on = day_of(at)
    item.retired_why = reason.strip()[:200]
    item.save(update_fields=["retired_on", "retired_why"])
    note(item=item.code, reason=item.retired_why)
    outbox.put("catalogue.changed", body=item.body_id)
    return item
