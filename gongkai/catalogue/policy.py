"""Who keeps a body's catalogue."""

from datetime import date
from typing import Any

from gongkai.bodies.models import Body, Duty, Post
from gongkai.bodies.policy import MANAGERS, body_of, holds
from gongkai.bodies.scope import duties_of, superiors_of
from gongkai.journal.actor import Actor

KEEPERS = (Duty.CLERK, Duty.OFFICE_HEAD, Duty.MANAGER)
WITNESSES = (Duty.CLERK, Duty.OFFICE_HEAD, Duty.MANAGER, Duty.EDITOR, Duty.DEPARTMENT_HEAD)

keeps = holds(*KEEPERS)
witnesses = holds(*WITNESSES)


def may_equip(by: Actor, subject: Any, *, on: date) -> None:
    """Allow the keepers, and the superior's managers while the body has no staff of its own yet."""
    body = body_of(subject)
    if not by.is_system and by.body_code != body.code and not Post.objects.held(on=on).filter(body=body).exists():
        above = Body.objects.filter(code=by.body_code).first()
        if above in superiors_of(body, on=on) and not duties_of(by.person_id, above, on=on).isdisjoint(MANAGERS):
            return
    keeps(by, subject, on=on)
