"""Acts of service (送达): how a letter reached whom it is for, with proof; the reply's service closes its case."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypedDict, Unpack

from gongkai.access import clocks
from gongkai.access.models import AccessRequest, CaseState, Delivery, DeliveryWay, Letter, LetterState
from gongkai.access.policy import office
from gongkai.access.recording import File, clean_fields, keep_files, record, refuse_day, supersede
from gongkai.access.serving import served_day
from gongkai.access.signing import is_reply, reply_of
from gongkai.access.transitions import enter
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, note


class Proof(TypedDict, total=False):
    """What proves a service (送达回证)."""

    recipient: str
    place: str
    postal_number: str
    signed_by: str
    signed_on: date | None
    witness: str
    server: str
    note: str


@act("access.served", cite="service-235", may=office)
def serve(
    letter: Letter, *, by: Actor, at: datetime, way: str, served_on: date | None = None, proof: Sequence[File] = (),
    **facts: Unpack[Proof],
) -> Delivery:  # fmt: skip
    """Write down a service; `served_on` is the day it counts as given: signed, posted or sent.

    A reply served for the first time closes its case and fixes what the yearly report counts; a further service
    changes neither. Raises ActRefused for a letter without seal, a missing proof and a day that cannot be.
    """
    letter = Letter.objects.select_for_update(of=("self",)).select_related("case", "body").get(pk=letter.pk)
    delivery = Delivery(letter=letter, way=way, recorded_at=at, **clean_fields(Delivery, dict(facts)))
    delivery.server = delivery.server or by.person_name
    delivery.served_on = served_day(delivery, served_on)
    since = letter.dated or (letter.case.received_on if letter.case else None)
    refuse_day(delivery.served_on, what="送达日期", at=at, since=since, since_what="文书的成文日期")
    _refuse_unready(letter)
    if letter.case is not None:
        kept = keep_files(letter.case, proof, at=at, purpose="delivery", from_requester=False)
        if kept:
            delivery.proof_sha256, delivery.proof_name = kept[0].sha256, kept[0].name
    again = letter.deliveries.order_by("pk").last()
    delivery.save()
    letter.state = LetterState.SERVED
    letter.save(update_fields=["state"])
    if is_reply(letter):
        _answered(letter.case, delivery, again, by=by, at=at)
    note(letter=letter.pk, way=way, on=delivery.served_on.isoformat())
    return delivery


def _may_fail(by: Actor, subject: Delivery, *, on: date) -> None:
    office(by, subject.letter, on=on)


@act("access.delivery_failed", cite="service-235", may=_may_fail)
def fail(delivery: Delivery, *, by: Actor, at: datetime, on: date, reason: str = "") -> Delivery:
    """Say that a letter came back: it waits to be served again; what the first service fixed stays."""
    letter = Letter.objects.select_for_update().get(pk=delivery.letter_id)
    delivery = letter.deliveries.order_by("pk").last() or delivery
    if delivery.failed_on is not None:
        raise ActRefused("这一次送达已经登记退回，请登记重新送达。")
    refuse_day(on, what="退回日期", at=at, since=delivery.served_on, since_what="送达日期")
    delivery.failed_on = on
    if reason:
        delivery.note = f"{delivery.note} {reason}".strip()[:200]
    delivery.save(update_fields=["failed_on", "note"])
    letter.state = LetterState.SEALED
    letter.save(update_fields=["state"])
    note(letter=letter.pk, on=on.isoformat())
    return delivery


def _refuse_unready(letter: Letter) -> None:
    ready = (LetterState.SEALED, LetterState.SERVED)
    if letter.state == LetterState.SIGNED:
        raise ActRefused(f"《{letter.title}》还没有用印，请先登记用印，再送达。")
    if letter.state not in ready:
        raise ActRefused(f"《{letter.title}》现在是「{letter.get_state_display()}」，不能送达。")
    if is_reply(letter) and letter != reply_of(letter.case):
        raise ActRefused("这一件已经重新办理，请送达新的答复书。")


def _answered(
    case: AccessRequest, delivery: Delivery, before: Delivery | None, *, by: Actor, at: datetime
) -> AccessRequest:
    """Close the case with the service of its reply; after a first service only its own day may still move."""
    if case.state != CaseState.DECIDED:
        case = enter(case, "reserve")
        sent_by_post = before is not None and before.way == DeliveryWay.POST
        if before is None or before.failed_on is None or sent_by_post:
            return case  # the day of posting stands, also where the letter came back
        supersede(case.events.standing().filter(kind="served"), at=at, why="送达被退回，重新送达")
    else:
        case = enter(case, "serve")
        case.closed_at = at
    case.served_on = delivery.served_on
    if case.counted_on is None:
        case.counted_outcome, case.counted_on = case.outcome, delivery.served_on
    case.save()
    record(case, "served", delivery.served_on, by=by, at=at)
    clocks.refresh(case, at=at)
    late = case.due_on is not None and delivery.served_on > case.due_on
    note(number=case.number, outcome=case.outcome, overdue=late)
    return case
