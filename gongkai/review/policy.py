"""Who may take which step of which item, and why not."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.bodies.models import Duty, ReaderException, in_force
from gongkai.bodies.policy import MANAGERS, WRITERS, body_of, holds
from gongkai.bodies.scope import duties_of
from gongkai.journal.actor import Actor
from gongkai.journal.acts import NotAllowed
from gongkai.review.models import ItemState, ReviewItem, ReviewStep
from gongkai.review.passage import Passage
from gongkai.review.seats import Cast, Seat

may_start = holds(*WRITERS)
may_manage_chains = holds(*MANAGERS)


@dataclass(frozen=True, kw_only=True)
class Permission:
    """Say whether a person may take a step of an item: `via` own, delegate or exception; else `why` not."""

    allowed: bool
    why: str = ""
    via: str = ""
    post_name: str = ""
    exception: str = ""


def refused(why: str) -> Permission:
    """Return the answer no, with its reason."""
    return Permission(allowed=False, why=why)


def permission(cast: Cast, passage: Passage, step: ReviewStep, item: ReviewItem, person_id: int) -> Permission:
    """Say whether a person may decide this item at this step now."""
    if item not in passage.waiting(step):
        return refused(_why_not_now(passage, step, item))
    return entitlement(cast, passage, step, item, person_id)


def entitlement(cast: Cast, passage: Passage, step: ReviewStep, item: ReviewItem, person_id: int) -> Permission:
    """Say whether a step of an item is this person's to take, wherever the item stands."""
    left = seats_left(cast, passage, step, item)
    mine = sorted((seat for seat in left if seat.person_id == person_id), key=lambda seat: seat.via != "own")
    if mine:
        strands = _would_strand(cast, passage, step, item, left=left, person_id=person_id)
        return refused(strands) if strands else _by_seat(mine[0])
    if not left:
        for found in cast.readers(step.role, authors=passage.wrote(item, step)):
            if found.reader_id == person_id:
                return Permission(allowed=True, via="exception", post_name="指定校读人", exception=found.reason)
    return refused(_why_not_mine(cast, passage, step, item, person_id))


def seats_left(cast: Cast, passage: Passage, step: ReviewStep, item: ReviewItem) -> list[Seat]:
    """Return the seats from which a step of an item may be taken."""
    barred = passage.wrote(item, step) | passage.decided_opposite(item, step) | passage.stood_aside(step)
    return cast.left(step.role, department_id=item.department_id, barred=barred)


def deciders(cast: Cast, passage: Passage, step: ReviewStep, item: ReviewItem) -> list[str]:
    """Return the names of those who may take a step of an item, with their posts, or the exception readers."""
    left = seats_left(cast, passage, step, item)
    if left:
        return list(dict.fromkeys(f"{seat.person_name}（{seat.label}）" for seat in left))
    readers = cast.readers(step.role, authors=passage.wrote(item, step))
    return [f"{found.reader.name}（指定校读人）" for found in readers]


def mergeable(cast: Cast, passage: Passage, step: ReviewStep, item: ReviewItem, person_id: int) -> list[ReviewStep]:
    """Return the steps right after this one that the same person may take in the same decision."""
    found: list[ReviewStep] = []
    for following in (other for other in passage.steps if other.order > step.order):
        if step.is_meeting or following.is_meeting or passage.standing(item, following) is not None:
            break
        if {following.role, *(one.role for one in [step, *found])} >= {"leading", "supervision"}:
            break
        grant = entitlement(cast, passage, following, item, person_id)
        if not grant.allowed or grant.via == "exception":
            break
        found.append(following)
    return found


def _by_seat(seat: Seat) -> Permission:
    return Permission(allowed=True, via=seat.via, post_name=seat.label)


def _would_strand(
    cast: Cast, passage: Passage, step: ReviewStep, item: ReviewItem, *, left: list[Seat], person_id: int
) -> str:
    """Say why deciding here would leave the other group's step without anybody, if somebody else could decide here."""
    others_here = [seat for seat in left if seat.person_id != person_id]
    for other in passage.opposite(step):
        if not others_here or passage.standing(item, other) is not None:
            continue
        there = seats_left(cast, passage, other, item)
        mine = [seat for seat in there if person_id in (seat.person_id, seat.principal_id)]
        if mine and len(mine) == len(there) and not cast.readers(other.role, authors=passage.wrote(item, other)):
            names = "、".join(dict.fromkeys(seat.person_name for seat in others_here))
            return f"「{other.name}」环节只有您能办，请把「{step.name}」留给{names}。"
    return ""


def _why_not_now(passage: Passage, step: ReviewStep, item: ReviewItem) -> str:
    if item.state == ItemState.REMOVED:
        return f"《{item.title}》已撤出本次审查。"
    if item.state == ItemState.RETURNED:
        return f"《{item.title}》已退回起草人修改，重新送审后才能决定。"
    now = passage.current(item)
    if now is None:
        return f"《{item.title}》已经走完全部环节。"
    if now.pk == step.pk:
        return f"《{item.title}》要等同一期其他条目到齐，再一起办「{step.name}」。"
    return f"《{item.title}》现在在「{now.name}」环节，不在「{step.name}」。"


def _why_not_mine(cast: Cast, passage: Passage, step: ReviewStep, item: ReviewItem, person_id: int) -> str:
    mine = [
        seat
        for seat in cast.seats(step.role, department_id=item.department_id)
        if person_id in (seat.person_id, seat.principal_id)
    ]
    wrote = passage.wrote(item, step)
    if person_id in wrote:
        return f"《{item.title}》是您起草或改动过的，「{step.name}」要由别人办理。"
    if any(seat.principal_id in wrote for seat in mine):
        return f"《{item.title}》由您代办的人起草，「{step.name}」要由别人办理。"
    if person_id in passage.decided_opposite(item, step):
        return f"您已经在另一个小组对《{item.title}》作过决定，「{step.name}」要由别人办理。"
    if person_id in passage.stood_aside(step):
        return f"您已声明不参加「{step.name}」。"
    if mine and step.role == "signature":
        return "签发人在，由签发人签发；签发人自己起草或外出时才由代签人签发。"
    return f"「{step.name}」不由您办理。"


def may_take_part(by: Actor, subject: Any, *, on: date) -> None:
    """Allow the body's own people and its recorded exception readers; which item and step is checked inside."""
    body = body_of(subject)
    reads = ReaderException.objects.filter(in_force(on), body=body, reader_id=by.person_id).exists()
    if by.person_id is None or by.body_code != body.code or not (reads or duties_of(by.person_id, body, on=on)):
        raise NotAllowed("只有本单位有岗位的人和登记的校读人可以参加审查。")


def may_touch(by: Actor, subject: Any, *, on: date) -> None:
    """Allow the platform itself and whoever works in the body (the act that edits checks the rest)."""
    if not by.is_system:
        holds(*Duty.values)(by, subject, on=on)
