"""Who is the same requester, and which requests are about the same: keyed digests and shared character pairs."""

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings

from gongkai.access.models import AccessRequest
from gongkai.bodies.models import Body

LIKE = 0.6
MOST_COMPARED = 300  # the newest cases of a body that a text is compared with
MOST_CHARACTERS = 600
MOST_SHOWN = 10
NOT_TEXT = re.compile(r"[\W\d_]+")


@dataclass(frozen=True, slots=True)
class Like:
    """A case about the same, from 0 (nothing shared) to 1 (the same text), and whether the same person asked."""

    case: AccessRequest
    likeness: float
    same_person: bool


def person_key(body: Body, requester: Any) -> str:
    """Return the keyed digest by which a body knows a requester again; "" where nothing tells them.

    Over the number of the identity document, else the name with a telephone, e-mail or address.
    """
    number = _plain(requester.id_number) or _plain(requester.org_code)
    reached = _plain(requester.phone) or _plain(requester.email) or _plain(requester.address)
    if number:
        known = f"id:{number}"
    elif requester.name and reached:
        known = f"name:{_plain(requester.name)}:{reached}"
    else:
        return ""
    return hmac.new(settings.SECRET_KEY.encode(), f"{body.pk}|{known}".encode(), hashlib.sha256).hexdigest()


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).upper()


def pairs(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters of a text, digits and marks left out."""
    plain = NOT_TEXT.sub("", text[:MOST_CHARACTERS])
    return frozenset(plain[place : place + 2] for place in range(len(plain) - 1)) or frozenset({plain} - {""})


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of pairs two texts have in common, measured on the shorter (a part of the other is like it)."""
    if not one or not other:
        return 0.0
    shared = len(one & other)
    return (shared / len(one | other) + shared / min(len(one), len(other))) / 2


def similar_cases(case: AccessRequest) -> list[Like]:
    """Return the body's other cases about the same, the likest first; whoever asked."""
    others = AccessRequest.objects.filter(body=case.body_id).exclude(pk=case.pk).select_related("requester")
    return _likest(case, others.order_by("-pk")[:MOST_COMPARED])


def repeats_of(case: AccessRequest) -> list[Like]:
    """Return the earlier cases of the same requester about the same, the likest first (条例第三十六条第六项)."""
    key = case.requester.same_person
    if not key:
        return []
    own = AccessRequest.objects.filter(body=case.body_id).filter(requester__same_person=key, pk__lt=case.pk)
    return _likest(case, own.select_related("requester").order_by("-pk")[:MOST_COMPARED])


def asked_within(case: AccessRequest, *, days: int) -> int:
    """Return how many cases the same requester has brought in the days up to this one, this one included."""
    key, day = case.requester.same_person, case.received_on or case.submitted_on
    if not key:
        return 1
    own = AccessRequest.objects.filter(body=case.body_id, requester__same_person=key)
    return own.filter(submitted_on__gt=day - timedelta(days=days), submitted_on__lte=day).count() or 1


def _likest(case: AccessRequest, others: Iterable[AccessRequest]) -> list[Like]:
    mine, key = pairs(_text(case)), case.requester.same_person
    found = [
        Like(other, likeness(mine, pairs(_text(other))), bool(key) and other.requester.same_person == key)
        for other in others
    ]
    return sorted((one for one in found if one.likeness >= LIKE), key=lambda one: -one.likeness)[:MOST_SHOWN]


def _text(case: AccessRequest) -> str:
    return f"{case.title} {case.wanted}"
