"""Worlds for tests, built through the rooms' own acts."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.accounts.models import Person
from gongkai.bodies import actions as bodies
from gongkai.bodies.models import Body, Duty
from gongkai.bodies.scope import Scope
from gongkai.journal.actor import Actor

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 9, 1, 9, 0, tzinfo=SHANGHAI)
SYSTEM = Actor.system()


def body(code: str = "shiyan", *, name: str = "示范区实验小学", kind: str = "primary", **facts: Any) -> Body:
    """Found a body (facts: parent, tree and any field of Body)."""
    parent, tree = facts.pop("parent", None), facts.pop("tree", "administrative")
    facts.setdefault("opened_on", date(2025, 1, 1))
    return bodies.found(Body(code=code, name=name, kind=kind, **facts), by=SYSTEM, at=AT, parent=parent, tree=tree)


def person(username: str, name: str = "", *, password: str | None = "gk-demo-2026") -> Person:
    """Enter a person who can sign in with the demonstration password."""
    found = Person.objects.filter(username=username).first()
    return found or Person.objects.create_user(username, password, name=name or username)


def post(in_body: Body, username: str, duty: str, *, department: str = "", title: str = "") -> Person:
    """Appoint a person (made on first mention) to a duty of a body, in a department made on first mention."""
    who = person(username)
    where = bodies.add_department(in_body, by=SYSTEM, at=AT, name=department) if department else None
    bodies.appoint(
        in_body, by=SYSTEM, at=AT, person=who, duty=duty, department=where, title=title, from_on=date(2025, 1, 1)
    )
    return who


CAST = {
    "clerk": Duty.CLERK,
    "office": Duty.OFFICE_HEAD,
    "editor": Duty.EDITOR,
    "dean": Duty.DEPARTMENT_HEAD,
    "secrecy": Duty.SECRECY,
    "lead": Duty.LEADING_HEAD,
    "deputy": Duty.LEADING_DEPUTY,
    "watch": Duty.SUPERVISION_HEAD,
    "watch2": Duty.SUPERVISION_MEMBER,
    "principal": Duty.SIGNER,
    "vice": Duty.DEPUTY_SIGNER,
    "manager": Duty.MANAGER,
}


def school(code: str = "shiyan", **facts: Any) -> Body:
    """Found a school with one person in every duty: usernames `<code>-clerk`, `<code>-principal` …"""
    made = body(code, **facts)
    for role, duty in CAST.items():
        department = "教务处" if role in ("editor", "dean") else ""
        post(made, f"{code}-{role}", duty, department=department)
    return made


def scope(username: str, in_body: Body, *, on: date = date(2026, 9, 1)) -> Scope:
    """Return the scope of a person in a body on a day."""
    return Scope(Person.objects.get(username=username), in_body, on)


def actor(username: str, in_body: Body, *, on: date = date(2026, 9, 1)) -> Actor:
    """Return a person as the actor of an act in a body."""
    return scope(username, in_body, on=on).actor()
