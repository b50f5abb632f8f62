"""Acts on correction claims (更正申请): receive, decide, pass on."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from gongkai.access.letters import compose, number_of
from gongkai.access.models import ClaimState, CorrectionClaim, Letter, Requester, SpentForm
from gongkai.access.signing import signed, written
from gongkai.bodies.models import Body
from gongkai.bodies.policy import OFFICE, holds
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, anyone, note
from gongkai.statute.calendar import CalendarNotPublished
from gongkai.statute.limits import last_day, limit

office = holds(*OFFICE)
LIMIT = "G-FIX"
LONGEST = {"record": 200, "wrong": 5000, "evidence": 5000}
LEAST = 4


@act("access.claim_received", cite="cn-ogi/41", may=anyone)
def receive(
    body: Body, *, by: Actor, at: datetime, requester: Requester, spent: Sequence[str] = (), **facts: Any
) -> CorrectionClaim:
    """Take in a claim that came through the public form on the day of the act (facts: record, wrong, evidence).

    `spent` are the keys of the form and the proof of work. Raises IntegrityError when one was used before.
    """
    claim = _taken_in(body, at=at, received_on=at.date(), requester=requester, facts=facts)
    SpentForm.objects.bulk_create(SpentForm(key=key, at=at) for key in spent)
    return claim


@act("access.claim_entered", cite="cn-ogi/41", may=office)
def enter(
    body: Body, *, by: Actor, at: datetime, received_on: date, requester: Requester, **facts: Any
) -> CorrectionClaim:
    """Enter a claim that came on paper or at the counter, with the day on which it came."""
    if received_on > at.date():
        raise ActRefused("收到日期不能晚于今天。")
    return _taken_in(body, at=at, received_on=received_on, requester=requester, facts=facts)


def _taken_in(
    body: Body, *, at: datetime, received_on: date, requester: Requester, facts: dict[str, Any]
) -> CorrectionClaim:
    Body.objects.select_for_update().get(pk=body.pk)
    for name, most in LONGEST.items():
        written = str(facts.get(name, "")).strip()
        if len(written) < LEAST:
            raise ActRefused("请写明是哪一份信息、哪里不准确、有什么证据。")
        if len(written) > most:
            raise ActRefused(f"写得太长：{len(written)} 字，最多 {most} 字。")
        facts[name] = written
    if not requester.name.strip():
        raise ActRefused("更正的是与本人有关的信息，请写明姓名。")
    requester.body = body
    requester.save()
    last = CorrectionClaim.objects.filter(body=body, year=received_on.year).aggregate(last=Max("serial"))["last"] or 0
    due_on, provisional = _due(received_on)
    claim = CorrectionClaim.objects.create(
        body=body, year=received_on.year, serial=last + 1, requester=requester, received_on=received_on,
        due_on=due_on, provisional=provisional, recorded_at=at, **facts,
    )  # fmt: skip
    note(number=claim.number, on=received_on.isoformat(), due_on=due_on.isoformat() if due_on else None)
    return claim


def _due(received_on: date) -> tuple[date | None, bool]:
    """Return by when it is to be answered; the article names no number, the usual 20 working days are taken."""
    try:
        counted = last_day(limit(LIMIT), begun_on=received_on)
    except CalendarNotPublished:
        return None, True
    return counted.on, counted.provisional


@act("access.claim_decided", cite="cn-ogi/41", may=office)
def decide(
    claim: CorrectionClaim, *, by: Actor, at: datetime, state: str, reasons: str, passed_to: str = ""
) -> CorrectionClaim:
    """Correct the record, refuse, or pass the claim on to the body that has the power; write and number the letter
    that says so to the claimant (F23).
    """
    claim = CorrectionClaim.objects.select_for_update(of=("self",)).select_related("body").get(pk=claim.pk)
    if claim.state != ClaimState.RECEIVED:
        raise ActRefused(f"这一件{claim.get_state_display()}，不能再改。")
    if state not in (ClaimState.CORRECTED, ClaimState.REFUSED, ClaimState.PASSED_ON):
        raise ActRefused("请选择怎样处理。")
    if len(reasons.strip()) < LEAST:
        raise ActRefused("请写明处理理由，答复申请人时用得到。")
    if state == ClaimState.PASSED_ON and len(passed_to.strip()) < 2:
        raise ActRefused("转送或告知的，请写明是哪个单位。")
    claim.state, claim.reasons, claim.passed_to, claim.decided_on = state, reasons.strip(), passed_to.strip(), at.date()
    claim.save()
    letter = Letter(body=claim.body, claim=claim, kind="F23", drafted_by_id=by.person_id, drafted_at=at)
    written(letter, compose("F23", None, on=at.date(), claim=claim))
    signed(letter, by=by, at=at, on=at.date())
    note(letter=number_of(letter))
    note(number=claim.number, state=state, late=bool(claim.due_on and claim.decided_on > claim.due_on))
    return claim
