"""Who may do what with a case, and who may know who asked."""

from datetime import date
from typing import Any

from gongkai.access.models import AccessRequest, HandOver, Requester, RequesterKind
from gongkai.access.transitions import TABLE
from gongkai.bodies.models import Duty, Post
from gongkai.bodies.policy import OFFICE, May, holds
from gongkai.bodies.scope import Scope, duties_of
from gongkai.journal.actor import Actor
from gongkai.journal.acts import NotAllowed

GIVEN = frozenset({Duty.EDITOR, Duty.DEPARTMENT_HEAD})  # they act only on what was given to them
HIDDEN = "（已隐藏）"
office = holds(*OFFICE)


def case_of(subject: Any) -> AccessRequest:
    """Return the case a record belongs to (the record itself when it is a case)."""
    return subject if isinstance(subject, AccessRequest) else subject.case


def may_do(code: str) -> May:
    """Make the `may` of an act from the duties of its row in the table of transitions.

    Who works in a department may act only on a case given to them or to their department (or, where material is
    returned, that they were asked for). Without duties the platform itself acts.
    """
    duties = frozenset(TABLE[code].duties)
    label = TABLE[code].label

    def may(by: Actor, subject: Any, *, on: date) -> None:
        if by.is_system:
            return
        case = case_of(subject)
        held = duties_of(by.person_id, case.body, on=on) if by.body_code == case.body.code else frozenset()
        fit = held & duties
        if fit - GIVEN or (fit and _given(subject, case, by.person_id, on=on)):
            return
        raise NotAllowed(_why(label, duties, fit))

    return may


def _why(label: str, duties: frozenset[str], fit: frozenset[str]) -> str:
    if fit:
        return f"这一件没有交给您或您的部门，不能{label}。要换承办人，请联系办公室。"
    if not duties:
        return f"“{label}”由平台在审批以后自动办理。"
    names = "、".join(str(duty.label) for duty in Duty if duty in duties)
    return f"“{label}”由{names}办理。您的岗位没有这项职责，请联系单位管理员。"


def _given(subject: Any, case: AccessRequest, person_id: int | None, *, on: date) -> bool:
    if person_id is None:
        return False
    return handles(case, person_id, on=on) or (isinstance(subject, HandOver) and _asked(subject, person_id, on=on))


def handles(case: AccessRequest, person_id: int, *, on: date) -> bool:
    """Tell whether a case was given to this person, or to the department they work in."""
    return case.handler_id == person_id or _works_in(case.department_id, case.body_id, person_id, on=on)


def _asked(hand_over: HandOver, person_id: int, *, on: date) -> bool:
    if hand_over.person_id is not None:
        return hand_over.person_id == person_id
    return _works_in(hand_over.department_id, hand_over.case.body_id, person_id, on=on)


def _works_in(department_id: int | None, body_id: int, person_id: int, *, on: date) -> bool:
    if department_id is None:
        return False
    return Post.objects.held(on=on).filter(body=body_id, person_id=person_id, department=department_id).exists()


def knows_requester(scope: Scope, case: AccessRequest) -> bool:
    """Tell whether a person may know who asked: the office, the handler, the people of the handling department."""
    if scope.body.pk != case.body_id or not scope.is_staff:
        return False
    return scope.has(*OFFICE) or handles(case, scope.person.pk, on=scope.on)


def masked(requester: Requester) -> str:
    """Return what others see of who asked: a person's family name, an organisation's kind."""
    if requester.kind != RequesterKind.NP:
        return f"{requester.get_kind_display()}{HIDDEN}"
    return f"{requester.name[0]}**" if requester.name else HIDDEN
