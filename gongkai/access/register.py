"""The register (台账): which cases a person sees, and how the filters of its page choose among them."""

from datetime import date

from django.db.models import F, Q

from gongkai.access.models import AccessRequest, CaseState, HandOver
from gongkai.access.models.requests import AccessRequestQuerySet
from gongkai.access.transitions import HANDLERS
from gongkai.bodies.models import Duty
from gongkai.bodies.policy import OFFICE
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import calendar_year, whole_number
from gongkai.statute import law

READS_ALL = (*OFFICE, Duty.SIGNER, Duty.DEPUTY_SIGNER, Duty.LEADING_HEAD, Duty.LEADING_DEPUTY)
SOON_DAYS = 3
Cases = AccessRequestQuerySet


def cases_for(scope: Scope) -> Cases:
    """Return the cases of the body a person sees: all for the office and who signs, else those given to them.

    People of a superior body (no post here) see that each case is there; pages show them numbers, states and days.
    """
    rows = AccessRequest.objects.of(scope.body)
    if scope.has(*READS_ALL) or (not scope.is_staff and scope.reads_from_above):
        return rows
    departments = [post.department_id for post in scope.posts if post.duty in HANDLERS and post.department_id]
    asked = HandOver.objects.filter(Q(person=scope.person) | Q(department__in=departments)).values("case")
    return rows.filter(Q(handler=scope.person) | Q(department__in=departments) | Q(pk__in=asked))


def chosen(scope: Scope, wanted: dict[str, str]) -> Cases:
    """Return what the filters leave: state, due, year, owner, words. A value that means nothing is passed over."""
    rows = cases_for(scope)
    if wanted.get("state") == "open":
        rows = rows.open()
    elif wanted.get("state") in CaseState.values:
        rows = rows.filter(state=wanted["state"])
    rows = due_as(rows, wanted.get("due", ""), on=scope.on)
    if year := calendar_year(wanted.get("year", "")):
        rows = rows.filter(year=year)
    if owner := whole_number(wanted.get("owner", "")):
        rows = rows.filter(handler=owner)
    return with_words(rows, wanted.get("q", ""), scope) if wanted.get("q", "").strip() else rows


def due_as(rows: Cases, wanted: str, *, on: date) -> Cases:
    """Keep the open cases whose day is over (`late`) or near (`soon`), the most pressing first."""
    if wanted not in ("late", "soon"):
        return rows
    still_open = rows.open().order_by(F("due_on").asc(nulls_first=True), "pk")
    if wanted == "late":
        return still_open.filter(due_on__lt=on)
    return still_open.filter(due_on__gte=on, due_on__lte=law().calendar.add_working_days(on, SOON_DAYS).on)


def with_words(rows: Cases, words: str, scope: Scope) -> Cases:
    """Keep the cases whose number or matter holds every word; who asked is never searched (it would stand in URLs)."""
    for word in words.replace("\x00", " ").split()[:5]:
        year, dash, serial = word.partition("-")
        if dash and whole_number(year) and whole_number(serial):
            rows = rows.filter(year=int(year), serial=int(serial))
        elif scope.is_staff:
            told = Q(title__icontains=word) | Q(wanted__icontains=word) | Q(document_number__icontains=word)
            rows = rows.filter(told)
    return rows
