"""What templates say of opinions."""

from datetime import date

from django import template

from gongkai.feedback.channels import CHANNELS
from gongkai.feedback.models import Opinion, OpinionState
from gongkai.statute import law

register = template.Library()


@register.filter
def opinion_channel(code: str) -> str:
    """Return how it came in Chinese."""
    return CHANNELS.get(code, code)


@register.simple_tag
def opinion_shape(opinion: Opinion, today: date) -> str:
    """Return the badge of an opinion on a day."""
    if not opinion.is_open:
        return "done"
    if opinion.due_on and opinion.due_on < today:
        return "late"
    return "open" if opinion.state == OpinionState.RECEIVED else "waiting"


@register.simple_tag
def working_days_to(due_on: date | None, today: date) -> int | None:
    """Return the working days from today to a day."""
    return law().calendar.working_days_between(today, due_on) if due_on else None
