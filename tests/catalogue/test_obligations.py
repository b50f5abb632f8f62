"""Adopting, computing, meeting: the catalogue's own life."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from gongkai.catalogue import actions
from gongkai.catalogue.coverage import coverage, matrix, wall
from gongkai.catalogue.models import CatalogueItem, Obligation
from gongkai.catalogue.sweep import sweep
from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.journal.models import JournalEntry
from tests import make

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
SEPTEMBER = datetime(2026, 9, 1, 9, 0, tzinfo=SHANGHAI)
NOVEMBER = datetime(2026, 11, 21, 9, 0, tzinfo=SHANGHAI)
NEXT_YEAR = datetime(2027, 9, 3, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture
def school():
    body = make.school()
    clerk = make.actor("shiyan-clerk", body)
    actions.enter_term(
        body, by=clerk, at=SEPTEMBER, name="2026年秋季学期", starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 22)
    )
    actions.adopt(body, by=clerk, at=SEPTEMBER, catalogue="K12")
    return body


def clerk(body):
    return make.actor("shiyan-clerk", body)


def item(body, code):
    return CatalogueItem.objects.get(body=body, code=code)


def rows(body, code):
    return list(Obligation.objects.filter(item=item(body, code)).order_by("due_on"))


def test_adopting_copies_the_items_and_nothing_is_overdue_at_once(school):
    assert school.catalogue_items.count() == 11
    assert not Obligation.objects.of(school).overdue(on=date(2026, 9, 2)).exists()


def test_a_lasting_item_is_first_due_twenty_working_days_after_adoption(school):
    [first] = rows(school, "K12-02")
    assert (first.label, first.opens_on, first.due_on) == ("首次公开", date(2026, 9, 1), date(2026, 9, 29))
    assert first.cite == "k12-local"
    assert len(first.law_digest) == 64


def test_adopting_the_same_catalogue_twice_changes_nothing(school):
    actions.adopt(school, by=clerk(school), at=NOVEMBER, catalogue="K12")
    assert school.catalogue_items.count() == 11


def test_a_catalogue_of_another_kind_of_body_is_refused_in_plain_words(school):
    with pytest.raises(ActRefused, match="不适用于小学"):
        actions.adopt(school, by=clerk(school), at=SEPTEMBER, catalogue="GOV21")


def test_only_the_office_and_the_manager_keep_the_catalogue(school):
    with pytest.raises(NotAllowed):
        actions.adopt(school, by=make.actor("shiyan-dean", school), at=SEPTEMBER, catalogue="STAFF_P5")


def test_recomputing_twice_changes_nothing(school):
    assert actions.refresh_obligations(school, by=clerk(school), at=SEPTEMBER) == {"new": 0, "changed": 0, "gone": 0}


def test_the_sweep_writes_no_entry_where_nothing_moved(school):
    before = JournalEntry.objects.count()
    assert sweep(SEPTEMBER) == 0
    assert JournalEntry.objects.count() == before


def test_an_item_whose_cycle_the_body_chooses_asks_for_it_and_follows_the_choice(school):
    plan = item(school, "K12-03")
    assert plan.ask == "cycle"
    actions.adapt(plan, by=clerk(school), at=SEPTEMBER, cycle="term")
    assert [row.label for row in rows(school, "K12-03")] == ["2026年秋季学期"]
    assert item(school, "K12-03").ask == ""


def test_without_term_dates_a_termly_item_asks_for_them():
    body = make.school("erxiao")
    actions.adopt(body, by=make.actor("erxiao-clerk", body), at=SEPTEMBER, catalogue="K12")
    assert item(body, "K12-06").ask == "term_dates"


def test_a_cycle_longer_than_the_catalogues_is_refused(school):
    with pytest.raises(ActRefused, match="不能更稀"):
        actions.adapt(item(school, "K12-06"), by=clerk(school), at=SEPTEMBER, cycle="year")


def test_immediate_information_is_due_twenty_working_days_after_it_was_formed(school):
    actions.record_formed(
        item(school, "K12-07"), by=clerk(school), at=NOVEMBER, on=date(2026, 11, 2), label="教师招聘结果"
    )
    [row] = rows(school, "K12-07")
    assert (row.label, row.due_on, row.formed_on) == ("教师招聘结果", date(2026, 11, 30), date(2026, 11, 2))


def test_information_cannot_be_formed_tomorrow(school):
    with pytest.raises(ActRefused, match="不能晚于今天"):
        actions.record_formed(item(school, "K12-07"), by=clerk(school), at=NOVEMBER, on=date(2026, 11, 22))


def test_a_matter_in_stages_needs_the_stage_named(school):
    with pytest.raises(ActRefused, match="事前、事中、事后"):
        actions.record_formed(
            item(school, "K12-08"), by=clerk(school), at=NOVEMBER, on=date(2026, 11, 2), label="操场维修"
        )
    actions.record_formed(
        item(school, "K12-08"), by=clerk(school), at=NOVEMBER, on=date(2026, 11, 2), label="操场维修", stage="before"
    )
    assert {row.stage for row in rows(school, "K12-08")} == {"before"}


def test_publishing_meets_the_lasting_text_and_the_running_period_and_withdrawing_opens_them_again(school):
    fees = item(school, "K12-05")
    met = actions.meet(fees, by=clerk(school), at=SEPTEMBER, on=date(2026, 9, 1), by_subject="disclosure/5")
    assert "首次公开" in {row.label for row in met}
    assert wall_row(school, "K12-05").mark.latest_on == date(2026, 9, 1)
    actions.unmeet(school, by=clerk(school), at=NOVEMBER, by_subject="disclosure/5")
    assert wall_row(school, "K12-05").mark.state == "late"


def test_a_withdrawn_publication_does_not_reopen_what_another_one_meets(school):
    rules = item(school, "K12-02")
    actions.meet(rules, by=clerk(school), at=SEPTEMBER, on=date(2026, 9, 1), by_subject="disclosure/5")
    actions.meet(rules, by=clerk(school), at=SEPTEMBER, on=date(2026, 9, 3), by_subject="disclosure/6")
    actions.unmeet(school, by=clerk(school), at=NOVEMBER, by_subject="disclosure/5")
    [row] = [r for r in rows(school, "K12-02") if r.kind == "publish"]
    assert (row.met_on, row.met_by) == (date(2026, 9, 3), "disclosure/6")


def test_met_obligations_survive_every_recomputation(school):
    rules = item(school, "K12-02")
    actions.meet(rules, by=clerk(school), at=SEPTEMBER, on=date(2026, 9, 1), by_subject="disclosure/5")
    actions.refresh_obligations(school, by=clerk(school), at=NOVEMBER)
    assert rows(school, "K12-02")[0].met_on == date(2026, 9, 1)


def test_a_lasting_text_is_checked_once_a_year_and_confirming_it_is_enough(school):
    rules = item(school, "K12-02")
    with pytest.raises(ActRefused, match="还没有公开过"):
        actions.confirm(rules, by=clerk(school), at=SEPTEMBER)
    actions.meet(rules, by=clerk(school), at=SEPTEMBER, on=date(2026, 9, 1), by_subject="disclosure/5")
    actions.refresh_obligations(school, by=clerk(school), at=NEXT_YEAR)
    assert [r.label for r in rows(school, "K12-02") if r.met_on is None] == ["2027年度核对"]
    actions.confirm(rules, by=clerk(school), at=NEXT_YEAR)
    assert [r.label for r in rows(school, "K12-02") if r.met_on is None] == []


def test_what_is_renewed_every_term_needs_no_yearly_check_besides(school):
    fees = item(school, "K12-05")
    actions.meet(fees, by=clerk(school), at=SEPTEMBER, on=date(2026, 9, 1), by_subject="disclosure/5")
    actions.refresh_obligations(school, by=clerk(school), at=NEXT_YEAR)
    assert [r.label for r in rows(school, "K12-05") if r.kind == "confirm"] == []


def test_a_drafts_formation_date_starts_the_limit_and_follows_its_changes(school):
    staff = item(school, "K12-07")
    follow = {"by": clerk(school), "at": NOVEMBER, "by_subject": "disclosure/9", "label": "职称评定结果"}
    actions.follow_draft(school, items=[staff], formed_on=date(2026, 11, 2), **follow)
    actions.follow_draft(school, items=[staff], formed_on=date(2026, 11, 3), **follow)
    assert [row.due_on for row in rows(school, "K12-07")] == [date(2026, 12, 1)]
    actions.follow_draft(school, items=[], formed_on=None, **follow)
    assert rows(school, "K12-07") == []


def test_an_item_set_aside_needs_a_reason_and_is_not_counted(school):
    canteen = item(school, "K12-10")
    with pytest.raises(ActRefused, match="请写明不适用的理由"):
        actions.mark_not_applicable(canteen, by=clerk(school), at=SEPTEMBER, reason="无")
    actions.mark_not_applicable(canteen, by=clerk(school), at=SEPTEMBER, reason="本校没有这项工作")
    assert coverage(school, on=date(2026, 9, 2)).total == 10
    assert wall_row(school, "K12-10").mark.state == "none"


def test_an_item_taken_back_runs_from_that_day_but_keeps_what_was_overdue_before(school):
    rules = item(school, "K12-02")
    actions.mark_not_applicable(rules, by=clerk(school), at=NOVEMBER, reason="本校没有这项工作")
    actions.mark_applicable(item(school, "K12-02"), by=clerk(school), at=NOVEMBER)
    assert [row.due_on for row in rows(school, "K12-02")] == [date(2026, 9, 29), date(2026, 12, 18)]


def test_own_items_get_a_code_and_outside_ones_need_a_plan(school):
    own = actions.add_own_item(school, by=clerk(school), at=SEPTEMBER, name="课后服务安排", times=[{"class": "LONG"}])
    assert own.code == "OWN-01"
    assert own.obligations.get().due_on == date(2026, 9, 29)
    with pytest.raises(ActRefused, match="工作方案"):
        actions.add_own_item(school, by=clerk(school), at=SEPTEMBER, name="百年校庆", origin="outside")


def test_a_confirmed_equivalence_lets_one_publication_meet_two_items(school):
    actions.adopt(school, by=clerk(school), at=SEPTEMBER, catalogue="STAFF_P10")
    fees, same = item(school, "K12-05"), item(school, "P10-1")
    actions.confirm_equivalence(fees, by=clerk(school), at=SEPTEMBER, also_meets=same)
    actions.meet(fees, by=clerk(school), at=SEPTEMBER, on=date(2026, 9, 2), by_subject="disclosure/5")
    assert wall_row(school, "P10-1").mark.latest_on == date(2026, 9, 2)


def test_a_local_limit_moves_the_open_due_dates(school):
    actions.choose_rule(school, by=clerk(school), at=SEPTEMBER, record="K-ACT-30", kind="proactive")
    [row] = rows(school, "K12-02")
    assert (row.due_on, row.target_on, row.cite) == (date(2026, 10, 1), date(2026, 9, 30), "sample-p8")


def test_the_matrix_of_many_bodies_takes_three_queries(school, django_assert_num_queries):
    other = make.school("erxiao")
    actions.adopt(other, by=make.actor("erxiao-clerk", other), at=SEPTEMBER, catalogue="K12")
    with django_assert_num_queries(3):
        lines = matrix([school, other], on=date(2026, 11, 21))
    assert [line.coverage.total for line in lines] == [11, 11]
    assert lines[0].coverage == coverage(school, on=date(2026, 11, 21))


def wall_row(body, code):
    return next(row for row in wall(body, on=date(2026, 11, 21)) if row.item.code == code)
