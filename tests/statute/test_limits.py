"""Limits and their worked cases."""

from datetime import date, datetime

import pytest

from gongkai.statute import law
from gongkai.statute.deadlines import deadline
from gongkai.statute.events import Happened
from gongkai.statute.limits import (
    NoDays,
    choices,
    in_words,
    last_day,
    last_moment,
    limit,
    on_month_day,
    proactive_limit,
    report_due_on,
    report_period,
)


@pytest.mark.parametrize("case", law().cases, ids=lambda c: f"{c.cite} {c.limit} {c.name}")
def test_every_limit_gives_the_date_of_its_worked_case(case):
    one = limit(case.limit)
    if case.events:
        events = [Happened(e.kind, e.on, e.days, e.ref) for e in case.events]
        due = deadline(one, events, regime=one.regime)
        assert (due.due_on, due.provisional) == (case.due, case.provisional or case.waiting)
        assert bool(due.waiting) == case.waiting
    elif case.on:
        assert last_day(one, begun_on=case.on) == (case.due, False)
    elif case.at:
        assert last_moment(one, begun_at=case.at) == case.due_at
    elif case.due:
        assert report_due_on(one, year=case.year) == case.due
    else:
        assert (one.n, one.unit) == (case.count, "per_year")


def test_a_publicity_notice_of_five_working_days_posted_before_may_day_ends_on_the_twelfth():
    assert last_day(limit("NOTICE5-STU"), begun_on=date(2025, 4, 30)).on == date(2025, 5, 12)
    assert last_day(limit("NOTICE7"), begun_on=date(2025, 4, 30)).on == date(2025, 5, 7)


def test_a_limit_in_hours_has_no_last_day_and_one_in_days_no_last_moment():
    with pytest.raises(NoDays):
        last_day(limit("EVT-5"), begun_on=date(2024, 9, 6))
    with pytest.raises(NoDays):
        last_moment(limit("G-ACT"), begun_at=datetime(2024, 9, 6, 8))


def test_a_body_chooses_a_local_limit_only_for_the_regime_it_belongs_to():
    assert proactive_limit("k12-15").code == "K-ACT-20"
    assert proactive_limit("k12-15", "K-ACT-30").code == "K-ACT-30"
    assert proactive_limit("staff", "K-ACT-30").code == "S-ACT"


def test_limits_of_the_former_regulation_end_with_it():
    offered = [one.code for one in choices("proactive", regime="cn-ogi-2008", on=date(2019, 5, 14))]
    assert offered == ["O-ACT"]
    assert choices("proactive", regime="cn-ogi-2008", on=date(2019, 5, 15)) == []
    assert choices("proactive", regime="cn-ogi", on=date(2019, 5, 14)) == []


def test_limits_bound_to_no_regime_are_offered_to_all():
    codes = [one.code for one in choices("secrecy-review", regime="k12-15", on=date(2026, 1, 1))]
    assert codes == ["SECREV", "SECREV-1", "SECREV-7", "SECREV-UP"]


def test_a_college_counts_the_academic_year_and_reports_in_october():
    assert report_period(limit("H-REP"), year=2024) == (date(2023, 9, 1), date(2024, 8, 31))
    assert report_period(limit("K-REP"), year=2021) == (date(2021, 1, 1), date(2021, 12, 31))


def test_the_twenty_ninth_of_february_is_the_last_of_the_month():
    assert on_month_day(2023, "02-29") == date(2023, 2, 28)
    assert on_month_day(2024, "02-29") == date(2024, 2, 29)


def test_lengths_are_written_in_chinese():
    assert [in_words(limit(code)) for code in ("G-ACT", "K-ACT-30", "NOTICE5", "EVT-5", "B-4", "H-REP")] == [
        "20个工作日内",
        "30日内",
        "不少于5个工作日",
        "5小时内",
        "每年不少于4次",
        "每年10月31日前",
    ]
