"""Who reads which rendition of an edition."""

from collections.abc import Iterable

from gongkai.publishing.models import Edition, Rendition

SOCIETY = "SOC"
PARTY = "PTY"


def open_to(audiences: Iterable[str], *, inside_only: bool) -> set[str]:
    """Return who reads a text now: of one kept inside the party, its members only."""
    return set(audiences) & {PARTY} if inside_only else set(audiences)


def open_or_shut(edition: Edition) -> None:
    """Bring the mark of what society reads in line with whether an edition is kept inside the party."""
    for one in edition.renditions.all():
        one.for_society = SOCIETY in open_to(one.audiences, inside_only=edition.inside_only)
        one.save(update_fields=["for_society"])


def readable_by(audiences: Iterable[str], renditions: Iterable[Rendition], *, inside_only: bool) -> list[Rendition]:
    """Return which of an edition's renditions these audiences read: the one written for them before that for all."""
    codes = set(audiences)
    readable = [one for one in renditions if codes & open_to(one.audiences, inside_only=inside_only)]
    return sorted(readable, key=lambda one: (not _written_for(one, codes), one.order, one.pk))


def public_rendition(edition: Edition) -> Rendition | None:
    """Return what society reads of an edition; None where it is restricted."""
    return next((one for one in edition.renditions.all() if one.for_society), None)


def _written_for(rendition: Rendition, codes: set[str]) -> bool:
    return not rendition.for_society and bool(codes.intersection(rendition.audiences) - {SOCIETY})
