"""Who may handle opinions and who may know who wrote them."""

from datetime import date

from gongkai.bodies.models import Duty, Post
from gongkai.bodies.policy import OFFICE, holds
from gongkai.bodies.scope import Scope, duties_of
from gongkai.feedback.models import Opinion, OpinionKind
from gongkai.journal.actor import Actor
from gongkai.journal.acts import NotAllowed

WATCHERS = (Duty.SUPERVISION_HEAD, Duty.SUPERVISION_MEMBER)
office = holds(*OFFICE)


def may_answer(by: Actor, opinion: Opinion, *, on: date) -> None:
    """Allow the office, the person it was given to, and the people of that department."""
    if by.is_system:
        return
    duties = duties_of(by.person_id, opinion.body, on=on) if by.body_code == opinion.body.code else frozenset()
    if not duties.isdisjoint(OFFICE):
        return
    if duties and by.person_id and handles(opinion, by.person_id, on=on):
        return
    raise NotAllowed("答复由办公室或承办人办理。要换承办人，请联系办公室。")


def handles(opinion: Opinion, person_id: int, *, on: date) -> bool:
    """Tell whether it was given to this person, or to the department they work in."""
    if opinion.handler_id is not None:
        return opinion.handler_id == person_id
    posts = Post.objects.held(on=on).filter(body=opinion.body_id, person_id=person_id)
    return opinion.department_id is not None and posts.filter(department=opinion.department_id).exists()


def knows_writer(scope: Scope, opinion: Opinion) -> bool:
    """Tell whether a person may read who wrote: the office and the one who answers."""
    return scope.has(*OFFICE) or handles(opinion, scope.person.pk, on=scope.on)


def reads(scope: Scope, opinion: Opinion) -> bool:
    """Tell whether a person may read the letter: a report (举报) only office, handler and supervision group."""
    if opinion.kind != OpinionKind.REPORT:
        return True
    return knows_writer(scope, opinion) or scope.has(*WATCHERS)
