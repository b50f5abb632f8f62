"""What the sweep does here: periods that passed in silence end, dates follow the law; nothing else is decided."""

from datetime import datetime

from django.db.models import Q

from gongkai.access import clocks
from gongkai.access.actions import consulting
from gongkai.access.actions.redating import EVERYWHERE, redate
from gongkai.access.models import AccessRequest, CaseState, Clock, ClockKind, Consultation, OpinionGiven
from gongkai.access.redating import stale
from gongkai.bodies.models import Body
from gongkai.journal.actor import Actor
from gongkai.journal.chain import day_of
from gongkai.statute.load import law


def sweep(at: datetime) -> int:
    """Do everything that is due here by this instant; returns how much. Idempotent."""
    return follow_the_law(at) + close_in_silence(at) + stop_lapsed(at)


def follow_the_law(at: datetime) -> int:
    """Compute open cases anew after a change of law or calendar, or after their body chose its reply period."""
    if stale().exists():
        return redate(EVERYWHERE, by=Actor.system(), at=at).cases
    chosen = Q()
    for one in law().limits.values():
        if one.kind == "answer" and one.local:
            chosen |= Q(regime=one.regime, body__local_rules__record=one.code)
    in_force = Q(body__local_rules__from_on__lte=day_of(at)) & (
        Q(body__local_rules__until_on=None) | Q(body__local_rules__until_on__gt=day_of(at))
    )
    waiting = AccessRequest.objects.open().filter(chosen, in_force, local="", due_on=None).exclude(received_on=None)
    bodies = Body.objects.filter(pk__in=waiting.values("body"))
    return sum(redate(body, by=Actor.system(body_code=body.code, body_name=body.name), at=at).cases for body in bodies)


def close_in_silence(at: datetime) -> int:
    """Close the consultations whose period, counted from a recorded delivery, passed without an answer.

    A joint author's silence is consent, a third party's leaves the decision to the body (条例第三十二、三十四条).
    """
    waiting = Consultation.objects.filter(
        closed_on=None, delivered_on__isnull=False, due_on__lt=day_of(at), case__state=CaseState.RECEIVED
    ).select_related("case__body")
    closed = 0
    for consultation in waiting:
        due = clocks.opinion_due(consultation.case, consultation)
        if due.due_on is None or due.provisional or due.due_on >= day_of(at):
            continue
        body = consultation.case.body
        by = Actor.system(body_code=body.code, body_name=body.name)
        consulting.close_consultation(consultation, by=by, at=at, on=due.due_on, opinion=OpinionGiven.SILENT)
        closed += 1
    return closed


def stop_lapsed(at: datetime) -> int:
    """Stop the clocks of notices of clarification that nobody needed."""
    lapsed = Clock.objects.running().filter(kind=ClockKind.CLARIFICATION_NOTICE, due_on__lt=day_of(at))
    return lapsed.update(stopped_at=at)
