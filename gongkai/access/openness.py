"""What a body could make public: refusals to look at again, matters asked for by several, the public log."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.access.models import AccessRequest, CaseState, LogEntry, Requester
from gongkai.bodies.models import Body
from gongkai.statute.outcomes import outcome

ALIKE = 0.5
ENOUGH = 3
MOST = 3000


def is_refusal(code: str) -> bool:
    """Tell whether an outcome withholds information on a ground: refused whole or in part."""
    return bool(code) and outcome(code).group in ("refused", "partial")


def names_somebody(requester: Requester, text: str) -> bool:
    """Tell whether a text for the public contains something of the requester."""
    told = (
        requester.name, requester.id_number, requester.phone, requester.email, requester.address,
        requester.contact_name, requester.legal_representative, requester.pupil,
    )  # fmt: skip
    return any(len(value) > 1 and value in text for value in told)


def refusals(body: Body, *, until: date) -> list[AccessRequest]:
    """Return the cases of a body that were refused in whole or part by a day, the oldest first."""
    answered = AccessRequest.objects.of(body).filter(
        state__in=(CaseState.CLOSED, CaseState.ARCHIVED), counted_on__lte=until
    )
    rows = answered.prefetch_related("refusal_checks").order_by("counted_on", "pk")
    return [case for case in rows if is_refusal(case.counted_outcome)]


@dataclass(frozen=True)
class Wanted:
    """A matter that several people asked for, and the cases that did."""

    title: str
    cases: tuple[AccessRequest, ...]
    people: int


def often_wanted(body: Body, *, start: date, end: date) -> list[Wanted]:
    """Return the matters at least three different people asked for in a period and may have (条例第四十四条).

    The most wanted come first; the newest MOST cases of the period are looked at.
    """
    cases = [
        case
        for case in AccessRequest.objects.of(body).new_within(start=start, end=end).select_related("requester")[:MOST]
        if not case.counted_outcome or outcome(case.counted_outcome).group in ("open", "partial")
    ]
    groups = _alike(cases)
    found = [Wanted(group[0].title, tuple(group), _people(group)) for group in groups]
    return sorted((one for one in found if one.people >= ENOUGH), key=lambda one: (-one.people, one.title))


def _people(cases: Iterable[AccessRequest]) -> int:
    return len({case.requester.same_person or f"case/{case.pk}" for case in cases})


def _alike(cases: list[AccessRequest]) -> list[list[AccessRequest]]:
    """Put cases whose titles share at least half of their character pairs together, the earliest leading."""
    groups: list[tuple[frozenset[str], list[AccessRequest]]] = []
    by_pair: dict[str, list[int]] = defaultdict(list)
    for case in sorted(cases, key=lambda one: one.pk):
        pairs = _pairs(case.title)
        near: dict[int, int] = defaultdict(int)
        for pair in pairs:
            for place in by_pair[pair]:
                near[place] += 1
        best = max(near, key=lambda place: near[place], default=None)
        if best is not None and near[best] / len(pairs | groups[best][0]) >= ALIKE:
            groups[best][1].append(case)
            continue
        for pair in pairs:
            by_pair[pair].append(len(groups))
        groups.append((pairs, [case]))
    return [group for _, group in groups]


def _pairs(title: str) -> frozenset[str]:
    text = "".join(mark for mark in title if mark.isalnum() and not mark.isdigit())
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset((text,))


def public_log(body: Body) -> list[LogEntry]:
    """Return the open accounts of a body's cases, newest reply first."""
    shown = LogEntry.objects.filter(case__body=body, shut_at=None).select_related("case", "proactive__current")
    return list(shown.order_by("-case__counted_on", "-pk"))
