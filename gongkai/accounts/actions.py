"""Acts of a person on their own account: a first or new password, a changed one."""

import hmac
from datetime import date, datetime
from typing import Any

from gongkai.accounts.codes import code_hash
from gongkai.accounts.models import Person
from gongkai.journal.actor import Actor
from gongkai.journal.acts import NotAllowed, act, anyone, note


def may_be_oneself(by: Actor, subject: Any, *, on: date) -> None:
    """Allow the person themselves."""
    if by.person_id != subject.pk:
        raise NotAllowed("只能修改自己的密码。")


@act("person.slip_tried", may=anyone)
def redeem_slip(person: Person, *, by: Actor, at: datetime, code: str, password: str) -> bool:
    """Set a password with a printed one-time code; a wrong code counts, and the fifth locks the slip."""
    slip = person.slips.usable(at=at).select_for_update().order_by("-pk").first()
    right = slip is not None and hmac.compare_digest(slip.code_hash, code_hash(code))
    note(person=person.username, accepted=right)
    if slip is None:
        return False
    if not right:
        slip.failures += 1
        slip.save(update_fields=["failures"])
        note(failures=slip.failures)
        return False
    slip.used_at = at
    slip.save(update_fields=["used_at"])
    person.set_password(password)
    person.save(update_fields=["password"])
    return True


@act("person.password_changed", may=may_be_oneself)
def change_password(person: Person, *, by: Actor, at: datetime, password: str) -> Person:
    """Change one's own password; the old one was checked by the form."""
    person.set_password(password)
    person.save(update_fields=["password"])
    note(person=person.username)
    return person
