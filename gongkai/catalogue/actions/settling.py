"""Acts that settle what only the body can know: own items, terms, local rules, equivalences."""

from datetime import datetime
from typing import Any

from gongkai.bodies.models import Body, LocalRule, Term
from gongkai.catalogue.actions.duties import refresh_obligations
from gongkai.catalogue.models import CatalogueItem, Equivalence, Origin
from gongkai.catalogue.policy import keeps
from gongkai.journal import outbox
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, note
from gongkai.journal.chain import day_of
from gongkai.statute import law


@act("catalogue.item_added", may=keeps)
def add_own_item(body: Body, *, by: Actor, at: datetime, name: str, **facts: Any) -> CatalogueItem:
    """Add an item of the body's own (facts: origin, level1, owner, audiences, channels, times, cycle, note).

    What lies outside the catalogue rests on a work plan, named in `note`.
    """
    if not name.strip():
        raise ActRefused("请写明公开事项的名称。")
    if facts.get("origin") == Origin.OUTSIDE and not str(facts.get("note", "")).strip():
        raise ActRefused("目录外的事项按工作方案公开。请写明方案名称和批准日期。")
    facts.setdefault("origin", Origin.OWN)
    facts.setdefault("audiences", ["SOC"])
    facts.setdefault("times", [{"class": "IMM"}])
    order = body.catalogue_items.count()
    own = body.catalogue_items.exclude(origin=Origin.CATALOGUE).count()
    item = CatalogueItem.objects.create(
        body=body, code=f"OWN-{own + 1:02d}", name=name.strip()[:300], order=order,
        adopted_on=day_of(at), **facts,
    )  # fmt: skip
    note(item=item.code, name=item.name, origin=str(item.origin))
    refresh_obligations(body, by=by, at=at)
    outbox.put("catalogue.changed", body=body.pk)
    return item


@act("catalogue.term_entered", may=keeps)
def enter_term(body: Body, *, by: Actor, at: datetime, name: str, **dates: Any) -> Term:  # starts_on, ends_on
    """Enter a school term; one of the same name gets the new dates. Termly duties follow."""
    if dates["ends_on"] <= dates["starts_on"]:
        raise ActRefused("放假日期应在开学日期之后，请核对。")
    others = body.terms.exclude(name=name)
    if others.filter(starts_on__lte=dates["ends_on"], ends_on__gte=dates["starts_on"]).exists():
        raise ActRefused("这个学期的日期和已有学期重叠，请核对。")
    term, _ = Term.objects.update_or_create(body=body, name=name, defaults=dates)
    note(term=name, starts=dates["starts_on"].isoformat(), ends=dates["ends_on"].isoformat())
    refresh_obligations(body, by=by, at=at)
    return term


@act("catalogue.term_removed", may=keeps)
def remove_term(term: Term, *, by: Actor, at: datetime) -> Body:
    """Remove a term entered by mistake; its unmet obligations go with it. Returns the body."""
    body = term.body
    note(term=term.name)
    term.delete()
    refresh_obligations(body, by=by, at=at)
    return body


@act("catalogue.rule_chosen", may=keeps)
def choose_rule(body: Body, *, by: Actor, at: datetime, record: str, kind: str) -> LocalRule | None:
    """Choose the local limit of a kind ("" = the regime's own); the one chosen before ends."""
    on = day_of(at)
    if record and record not in law().limits:
        raise ActRefused("没有这条地方规定，请在列出的规定中选择。")
    for former in body.local_rules.filter(until_on=None):
        if former.record in law().limits and law().limits[former.record].kind == kind:
            former.until_on = on
            former.save(update_fields=["until_on"])
    chosen = LocalRule.objects.create(body=body, record=record, from_on=on) if record else None
    note(kind=kind, record=record)
    refresh_obligations(body, by=by, at=at)
    outbox.put("catalogue.changed", body=body.pk)  # the guide says by when requests are answered
    return chosen


@act("catalogue.equivalence_confirmed", may=keeps)
def confirm_equivalence(
    publishing: CatalogueItem, *, by: Actor, at: datetime, also_meets: CatalogueItem
) -> Equivalence:
    """Confirm that publishing one item also meets another of the same body, from now on."""
    if publishing.body_id != also_meets.body_id or publishing.pk == also_meets.pk:
        raise ActRefused("只能在本单位的两个不同事项之间确认。")
    pair, _ = Equivalence.objects.get_or_create(
        body=publishing.body, publishing=publishing, also_meets=also_meets,
        defaults={"confirmed_by": by.person_name, "confirmed_on": day_of(at)},
    )  # fmt: skip
    note(publishing=publishing.code, also_meets=also_meets.code)
    return pair


@act("catalogue.equivalence_dropped", may=keeps)
def drop_equivalence(pair: Equivalence, *, by: Actor, at: datetime) -> Body:
    """Drop a confirmation; publications already counted stay counted. Returns the body."""
    note(publishing=pair.publishing.code, also_meets=pair.also_meets.code)
    pair.delete()
    return pair.body
