"""Count requests and remedies into the lines of the statutory tables: every cell is a list of cases."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet, Sum

from gongkai.access.models import AccessRequest, FeeNotice, Remedy, RemedyKind
from gongkai.bodies.models import Body
from gongkai.statute import law
from gongkai.statute.outcomes import row_of

Days = tuple[date, date]
Members = defaultdict[str, list[str]]


def add_requests(members: Members, body: Body, days: Days, *, form_year: int | None) -> None:
    """Add the cases behind tables 3 and 4 (`requests.R1.np` …, `remedies.reconsideration.upheld` …) and their sums.

    `form_year` is a data year of the form whose rows are counted (None = a family without the tables). What is
    carried in is what was open at the end of the day before: last year's carried out, by construction.
    """
    start, end = days
    cases = AccessRequest.objects.of(body)
    answered = cases.answered_within(start=start, end=end)
    _add(members, "R1", cases.new_within(start=start, end=end))
    _add(members, "R2", cases.carried_over(on=start - timedelta(days=1)))
    _add(members, "R3.7", answered)
    _add(members, "R4", cases.carried_over(on=end))
    if form_year is not None:
        for pk, kind, outcome in answered.order_by("counted_on", "pk").values_list(
            "pk", "requester_kind", "counted_outcome"
        ):
            _into(members, f"requests.{row_of(outcome, year=form_year)}", kind, f"case/{pk}", total="tot")
    _add_remedies(members, body, days)
    members["requests.received"] = members["requests.R1.tot"]
    members["reconsideration.total"] = members["remedies.reconsideration.total"]
    members["litigation.total"] = [
        *members["remedies.litigation_direct.total"], *members["remedies.litigation_after_reconsideration.total"]
    ]  # fmt: skip


def _add(members: Members, row: str, cases: QuerySet[AccessRequest]) -> None:
    for pk, kind in cases.order_by("received_on", "pk").values_list("pk", "requester_kind"):
        _into(members, f"requests.{row}", kind, f"case/{pk}", total="tot")


def _add_remedies(members: Members, body: Body, days: Days) -> None:
    """Add what was decided in the period by its result, and what had not been decided by its end (尚未审结)."""
    start, end = days
    remedies = Remedy.objects.of(body)
    decided = remedies.decided_within(start=start, end=end).order_by("decided_on", "pk")
    found: Iterable[tuple[int, str, str]] = decided.values_list("pk", "kind", "result")
    open_still = remedies.pending(on=end).order_by("filed_on", "pk").values_list("pk", "kind")
    for pk, kind, result in [*found, *((pk, kind, "pending") for pk, kind in open_still)]:
        _into(members, f"remedies.{kind}", result, f"remedy/{pk}", total="total")
    complaints = remedies.filter(kind=RemedyKind.COMPLAINT, filed_on__gte=start, filed_on__lte=end)
    members["complaints.received"] += [f"remedy/{pk}" for pk in complaints.order_by("pk").values_list("pk", flat=True)]


def _into(members: Members, line: str, column: str, name: str, *, total: str) -> None:
    members[f"{line}.{column}"].append(name)
    members[f"{line}.{total}"].append(name)


def fees(body: Body, days: Days) -> tuple[int, int, int]:
    """Return how many fee notices were served in the period, their sum and what was collected (whole 元)."""
    start, end = days
    notices = FeeNotice.objects.filter(case__body=body)
    sent = notices.filter(notified_on__gte=start, notified_on__lte=end, cancelled_on=None)
    paid = notices.filter(paid_on__gte=start, paid_on__lte=end)
    return sent.count(), _sum(sent), _sum(paid)


def _sum(notices: QuerySet[FeeNotice]) -> int:
    return int(notices.aggregate(sum=Sum("amount"))["sum"] or 0)


@dataclass(frozen=True)
class OutcomesTold:
    """What became of a period's requests: answered, open at its end, and the named outcomes by their number."""

    answered: int
    open_still: int
    outcomes: tuple[tuple[str, int], ...]


def outcomes_told(body: Body, days: Days) -> OutcomesTold:
    """Count a period's answers by the names of their outcomes, in the order of the table."""
    start, end = days
    cases = AccessRequest.objects.of(body)
    found = Counter(cases.answered_within(start=start, end=end).values_list("counted_outcome", flat=True))
    named = tuple((one.label, found[code]) for code, one in law().outcomes.items() if found[code])
    return OutcomesTold(found.total(), cases.carried_over(on=end).count(), named)
