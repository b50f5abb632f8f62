"""Acts on chains: a body lays them down, changes them by a new version, ends them."""

from datetime import date, datetime

from gongkai.bodies.models import Body
from gongkai.frame.dates import as_date
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, note
from gongkai.review.chains import ChainPlan, carried_by, check_chain, default_chains, shape_faults
from gongkai.review.models import Chain, ChainStep, Route
from gongkai.review.policy import may_manage_chains


@act("review.default_chains_adopted", cite="cn-ogi/17", may=may_manage_chains)
def adopt_default_chains(body: Body, *, by: Actor, at: datetime) -> list[Chain]:
    """Lay down the usual chains of a body of this kind, where it has none; what its people cannot carry is noted.

    A body that has chains keeps them, and gets the one for replies to requests where it has none.
    """
    on = _day(at)
    kept = list(Chain.objects.of(body).in_force(on=on))
    wanted = [plan for plan in default_chains(body) if not kept or plan.route == Route.REPLY]
    wanted = [plan for plan in wanted if plan.route not in {chain.route for chain in kept}]
    if not wanted:
        return kept
    made = [_lay_down(body, carried_by(body, plan, on), version=1, on=on) for plan in wanted]
    note(chains=[chain.code for chain in made])
    missing = sorted({fault for chain in made for fault in check_chain(body, chain, on)})
    if missing:
        note(missing=missing)
    return [*kept, *made]


@act("review.chain_saved", cite="cn-ogi/17", may=may_manage_chains)
def save_chain(body: Body, *, by: Actor, at: datetime, plan: ChainPlan, replaces: Chain | None = None) -> Chain:
    """Save a chain as a new version; reviews already on their way keep the old one.

    Raises ActRefused naming what is missing when the body's people cannot carry it.
    """
    on = _day(at)
    missing = shape_faults(plan.route, plan.steps) or check_chain(body, plan, on)
    if missing:
        raise ActRefused("".join(missing))
    if replaces is not None:
        if replaces.until_on is not None:
            raise ActRefused("这条流程刚被别人改过，请刷新后在新版本上修改。")
        replaces.until_on = on
        replaces.save(update_fields=["until_on"])
    saved = _lay_down(body, plan, version=replaces.version + 1 if replaces else 1, on=on)
    note(chain=saved.code, version=saved.version, steps=[step.name for step in plan.steps])
    return saved


@act("review.chain_ended", cite="cn-ogi/17", may=may_manage_chains)
def end_chain(chain: Chain, *, by: Actor, at: datetime) -> Chain:
    """End a chain; reviews already on their way keep it."""
    alike = Chain.objects.of(chain.body).in_force(on=_day(at)).filter(route=chain.route).exclude(pk=chain.pk)
    if not chain.kinds and not alike.filter(kinds=[]).exists():
        raise ActRefused(f"「{chain.name}」是这一类唯一的流程，停用后就没有流程可走。请先新建一条。")
    chain.until_on = _day(at)
    chain.save(update_fields=["until_on"])
    note(chain=chain.code, version=chain.version)
    return chain


def _day(at: datetime) -> date:
    return as_date(at) or at.date()


def _lay_down(body: Body, plan: ChainPlan, *, version: int, on: date) -> Chain:
    chain = Chain.objects.create(
        body=body, code=plan.code, name=plan.name, route=plan.route, kinds=list(plan.kinds), version=version, from_on=on
    )
    ChainStep.objects.bulk_create(
        ChainStep(
            chain=chain, order=place, role=step.role, kind=step.kind, name=step.name,
            checklist=step.checklist, days=step.days,
        )
        for place, step in enumerate(plan.steps, start=1)
    )  # fmt: skip
    return chain
