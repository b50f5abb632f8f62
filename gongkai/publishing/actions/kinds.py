"""Acts on the list of kinds of information that a body extends."""

import secrets
from datetime import datetime

from gongkai.bodies.models import Body, OwnKind
from gongkai.bodies.policy import MANAGERS, OFFICE, holds
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, note
from gongkai.journal.chain import day_of
from gongkai.publishing.kinds import kinds_of
from gongkai.publishing.models import Edition
from gongkai.review.models import Chain
from gongkai.statute import law

keeps = holds(*dict.fromkeys((*OFFICE, *MANAGERS)))
LONGEST = 40


@act("kind.added", may=keeps)
def add_kind(body: Body, *, by: Actor, at: datetime, name: str, counts_as: str) -> OwnKind:
    """Add a kind of information of the body's own, counted in the report line of a statutory kind."""
    name = name.strip()
    if not name or len(name) > LONGEST:
        raise ActRefused(f"类别名称要写 1 到 {LONGEST} 个字。")
    if name in {kind.name for kind in kinds_of(body)}:
        raise ActRefused(f"已经有「{name}」这个类别，不用再加。")
    if counts_as not in law().kinds:
        raise ActRefused("请选择它计入年报的哪一栏。")
    note(name=name, counts_as=counts_as)
    return OwnKind.objects.create(body=body, code=f"own-{secrets.token_hex(4)}", name=name, counts_as=counts_as)


@act("kind.removed", may=keeps)
def remove_kind(body: Body, *, by: Actor, at: datetime, code: str) -> None:
    """Remove a kind nothing was ever published or drafted under."""
    kind = OwnKind.objects.filter(body=body, code=code).first()
    if kind is None:
        raise ActRefused("这个类别已经不在了。")
    if Edition.objects.filter(disclosure__body=body, kind=code).exists():
        raise ActRefused(f"已有信息属于「{kind.name}」，不能删去；年报要按它计数。")
    naming = next((one for one in Chain.objects.of(body).in_force(on=day_of(at)) if code in one.kinds), None)
    if naming is not None:
        raise ActRefused(f"审批流程「{naming.name}」写明用于「{kind.name}」，请先在流程里去掉它。")
    note(name=kind.name)
    kind.delete()
