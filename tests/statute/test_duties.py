"""What items oblige a body to publish, and by when."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.catalogues import item
from gongkai.statute.cycles import Term
from gongkai.statute.duties import NEEDS, Event, Facts, missing_stages, schedule
from gongkai.statute.records import TimeClass

D = date.fromisoformat
YEAR = (D("2026-01-01"), D("2026-12-31"))
TERMS = (
    Term("2025—2026学年第二学期", D("2026-02-24"), D("2026-07-03")),
    Term("2026—2027学年第一学期", D("2026-09-01"), D("2027-01-22")),
)


def obligations(code, *, between=YEAR, adopted="2025-01-02", **facts):
    one = item(code)
    known = Facts(regime=one.regime, cite=one.cite, adopted_on=D(adopted), **facts)
    return schedule(one.times, facts=known, between=between)


def told(found):
    return [(d.label, d.opens_on.isoformat(), d.due_on.isoformat(), d.target_on.isoformat()) for d in found.dues]


def own(*times, between=YEAR, adopted="2025-01-02", **facts):
    known = Facts(regime="k12-15", cite="k12-15", adopted_on=D(adopted), **facts)
    return schedule(times, facts=known, between=between)


def test_a_district_rule_of_thirty_days_does_not_roll_but_aims_at_the_working_day_before_the_holiday():
    found = obligations(
        "K12-01",
        between=(D("2024-09-01"), D("2024-10-31")),
        adopted="2024-01-02",
        limit="K-ACT-30",
        events=(Event("formed", D("2024-09-06"), label="学校简介"),),
    )
    assert told(found) == [("学校简介", "2024-09-06", "2024-10-06", "2024-09-30")]
    assert (found.dues[0].cite, found.dues[0].provisional) == ("sample-p8", False)
    assert found.dues[0].why == "2024年9月6日起30日内"


def test_information_without_a_number_takes_the_limit_of_its_regime():
    found = obligations("G20-03", events=(Event("formed", D("2026-09-18")), Event("changed", D("2026-02-06"))))
    assert told(found) == [
        ("2026年2月6日主动公开", "2026-02-06", "2026-03-12", "2026-03-12"),
        ("2026年9月18日主动公开", "2026-09-18", "2026-10-22", "2026-10-22"),
    ]
    assert {d.cite for d in found.dues} == {"cn-ogi/26"}


def test_lasting_information_is_due_once_after_adoption_and_confirmed_every_year():
    found = obligations("K12-02", adopted="2025-01-17", between=(D("2025-01-01"), D("2026-12-31")))
    assert [(d.kind, d.label, d.due_on.isoformat()) for d in found.dues] == [
        ("publish", "首次公开", "2025-02-20"),
        ("confirm", "2026年度核对", "2026-02-13"),
    ]


def test_a_quarterly_item_has_four_dues_a_year_each_aimed_at_a_working_day():
    assert told(obligations("TB-05", adopted="2025-01-02")) == [
        ("2026年第1季度", "2026-01-01", "2026-03-31", "2026-03-31"),
        ("2026年第2季度", "2026-04-01", "2026-06-30", "2026-06-30"),
        ("2026年第3季度", "2026-07-01", "2026-09-30", "2026-09-30"),
        ("2026年第4季度", "2026-10-01", "2026-12-31", "2026-12-31"),
    ]


def test_adoption_in_mid_year_makes_nothing_overdue():
    found = obligations("TB-05", adopted="2026-09-18")
    assert told(found)[0] == ("2026年第3季度", "2026-09-18", "2026-10-22", "2026-10-22")
    assert [d.label for d in found.dues] == ["2026年第3季度", "2026年第4季度"]


def test_weeks_that_fall_before_the_first_due_day_are_left_out():
    found = own(TimeClass(kind="REG", every="week"), adopted="2026-09-16", between=(D("2026-09-01"), D("2026-10-31")))
    assert told(found) == [
        ("2026年第38周", "2026-09-16", "2026-10-20", "2026-10-20"),
        ("2026年第43周", "2026-10-19", "2026-10-25", "2026-10-23"),
        ("2026年第44周", "2026-10-26", "2026-11-01", "2026-10-30"),
    ]


def test_a_weekly_item_rests_in_the_school_holidays():
    found = own(TimeClass(kind="REG", every="week"), terms=TERMS, between=(D("2026-06-29"), D("2026-09-06")))
    assert [d.label for d in found.dues] == ["2026年第27周", "2026年第36周"]


def test_a_termly_item_asks_for_the_dates_of_the_terms_and_then_follows_them():
    assert obligations("K12-06").needs == ("term_dates",)
    assert obligations("K12-06").dues == ()
    assert told(obligations("K12-06", terms=TERMS)) == [
        ("2025—2026学年第二学期", "2026-02-24", "2026-07-03", "2026-07-03"),
        ("2026—2027学年第一学期", "2026-09-01", "2027-01-22", "2027-01-22"),
    ]


def test_fees_are_due_before_each_term_begins():
    found = obligations("P10-1", terms=TERMS, adopted="2025-12-01")
    assert told(found) == [
        ("2025—2026学年第二学期开学前", "2026-01-25", "2026-02-23", "2026-02-14"),
        ("2026—2027学年第一学期开学前", "2026-08-02", "2026-08-31", "2026-08-31"),
    ]


def test_a_cycle_without_a_number_is_chosen_by_the_body():
    assert obligations("K12-09").needs == ("cycle",)
    assert obligations("K12-09", cycle="week").needs == ("cycle",)
    assert obligations("K12-09", cycle="term").needs == ("term_dates",)
    monthly = obligations("K12-09", cycle="month", between=(D("2026-02-01"), D("2026-02-28")))
    assert told(monthly) == [("2026年2月", "2026-02-01", "2026-02-28", "2026-02-28")]
    assert monthly.dues[0].why == "定期公开(每月)"
    assert obligations("SD-05", cycle="quarter").dues[0].label == "2026年第1季度"
    assert set(NEEDS) == {"cycle", "term_dates"}


def test_a_yearly_item_is_due_by_its_own_date_else_the_bodys_else_the_end_of_the_year():
    assert [d.due_on for d in obligations("HE-06").dues] == [D("2026-10-31")]
    assert [(d.opens_on, d.due_on) for d in obligations("HE-01").dues if d.kind == "publish"] == [
        (D("2026-10-01"), D("2026-10-31"))
    ]
    assert [d.due_on for d in obligations("HE-03").dues] == [D("2026-12-31")]
    assert [d.due_on for d in obligations("HE-03", yearly="06-30").dues] == [D("2026-06-30")]
    season = obligations("K12-04", yearly="05-31").dues
    assert [(d.label, d.due_on) for d in season] == [("2026年招生季", D("2026-05-31"))]


def test_a_school_year_runs_from_september_to_august():
    assert told(obligations("EB-26")) == [
        ("2025—2026学年", "2025-09-01", "2026-08-31", "2026-08-31"),
        ("2026—2027学年", "2026-09-01", "2027-08-31", "2027-08-31"),
    ]


def test_a_small_monthly_edit_stands_beside_the_quarterly_change():
    found = obligations("PTY-03", between=(D("2026-03-01"), D("2026-03-31")))
    assert [(d.kind, d.label) for d in found.dues] == [("update", "2026年3月微调"), ("publish", "2026年第1季度")]


def test_a_budget_is_due_twenty_days_after_its_approval():
    found = obligations("G20-07", events=(Event("approved", D("2026-02-20"), label="2026年部门预算"),))
    assert told(found) == [("2026年部门预算", "2026-02-20", "2026-03-12", "2026-03-12")]
    assert found.dues[0].cite == "budget/14"


def test_information_to_be_opened_at_once_aims_at_the_same_day():
    found = obligations("G20-12", events=(Event("formed", D("2026-09-18"), label="台风预警"),))
    assert told(found) == [("台风预警", "2026-09-18", "2026-09-20", "2026-09-18")]


def test_a_limit_in_hours_runs_from_the_hour_or_else_from_the_start_of_the_day():
    at = datetime(2026, 9, 18, 20, 30)
    known = obligations("P4-18", events=(Event("happened", D("2026-09-18"), at=at),)).dues
    assert [d.due_at for d in known] == [
        datetime(2026, 9, 19, 1, 30),
        datetime(2026, 9, 19, 20, 30),
        datetime(2026, 9, 20, 20, 30),
    ]
    unknown = obligations("P4-18", events=(Event("happened", D("2026-09-18"), label="校车事故"),)).dues
    assert [d.label for d in unknown] == [
        "校车事故(重大突发事件权威信息)",
        "校车事故(重大舆情新闻发布会)",
        "校车事故(其他政务舆情回应)",
    ]
    assert [d.due_on for d in unknown] == [D("2026-09-18"), D("2026-09-19"), D("2026-09-20")]


def test_a_notice_says_how_long_it_must_stand():
    found = obligations("P6-06", events=(Event("formed", D("2026-09-18"), label="拟任公示"),))
    assert found.dues[0].why == "2026年9月18日起20个工作日内;公示不少于5个工作日"


def test_a_matter_opened_in_stages_is_due_at_each_and_cannot_end_without_the_last():
    events = (
        Event("formed", D("2026-02-06"), label="食堂改造", ref="m1", stage="before"),
        Event("formed", D("2026-09-18"), label="食堂改造", ref="m1", stage="after"),
    )
    found = obligations("G20-10", events=events)
    assert [(d.label, d.stage, d.due_on.isoformat(), d.ref) for d in found.dues] == [
        ("食堂改造", "before", "2026-03-12", "m1"),
        ("食堂改造", "after", "2026-10-22", "m1"),
    ]
    assert found.dues[0].why == "事前公开:2026年2月6日起20个工作日内"
    assert missing_stages(item("G20-10").times, events) == {"m1": ["during"]}
    assert missing_stages(item("G20-10").times, [Event("formed", D("2026-02-06"))]) == {}


def test_an_event_of_a_stage_begins_no_second_obligation():
    found = obligations("K12-08", events=(Event("formed", D("2026-02-06"), stage="before"),))
    assert [d.stage for d in found.dues] == ["before"]
    assert obligations("K12-08", events=(Event("received", D("2026-02-06")),)).dues == ()


def test_what_was_due_before_adoption_is_no_obligation_and_what_was_formed_before_it_gets_the_full_limit():
    long_ago = Event("formed", D("2005-03-01"))
    past = Event("formed", D("2026-01-05"))
    shortly_before = Event("formed", D("2026-09-10"))
    found = obligations("G20-03", adopted="2026-09-18", events=(long_ago, past, shortly_before))
    assert [(d.opens_on.isoformat(), d.due_on.isoformat()) for d in found.dues] == [("2026-09-10", "2026-10-22")]


def test_a_date_counted_into_a_year_without_notice_is_provisional():
    events = (Event("formed", D("2026-12-04")),)
    found = obligations("G20-03", between=(D("2026-12-01"), D("2027-01-31")), events=events)
    assert [(d.due_on.isoformat(), d.provisional) for d in found.dues] == [("2027-01-01", True)]


def test_only_obligations_that_touch_the_period_are_listed():
    assert obligations("K12-02", adopted="2025-01-02", between=(D("2025-06-01"), D("2025-06-30"))).dues == ()


cycles = st.sampled_from(["week", "month", "quarter", "year", "school_year"])


@pytest.mark.parametrize("limit", ["K-ACT-20", "K-ACT-30"])
@given(cycles, st.dates(D("2020-01-01"), D("2025-06-30")))
def test_nothing_is_due_before_the_first_due_day_and_every_later_period_is_covered(limit, every, adopted):
    time = TimeClass(kind="REG", every=every)
    between = (adopted, D("2026-06-30"))
    found = own(time, adopted=adopted.isoformat(), limit=limit, between=between).dues
    lasting = own(TimeClass(kind="LONG"), adopted=adopted.isoformat(), limit=limit, between=between).dues
    assert found[0].due_on >= lasting[0].due_on
    assert all(d.opens_on >= adopted and d.target_on <= d.due_on for d in found)
    assert len({d.label for d in found}) == len(found)
    for before, after in zip(found[1:], found[2:], strict=False):
        assert before.due_on.toordinal() + 1 == after.opens_on.toordinal()
