"""The course of a case: handed out, made clear, explained, extended; each date as the law counts it."""

from datetime import date, datetime, timedelta

import pytest

from gongkai.access import clocks
from gongkai.access.actions import consulting, course
from gongkai.access.models import AccessSettings, CaseState, Clock
from gongkai.accounts.models import Person
from gongkai.bodies.models import LocalRule
from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.statute.events import Happened
from tests import make

pytestmark = pytest.mark.django_db
BY = make.SYSTEM


def at(month, day, year=2024):
    return datetime(year, month, day, 10, 0, tzinfo=make.SHANGHAI)


def on(month, day, year=2024):
    return date(year, month, day)


FRIDAY = at(9, 6)


@pytest.fixture
def bureau():
    made = make.school("jiaoyuju", name="示范区教育局", kind="edu_bureau")
    made.posts.update(from_on=date(2020, 1, 1))
    return made


@pytest.fixture
def case(bureau):
    return make.request(bureau, at=FRIDAY)


def clock(case, kind):
    return case.clocks.get(kind=kind)


# Who handles it ---------------------------------------------------------------------------------------------------


def test_a_case_is_given_to_a_person_who_then_owns_its_clocks(bureau, case):
    editor = Person.objects.get(username="jiaoyuju-editor")
    case = course.assign(case, by=BY, at=FRIDAY, handler=editor, department=bureau.departments.get())
    assert set(case.clocks.values_list("owner__username", flat=True)) == {"jiaoyuju-editor"}


def test_a_case_stays_inside_the_body(bureau, case):
    other = make.school("other")
    with pytest.raises(ActRefused, match="哪个部门或者哪个人"):
        course.assign(case, by=BY, at=FRIDAY)
    with pytest.raises(ActRefused, match="本单位的部门"):
        course.assign(case, by=BY, at=FRIDAY, department=other.departments.get())
    with pytest.raises(ActRefused, match="不在本单位任职"):
        course.assign(case, by=BY, at=FRIDAY, handler=Person.objects.get(username="other-clerk"))


def test_material_is_asked_for_with_its_own_clock_and_returned_by_who_was_asked(bureau, case):
    department = bureau.departments.get()
    given = {"department": department, "task": "提供2025年决算表", "due_on": on(9, 13)}
    handed = course.hand_over(case, by=make.actor("jiaoyuju-clerk", bureau, on=on(9, 6)), at=FRIDAY, **given)
    running = clock(case, "hand_over")
    assert (running.begun_on, running.due_on, running.ref) == (on(9, 6), on(9, 13), f"h{handed.pk}")
    with pytest.raises(NotAllowed, match="返回材料"):
        course.return_material(handed, by=make.actor("jiaoyuju-watch", bureau), at=at(9, 10), answer="见附件")
    stranger = make.post(bureau, "stranger", "editor", department="总务处")
    bureau.posts.update(from_on=date(2020, 1, 1))
    with pytest.raises(NotAllowed, match="没有交给您"):
        course.return_material(handed, by=make.actor(stranger.username, bureau), at=at(9, 10), answer="见附件")
    by = make.actor("jiaoyuju-editor", bureau)
    handed = course.return_material(handed, by=by, at=at(9, 10), answer="见附件", files=[("决算.txt", b"1")])
    assert (handed.returned_on, clock(case, "hand_over").met_on) == (on(9, 10), on(9, 10))
    assert [(f.name, f.purpose, f.from_requester) for f in case.files.all()] == [("决算.txt", "material", False)]
    with pytest.raises(ActRefused, match="已经返回"):
        course.return_material(handed, by=by, at=at(9, 11), answer="再来")


@pytest.mark.parametrize(
    ("facts", "says"),
    [({"due_on": on(9, 5)}, "不能早于今天"), ({"due_on": on(10, 12)}, "晚于答复期限"), ({"task": " "}, "需要提供什么")],
)
def test_material_must_be_asked_for_in_time(bureau, case, facts, says):
    given = {"department": bureau.departments.get(), "task": "提供材料", "due_on": on(9, 13), **facts}
    with pytest.raises(ActRefused, match=says):
        course.hand_over(case, by=BY, at=FRIDAY, **given)


# Clarification ----------------------------------------------------------------------------------------------------


def ask(case, when=None, **facts):
    when = when or at(9, 12)
    return course.ask_clarification(case, by=BY, at=when, **{"on": when.date(), "items": "请写明年度。", **facts})


def test_scenario_c_clarification_stops_the_period_and_its_answer_begins_it_anew(case):
    case = ask(case, at(9, 18))
    assert (case.state, case.due_on, clocks.reply(case).waiting) == ("clarifying", None, "clarification_sent")
    assert clock(case, "clarification").due_on == on(10, 14)
    case = course.receive_clarification(case, by=BY, at=at(9, 25), on=on(9, 25), text="2025年度")
    assert (case.state, case.due_on) == ("received", on(10, 28))
    assert clock(case, "clarification").met_on == on(9, 25)
    assert clock(case, "clarification_notice").met_on == on(9, 18)
    assert list(case.files.order_by("pk").values_list("text", flat=True)) == ["请写明年度。", "2025年度"]


def test_clarification_is_asked_within_seven_working_days_and_says_what_to_do_afterwards(case):
    with pytest.raises(ActRefused, match="2024年9月18日以前告知.*请按现有内容检索并答复"):
        ask(case, at(9, 19))
    assert ask(case, at(9, 19), on=on(9, 18)).state == CaseState.CLARIFYING


def test_clarification_is_asked_once(case):
    case = ask(case)
    with pytest.raises(ActRefused, match="待补正"):
        ask(case)
    case = course.receive_clarification(case, by=BY, at=at(9, 13), on=on(9, 13), text="2025年度")
    with pytest.raises(ActRefused, match="只能告知一次"):
        ask(case, at(9, 14))


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"on": on(9, 13)}, "不能晚于今天"), ({"on": on(9, 5)}, "早于收到申请之日"), ({"items": ""}, "补正哪些内容"),
        ({"days": 0}, "1到60"), ({"days": 61}, "1到60"), ({"items": "长" * 10_001}, "太长"),
    ],
)  # fmt: skip
def test_a_notice_of_clarification_that_cannot_be_is_refused(case, facts, says):
    with pytest.raises(ActRefused, match=says):
        ask(case, **facts)


def test_the_body_sets_how_long_a_requester_has(bureau, case):
    AccessSettings.objects.create(body=bureau, clarification_days=20)
    assert clock(ask(case, at(9, 12)), "clarification").due_on == on(10, 16)
    other = ask(make.request(bureau, at=FRIDAY), at(9, 12), days=5)
    assert clock(other, "clarification").due_on == on(9, 20)


def test_a_requester_answers_online_with_the_query_code(bureau, case):
    public = make.Actor.public(body_code=bureau.code, body_name=bureau.name)
    given = {"by": public, "at": at(9, 20), "text": "2025年度"}
    with pytest.raises(ActRefused, match="不能收到补正"):
        course.answer_online(case, code=case.query_code, **given)
    case = ask(case)
    with pytest.raises(ActRefused, match="查询码不对"):
        course.answer_online(case, code="XXXXXXXXXX", **given)
    with pytest.raises(NotAllowed):
        course.receive_clarification(case, on=on(9, 20), **given)
    case = course.answer_online(case, code=f" {case.query_code.lower()} ", **given)
    assert (case.state, case.due_on) == ("received", on(10, 23))


# Explanation ------------------------------------------------------------------------------------------------------


def test_reasons_are_asked_once_and_the_period_runs_on(bureau, case):
    case = course.ask_explanation(case, by=BY, at=at(9, 9), on=on(9, 9), days=5)
    assert (case.state, case.due_on, clock(case, "explanation").due_on) == ("explaining", on(10, 11), on(9, 14))
    public = make.Actor.public(body_code=bureau.code, body_name=bureau.name)
    case = course.answer_online(case, by=public, at=at(9, 11), code=case.query_code, text="为了写论文")
    assert (case.state, case.due_on, clock(case, "explanation").met_on) == ("received", on(10, 11), on(9, 11))
    with pytest.raises(ActRefused, match="已经要求说明过"):
        course.ask_explanation(case, by=BY, at=at(9, 12), on=on(9, 12))


# Extension --------------------------------------------------------------------------------------------------------


def extend(case, when=None, **facts):
    when = when or at(10, 8)
    return course.extend(case, by=BY, at=when, **{"on": when.date(), "days": 20, "reason": "需要检索", **facts})


def test_scenario_a_the_approver_extends_once_within_the_cap(bureau, case):
    clerk, head = make.actor("jiaoyuju-clerk", bureau), make.actor("jiaoyuju-office", bureau)
    course.propose_extension(case, by=clerk, at=at(10, 8), days=20, reason="需要检索")
    with pytest.raises(NotAllowed, match="批准延期"):
        course.extend(case, by=clerk, at=at(10, 8), on=on(10, 8), days=20, reason="需要检索")
    case = course.extend(case, by=head, at=at(10, 8), on=on(10, 8), days=20, reason="需要检索")
    assert (case.due_on, clock(case, "reply").due_on) == (on(11, 7), on(11, 7))
    with pytest.raises(ActRefused, match="不能再延"):
        extend(case)


def test_an_extension_may_be_given_on_the_last_day_and_not_after(case):
    with pytest.raises(ActRefused, match="2024年10月11日已经届满"):
        extend(case, at(10, 12))
    assert extend(case, at(10, 12), on=on(10, 11)).due_on == on(11, 7)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"days": 21}, "1到20"), ({"days": 0}, "1到20"), ({"on": on(10, 9)}, "不能晚于今天"),
        ({"on": on(9, 5)}, "早于收到"), ({"reason": "  "}, "为什么需要延期"),
    ],
)  # fmt: skip
def test_an_extension_that_cannot_be_is_refused(case, facts, says):
    with pytest.raises(ActRefused, match=says):
        extend(case, **facts)


def test_a_school_extends_only_where_its_local_rule_knows_extensions():
    school = make.school()
    with pytest.raises(ActRefused, match="请先选择本地答复期限"):
        extend(make.request(school, at=FRIDAY), at(9, 9))
    rule = LocalRule.objects.create(body=school, record="K-REPLY", from_on=on(1, 1))
    with pytest.raises(ActRefused, match="没有延期的规定"):
        extend(make.request(school, at=FRIDAY), at(9, 9))
    LocalRule.objects.filter(pk=rule.pk).update(record="K-REPLY-20")
    assert extend(make.request(school, at=FRIDAY), at(9, 9)).due_on == on(11, 7)


def defer(case, when, **facts):
    return course.defer(case, by=BY, at=when, **{"on": when.date(), "days": 30, "reason": "件数很多", **facts})


def test_a_delayed_day_is_fixed_once_after_the_requester_has_explained(case):
    with pytest.raises(ActRefused, match="先要求申请人说明理由"):
        defer(case, at(9, 9))
    case = course.ask_explanation(case, by=BY, at=at(9, 9), on=on(9, 9))
    case = course.receive_explanation(case, by=BY, at=at(9, 12), on=on(9, 12), text="为了写论文")
    for when, facts, says in (
        (at(9, 11), {}, "收到说明以后"), (at(10, 12), {}, "2024年10月11日届满以前"), (at(9, 13), {"days": 61}, "1到60"),
    ):  # fmt: skip
        with pytest.raises(ActRefused, match=says):
            defer(case, when, **facts)
    case = defer(case, at(9, 13))
    assert case.due_on == on(11, 21)
    assert "第三十五条" in case.letters.get(kind="F06").text
    with pytest.raises(ActRefused, match="不能再延"):
        defer(case, at(9, 14))


def test_a_school_knows_no_delayed_day(bureau):
    school = make.school()
    LocalRule.objects.create(body=school, record="K-REPLY", from_on=on(1, 1))
    with pytest.raises(ActRefused, match="没有确定延迟答复的规定"):
        defer(make.request(school, at=FRIDAY), at(9, 9))


@pytest.mark.parametrize(
    ("kind", "letters"),
    [("third_party", ["F07", "F08"]), ("joint_author", ["F09", "F08"]), ("other_body", ["F09", "F08"])],
)
def test_each_step_that_speaks_to_somebody_writes_and_numbers_its_letter(case, kind, letters):
    case = extend(
        ask(case, at(9, 9)) and course.receive_clarification(case, by=BY, at=at(9, 9), on=on(9, 9), text="年"), at(9, 9)
    )
    consulting.consult(case, by=BY, at=at(9, 9), kind=kind, addressee="某单位", about="价格", on=on(9, 9))
    sent = list(case.letters.order_by("serial").values_list("kind", "serial", "state"))
    assert sent == [(kind_, n, "signed") for n, kind_ in enumerate(["F04", "F06", *letters], 1)]


# The index --------------------------------------------------------------------------------------------------------


def test_what_an_act_would_do_to_the_date_is_shown_before_it_is_done(case):
    assert clocks.preview(case, Happened("extended", on(10, 8), 20)).due_on == on(11, 7)
    waits = clocks.preview(case, Happened("clarification_sent", on(9, 9)))
    assert (waits.due_on, waits.waiting) == (None, "clarification_sent")
    case.refresh_from_db()
    assert case.due_on == on(10, 11)


def test_the_proof_counts_every_day_up_to_the_last(case):
    days = clocks.proof(case, on=on(9, 9))
    assert (days[0]["on"], days[-1]["on"], days[-1]["n"], days[-1]["due"]) == (on(9, 7), on(10, 11), 20, True)
    assert [day["on"] for day in days if day["today"]] == [on(9, 9)]


def test_a_school_that_chooses_its_period_later_gets_its_dates_with_the_next_step():
    school = make.school()
    case = make.request(school, at=FRIDAY)
    LocalRule.objects.create(body=school, record="K-REPLY", from_on=on(9, 1))
    case = clocks.refresh(case, at=at(9, 9))
    assert (case.local, case.due_on, case.provisional) == ("K-REPLY", on(9, 23), False)


def test_a_case_open_over_new_year_and_over_an_unannounced_calendar_is_provisional(bureau):
    case = make.request(bureau, at=at(12, 10, 2026))
    assert (case.due_on, case.provisional) == (on(1, 7, 2027), True)


def test_a_case_received_on_a_leap_day_counts_from_the_first_of_march(bureau):
    case = make.request(bureau, at=at(2, 29, 2024))
    assert case.due_on == on(3, 28)


def test_the_clarification_clock_does_not_stay_open_when_nobody_needs_it(case):
    clocks.refresh(case, at=at(9, 18))
    assert Clock.objects.running().filter(kind="clarification_notice").exists()
    clocks.refresh(case, at=at(9, 19))
    assert not Clock.objects.running().filter(kind="clarification_notice").exists()


def test_a_repeated_request_names_the_earlier_one(bureau, case):
    later = make.request(bureau, at=FRIDAY + timedelta(days=1))
    assert course.mark_repeat(later, by=BY, at=FRIDAY, of=case).repeats == case
    for of, says in ((later, "在前的那一件"), (make.request(make.school("other"), at=FRIDAY), "本单位")):
        with pytest.raises(ActRefused, match=says):
            course.mark_repeat(later, by=BY, at=FRIDAY, of=of)
    assert course.mark_repeat(later, by=BY, at=FRIDAY, of=None).repeats is None
