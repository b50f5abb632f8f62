"""Who sits where in a body on a day, and who is left for a step once authors and barred people are taken out."""

from dataclasses import dataclass
from datetime import date

from gongkai.bodies.models import GROUPS, Absence, Body, Duty, Post, ReaderException, in_force
from gongkai.review.models import StepRole

# The supervision step is always another person than the leading-group step.
APART = {StepRole.LEADING: StepRole.SUPERVISION, StepRole.SUPERVISION: StepRole.LEADING}


@dataclass(frozen=True, kw_only=True)
class Seat:
    """One way in which a person may take a step: by an own post, or standing in for its absent holder."""

    person_id: int
    person_name: str
    principal_id: int
    label: str
    duty: str
    department_id: int | None
    via: str = "own"
    away: bool = False


class Cast:
    """Hold the posts, stand-ins and recorded exceptions of a body on a day, read once."""

    def __init__(self, body: Body, on: date) -> None:
        self.body, self.on = body, on
        posts = list(Post.objects.held(on=on).filter(body=body).select_related("person", "department"))
        absences = list(Absence.objects.filter(in_force(on), body=body).select_related("delegate"))
        away = {absence.person_id for absence in absences}
        here = {post.person_id for post in posts}
        self.all_seats = [_own(post, away=post.person_id in away) for post in posts]
        self.all_seats += [
            _lent(post, absence)
            for absence in absences
            for post in posts
            if post.person_id == absence.person_id and absence.delegate_id in here
        ]
        found = ReaderException.objects.filter(in_force(on), body=body, reader__is_active=True)
        self.exceptions = list(found.select_related("reader"))

    def seats(self, role: str, *, department_id: int | None) -> list[Seat]:
        """Return the seats of a step; a department step is its own head's, without a department the office head's.

        The legal step of a body without a legal reviewer is the office head's too.
        """
        if role == StepRole.DEPARTMENT and department_id is None:
            return [seat for seat in self.all_seats if seat.duty == Duty.OFFICE_HEAD]
        found = [seat for seat in self.all_seats if seat.duty in GROUPS[role]]
        if role == StepRole.LEGAL and not found:
            return [seat for seat in self.all_seats if seat.duty == Duty.OFFICE_HEAD]
        if role == StepRole.DEPARTMENT:
            return [seat for seat in found if seat.department_id == department_id]
        return found

    def left(self, role: str, *, department_id: int | None, barred: frozenset[int]) -> list[Seat]:
        """Return the seats whose holders are not barred; the deputy signs only where no signer is left or present."""
        seats = [
            seat
            for seat in self.seats(role, department_id=department_id)
            if barred.isdisjoint((seat.person_id, seat.principal_id))
        ]
        if role != StepRole.SIGNATURE:
            return seats
        signers = [seat for seat in seats if seat.duty == Duty.SIGNER]
        return signers if any(not seat.away for seat in signers) else seats

    def readers(self, role: str, *, authors: frozenset[int]) -> list[ReaderException]:
        """Return the recorded exceptions for a step whose reader did not write the text."""
        return [found for found in self.exceptions if found.group == role and found.reader_id not in authors]


def _own(post: Post, *, away: bool) -> Seat:
    return Seat(
        person_id=post.person_id, person_name=post.person.name, principal_id=post.person_id,
        label=post.label, duty=post.duty, department_id=post.department_id, away=away,
    )  # fmt: skip


def _lent(post: Post, absence: Absence) -> Seat:
    return Seat(
        person_id=absence.delegate_id, person_name=absence.delegate.name, principal_id=post.person_id,
        label=f"代{post.person.name}（{post.label}）", duty=post.duty, department_id=post.department_id, via="delegate",
    )  # fmt: skip
