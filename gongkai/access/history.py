"""What happened to a case: its dated facts with their corrections, and the journal's own account."""

from typing import Any

from gongkai.access.models import AccessRequest, CaseEvent
from gongkai.access.wording import ACTS, event_name
from gongkai.journal.models import JournalEntry

NAMED = ("letters", "consultations", "fees", "hand_overs", "remedies", "refusal_checks", "events")


def happenings(case: AccessRequest) -> list[dict[str, Any]]:
    """Return the acts on a case and on what belongs to it, newest first, as `{% timeline %}` shows them."""
    entries = JournalEntry.objects.about(*_subjects(case)).order_by("-seq")
    return [
        {
            "at": entry.at, "title": ACTS[entry.act],
            "who": f"{entry.person_name}（{entry.post_name}）" if entry.post_name else entry.person_name,
        }
        for entry in entries
        if entry.act in ACTS
    ]  # fmt: skip


def _subjects(case: AccessRequest) -> list[str]:
    found = [f"accessrequest/{case.pk}"]
    for name in NAMED:
        related = getattr(case, name)
        model = related.model._meta.model_name
        found += [f"{model}/{pk}" for pk in related.values_list("pk", flat=True)]
    return found


def facts_of(case: AccessRequest) -> list[dict[str, Any]]:
    """Return the dated facts of a case, the corrected ones with why they no longer count."""
    return [_fact(event) for event in case.events.order_by("on", "pk")]


def _fact(event: CaseEvent) -> dict[str, Any]:
    return {
        "on": event.on, "name": event_name(event.kind), "days": event.days, "note": event.note,
        "entered_at": event.entered_at, "entered_by": event.entered_by,
        "superseded": event.superseded_at is not None, "why": event.superseded_why,
    }  # fmt: skip
