"""Who reads which rendition of an edition."""

from collections.abc import Iterable

from gongkai.publishing.models import Edition, Rendition

SOCIETY = "SOC"


def renditions_for(edition: Edition, audiences: Iterable[str]) -> list[Rendition]:
    """Return the renditions open to these audiences, the one written for them before the one for everybody."""
    codes = set(audiences)
    readable = [one for one in edition.renditions.all() if codes.intersection(one.audiences)]
    return sorted(readable, key=lambda one: (not _written_for(one, codes), one.order, one.pk))


def public_rendition(edition: Edition) -> Rendition | None:
    """Return what society reads of an edition; None where it is restricted."""
    return next((one for one in edition.renditions.all() if one.for_society), None)


def _written_for(rendition: Rendition, codes: set[str]) -> bool:
    return not rendition.for_society and bool(codes.intersection(rendition.audiences) - {SOCIETY})
