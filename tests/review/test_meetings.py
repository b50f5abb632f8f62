"""Meetings and the secrecy list: what an approval must rest on."""

from datetime import date

import pytest

from gongkai.journal.acts import ActRefused
from gongkai.review import secrecy
from gongkai.review.models import Decision
from tests import make
from tests.review.course import begin, items

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_leading():
    review = begin(make.school(), "收费公示", "食谱")
    for username in ("shiyan-dean", "shiyan-office", "shiyan-secrecy"):
        make.decide(review, username)
    return review


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"attended": 2}, "应到5人，实到2人，没有超过半数"),
        ({"attended": 6}, "实到6人比应到5人还多"),
        ({"in_favour": 5}, "赞成5人比实到4人还多"),
        ({"held_on": date(2026, 9, 2)}, "还没有到，开过会再登记"),
        ({"summary": " "}, "请附上会议纪要的照片或文件"),
    ],
)
def test_a_meeting_that_cannot_decide_is_refused(facts, why):
    school = make.school()
    with pytest.raises(ActRefused, match=why):
        make.meeting(school, "shiyan-lead", **facts)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"in_favour": None}, "没有表态不等于同意"),
        ({"in_favour": 2}, "实到4人，赞成2人，没有超过半数"),
        ({"held_on": date(2026, 8, 30)}, "早于送审日期2026年9月1日"),
    ],
)
def test_a_meeting_that_did_not_agree_to_this_text_approves_nothing(at_leading, facts, why):
    meeting = make.meeting(at_leading.body, "shiyan-lead", **facts)
    with pytest.raises(ActRefused, match=why):
        make.decide(at_leading, "shiyan-lead", meeting=meeting)


def test_a_group_step_without_a_meeting_is_refused(at_leading):
    with pytest.raises(ActRefused, match="由会议决定，请登记会议"):
        make.decide(at_leading, "shiyan-lead", meeting=None)


def test_one_meeting_covers_the_items_of_an_issue(at_leading):
    make.decide(at_leading, "shiyan-lead")
    found = Decision.objects.filter(step__role="leading")
    assert found.count() == 2
    assert found.values("meeting").distinct().count() == 1


def test_a_meeting_of_another_body_decides_nothing_here(at_leading):
    other = make.school("erxiao", name="第二小学")
    with pytest.raises(ActRefused, match="由会议决定"):
        make.decide(at_leading, "shiyan-lead", meeting=make.meeting(other, "erxiao-lead"))


def at_secrecy():
    review = begin(make.school())
    make.decide(review, "shiyan-dean")
    make.decide(review, "shiyan-office")
    return review


def answers(**changed):
    return {**secrecy.without_trouble(), **changed}


@pytest.mark.parametrize(
    ("checklist", "why"),
    [
        ({}, r"第1问还没有回答.*\(共15处\)"),
        (answers(Q6={"answer": "yes", "note": ""}), "第6问答了「是」，请写明依据和处理办法"),
        (answers(Q4={"answer": "unsure", "note": " "}), "第4问答了「不确定」"),
        (answers(Q11={"answer": "no", "note": ""}), "第11问答了「否」"),
        (answers(result=""), "还没有选审查结论"),
        (answers(result="withhold"), "审查结论是「不予公开」，不能同意公开"),
    ],
)
def test_a_secrecy_review_is_not_approved_on_an_unfinished_list(checklist, why):
    with pytest.raises(ActRefused, match=why):
        make.decide(at_secrecy(), "shiyan-secrecy", checklist=checklist)


def test_a_trouble_with_its_reason_written_down_may_pass():
    review = at_secrecy()
    checklist = answers(Q6={"answer": "yes", "note": "姓名按公示办法公开，证件号已去掉"}, result="publish_redacted")
    make.decide(review, "shiyan-secrecy", checklist=checklist)
    decision = Decision.objects.get(step__role="secrecy")
    assert decision.checklist["Q6"]["note"] == "姓名按公示办法公开，证件号已去掉"
    assert ("审查结论", "区分处理后公开", "") in secrecy.told(decision.checklist)


def test_an_item_may_be_returned_without_answering_the_list():
    review = at_secrecy()
    make.decide(review, "shiyan-secrecy", verdict="return", opinion="有身份证号", checklist={})
    assert items(review)[0].state == "returned"
