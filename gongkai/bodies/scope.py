"""Scope: one person in one body on one day – what they hold there and what they may therefore see."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q

from gongkai.accounts.models import Person
from gongkai.bodies.models import GROUPS, Absence, Body, Duty, Membership, Post, ReaderException, Tree, in_force
from gongkai.journal.actor import Actor


class Unseen(Exception):
    """Mean that for this person the thing does not exist: pages answer 404."""


@dataclass(frozen=True)
class Scope:
    """Hold a person, a body and a day; everything a staff page reads or offers is limited by it."""

    person: Person
    body: Body
    on: date

    @cached_property
    def posts(self) -> list[Post]:
        """Return the person's own posts here, and those they stand in for, own ones first."""
        own = Post.objects.held(on=self.on).filter(body=self.body, person=self.person)
        absent = Absence.objects.filter(in_force(self.on), body=self.body, delegate=self.person)
        lent = Post.objects.held(on=self.on).filter(body=self.body, person__in=absent.values("person"))
        return [*own.select_related("department"), *lent.select_related("department", "person")]

    @cached_property
    def duties(self) -> frozenset[str]:
        """Return the duties of these posts."""
        return frozenset(post.duty for post in self.posts)

    def has(self, *duties: str) -> bool:
        """Tell whether the person holds one of these duties here."""
        return not self.duties.isdisjoint(duties)

    def in_group(self, group: str) -> bool:
        """Tell whether the person sits in a deciding group (a key of GROUPS)."""
        return self.has(*GROUPS[group])

    @cached_property
    def is_staff(self) -> bool:
        """Tell whether the person holds any post here."""
        return bool(self.posts)

    @cached_property
    def reads_from_above(self) -> bool:
        """Tell whether the person may read this body's published editions and states as its superior."""
        above = superiors_of(self.body, on=self.on)
        watching = (Duty.SUPERVISOR, Duty.FILING, Duty.MANAGER, Duty.OFFICE_HEAD, Duty.CLERK)
        held = Post.objects.held(on=self.on).filter(person=self.person, body__in=above, duty__in=watching)
        return held.exists()

    @cached_property
    def reads_by_exception(self) -> bool:
        """Tell whether the body named this person the reader of its small-school exception."""
        return ReaderException.objects.filter(in_force(self.on), body=self.body, reader=self.person).exists()

    @cached_property
    def audiences(self) -> frozenset[str]:
        """Return the audiences this person belongs to in this body (SOC always)."""
        return audiences_of(self.person, self.body, on=self.on)

    def actor(self, *duties: str) -> Actor:
        """Return the actor of an act, in the first post that carries one of these duties (else the first post)."""
        post = next((p for p in self.posts if p.duty in duties), self.posts[0] if self.posts else None)
        label = post.label if post else ""
        if post and post.person_id != self.person.pk:
            label = f"代{post.person.name}（{label}）"
        return Actor(
            person_id=self.person.pk, person_code=self.person.username, person_name=self.person.name,
            post_name=label, body_code=self.body.code, body_name=self.body.name,
        )  # fmt: skip


def superiors_of(body: Body, *, on: date, tree: str = Tree.ADMINISTRATIVE) -> list[Body]:
    """Return the bodies above this one, nearest first."""
    found: list[Body] = []
    frontier = [body]
    while frontier:
        links = [
            link
            for child in frontier
            for link in child.parent_links.filter(in_force(on), tree=tree).select_related("parent")
        ]
        frontier = [link.parent for link in links if link.parent not in found]
        found += frontier
    return found


def audiences_of(person: Person | None, body: Body, *, on: date) -> frozenset[str]:
    """Return the audience codes a person (None = a passer-by) belongs to in a body on a day."""
    if person is None or not person.is_active or person.pk is None:
        return frozenset({"SOC"})
    found = {"SOC"}
    if Post.objects.held(on=on).filter(person=person, body=body).exists():
        found.add("PTY" if body.is_party else "STF")
    members = Membership.objects.filter(in_force(on), person=person, body=body)
    found.update(members.values_list("audience", flat=True))
    return frozenset(found)


def bodies_of(person: Person, *, on: date) -> list[Body]:
    """Return the bodies in which the person works, by their first post there."""
    ids = Post.objects.held(on=on).filter(
        Q(person=person)
        | Q(person__absences__delegate=person, person__absences__from_on__lte=on)
        & (Q(person__absences__until_on=None) | Q(person__absences__until_on__gt=on))
    )
    return list(Body.objects.filter(pk__in=ids.values("body")).order_by("pk"))


def duties_of(person_id: int | None, body: Body, *, on: date) -> frozenset[str]:
    """Return the duties a person (by id) holds in a body, stand-ins included."""
    if person_id is None:
        return frozenset()
    absent = Absence.objects.filter(in_force(on), body=body, delegate_id=person_id)
    posts = Post.objects.held(on=on).filter(body=body)
    held = posts.filter(Q(person_id=person_id) | Q(person__in=absent.values("person")))
    return frozenset(held.values_list("duty", flat=True))
