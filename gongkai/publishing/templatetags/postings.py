"""What templates say of channels and kinds."""

from django import template

from gongkai.publishing.kinds import audience_names, channel_name
from gongkai.publishing.models import Posting

register = template.Library()
SHAPES = {"planned": "open", "posted": "done", "takedown": "late", "taken_down": "withdrawn", "skipped": "none"}


@register.filter
def channel(code: str) -> str:
    """Return a channel's Chinese name."""
    return channel_name(code)


@register.filter
def shape(posting: Posting) -> str:
    """Return the badge of a posting's state."""
    return SHAPES[posting.state]


@register.filter
def is_link(place: str) -> bool:
    """Tell whether a place can be followed (http addresses and pages of ours only)."""
    return place.startswith(("http://", "https://", "/g/"))


@register.filter
def audiences(codes: list[str]) -> str:
    """Return audiences as people say them."""
    return audience_names(codes)
