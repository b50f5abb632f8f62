"""Random courses of a case: nothing but a refusal ever comes of a wrong step, and dates are those counted by hand."""

from datetime import date, datetime, timedelta
from functools import partial

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.access.actions import consulting, course, events, fees
from gongkai.access.models import AccessRequest, AccessSettings, Clock
from gongkai.journal.acts import ActRefused
from gongkai.statute.load import law
from tests import make

START = date(2024, 9, 6)
LATEST = datetime(2025, 6, 30, 10, 0, tzinfo=make.SHANGHAI)
BY = {"by": make.SYSTEM, "at": LATEST}
STEPS = {
    "ask": lambda c, on, n: course.ask_clarification(c, on=on, items="年度", **BY),
    "clarify": lambda c, on, n: course.receive_clarification(c, on=on, text="2025年", **BY),
    "reasons": lambda c, on, n: course.ask_explanation(c, on=on, **BY),
    "explain": lambda c, on, n: course.receive_explanation(c, on=on, text="写论文", **BY),
    "extend": lambda c, on, n: course.extend(c, on=on, days=n, reason="检索", **BY),
    "consult": lambda c, on, n: consulting.consult(
        c, kind=("third_party", "joint_author", "other_body")[n % 3], addressee="某公司", about="价格", on=on, **BY
    ),
    "deliver": lambda c, on, n: consulting.deliver_consultation(_nth(c.consultations, n), on=on, **BY),
    "close": lambda c, on, n: consulting.close_consultation(
        _nth(c.consultations, n), on=on, opinion=("agrees", "refuses", "silent")[n % 3], **BY
    ),
    "notify": lambda c, on, n: fees.notify_fee(c, method="page", quantity=n * 12, on=on, **BY),
    "pay": lambda c, on, n: fees.pay_fee(_nth(c.fees, n), on=on, receipt_number="1", **BY),
    "cancel": lambda c, on, n: fees.cancel_fee(_nth(c.fees, n), reason="不收", **BY),
    "correct": lambda c, on, n: events.correct_event(_nth(c.events, n), on=on, why="错了", **BY),
}  # fmt: skip
history = st.lists(
    st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 60), st.integers(1, 21)), min_size=1, max_size=14
)


class Nothing(Exception):
    """There is no such record to act on."""


def _nth(records, n):
    found = list(records.all())
    if not found:
        raise Nothing
    return found[n % len(found)]


def by_hand(case):
    """Count the reply's day one day after the other, from the standing events alone; None while it stands still."""
    rows = list(case.events.standing())

    def days(kind):
        return [row.on for row in rows if row.kind == kind]

    if len(days("clarification_sent")) > len(days("clarification_received")) or len(days("fee_notified")) > len(
        days("fee_paid")
    ):
        return None
    begun = max(days("received") + days("clarification_received") + days("fee_paid"))
    left = 20 + sum(row.days for row in rows if row.kind == "extended" and row.on >= begun)
    spans = [_span(sent, rows) for sent in rows if sent.kind == "consultation_sent" and sent.on >= begun]
    day, counted = begun, 0
    while counted < left:
        day += timedelta(days=1)
        paused = any(start < day <= end for start, end in spans)
        counted += law().calendar.is_working_day(day) and not paused
    return day


def _span(sent, rows):
    own = {row.kind: row.on for row in rows if row.ref == sent.ref}
    latest = law().calendar.add_working_days(own.get("consultation_delivered", sent.on), 15).on
    closed = own.get("consultation_closed")
    if closed and "consultation_delivered" not in own:
        return sent.on, closed
    return sent.on, min(closed, latest) if closed else latest


@pytest.fixture
def bureau(db):
    made = make.school("jiaoyuju", name="示范区教育局", kind="edu_bureau")
    AccessSettings.objects.create(body=made, charges_fees=True, fee_account="财务室")
    return made


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=history)
def test_any_course_ends_in_refusals_or_in_the_day_counted_by_hand(bureau, steps):
    with transaction.atomic():
        case = make.request(bureau, at=LATEST, submitted_on=START)
        for name, after, n in steps:
            case = AccessRequest.objects.select_related("body").get(pk=case.pk)
            step = partial(STEPS[name], case, START + timedelta(days=after), n)
            try:
                with transaction.atomic():
                    step()
            except (ActRefused, Nothing):
                continue
        case.refresh_from_db()
        assert case.due_on == by_hand(case), [(e.kind, e.on, e.days, e.ref) for e in case.events.standing()]
        assert Clock.objects.get(case=case, kind="reply").due_on == case.due_on
        transaction.set_rollback(True)
