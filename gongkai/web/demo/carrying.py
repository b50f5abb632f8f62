"""Carry an issue through its chain with the people who may decide each step, as they would in a year."""

from datetime import datetime, timedelta

from gongkai.bodies.models import Body
from gongkai.bodies.scope import Scope
from gongkai.journal.chain import SHANGHAI
from gongkai.publishing.actions import deciding
from gongkai.publishing.models import Issue
from gongkai.review.actions import hold_meeting
from gongkai.review.models import Meeting, ReviewStep
from gongkai.review.passage import Passage
from gongkai.review.policy import permission
from gongkai.review.seats import Cast
from gongkai.review.secrecy import without_trouble

PAUSE = timedelta(minutes=25)


class NobodyMayDecide(RuntimeError):
    """Mean that the demonstration's cast cannot carry a step (a fault of the demonstration)."""


def carry(issue: Issue, *, at: datetime, stop: str = "") -> datetime:
    """Decide every step (up to the role `stop`, left open); return the time after the last decision."""
    scopes = scopes_of(issue.body, at=at)
    if not scopes:
        raise NobodyMayDecide(str(issue.body))
    for step in issue.review.steps.order_by("order"):
        if step.role == stop:
            break
        at += PAUSE
        decide_step(issue, step, scopes, at=at)
    return at


def scopes_of(body: Body, *, at: datetime) -> list[Scope]:
    """Return the scope of everybody who works in a body on a day."""
    on = at.astimezone(SHANGHAI).date()
    posts = body.posts.held(on=on).select_related("person").order_by("pk")
    people = {post.person_id: post.person for post in posts}
    return [Scope(person, body, on) for person in people.values()]


def decide_step(issue: Issue, step: ReviewStep, scopes: list[Scope], *, at: datetime) -> None:
    """Let those entitled to it approve what waits at a step; items of several departments have several heads."""
    passage, cast = Passage(issue.review), Cast(issue.body, scopes[0].on)
    waiting = passage.waiting(step)
    for who in scopes:
        mine = [item for item in waiting if permission(cast, passage, step, item, who.person.pk).allowed]
        if mine:
            waiting = [item for item in waiting if item not in mine]
            deciding.decide(
                issue, by=who.actor(), at=at, step=step, verdict="approve", items=[item.pk for item in mine],
                digests={item.pk: item.digest for item in mine}, opinion="同意。",
                checklist=without_trouble() if step.checklist else {},
                meeting=meeting_for(step, who, at=at) if step.is_meeting else None,
            )  # fmt: skip
    if waiting:
        raise NobodyMayDecide(f"{issue.body} {issue} {step.name}:{waiting[0].title}")


def meeting_for(step: ReviewStep, who: Scope, *, at: datetime) -> Meeting:
    """Record the meeting that decides a step: everybody due was there and in favour."""
    members = who.body.posts.held(on=who.on).in_group(step.role).values("person").distinct().count() + 2
    return hold_meeting(
        who.body, by=who.actor(), at=at, name=f"{step.name}会议", held_on=who.on, should_attend=members,
        attended=members, in_favour=members, summary="会议逐条审议，同意按本期内容公开。",
    )  # fmt: skip
