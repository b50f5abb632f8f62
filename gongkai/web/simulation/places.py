"""The bodies of a simulated year: a bureau, a college and a school, each with its people, chains and rules."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

from gongkai.access.actions import settings
from gongkai.access.models import AccessRequest
from gongkai.accounts.models import Person
from gongkai.bodies import actions as bodies
from gongkai.bodies.models import Body, Department, Duty
from gongkai.bodies.scope import Scope
from gongkai.catalogue.actions import settling
from gongkai.journal.actor import Actor
from gongkai.review.actions import adopt_default_chains
from gongkai.review.models import ReviewItem, ReviewStep
from gongkai.review.progress import may_decide

SYSTEM = Actor.system()
CAST = (
    ("clerk", Duty.CLERK), ("office", Duty.OFFICE_HEAD), ("dean", Duty.DEPARTMENT_HEAD), ("legal", Duty.LEGAL),
    ("secrecy", Duty.SECRECY), ("lead", Duty.LEADING_HEAD), ("watch", Duty.SUPERVISION_HEAD),
    ("signer", Duty.SIGNER), ("vice", Duty.DEPUTY_SIGNER), ("manager", Duty.MANAGER),
)  # fmt: skip


class NotEmpty(RuntimeError):
    """The data base holds bodies already: a synthetic year is built in an empty one only."""


@dataclass
class Place:
    """A body with the people who act for it, and the reply period it is under."""

    body: Body
    regime: str
    need: int
    pauses: bool
    extension: int
    people: dict[str, Actor]
    department: Department
    share: int
    charges: bool = False
    deciders: dict[tuple[str, str], Actor] = field(default_factory=dict)
    serials: Iterator[int] = field(default_factory=lambda: count(1))
    answered: list[AccessRequest] = field(default_factory=list)

    @property
    def clerk(self) -> Actor:
        """Return who works in the office."""
        return self.people["clerk"]

    def decider(self, step: ReviewStep, item: ReviewItem, *, on: date) -> Actor:
        """Return who of the cast may decide a step (found once for each role)."""
        key = (step.role, "")
        if key not in self.deciders:
            for name in self.people:
                person = Person.objects.get(username=f"{self.body.code}-{name}")
                if may_decide(Scope(person, self.body, on), step, item).allowed:
                    self.deciders[key] = self.people[name]
                    break
        return self.deciders[key]


def build(at: datetime) -> list[Place]:
    """Found the three bodies as of a day. Raises NotEmpty."""
    if Body.objects.exists():
        raise NotEmpty
    bureau = _place("sim-bureau", "示例区教育局", "edu_bureau", at=at)
    college = _place("sim-college", "示例职业学院", "college", at=at)
    school = _place("sim-school", "示例中学", "middle", at=at)
    manager = bureau.people["manager"]
    settings.save_settings(
        bureau.body, by=manager, at=at, charges_fees=True, fee_account="向非税收入专户缴纳。"
    )  # fmt: skip
    settling.choose_rule(school.body, by=school.people["office"], at=at, record="K-REPLY-20", kind="answer")
    bureau.charges, bureau.share = True, 60
    college.need, college.pauses, college.extension = 15, False, 0
    return [bureau, college, school]


def _place(code: str, name: str, kind: str, *, at: datetime) -> Place:
    on = at.date()
    body = bodies.found(Body(code=code, name=name, kind=kind, opened_on=on), by=SYSTEM, at=at)
    department = bodies.add_department(body, by=SYSTEM, at=at, name="业务科")
    people = {role: _appointed(body, role, duty, department, at=at) for role, duty in CAST}
    adopt_default_chains(body, by=SYSTEM, at=at)
    regimes = {"edu_bureau": "cn-ogi", "college": "he-29", "middle": "k12-15"}
    return Place(
        body=body, regime=regimes[kind], need=20, pauses=True, extension=20, people=people, department=department,
        share=20,
    )  # fmt: skip


def _appointed(body: Body, role: str, duty: str, department: Department, *, at: datetime) -> Actor:
    username = f"{body.code}-{role}"
    person = Person.objects.create_user(username, None, name=username)
    where = department if duty == Duty.DEPARTMENT_HEAD else None
    bodies.appoint(body, by=SYSTEM, at=at, person=person, duty=duty, department=where, from_on=at.date())
    return Scope(person, body, at.date()).actor()
