"""The course of a review: steps in order, returns, edits, what stands and what falls."""

from datetime import timedelta

import pytest

from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.journal.models import JournalEntry
from gongkai.review import progress
from gongkai.review.actions import AlreadyDecided, StaleDigest, edited, remind, remove, resubmit
from gongkai.review.models import Decision, ItemState
from gongkai.review.timeline import history
from tests import make
from tests.review.course import begin, digest, items, step

pytestmark = pytest.mark.django_db
CHAIN = ["shiyan-dean", "shiyan-office", "shiyan-secrecy", "shiyan-lead", "shiyan-watch", "shiyan-principal"]
LATER = make.AT + timedelta(hours=2)


def carry(review, people, at=make.AT):
    for username in people:
        outcome = make.decide(review, username, at=at)
    return outcome


def roles(review):
    return [progress.current_step(item).role if progress.current_step(item) else None for item in items(review)]


def test_an_issue_goes_through_every_step_in_order_and_is_approved_at_the_last():
    review = begin(make.school(), "收费公示", "食谱")
    seen = []
    for username in CHAIN:
        seen.append(roles(review)[0])
        outcome = make.decide(review, username)
    assert seen == ["department", "office", "secrecy", "leading", "supervision", "signature"]
    assert [item.title for item in outcome.approved] == ["收费公示", "食谱"]
    review.refresh_from_db()
    assert review.closed_at == make.AT


def test_a_person_outside_the_step_is_refused_with_the_reason():
    review = begin(make.school())
    with pytest.raises(NotAllowed, match="「部门负责人审核」不由您办理"):
        make.decide(review, "shiyan-watch")


def test_single_items_go_back_while_the_rest_go_on_and_come_back_at_the_first_open_step():
    review = begin(make.school(), "收费公示", "食谱", "招生简章")
    carry(review, CHAIN[:2])
    first = items(review)[0]
    make.decide(review, "shiyan-secrecy", items=[first.pk], verdict="return", opinion="第7列有身份证号")
    make.decide(review, "shiyan-secrecy")
    assert roles(review) == [None, "leading", "leading"]
    edited(
        first, by=make.actor("shiyan-editor", review.body), at=LATER, digest=digest(91),
        voids="content", difference="删去第7列",
    )  # fmt: skip
    resubmit(first, by=make.actor("shiyan-editor", review.body), at=LATER, digest=digest(91))
    assert roles(review) == ["department", "leading", "leading"]
    carry(review, CHAIN[3:])
    review.refresh_from_db()
    assert review.closed_at is None
    carry(review, ["shiyan-dean", "shiyan-secrecy", *CHAIN[3:]], at=LATER)
    review.refresh_from_db()
    assert review.closed_at == LATER


def test_a_return_to_an_earlier_step_voids_that_step_and_all_after_it():
    review = begin(make.school())
    carry(review, CHAIN[:4])
    outcome = make.decide(
        review, "shiyan-watch", verdict="return", opinion="保密审查请再看第3页", back_to=step(review, "secrecy")
    )
    assert [item.title for item in outcome.moved] == ["收费公示"]
    assert roles(review) == ["secrecy"]
    assert Decision.objects.standing().count() == 2
    carry(review, CHAIN[2:])
    assert items(review)[0].state == ItemState.APPROVED


def test_returning_without_a_reason_is_refused():
    review = begin(make.school())
    with pytest.raises(ActRefused, match="退回必须写明理由"):
        make.decide(review, "shiyan-dean", verdict="return", opinion="  ")


def test_a_stale_page_is_refused_and_says_who_changed_what():
    review = begin(make.school())
    item = items(review)[0]
    edited(
        item, by=make.actor("shiyan-editor", review.body), at=LATER, digest=digest(92),
        voids="content", difference="标题改为《秋季收费公示》",
    )  # fmt: skip
    with pytest.raises(StaleDigest, match="由shiyan-editor于2026年9月1日 11:00改动过.*秋季收费公示"):
        make.decide(review, "shiyan-dean", digests={item.pk: digest(1)})


def test_the_second_of_two_deciders_is_told_who_decided_what_and_when():
    school = make.school()
    make.post(school, "second-secrecy", "secrecy", title="保密员")
    review = begin(school)
    carry(review, CHAIN[:2])
    at_secrecy = step(review, "secrecy")
    make.decide(review, "shiyan-secrecy")
    with pytest.raises(
        AlreadyDecided, match="「保密审查」已由shiyan-secrecy.*2026年9月1日 09:00同意，您的决定没有记入"
    ):
        make.decide(review, "second-secrecy", step=at_secrecy, items=[items(review)[0].pk])


def test_a_double_click_answers_the_same_and_writes_no_second_entry():
    review = begin(make.school())
    at_department, keys = step(review, "department"), [items(review)[0].pk]
    first = make.decide(review, "shiyan-dean", step=at_department, items=keys)
    entries = JournalEntry.objects.count()
    again = make.decide(review, "shiyan-dean", step=at_department, items=keys, at=LATER)
    assert [item.pk for item in again.moved] == [item.pk for item in first.moved] == keys
    assert JournalEntry.objects.count() == entries
    assert Decision.objects.count() == 1


def test_a_change_of_content_voids_department_and_everything_from_secrecy_on_but_keeps_the_office():
    review = begin(make.school())
    carry(review, CHAIN[:4])
    item = items(review)[0]
    shown = progress.what_an_edit_voids(item, "content")
    assert [decision.step.role for decision in shown] == ["department", "secrecy", "leading"]
    edited(
        item,
        by=make.actor("shiyan-clerk", review.body),
        at=LATER,
        digest=digest(93),
        voids="content",
        difference="改字",
    )
    kept = Decision.objects.standing().get(item=item)
    assert (kept.step.role, kept.digest, kept.carried_from.digest) == ("office", digest(93), digest(1))
    assert roles(review) == ["department"]


def test_a_change_by_the_department_head_keeps_the_departments_decision():
    review = begin(make.school())
    carry(review, CHAIN[:4])
    item = items(review)[0]
    edited(
        item, by=make.actor("shiyan-dean", review.body), at=LATER, digest=digest(94), voids="content", difference="改字"
    )
    assert [one.step.role for one in Decision.objects.standing().filter(item=item)] == ["department", "office"]
    assert roles(review) == ["secrecy"]


def test_a_head_may_put_a_text_right_and_then_answer_for_the_department():
    review = begin(make.school())
    item = items(review)[0]
    edited(
        item, by=make.actor("shiyan-dean", review.body), at=LATER, digest=digest(95), voids="content", difference="改字"
    )
    make.decide(review, "shiyan-dean", at=LATER)
    assert roles(review) == ["office"]


def test_a_change_of_metadata_voids_the_signature_only_even_after_approval():
    review = begin(make.school())
    carry(review, CHAIN)
    item = items(review)[0]
    edited(
        item, by=make.actor("shiyan-clerk", review.body), at=LATER, digest=digest(96),
        voids="metadata", difference="加公开栏",
    )  # fmt: skip
    assert roles(review) == ["signature"]
    make.decide(review, "shiyan-principal", at=LATER)
    assert items(review)[0].state == ItemState.APPROVED


def test_whoever_changed_the_content_takes_no_later_personal_step():
    review = begin(make.school())
    carry(review, CHAIN[:5])
    edited(
        items(review)[0], by=make.actor("shiyan-principal", review.body), at=LATER, digest=digest(97),
        voids="content", difference="改字",
    )  # fmt: skip
    carry(review, ["shiyan-dean", "shiyan-secrecy", "shiyan-lead", "shiyan-watch"], at=LATER)
    with pytest.raises(NotAllowed, match="是您起草或改动过的"):
        make.decide(review, "shiyan-principal", at=LATER)
    make.decide(review, "shiyan-vice", at=LATER)
    assert items(review)[0].state == ItemState.APPROVED


def test_an_issue_moves_as_a_whole_over_its_departments():
    school = make.school()
    make.post(school, "shiyan-steward", "department_head", department="总务处")
    review = begin(school, "课表", department="教务处")
    other = begin(school, "食谱", department="总务处")
    item = items(other)[0]
    item.review, item.order = review, 1
    item.save()
    first, second = items(review)
    make.decide(review, "shiyan-dean", items=[first.pk])
    assert not progress.may_decide(make.scope("shiyan-office", school), step(review, "office"), first).allowed
    with pytest.raises(ActRefused, match="要等同一期其他条目到齐"):
        make.decide(review, "shiyan-office", step=step(review, "office"), items=[first.pk])
    make.decide(review, "shiyan-steward", items=[second.pk])
    waiting = progress.waiting_for(make.scope("shiyan-office", school))
    assert [item.title for item in waiting[0].items] == ["课表", "食谱"]


def test_what_waits_is_due_after_the_steps_working_days():
    school = make.school()
    review = begin(school)
    waiting = progress.waiting_for(make.scope("shiyan-dean", school))
    assert [(one.review.pk, one.due_on.isoformat()) for one in waiting] == [(review.pk, "2026-09-03")]
    assert progress.waiting_for(make.scope("shiyan-lead", school)) == []


def test_a_step_is_reminded_once_a_day():
    review = begin(make.school())
    at_department, clerk = step(review, "department"), make.actor("shiyan-clerk", review.body)
    remind(at_department, by=clerk, at=make.AT)
    with pytest.raises(ActRefused, match="今天已由shiyan-clerk催办过"):
        remind(at_department, by=clerk, at=LATER)
    remind(at_department, by=clerk, at=make.AT + timedelta(days=1))
    with pytest.raises(ActRefused, match="没有要办的内容"):
        remind(step(review, "signature"), by=clerk, at=make.AT)


def test_a_review_whose_last_item_is_taken_out_is_closed():
    review = begin(make.school())
    remove(items(review)[0], by=make.actor("shiyan-clerk", review.body), at=LATER, why="改期")
    review.refresh_from_db()
    assert review.closed_at == LATER
    assert roles(review) == [None]


def test_the_history_tells_every_decision_change_and_reminder_in_order():
    review = begin(make.school(), "收费公示", "食谱")
    remind(step(review, "department"), by=make.actor("shiyan-clerk", review.body), at=make.AT)
    make.decide(review, "shiyan-dean", at=LATER)
    told = [(moment.title, moment.who) for moment in history(review)]
    assert told == [
        ("送审", "shiyan-editor"),
        ("催办「部门负责人审核」", "shiyan-clerk"),
        ("「部门负责人审核」同意（2条）", "shiyan-dean（部门负责人）"),
    ]


def test_every_step_tells_who_decided_or_who_will():
    school = make.school()
    review = begin(school)
    make.decide(review, "shiyan-dean")
    states = progress.steps_of(items(review)[0], on=make.AT.date())
    assert [(one.state, one.who) for one in states[:3]] == [
        ("done", []),
        ("current", ["shiyan-clerk（办公室经办）", "shiyan-office（办公室负责人）"]),
        ("waiting", ["shiyan-secrecy（保密审查员）"]),
    ]
    assert states[0].decision.person.username == "shiyan-dean"


def test_a_decision_and_the_journal_agree_on_what_was_read():
    review = begin(make.school())
    make.decide(review, "shiyan-dean", opinion="属实")
    entry = JournalEntry.objects.filter(act="review.decided").get()
    assert '"items":[["edition/1","' + digest(1) in entry.text
    assert '"opinion":"属实"' in entry.text


def test_the_history_says_what_fell_and_keeps_quiet_about_what_was_only_re_recorded():
    review = begin(make.school())
    carry(review, CHAIN[:3])
    edited(
        items(review)[0], by=make.actor("shiyan-clerk", review.body), at=LATER, digest=digest(98),
        voids="content", difference="正文",
    )  # fmt: skip
    told = {moment.title: moment.text for moment in history(review)}
    assert told["「办公室审核」同意（1条）"] == ""
    assert "shiyan-clerk改动了标题、正文、摘要、附件或公开范围" in told["「保密审查」同意（1条）"]
    assert told["改动《收费公示》"] == "正文"
