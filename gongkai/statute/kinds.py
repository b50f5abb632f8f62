"""Kinds of information (信息类别) and the figures they feed."""

from gongkai.statute.load import law
from gongkai.statute.naming import find
from gongkai.statute.records import InformationKind


def kind(code: str) -> InformationKind:
    """Return the kind with this code. Raises KeyError."""
    return law().kinds[code]


def find_kind(text: str) -> InformationKind | None:
    """Find a kind by its code or by what people write for it."""
    return find(law().kinds.values(), text)


def figure_code(code: str) -> str:
    """Return the code of the report figure a kind is counted in."""
    return f"kind.{kind(code).code}"
