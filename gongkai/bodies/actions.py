"""Acts on bodies and people: founding, linking, appointing, leaving, standing in."""

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

from gongkai.accounts.codes import code_hash, new_code
from gongkai.accounts.models import PasswordSlip, Person
from gongkai.bodies.lists import Counts
from gongkai.bodies.models import (
    Absence,
    Body,
    BodyLink,
    Department,
    JoinCode,
    Membership,
    Post,
    ReaderException,
    Tree,
    in_force,
)
from gongkai.bodies.policy import MANAGERS, from_above, holds
from gongkai.bodies.rows import Listing, Row
from gongkai.bodies.scope import duties_of, superiors_of
from gongkai.journal import outbox
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, NotAllowed, act, anyone, note
from gongkai.journal.chain import day_of
from gongkai.statute.load import law

manages = holds(*MANAGERS)
may_staff = from_above(manages, only_unstaffed=True)
may_reset = from_above(manages)


def may_found(by: Actor, subject: Any, *, on: date) -> None:
    """Allow the platform itself, and managers of the superior body named by the actor."""
    if by.is_system:
        return
    above = Body.objects.filter(code=by.body_code).first()
    if above is None or duties_of(by.person_id, above, on=on).isdisjoint(MANAGERS):
        raise NotAllowed("新设单位由上级单位的管理员办理。")


@act("body.founded", may=may_found)
def found(body: Body, *, by: Actor, at: datetime, parent: Body | None = None, tree: str = Tree.ADMINISTRATIVE) -> Body:
    """Enter a new body, under its superior where it has one; people found only below their own body."""
    above = [parent, *superiors_of(parent, on=day_of(at))] if parent else []
    if not by.is_system and by.body_code not in {one.code for one in above}:
        raise NotAllowed("只能在本单位之下新设单位，请把上级写成本单位或本单位的下级。")
    body.opened_on = body.opened_on or day_of(at)
    body.save()
    note(code=body.code, name=body.name, kind=body.kind)
    if parent is not None:
        BodyLink.objects.create(child=body, parent=parent, tree=tree, from_on=body.opened_on)
        note(parent=parent.code, tree=tree)
    outbox.put("body.changed", body=body.pk)
    return body


@act("body.described", may=manages)
def describe(body: Body, *, by: Actor, at: datetime, **facts: Any) -> Body:
    """Change a body's contact data and settings (not its code)."""
    for name, value in facts.items():
        setattr(body, name, value)
    body.full_clean(exclude={field.name for field in Body._meta.fields} - set(facts))
    body.save(update_fields=list(facts))
    note(changed=sorted(facts))
    outbox.put("body.changed", body=body.pk)
    return body


@act("body.department_added", may=may_staff)
def add_department(body: Body, *, by: Actor, at: datetime, name: str) -> Department:
    """Add a department; one of the same name is returned as it is."""
    order = body.departments.count()
    department, _ = Department.objects.get_or_create(body=body, name=name, defaults={"order": order})
    note(department=name)
    return department


@act("body.person_entered", may=may_staff)
def enter_person(body: Body, *, by: Actor, at: datetime, username: str, name: str, phone: str = "") -> Person:
    """Enter a person by login name; one known elsewhere is linked only when the name agrees."""
    username = Person.normalize_username(username.strip())
    person = Person.objects.filter(username=username).first()
    if person is not None and person.name != name.strip():
        raise ActRefused("这个登录名已经有人使用，而且姓名不同。请核对姓名，或者换一个登录名。")
    note(person=username, linked=person is not None)
    return person or Person.objects.create_user(username, name=name.strip(), phone=phone.strip())


@act("body.person_appointed", may=may_staff)
def appoint(
    body: Body, *, by: Actor, at: datetime, person: Person, duty: str, **facts: Any
) -> Post:  # facts: title, department, from_on, until_on
    """Give a person a post in a body; an equal post in force is returned unchanged."""
    facts.setdefault("from_on", day_of(at))
    same = Post.objects.filter(body=body, person=person, duty=duty, department=facts.get("department"), until_on=None)
    post = same.first() or Post.objects.create(body=body, person=person, duty=duty, **facts)
    note(person=person.username, duty=duty, title=post.title)
    return post


@act("body.post_ended", may=manages)
def end_post(post: Post, *, by: Actor, at: datetime, until_on: date) -> Post:
    """End a post (离任); what waits for it passes to those who hold the duty then."""
    if until_on <= post.from_on:
        raise ActRefused("离任日期不能早于任期开始日期，请核对。")
    post.until_on = until_on
    post.save(update_fields=["until_on"])
    note(person=post.person.username, duty=post.duty, until=until_on.isoformat())
    return post


def may_be_absent(by: Actor, subject: Body, *, on: date) -> None:
    """Allow any person of the body (for themselves) and its managers."""
    if not by.is_system and not duties_of(by.person_id, subject, on=on):
        raise NotAllowed("只有本单位人员可以登记外出和代办。")


@act("body.absence_recorded", may=may_be_absent)
def record_absence(
    body: Body, *, by: Actor, at: datetime, person: Person, delegate: Person | None, **dates: Any
) -> Absence:  # dates: from_on, until_on, reason
    """Record an absence and who stands in; the stand-in must work in the same body."""
    if by.person_id != person.pk and not by.is_system:
        manages(by, body, on=day_of(at))
    if delegate is not None and not duties_of(delegate.pk, body, on=dates["from_on"]):
        raise ActRefused(f"{delegate.name}不在本单位任职，不能代办。请另选一位同事。")
    note(person=person.username, delegate=delegate.username if delegate else "")
    return Absence.objects.create(body=body, person=person, delegate=delegate, **dates)


@act("body.absence_ended", may=may_be_absent)
def end_absence(absence: Absence, *, by: Actor, at: datetime, until_on: date) -> Absence:
    """End an absence early; its delegate stands in no longer."""
    if by.person_id != absence.person_id:
        manages(by, absence, on=day_of(at))
    absence.until_on = until_on
    absence.save(update_fields=["until_on"])
    note(person=absence.person.username, until=until_on.isoformat())
    return absence


@act("body.exception_ended", may=manages)
def end_exception(exception: ReaderException, *, by: Actor, at: datetime, until_on: date) -> ReaderException:
    """End a small-school exception."""
    exception.until_on = until_on
    exception.save(update_fields=["until_on"])
    note(reader=exception.reader.username, group=exception.group, until=until_on.isoformat())
    return exception


@act("body.exception_recorded", may=manages)
def record_exception(body: Body, *, by: Actor, at: datetime, **facts: Any) -> ReaderException:
    """Record the small-school exception: which reader carries which step, and why (facts of the model)."""
    facts.setdefault("from_on", day_of(at))
    note(group=facts["group"], reader=facts["reader"].username, reason=facts["reason"])
    return ReaderException.objects.create(body=body, **facts)


SLIP_DAYS = 7


def _home(person: Person, *, on: date) -> Body | None:
    """Return the body that answers for a person's password: where their oldest post in force is."""
    first = Post.objects.held(on=on).filter(person=person).order_by("pk").select_related("body").first()
    return first.body if first else None


@act("body.slip_issued", may=may_reset)
def issue_slip(body: Body, *, by: Actor, at: datetime, person: Person) -> tuple[PasswordSlip, str]:
    """Issue a printed one-time code (valid seven days); earlier unused ones lapse. Returns slip and code.

    Only the body where a person was first appointed may: or any body that appoints somebody could take
    over what they hold elsewhere.
    """
    home = _home(person, on=day_of(at))
    if not duties_of(person.pk, body, on=day_of(at)) or home is None:
        raise ActRefused(f"{person.name}不在本单位任职，不能在这里签发密码条。")
    if home != body:
        raise ActRefused(f"{person.name}最早由{home.label}登记，密码条由{home.label}的管理员签发。")
    elsewhere = Membership.objects.filter(in_force(day_of(at)), person=person).exclude(body=body)
    if person.has_usable_password() and elsewhere.exists():
        raise ActRefused(f"{person.name}已用这个登录名在别处登录，密码不能在这里重设。请本人用原来的密码登录。")
    person.slips.filter(used_at=None).update(expires_at=at)
    code = new_code()
    slip = PasswordSlip.objects.create(
        person=person, code_hash=code_hash(code), issued_at=at, issued_by=by.person_name,
        expires_at=at + timedelta(days=SLIP_DAYS),
    )  # fmt: skip
    note(person=person.username)
    return slip, code


@act("body.join_codes_issued", may=holds("clerk", "office_head", "manager"))
def issue_join_codes(
    body: Body, *, by: Actor, at: datetime, audience: str, count: int, label: str, member_until_on: date
) -> list[str]:
    """Issue one-time codes that make parents, students or residents readers; returns the codes once."""
    codes = [new_code() for _ in range(min(count, 500))]
    JoinCode.objects.bulk_create(
        JoinCode(
            body=body, audience=audience, label=label, code_hash=code_hash(code), issued_at=at,
            expires_at=at + timedelta(days=60), member_until_on=member_until_on,
        )
        for code in codes
    )  # fmt: skip
    note(audience=audience, count=len(codes), label=label)
    return codes


@act("body.joined", may=holds("clerk", "office_head", "manager"))
def admit(body: Body, *, by: Actor, at: datetime, person: Person, audience: str, until_on: date) -> Membership:
    """Make a person a reader of a body for an audience until a day."""
    return Membership.objects.create(body=body, person=person, audience=audience, from_on=day_of(at), until_on=until_on)


class CodeUnusable(ActRefused):
    """The join code is unknown, used or expired (all three sound the same)."""


@act("body.code_redeemed", may=anyone)
def redeem_join_code(code: JoinCode, *, by: Actor, at: datetime, person: Person | None, **account: str) -> Membership:
    """Make a person a reader with a one-time code; `account` (username, name, password) enters them first.

    The journal keeps audience and code only: readers are outsiders.
    """
    held = JoinCode.objects.select_for_update().get(pk=code.pk)
    if held.used_at is not None or held.expires_at <= at:
        raise CodeUnusable("加入码不对、已经用过或者已经过期。请核对，或向发码的单位再要一个。")
    if person is None:
        if Person.objects.filter(username=account["username"]).exists():
            raise ActRefused("这个登录名已经有人使用，请换一个；如果就是您本人，请先登录再填加入码。")
        person = Person.objects.create_user(account["username"], account["password"], name=account["name"])
    held.used_by, held.used_at = person, at
    held.save(update_fields=["used_by", "used_at"])
    note(audience=held.audience, label=held.label)
    return Membership.objects.create(
        body=held.body, person=person, audience=held.audience, from_on=day_of(at), until_on=held.member_until_on
    )


@act("body.bodies_imported", may=may_found)
def import_bodies(subject: str, *, by: Actor, at: datetime, listing: Listing) -> Counts:
    """Enter the bodies of a settled list, superiors first; those already here are left as they are."""
    known = {body.name: body for body in Body.objects.all()}
    known |= {body.code: body for body in known.values()} | {b.short_name: b for b in known.values() if b.short_name}
    new = 0
    for row in listing.rows:
        if row.values["name"] not in known:
            parent = known.get(row.values["parent"])
            made = _new_body(row)
            tree = Tree.PARTY if made.is_party and parent and parent.is_party else Tree.ADMINISTRATIVE
            found(made, by=by, at=at, parent=parent, tree=tree)
            known[made.name] = made
            new += 1
    note(file=listing.file, digest=listing.digest, read=listing.read, imported=new, rejected=len(listing.rejected))
    return Counts(new, len(listing.rows) - new)


def _new_body(row: Row) -> Body:
    values = dict(row.values)
    values.pop("parent")
    record = law().body_kinds[values["kind"]]
    code = values.pop("code") or f"b{hashlib.sha256(values['name'].encode()).hexdigest()[:8]}"
    office = "校办公室" if record.school else "办公室"
    return Body(code=code, regimes=list(record.regimes), office_name=office, **values)


@act("body.people_imported", may=manages)
def import_people(subject: Any, *, by: Actor, at: datetime, listing: Listing) -> Counts:
    """Enter the people and posts of a settled list; posts already held are left as they are.

    Raises ActRefused for an account from elsewhere that nobody has confirmed (`listing.link_known`).
    """
    touched = posts = 0
    made: set[str] = set()
    for row in listing.rows:
        values = row.values
        person = Person.objects.filter(username=values["username"]).first()
        if person is None:
            person = Person.objects.create_user(values["username"], name=values["name"])
            made.add(person.username)
        elif not listing.link_known and person.username not in made:
            _refuse_stranger(person, values["body"])
        new = _appoint_all(values, person, by=by, at=at)
        posts, touched = posts + new, touched + bool(new)
    note(file=listing.file, digest=listing.digest, read=listing.read, imported=touched, posts=posts,
         linked=[one.value for one in listing.known], rejected=len(listing.rejected))  # fmt: skip
    return Counts(touched, len(listing.rows) - touched)


def _refuse_stranger(person: Person, body: Body) -> None:
    if not Post.objects.filter(person=person, body=body).exists():
        raise ActRefused(f"登录名“{person.username}”在平台上已有人使用，没有确认是本人，没有导入。请重新检查这份台账。")


def _appoint_all(values: dict[str, Any], person: Person, *, by: Actor, at: datetime) -> int:
    new = 0
    body, name = values["body"], values["department"]
    department = add_department(body, by=by, at=at, name=name) if name else None
    for duty, title in values["posts"]:
        if not Post.objects.filter(body=body, person=person, duty=duty, department=department).exists():
            dates = {"from_on": values["from_on"], "until_on": values["until_on"]}
            appoint(body, by=by, at=at, person=person, duty=duty, department=department, title=title, **dates)
            new += 1
    return new
