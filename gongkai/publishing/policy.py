"""Who may do what to disclosures: writers of the department and the office, and who may take down."""

from datetime import date
from typing import Any

from django.db.models import Q

from gongkai.bodies.models import Absence, Duty, Post, in_force
from gongkai.bodies.policy import OFFICE, WRITERS, body_of, holds
from gongkai.bodies.scope import duties_of, superiors_of
from gongkai.journal.actor import Actor
from gongkai.journal.acts import NotAllowed
from gongkai.publishing.models import Edition

may_draft = holds(*WRITERS)
may_run_issues = holds(*OFFICE, Duty.DEPARTMENT_HEAD, Duty.EDITOR)
may_release = holds(*OFFICE)
may_justify = holds(*WRITERS, Duty.SECRECY)
may_reopen = holds(*OFFICE, Duty.SECRECY)
WITHDRAWERS = (*OFFICE, Duty.SECRECY)


def may_write(by: Actor, edition: Edition, *, on: date) -> None:
    """Allow the office, the edition's authors and its department's own people; drafts of no department, all writers."""
    may_draft(by, edition, on=on)
    if by.is_system or edition.department_id is None or edition.authors.filter(pk=by.person_id).exists():
        return
    if duties_of(by.person_id, edition.body, on=on).isdisjoint(OFFICE) and not _works_in(by, edition, on=on):
        raise NotAllowed(f"这份草稿由{edition.department}起草，只有该部门、作者和办公室可以修改。")


def may_withdraw(by: Actor, subject: Any, *, on: date) -> None:
    """Allow the body's office and secrecy reviewer, and the supervisor of a body above it."""
    body = body_of(subject)
    if by.is_system:
        return
    if by.body_code == body.code and not duties_of(by.person_id, body, on=on).isdisjoint(WITHDRAWERS):
        return
    above = next((one for one in superiors_of(body, on=on) if one.code == by.body_code), None)
    if above is None or Duty.SUPERVISOR not in duties_of(by.person_id, above, on=on):
        raise NotAllowed("撤回由本单位办公室、保密审查员或上级监督员办理。发现问题请立即告知他们。")


def may_publish(by: Actor, edition: Edition, *, on: date) -> None:
    """Allow whoever works for this body: what may be published was settled by its approval, which `publish` checks."""
    if not by.is_system and by.body_code != edition.body.code:
        raise NotAllowed("公开由信息所属单位办理。")


def _works_in(by: Actor, edition: Edition, *, on: date) -> bool:
    absent = Absence.objects.filter(in_force(on), body=edition.body, delegate_id=by.person_id)
    posts = Post.objects.held(on=on).filter(body=edition.body, department=edition.department)
    return posts.filter(Q(person_id=by.person_id) | Q(person__in=absent.values("person"))).exists()
