"""Letters as records: drawn up from their case, numbered without a gap and signed."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db.models import Max

from gongkai.access.letters import Composed, compose
from gongkai.access.models import AccessRequest, Letter, LetterState
from gongkai.bodies.models import Body
from gongkai.journal.actor import Actor
from gongkai.statute.letters import letter_kind
from gongkai.statute.outcomes import letter_of, reply_letters

RECORDS = ("claim", "consultation", "fee")


def is_reply(letter: Letter) -> bool:
    """Tell whether a letter answers its case."""
    return letter.case_id is not None and letter.kind in reply_letters()


def reply_of(case: AccessRequest) -> Letter | None:
    """Return the reply letter that counts: the latest that was not cancelled."""
    found = case.letters.exclude(state=LetterState.CANCELLED).filter(kind__in=reply_letters())
    return found.order_by("pk").last()


def drawn_up(case: AccessRequest, *, by: Actor, at: datetime, on: date) -> Letter:
    """Return the draft of the reply letter, written anew from the decision as it stands in the case."""
    kind = letter_of(case.outcome, points_to=case.points_to, searched=case.searched)
    letter = case.letters.filter(state=LetterState.DRAFT, kind__in=reply_letters()).last()
    letter = letter or Letter(body=case.body, case=case)
    letter.kind, letter.drafted_by_id, letter.drafted_at = kind, by.person_id, at
    return written(letter, compose(kind, case, on=on))


def written(letter: Letter, words: Composed, *, text: str = "", addressee: str = "", note: str = "") -> Letter:
    """Put words into a letter, own ones over composed ones, and save it."""
    letter.title = words.title[:120]
    letter.addressee = (addressee or words.addressee)[:120]
    letter.text, letter.note = text or words.text, note or words.note
    letter.save()
    return letter


def signed(letter: Letter, *, by: Actor, at: datetime, on: date) -> Letter:
    """Sign a letter dated a day; what carries a number gets the next one of its year. The body's row is locked."""
    if letter_kind(letter.kind).number:
        body = Body.objects.select_for_update().get(pk=letter.body_id)
        last = Letter.objects.of(body).filter(year=on.year).aggregate(last=Max("serial"))["last"]
        letter.year, letter.serial = on.year, (last or 0) + 1
    letter.dated, letter.state = on, LetterState.SIGNED
    letter.signed_by_name, letter.signed_at = by.person_name, at
    words = "\x00".join((letter.kind, letter.title, letter.addressee, letter.text, letter.note))
    letter.digest = sha256(words.encode()).hexdigest()
    letter.save()
    return letter


def records_in(links: dict[str, Any]) -> dict[str, Any]:
    """Return those of the links that a letter keeps as its own."""
    return {name: links[name] for name in RECORDS if links.get(name) is not None}
