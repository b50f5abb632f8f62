"""Who may take a step: authors, stand-ins, the two groups, the deputy, the small-school exception."""

from datetime import date, timedelta

import pytest

from gongkai.bodies import actions as bodies
from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.journal.models import JournalEntry
from gongkai.review import progress
from gongkai.review.actions import stand_aside
from gongkai.review.models import Decision
from tests import make
from tests.review.course import begin, items, step

pytestmark = pytest.mark.django_db
ON = make.AT.date()


def allowed(review, username, role, *, n=0):
    return progress.may_decide(make.scope(username, review.body), step(review, role), items(review)[n])


def carry(review, *people):
    for username in people:
        outcome = make.decide(review, username)
    return outcome


def test_the_author_takes_no_personal_step_on_their_own_text():
    school = make.school()
    make.post(school, "shiyan-second-dean", "department_head", department="教务处")
    review = begin(school, author="shiyan-dean")
    assert "由别人办理" in allowed(review, "shiyan-dean", "department").why
    assert allowed(review, "shiyan-second-dean", "department").allowed


def test_the_author_takes_no_step_as_a_stand_in_either():
    school = make.school()
    review = begin(school)
    bodies.record_absence(
        school, by=make.SYSTEM, at=make.AT, person=make.person("shiyan-dean"), delegate=make.person("shiyan-editor"),
        from_on=ON, until_on=None,
    )  # fmt: skip
    assert "是您起草" in allowed(review, "shiyan-editor", "department").why


def test_a_stand_in_decides_while_the_absence_lasts_and_the_decision_says_for_whom():
    school = make.school()
    bodies.record_absence(
        school, by=make.SYSTEM, at=make.AT, person=make.person("shiyan-dean"), delegate=make.person("shiyan-vice"),
        from_on=ON, until_on=ON + timedelta(days=2),
    )  # fmt: skip
    review = begin(school)
    later = make.scope("shiyan-vice", school, on=ON + timedelta(days=2))
    assert not progress.may_decide(later, step(review, "department"), items(review)[0]).allowed
    assert allowed(review, "shiyan-vice", "department").via == "delegate"
    make.decide(review, "shiyan-vice")
    assert Decision.objects.get().post_name == "代shiyan-dean（部门负责人）"


def test_nobody_stands_in_for_the_author_of_the_text():
    school = make.school()
    make.post(school, "shiyan-second-dean", "department_head", department="教务处")
    bodies.record_absence(
        school, by=make.SYSTEM, at=make.AT, person=make.person("shiyan-dean"), delegate=make.person("shiyan-vice"),
        from_on=ON, until_on=None,
    )  # fmt: skip
    review = begin(school, author="shiyan-dean")
    assert "由您代办的人起草" in allowed(review, "shiyan-vice", "department").why


def test_what_waits_passes_to_the_successor_of_a_leaver():
    school = make.school()
    review = begin(school)
    for post in school.posts.filter(person__username="shiyan-dean"):
        bodies.end_post(post, by=make.SYSTEM, at=make.AT, until_on=ON)
    make.post(school, "new-dean", "department_head", department="教务处")
    assert not allowed(review, "shiyan-dean", "department").allowed
    assert [one.review.pk for one in progress.waiting_for(make.scope("new-dean", school))] == [review.pk]


def test_without_a_department_the_office_head_reads_and_one_decision_covers_both_steps():
    review = begin(make.school(), department="")
    assert "不由您办理" in allowed(review, "shiyan-dean", "department").why
    make.decide(review, "shiyan-office")
    told = [(one.step.role, one.merged) for one in Decision.objects.order_by("pk")]
    assert told == [("department", False), ("office", True)]
    assert JournalEntry.objects.filter(act="review.decided").count() == 1
    assert progress.current_step(items(review)[0]).role == "secrecy"


def test_merging_stops_at_a_secrecy_review_whose_list_is_not_answered():
    school = make.school()
    make.post(school, "shiyan-office", "secrecy")
    review = begin(school)
    make.decide(review, "shiyan-dean")
    make.decide(review, "shiyan-office")
    assert progress.current_step(items(review)[0]).role == "secrecy"


def test_office_and_secrecy_of_one_person_merge_when_the_list_is_answered():
    school = make.school()
    make.post(school, "shiyan-office", "secrecy")
    review = begin(school)
    make.decide(review, "shiyan-dean")
    make.decide(review, "shiyan-office", checklist=make.without_trouble())
    assert progress.current_step(items(review)[0]).role == "leading"
    assert Decision.objects.get(step__role="secrecy").checklist["result"] == "publish"


def test_who_decided_for_the_leading_group_is_barred_from_supervision_also_as_recorder_of_the_meeting():
    school = make.school()
    make.post(school, "shiyan-deputy", "supervision_head")
    review = begin(school)
    carry(review, "shiyan-dean", "shiyan-office", "shiyan-secrecy", "shiyan-deputy")
    assert Decision.objects.get(step__role="leading").meeting is not None
    assert "已经在另一个小组" in allowed(review, "shiyan-deputy", "supervision").why
    assert allowed(review, "shiyan-watch2", "supervision").allowed


def test_the_only_supervisor_must_leave_the_leading_step_to_a_fellow_member():
    school = make.school()
    for post in school.posts.filter(duty__startswith="supervision"):
        bodies.end_post(post, by=make.SYSTEM, at=make.AT, until_on=ON)
    make.post(school, "shiyan-deputy", "supervision_head")
    review = begin(school)
    carry(review, "shiyan-dean", "shiyan-office", "shiyan-secrecy")
    assert "「监督小组审查」环节只有您能办" in allowed(review, "shiyan-deputy", "leading").why
    carry(review, "shiyan-lead", "shiyan-deputy", "shiyan-principal")
    assert items(review)[0].state == "approved"


def test_a_person_in_both_groups_may_keep_themselves_for_supervision():
    school = make.school()
    make.post(school, "shiyan-deputy", "supervision_head")
    review = begin(school)
    carry(review, "shiyan-dean", "shiyan-office", "shiyan-secrecy")
    stand_aside(step(review, "leading"), by=make.actor("shiyan-deputy", school), at=make.AT, why="留到监督小组审")
    assert progress.waiting_for(make.scope("shiyan-deputy", school)) == []
    carry(review, "shiyan-lead")
    assert allowed(review, "shiyan-deputy", "supervision").allowed


def test_nobody_stands_aside_when_nobody_else_is_left():
    review = begin(make.school())
    with pytest.raises(ActRefused, match="除您以外没有人能办"):
        stand_aside(step(review, "department"), by=make.actor("shiyan-dean", review.body), at=make.AT, why="回避")


def test_the_deputy_signs_only_what_the_signer_wrote_or_while_the_signer_is_away():
    school = make.school()
    review = begin(school)
    carry(review, "shiyan-dean", "shiyan-office", "shiyan-secrecy", "shiyan-lead", "shiyan-watch")
    assert "由签发人签发" in allowed(review, "shiyan-vice", "signature").why
    bodies.record_absence(
        school, by=make.SYSTEM, at=make.AT, person=make.person("shiyan-principal"), delegate=None,
        from_on=ON, until_on=None,
    )  # fmt: skip
    assert allowed(review, "shiyan-vice", "signature").allowed
    own = begin(school, author="shiyan-principal", by="shiyan-clerk")
    carry(own, "shiyan-dean", "shiyan-office", "shiyan-secrecy", "shiyan-lead", "shiyan-watch")
    assert not allowed(own, "shiyan-principal", "signature").allowed
    assert allowed(own, "shiyan-vice", "signature").allowed


def test_an_author_in_the_leading_group_attends_but_another_member_carries_the_meeting():
    review = begin(make.school(), author="shiyan-lead", by="shiyan-clerk")
    carry(review, "shiyan-dean", "shiyan-office", "shiyan-secrecy")
    assert not allowed(review, "shiyan-lead", "leading").allowed
    make.decide(review, "shiyan-deputy")
    assert progress.current_step(items(review)[0]).role == "supervision"


def test_where_nobody_is_left_the_recorded_reader_of_the_superior_decides_and_the_record_says_so():
    school = make.school()
    bureau = make.body("jyj", name="示范区教育局", kind="edu_bureau")
    reader = make.post(bureau, "jyj-reader", "supervisor")
    begun = make.AT - timedelta(days=1)
    bodies.record_exception(
        school, by=make.SYSTEM, at=begun, group="department", reader=reader, reason="教务处只有一名负责人",
        from_on=begun.date(),
    )  # fmt: skip
    ordinary = begin(school)
    assert not allowed(ordinary, "jyj-reader", "department").allowed
    review = begin(school, author="shiyan-dean")
    assert [one.review.pk for one in progress.waiting_as_reader(reader, on=ON)] == [review.pk]
    make.decide(review, "jyj-reader")
    decision = Decision.objects.get()
    assert (decision.exception, decision.post_name) == ("教务处只有一名负责人", "指定校读人")
    assert "教务处只有一名负责人" in JournalEntry.objects.get(act="review.decided").text
    assert progress.waiting_as_reader(reader, on=ON) == []


def test_an_issue_that_would_get_stuck_is_refused_before_it_starts():
    school = make.school()
    with pytest.raises(ActRefused, match="现在送审会走不通：没有第二个人可以担任「部门负责人审核」"):
        begin(school, author="shiyan-dean")


def test_a_person_of_another_body_takes_no_part():
    review = begin(make.school())
    other = make.school("erxiao", name="第二小学")
    at_department = step(review, "department")
    with pytest.raises(NotAllowed, match="只有本单位有岗位的人"):
        make.deciding.decide(
            review, by=make.actor("erxiao-dean", other), at=make.AT, step=at_department, verdict="approve",
            items=[items(review)[0].pk], digests={},
        )  # fmt: skip


def test_a_typo_is_read_by_one_independent_reader():
    review = begin(make.school(), route="typo", author="shiyan-clerk")
    assert not allowed(review, "shiyan-clerk", "reader").allowed
    outcome = make.decide(review, "shiyan-office")
    assert [item.title for item in outcome.approved] == ["收费公示"]


def test_news_takes_the_short_way_by_department_head_and_secrecy_review():
    review = begin(make.school(), "运动会", route="short")
    outcome = carry(review, "shiyan-dean", "shiyan-secrecy")
    assert [item.title for item in outcome.approved] == ["运动会"]


def test_a_party_body_has_its_own_order_from_proposal_to_signature():
    branch = make.school("zhibu", name="实验小学党支部", kind="party_org")
    review = begin(branch, route="party")
    assert [one.name for one in review.steps.all()] == [
        "提出（部门审核）", "审核（保密、必要、准确）", "审批（支委会或党员大会）", "监督审查", "签发实施",
    ]  # fmt: skip
    carry(review, "zhibu-dean", "zhibu-secrecy", "zhibu-lead", "zhibu-watch", "zhibu-principal")
    assert items(review)[0].state == "approved"


def test_posts_of_the_future_decide_nothing_yet():
    school = make.school()
    review = begin(school)
    bodies.appoint(
        school, by=make.SYSTEM, at=make.AT, person=make.person("new"), duty="department_head",
        department=school.departments.get(name="教务处"), from_on=date(2026, 10, 1),
    )  # fmt: skip
    assert not allowed(review, "new", "department").allowed
