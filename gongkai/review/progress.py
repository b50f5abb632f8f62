"""Where reviews stand: steps with names and dates, what waits for whom, what an edit would undo."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from gongkai.accounts.models import Person
from gongkai.bodies.models import Body, Department, ReaderException, in_force
from gongkai.bodies.scope import Scope
from gongkai.frame.dates import as_date
from gongkai.review.chains import check_authors, check_chain
from gongkai.review.models import (
    Chain,
    Decision,
    ItemState,
    Review,
    ReviewItem,
    ReviewStep,
    StepRole,
    Voids,
)
from gongkai.review.passage import Passage
from gongkai.review.policy import Permission, deciders, permission
from gongkai.review.seats import Cast
from gongkai.statute import law

__all__ = [
    "Passage", "Permission", "StepState", "Waiting", "check_authors", "check_chain", "current_step", "may_decide",
    "steps_of", "steps_of_review", "waiting_as_reader", "waiting_for", "what_an_edit_voids", "who_will_decide",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class StepState:
    """Where one item stands at one step: done, current, returned or waiting; `who` are names with posts."""

    step: ReviewStep
    state: str
    decision: Decision | None = None
    who: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What one person may decide now: the items of a review at one step."""

    review: Review
    step: ReviewStep
    items: list[ReviewItem]
    since: datetime
    due_on: date
    reminded_at: datetime | None = None


def steps_of(item: ReviewItem, *, on: date | None = None, passage: Passage | None = None) -> list[StepState]:
    """Return every step of an item's chain and how it stands; names of who will decide need the day."""
    passage = passage or Passage(item.review)
    here = passage.item(item.pk) or item
    cast = Cast(passage.review.body, on) if on else None
    now, back = passage.current(here), passage.returned_by(here)
    states = []
    for step in passage.steps:
        decision = passage.standing(here, step)
        state = "done" if decision else "current" if now and now.pk == step.pk else "waiting"
        if back and back.step_id == step.pk:
            state, decision = "returned", back
        who = deciders(cast, passage, step, here) if cast and decision is None else []
        states.append(StepState(step=step, state=state, decision=decision, who=who))
    return states


def steps_of_review(passage: Passage, *, on: date) -> list[dict[str, Any]]:
    """Return the steps of a whole review as the `steps` tag shows them: name, state, who, on, note."""
    cast = Cast(passage.review.body, on)
    items = [item for item in passage.items if item.state != ItemState.REMOVED]
    return [_step_of_review(cast, passage, step, items) for step in passage.steps]


def _step_of_review(cast: Cast, passage: Passage, step: ReviewStep, items: list[ReviewItem]) -> dict[str, Any]:
    stands = [found for item in items if (found := passage.standing(item, step))]
    here = [item for item in items if (now := passage.current(item)) is not None and now.pk == step.pk]
    away = [item for item in items if (back := passage.returned_by(item)) is not None and back.step_id == step.pk]
    told: dict[str, Any] = {"name": step.name, "state": "waiting", "step": step}
    if items and len(stands) == len(items):
        names = dict.fromkeys(f"{one.person.name}（{one.post_name}）" for one in stands)
        return told | {"state": "done", "who": "、".join(names), "on": max(one.at for one in stands)}
    asked = here or [item for item in items if passage.standing(item, step) is None]
    names = dict.fromkeys(name for item in asked for name in deciders(cast, passage, step, item))
    told["who"] = "、".join(list(names)[:3]) + ("等" if len(names) > 3 else "") or "没有人可以办"
    if here:
        told["state"] = "current"
    elif away:
        told |= {"state": "returned", "note": f"{len(away)}条已退回"}
    if here and len(here) < len(items):
        told["note"] = f"{len(here)}条在办，{len(stands)}条已同意"
    return told


def current_step(item: ReviewItem) -> ReviewStep | None:
    """Return the first step without a standing approval of the item's current content."""
    passage = Passage(item.review)
    return passage.current(passage.item(item.pk) or item)


def may_decide(scope: Scope, step: ReviewStep, item: ReviewItem) -> Permission:
    """Say whether the person of a scope may decide this item at this step now, why not, and in which capacity."""
    passage = Passage(item.review)
    here = passage.item(item.pk) or item
    return permission(Cast(scope.body, scope.on), passage, step, here, scope.person.pk)


def waiting_for(scope: Scope) -> list[Waiting]:
    """Return what waits for the person of a scope in that body, the longest waiting first."""
    return waiting_in(scope.body, scope.person, on=scope.on)


def waiting_as_reader(person: Person, *, on: date) -> list[Waiting]:
    """Return what waits for a person in bodies that named them the reader of the small-school exception."""
    named = ReaderException.objects.filter(in_force(on), reader=person).values("body")
    return [found for body in Body.objects.filter(pk__in=named) for found in waiting_in(body, person, on=on)]


def waiting_in(body: Body, person: Person, *, on: date) -> list[Waiting]:
    """Return what waits for a person in a body on a day, the longest waiting first."""
    cast = Cast(body, on)
    found = []
    for review in Review.objects.of(body).open().select_related("body", "started_by"):
        passage = Passage(review)
        for step in passage.steps:
            items = [item for item in passage.waiting(step) if permission(cast, passage, step, item, person.pk).allowed]
            if items:
                found.append(waiting_at(passage, step, items))
    return sorted(found, key=lambda waiting: waiting.since)


def waiting_at(passage: Passage, step: ReviewStep, items: list[ReviewItem]) -> Waiting:
    """Return the wait of these items at a step: since when, due by when, when last reminded."""
    since = max(_since(passage, step, item) for item in items)
    reminded = step.reminders.order_by("-at").values_list("at", flat=True).first()
    return Waiting(
        review=passage.review, step=step, items=items, since=since, due_on=_due(since, step.days), reminded_at=reminded
    )


def _since(passage: Passage, step: ReviewStep, item: ReviewItem) -> datetime:
    before = [decision.at for decision in passage.decisions[item.pk] if decision.step.order < step.order]
    changed = [change.at for change in item.changes.all()]
    return max([passage.review.started_at, *before, *changed])


def _due(since: datetime, days: int) -> date:
    return law().calendar.add_working_days(as_date(since) or since.date(), days).on


def what_an_edit_voids(
    item: ReviewItem, change: str, *, person_id: int | None = None, on: date | None = None
) -> list[Decision]:
    """Return the standing approvals that a change would void: `change` is content, metadata or none.

    A change of content voids everything from the legal or secrecy review on, and the department's decision unless
    its own head makes the change; one of metadata only the signature.
    """
    passage = Passage(item.review)
    here = passage.item(item.pk) or item
    head = on is not None and is_department_head(Cast(passage.review.body, on), here, person_id)
    return doomed(passage, here, change, by_department_head=head)


def doomed(passage: Passage, item: ReviewItem, change: str, *, by_department_head: bool) -> list[Decision]:
    """Return the standing approvals of an item that fall with a change."""
    content = (StepRole.LEGAL, StepRole.SECRECY)
    secrecy = next((step.order for step in passage.steps if step.role in content), 0)
    found = []
    for step in passage.steps:
        decision = passage.standing(item, step)
        if decision is not None and _falls(step, change, secrecy=secrecy, by_department_head=by_department_head):
            found.append(decision)
    return found


def _falls(step: ReviewStep, change: str, *, secrecy: int, by_department_head: bool) -> bool:
    if change == Voids.METADATA:
        return step.role == StepRole.SIGNATURE
    if change != Voids.CONTENT:
        return False
    if step.order >= secrecy:
        return True
    return step.role == StepRole.DEPARTMENT and not by_department_head


def is_department_head(cast: Cast, item: ReviewItem, person_id: int | None) -> bool:
    """Tell whether a person answers for the item's department, and did not write the item."""
    seats = cast.seats(StepRole.DEPARTMENT, department_id=item.department_id)
    heads = {seat.person_id for seat in seats}
    return person_id in heads and all(author.pk != person_id for author in item.authors.all())


def who_will_decide(
    chain: Chain, *, on: date, author_ids: Iterable[int] = (), department: Department | None = None
) -> list[tuple[str, list[str]]]:
    """Return, step by step, who could decide a text by these authors – shown before it is sent in."""
    cast, authors = Cast(chain.body, on), frozenset(author_ids)
    told = []
    for step in chain.steps.order_by("order"):
        left = cast.left(step.role, department_id=department.pk if department else None, barred=authors)
        names = [f"{seat.person_name}（{seat.label}）" for seat in left]
        names = names or [f"{found.reader.name}（指定校读人）" for found in cast.readers(step.role, authors=authors)]
        told.append((step.name, list(dict.fromkeys(names))))
    return told


def unfinished(passage: Passage) -> list[ReviewItem]:
    """Return the items that still have something before them."""
    return [item for item in passage.items if item.state in (ItemState.RUNNING, ItemState.RETURNED)]
