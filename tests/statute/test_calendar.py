"""The working-day calendar: the State Council's notices, counted without guessing."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute import law
from gongkai.statute.calendar import CalendarNotPublished, WorkCalendar

D = date.fromisoformat
calendar = law().calendar
days = st.dates(date(2010, 1, 1), date(2026, 12, 31))
counts = st.integers(0, 200)

VECTORS = [
    ("2021-09-10", "2021-09-22", "2021-09-26", "2021-10-08", "2021-10-14"),
    ("2022-01-21", "2022-01-30", "2022-02-09", "2022-02-16", "2022-02-23"),
    ("2023-09-15", "2023-09-26", "2023-10-07", "2023-10-12", "2023-10-19"),
    ("2024-01-26", "2024-02-05", "2024-02-08", "2024-02-21", "2024-02-28"),
    ("2024-04-26", "2024-05-09", "2024-05-13", "2024-05-20", "2024-05-27"),
    ("2024-09-06", "2024-09-18", "2024-09-23", "2024-09-29", "2024-10-11"),
    ("2025-01-17", "2025-01-27", "2025-02-07", "2025-02-13", "2025-02-20"),
    ("2025-09-19", "2025-09-29", "2025-10-10", "2025-10-16", "2025-10-23"),
    ("2026-02-06", "2026-02-24", "2026-02-27", "2026-03-05", "2026-03-12"),
    ("2026-02-14", "2026-03-03", "2026-03-06", "2026-03-13", "2026-03-20"),
    ("2026-09-18", "2026-09-29", "2026-10-09", "2026-10-15", "2026-10-22"),
]


@pytest.mark.parametrize(("start", "seven", "ten", "fifteen", "twenty"), VECTORS)
def test_checked_counts_of_working_days_come_out(start, seven, ten, fifteen, twenty):
    counted = [calendar.add_working_days(D(start), n) for n in (7, 10, 15, 20)]
    assert [c.on.isoformat() for c in counted] == [seven, ten, fifteen, twenty]
    assert not any(c.provisional for c in counted)


def test_every_day_from_2010_to_2026_is_as_two_independent_libraries_say():
    other = holidays.China(years=range(2010, 2027))
    day, differing = date(2010, 1, 1), []
    while day <= date(2026, 12, 31):
        ours = calendar.is_working_day(day)
        if ours != chinese_calendar.is_workday(day) or ours != other.is_working_day(day):
            differing.append(day)
        day += timedelta(days=1)
    assert differing == []


def test_the_eve_of_spring_festival_2024_was_a_working_day():
    assert calendar.is_working_day(date(2024, 2, 9))


def test_a_day_of_2027_is_refused_because_its_notice_is_not_out():
    with pytest.raises(CalendarNotPublished, match="2027年的放假安排不在日历中"):
        calendar.is_working_day(date(2027, 1, 4))


def test_a_day_before_the_first_year_is_refused():
    with pytest.raises(CalendarNotPublished):
        calendar.add_working_days(date(2009, 12, 31), 1)


def test_the_last_week_of_the_last_announced_year_and_all_after_it_is_provisional():
    assert calendar.settled_through == date(2026, 12, 24)
    assert calendar.add_working_days(date(2026, 12, 23), 1) == (date(2026, 12, 24), False)
    assert calendar.add_working_days(date(2026, 12, 24), 1) == (date(2026, 12, 25), True)
    assert calendar.add_working_days(date(2026, 12, 4), 20) == (date(2027, 1, 1), True)
    assert calendar.is_provisional(date(2027, 3, 1))


def test_counting_past_the_days_that_can_be_estimated_is_refused():
    for count in (
        lambda: calendar.add_working_days(date(2029, 12, 20), 30),
        lambda: calendar.next_working_day(date(2029, 12, 31) + timedelta(days=1)),
        lambda: calendar.next_working_day(date(2029, 12, 31)) and calendar.last_working_day(date(2010, 1, 1)),
        lambda: calendar.working_days_between(date(2024, 1, 1), date(2031, 1, 1)),
    ):
        with pytest.raises(CalendarNotPublished):
            count()


def test_a_negative_number_of_days_is_refused():
    with pytest.raises(ValueError, match="工作日数不能是负数"):
        calendar.add_working_days(date(2024, 1, 1), -1)


def test_each_day_says_why_it_counts():
    assert [calendar.why(D(d)) for d in ("2024-09-14", "2024-09-17", "2024-09-18", "2024-09-21", "2027-01-04")] == [
        "2024年9月14日 星期六,调休上班(国务院办公厅关于2024年部分节假日安排的通知)",
        "2024年9月17日 星期二,放假(国务院办公厅关于2024年部分节假日安排的通知)",
        "2024年9月18日 星期三,工作日",
        "2024年9月21日 星期六,周末休息",
        "2027年1月4日 星期一,2027年的放假安排尚未公布,暂按工作日计算",
    ]


def test_a_notice_may_declare_days_of_the_december_before():
    assert calendar.is_working_day(date(2018, 12, 29))
    assert not calendar.is_working_day(date(2018, 12, 31))
    assert calendar.is_working_day(date(2011, 12, 31))


@given(days, counts, counts)
def test_counting_on_in_two_steps_is_counting_on_in_one(day, a, b):
    middle = calendar.add_working_days(day, a).on
    assert calendar.add_working_days(middle, b).on == calendar.add_working_days(day, a + b).on


@given(days, st.integers(1, 200))
def test_the_days_counted_on_are_the_days_between(day, n):
    end = calendar.add_working_days(day, n).on
    assert calendar.working_days_between(day, end) == n
    assert calendar.working_days_between(end, day) == -n


@given(days)
def test_the_nearest_working_days_enclose_the_day(day):
    last, following = calendar.last_working_day, calendar.next_working_day
    if day >= date(2010, 1, 4):
        assert last(day).on <= day <= following(day).on
        assert (last(day).on == day) == calendar.is_working_day(day) == (following(day).on == day)


def test_a_calendar_of_one_year_estimates_three_more_and_then_refuses():
    short = WorkCalendar([law().calendar_years[2019]])
    assert short.next_working_day(date(2022, 12, 30)) == (date(2022, 12, 30), True)
    with pytest.raises(CalendarNotPublished, match="2022年12月31日之后的放假安排不在日历中"):
        short.next_working_day(date(2022, 12, 31))
    assert short.why(date(2019, 2, 2)) == "2019年2月2日 星期六,调休上班(holiday-2019)"
