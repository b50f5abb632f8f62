"""Kinds of disclosing bodies and what binds them."""

from datetime import date

from gongkai.statute.limits import choices
from gongkai.statute.load import law
from gongkai.statute.naming import find
from gongkai.statute.records import BodyKind, Limit


def body_kind(code: str) -> BodyKind:
    """Return the kind of body with this code. Raises KeyError."""
    return law().body_kinds[code]


def find_body_kind(text: str) -> BodyKind | None:
    """Find a kind of body by its code or by what people write for it (小学, 中学, 乡镇 …)."""
    return find(law().body_kinds.values(), text)


def proactive_choices(kind: str, *, on: date) -> list[Limit]:
    """List the proactive limits a body of this kind can choose from on a day, its default among them."""
    return choices("proactive", regime=body_kind(kind).main, on=on)
