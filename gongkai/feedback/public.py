"""What the public site may show of opinions: published answers and the course of objections, never the letters."""

from dataclasses import dataclass
from datetime import date

from gongkai.bodies.models import Body
from gongkai.feedback.models import Opinion, OpinionKind, OpinionQuerySet
from gongkai.publishing.models import Disclosure


@dataclass(frozen=True)
class PublishedAnswer:
    """A question in the office's own words with its answer."""

    number: str
    kind: str
    received_on: date
    answered_on: date
    question: str
    answer: str
    about: Disclosure | None
    put_right_by: Disclosure | None


def published_answers(body: Body) -> list[PublishedAnswer]:
    """Return a body's published answers, newest first."""
    return _answers(Opinion.objects.of(body))


def answers_acted_on_by(disclosure: Disclosure) -> list[PublishedAnswer]:
    """Return the published answers to opinions that this disclosure put right, newest first."""
    return _answers(disclosure.rectifies.all())


def _answers(opinions: OpinionQuerySet) -> list[PublishedAnswer]:
    found = opinions.with_open_answer().select_related("about__current", "rectified_by__current")
    return [
        PublishedAnswer(
            number=one.number, kind=one.get_kind_display(), received_on=one.received_on, answered_on=one.answered_on,
            question=one.public_question, answer=one.answer, about=one.about, put_right_by=one.rectified_by,
        )
        for one in found
    ]  # fmt: skip


@dataclass(frozen=True)
class Objections:
    """How many objections a notice received and how many were answered."""

    received: int
    answered: int


def objections_to(disclosure: Disclosure) -> Objections:
    """Return the course of the objections to a notice (公示)."""
    found = disclosure.opinions.filter(kind=OpinionKind.OBJECTION)
    return Objections(found.count(), found.exclude(answered_on=None).count())
