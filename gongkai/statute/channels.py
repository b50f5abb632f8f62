"""Channels of publication (公开渠道), their figures and the proof they ask for."""

from gongkai.statute.load import law
from gongkai.statute.naming import find
from gongkai.statute.records import Channel


def channel(code: str) -> Channel:
    """Return the channel with this code. Raises KeyError."""
    return law().channels[code]


def find_channel(text: str) -> Channel | None:
    """Find a channel by its code or by what people write for it."""
    return find(law().channels.values(), text)


def figure_code(code: str) -> str:
    """Return the code of the report figure a channel is counted in."""
    return f"channel.{channel(code).code}"
