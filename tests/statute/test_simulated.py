"""Due dates against an independent day-by-day reckoning, and against two independent calendars."""

from bisect import bisect_right
from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.statute.deadlines import deadline
from gongkai.statute.events import Happened, WrongEvents
from tests.statute.simulator import Late, answer_due

days = st.dates(date(2010, 2, 1), date(2025, 3, 1))
few = st.integers(0, 12)


@st.composite
def courses(draw):
    """Draw a request's course: letters to third parties, an extension, a restart or two."""
    received = draw(days)
    letters = []
    for _ in range(draw(st.integers(0, 3))):
        sent = received + timedelta(draw(st.integers(0, 45)))
        delivered = sent + timedelta(draw(few)) if draw(st.booleans()) else None
        closed = sent + timedelta(draw(st.integers(0, 40))) if delivered is None or draw(st.booleans()) else None
        letters.append((sent, delivered, closed))
    restarts = sorted({received + timedelta(draw(st.integers(0, 60))) for _ in range(draw(st.integers(0, 2)))})
    extensions = [(received + timedelta(draw(st.integers(0, 90))), draw(st.integers(1, 20)))] * draw(st.integers(0, 1))
    return received, letters, restarts, extensions


def events_of(received, letters, restarts, extensions):
    events = [Happened("received", received)]
    for number, (sent, delivered, closed) in enumerate(letters):
        events.append(Happened("consultation_sent", sent, ref=f"c{number}"))
        events += [Happened("consultation_delivered", delivered, ref=f"c{number}")] if delivered else []
        events += [Happened("consultation_closed", closed, ref=f"c{number}")] if closed else []
    names = ("clarification_received", "fee_paid")
    events += [Happened(name, on) for name, on in zip(names, restarts, strict=False)]
    return events + [Happened("extended", on, more) for on, more in extensions]


@settings(max_examples=400)
@given(courses(), st.randoms())
def test_any_course_of_a_request_ends_on_the_day_the_walk_through_the_days_ends(course, random):
    received, letters, restarts, extensions = course
    events = events_of(received, letters, restarts, extensions)
    random.shuffle(events)
    try:
        expected = answer_due(received, letters=letters, restarts=restarts, extensions=extensions)
    except Late:
        with pytest.raises(WrongEvents, match="延期应在期限届满"):
            deadline("answer", events, regime="cn-ogi")
        return
    answered = deadline("answer", events, regime="cn-ogi")
    assert (answered.due_on, answered.provisional) == (expected, False)
    proof = answered.days
    assert [d.n for d in proof if d.counted] == list(range(1, answered.n + 1))
    assert proof[-1].on == expected
    assert proof[-1].counted
    assert [d.on for d in proof] == [answered.begun_on + timedelta(i) for i in range(1, len(proof) + 1)]


@given(days, st.integers(0, 30), st.integers(0, 30), st.integers(1, 20))
def test_more_time_out_or_more_time_given_never_ends_a_limit_earlier(received, sent, lasts, more):
    bare = [Happened("received", received)]
    letter = [
        Happened("consultation_sent", received + timedelta(sent)),
        Happened("consultation_closed", received + timedelta(sent + lasts)),
    ]
    plain = deadline("answer", bare, regime="cn-ogi").due_on
    paused = deadline("answer", bare + letter, regime="cn-ogi").due_on
    longer = deadline("answer", [*bare, *letter, Happened("extended", received, more)], regime="cn-ogi").due_on
    assert plain <= paused < longer


@given(days, st.integers(0, 20), st.integers(0, 20), st.integers(0, 20))
def test_overlapping_pauses_count_once(received, a, b, c):
    first, second, third = sorted((a, b, c))
    at = [received + timedelta(n) for n in (first, second, third, third + 5)]
    two = [
        Happened("consultation_sent", at[0], ref="甲"),
        Happened("consultation_sent", at[1], ref="乙"),
        Happened("consultation_closed", at[2], ref="甲"),
        Happened("consultation_closed", at[3], ref="乙"),
    ]
    one = [Happened("consultation_sent", at[0]), Happened("consultation_closed", at[3])]
    begun = [Happened("received", received)]
    assert (
        deadline("answer", begun + two, regime="cn-ogi").due_on
        == deadline("answer", begun + one, regime="cn-ogi").due_on
    )


STARTS = [date(2019, 1, 1) + timedelta(n) for n in range((date(2026, 12, 31) - date(2019, 1, 1)).days + 1)]
CN = holidays.China(years=range(2018, 2028))
LENGTHS = [
    (5, "NOTICE5", "posted", "cn-ogi"),
    (7, "clarification-notice", "received", "cn-ogi"),
    (10, "K-REPLY", "received", "k12-15"),
    (15, "H-REPLY", "received", "he-29"),
    (20, "answer", "received", "cn-ogi"),
    (40, "answer", "received", "cn-ogi"),
]


@pytest.fixture(scope="module")
def calendars():
    """The working days of 2019–2026 as two public libraries know them."""
    every = [date(2019, 1, 1) + timedelta(n) for n in range((date(2026, 12, 31) - date(2019, 1, 1)).days + 1)]
    return [day for day in every if chinese_calendar.is_workday(day)], [d for d in every if CN.is_working_day(d)]


@pytest.mark.parametrize(("n", "limit", "kind", "regime"), LENGTHS)
def test_every_start_from_2019_to_2026_ends_as_two_calendars_say_or_is_provisional(calendars, n, limit, kind, regime):
    unlike = []
    for start in STARTS:
        events = [Happened(kind, start)] + ([Happened("extended", start, 20)] if n == 40 else [])
        ours = deadline(limit, events, regime=regime)
        for theirs in calendars:
            place = bisect_right(theirs, start) + n - 1
            expected = theirs[place] if place < len(theirs) else None
            if expected and expected <= date(2026, 12, 24):
                if (ours.due_on, ours.provisional) != (expected, False):
                    unlike.append((start, ours.due_on, expected))
            elif not ours.provisional or (expected and ours.due_on != expected):
                unlike.append((start, ours.due_on, "provisional"))
    assert unlike == []
