"""Chains as people lay them down: the defaults of a body, and whether its people can carry a chain."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from gongkai.bodies.models import Body, Department, Duty
from gongkai.bodies.policy import WRITERS
from gongkai.review.models import Chain, ChainStep, ReviewStep, Route, StepKind, StepRole
from gongkai.review.seats import APART, Cast
from gongkai.statute import law


@dataclass(frozen=True, kw_only=True)
class StepPlan:
    """One step of a chain before it is saved; `days` are working days."""

    role: str
    name: str
    kind: str = StepKind.PERSON
    checklist: str = ""
    days: int = 2


@dataclass(frozen=True, kw_only=True)
class ChainPlan:
    """A chain before it is saved; no kinds means every kind of information."""

    code: str
    name: str
    route: str
    steps: tuple[StepPlan, ...]
    kinds: tuple[str, ...] = ()


class Author(NamedTuple):
    """Someone who may draft, and for which department."""

    name: str
    person_id: int
    department_id: int | None


Step = StepPlan | ChainStep | ReviewStep


def plan(role: str, name: str = "", *, kind: str = StepKind.PERSON, days: int = 2) -> StepPlan:
    """Return a step with its usual name; the secrecy step always has its checklist."""
    checklist = "secrecy" if role == StepRole.SECRECY else ""
    return StepPlan(role=role, name=name or str(StepRole(role).label), kind=kind, checklist=checklist, days=days)


def default_chains(body: Body) -> list[ChainPlan]:
    """Return the chains a body of this kind starts with."""
    meeting = StepKind.MEETING
    judged = (plan("leading", kind=meeting, days=5), plan("supervision"), plan("signature"))
    report = ChainPlan(
        code="report", name="年度报告", route=Route.REPORT, steps=(plan("office"), plan("secrecy"), *judged)
    )
    typo = ChainPlan(
        code="typo", name="文字更正", route=Route.TYPO, steps=(plan("reader", "校读（只看改动）", days=1),)
    )
    reply = ChainPlan(code="reply", name="依申请答复", route=Route.REPLY, steps=_reply_steps(body))
    if body.is_party:
        party = (
            plan("department", "提出（部门审核）"),
            plan("secrecy", "审核（保密、必要、准确）"),
            plan("leading", "审批（支委会或党员大会）", kind=meeting, days=5),
            plan("supervision", "监督审查"),
            plan("signature", "签发实施"),
        )
        return [ChainPlan(code="party", name="党务公开", route=Route.PARTY, steps=party), typo, report, reply]
    full = (plan("department"), plan("office"), plan("secrecy"), *judged)
    short = tuple(code for code, kind in law().kinds.items() if kind.short)
    return [
        ChainPlan(code="full", name="完整流程", route=Route.FULL, steps=full),
        ChainPlan(
            code="short",
            name="动态简易流程",
            route=Route.SHORT,
            kinds=short,
            steps=(plan("department"), plan("secrecy")),
        ),
        typo,
        report,
        reply,
    ]


def _reply_steps(body: Body) -> tuple[StepPlan, ...]:
    """Return who reads a reply to a request: in government bodies a legal reviewer too."""
    kind = law().body_kinds.get(body.kind)
    if kind is not None and kind.main == "cn-ogi":
        return (plan("department"), plan("legal"), plan("secrecy"), plan("signature"))
    return (plan("office"), plan("secrecy"), plan("signature"))


def carried_by(body: Body, usual: ChainPlan, on: date) -> ChainPlan:
    """Return a usual chain as this body can carry it: a reply goes past an office of one, who has written it."""
    office = {seat.person_id for seat in Cast(body, on).seats(StepRole.OFFICE, department_id=None)}
    if usual.route != Route.REPLY or len(office) != 1:
        return usual
    return replace(usual, steps=tuple(step for step in usual.steps if step.role != StepRole.OFFICE))


def check_chain(body: Body, chain: Chain | ChainPlan, on: date) -> list[str]:
    """Say in Chinese what keeps the body's people from carrying this chain at all; empty when nothing does."""
    steps = steps_in(chain)
    cast = Cast(body, on)
    faults = [*shape_faults(chain.route, steps), *shortfalls(cast, steps, authors=frozenset(), department_id=None)]
    writers = _authors(cast)
    stuck = _faults_by_author(cast, steps)
    unheard = {author for names in stuck.values() for author in names}
    if not faults and writers and unheard.issuperset(writers):
        faults = [_told(fault, names) for fault, names in stuck.items()]
    return faults


def check_authors(body: Body, chain: Chain | ChainPlan, on: date) -> list[str]:
    """Say whose own drafts this chain could not carry, though it carries others' (worth knowing, not refused)."""
    return [_told(fault, names) for fault, names in _faults_by_author(Cast(body, on), steps_in(chain)).items()]


def steps_in(chain: Chain | ChainPlan) -> list[StepPlan | ChainStep]:
    """Return a chain's steps in order, saved or not."""
    return list(chain.steps) if isinstance(chain, ChainPlan) else list(chain.steps.order_by("order"))


def _faults_by_author(cast: Cast, steps: Sequence[Step]) -> dict[str, list[Author]]:
    general = shortfalls(cast, steps, authors=frozenset(), department_id=None)
    found: dict[str, list[Author]] = {}
    for author in _authors(cast):
        for fault in shortfalls(cast, steps, authors=frozenset({author.person_id}), department_id=author.department_id):
            if fault not in general:
                found.setdefault(fault, []).append(author)
    return found


def _told(fault: str, authors: list[Author]) -> str:
    return "、".join(dict.fromkeys(author.name for author in authors)) + f"起草时，{fault}"


def shape_faults(route: str, steps: Sequence[Step]) -> list[str]:
    """Say what is wrong with a chain's steps, whoever the people are."""
    roles = [step.role for step in steps]
    faults = [] if roles else ["流程里还没有环节。"]
    faults += [
        f"「{StepRole(role).label}」出现了两次，请删去一次。" for role in dict.fromkeys(roles) if roles.count(role) > 1
    ]
    if roles and route != Route.TYPO and StepRole.SECRECY not in roles:
        faults.append("流程里没有保密审查。公开前必须先审查（《政府信息公开条例》第十七条），请加上。")
    return faults


def shortfalls(cast: Cast, steps: Sequence[Step], *, authors: frozenset[int], department_id: int | None) -> list[str]:
    """Say which steps nobody could take for a text by these authors; the recorded exceptions count."""
    faults: list[str] = []
    people: dict[str, set[int]] = {}
    for step in steps:
        left = cast.left(step.role, department_id=department_id, barred=authors)
        people[step.role] = {seat.person_id for seat in left}
        if not left and not cast.readers(step.role, authors=authors):
            faults.append(_nobody(cast, step, department_id))
    named = {step.role: step for step in steps}
    for role, other in APART.items():
        if role != StepRole.LEADING or not (people.get(role) and people.get(other)):
            continue
        excepted = cast.readers(role, authors=authors) or cast.readers(other, authors=authors)
        if len(people[role] | people[other]) < 2 and not excepted:
            faults.append(
                f"没有第二个人可以担任「{named[other].name}」环节：领导小组和监督小组不能是同一个人。"
                "请再任命一人，或登记小规模学校例外。"
            )
    return faults


def _nobody(cast: Cast, step: Step, department_id: int | None) -> str:
    seats = cast.seats(step.role, department_id=department_id)
    remedy = "请任命一人，或登记小规模学校例外。"
    if seats:
        other = "也可以改选归口部门。" if step.role == StepRole.DEPARTMENT else ""
        return f"没有第二个人可以担任「{step.name}」环节（起草人不能审自己的稿）：{remedy}{other}"
    if step.role == StepRole.DEPARTMENT and department_id is not None:
        department = Department.objects.get(pk=department_id)
        return f"「{step.name}」环节没有人：{department.name}没有部门负责人。{remedy}"
    if step.role == StepRole.DEPARTMENT:
        return f"「{step.name}」环节没有人：没有归口部门的内容由办公室负责人审核，现在没有办公室负责人。{remedy}"
    return f"没有人可以担任「{step.name}」环节：{remedy}"


def _authors(cast: Cast) -> list[Author]:
    """Return who may draft, with the department they draft for."""
    of_department = (Duty.EDITOR, Duty.DEPARTMENT_HEAD)
    found = [
        Author(seat.person_name, seat.person_id, seat.department_id if seat.duty in of_department else None)
        for seat in cast.all_seats
        if seat.duty in WRITERS and seat.via == "own"
    ]
    return list(dict.fromkeys(found))
