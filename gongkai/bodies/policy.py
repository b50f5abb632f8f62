"""Permissions by duty: `holds(…)` makes the `may` of an act, `require` the one of a page."""

from collections.abc import Callable
from datetime import date
from typing import Any

from gongkai.bodies.models import Body, Duty, Post
from gongkai.bodies.scope import duties_of, superiors_of
from gongkai.journal.actor import Actor
from gongkai.journal.acts import NotAllowed

May = Callable[..., None]
WRITERS = (Duty.CLERK, Duty.OFFICE_HEAD, Duty.EDITOR, Duty.DEPARTMENT_HEAD)
OFFICE = (Duty.CLERK, Duty.OFFICE_HEAD)
MANAGERS = (Duty.MANAGER, Duty.OFFICE_HEAD)


def body_of(subject: Any) -> Body:
    """Return the body a record belongs to (the record itself when it is a body)."""
    return subject if isinstance(subject, Body) else subject.body


def holds(*duties: str, reason: str = "") -> May:
    """Make a `may`: the actor holds one of these duties in the subject's own body, on the day of the act."""
    names = "、".join(str(Duty(duty).label) for duty in duties)
    why = reason or f"这一步由{names}办理。您的岗位没有这项职责，请联系单位管理员。"

    def may(by: Actor, subject: Any, *, on: date) -> None:
        if by.is_system:
            return
        body = body_of(subject)
        if by.body_code != body.code or duties_of(by.person_id, body, on=on).isdisjoint(duties):
            raise NotAllowed(why)

    return may


def from_above(may: May, *, only_unstaffed: bool = False) -> May:
    """Widen a `may`: managers of a body above may do it too (`only_unstaffed`: while nobody below can sign in)."""

    def widened(by: Actor, subject: Any, *, on: date) -> None:
        body = body_of(subject)
        if by.is_system or by.body_code == body.code or (only_unstaffed and has_staff(body, on=on)):
            return may(by, subject, on=on)
        above = Body.objects.filter(code=by.body_code).first()
        if above not in superiors_of(body, on=on) or duties_of(by.person_id, above, on=on).isdisjoint(MANAGERS):
            return may(by, subject, on=on)
        return None

    return widened


def has_staff(body: Body, *, on: date) -> bool:
    """Tell whether somebody of this body can already sign in."""
    return any(post.person.has_usable_password() for post in Post.objects.held(on=on).filter(body=body))
