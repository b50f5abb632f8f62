"""Opinions: taken in once, answered in time, opened without the writer."""

import json
from datetime import date

import pytest
from django.db import IntegrityError

from gongkai.feedback import actions
from gongkai.feedback.models import Opinion
from gongkai.feedback.public import published_answers
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.journal.models import JournalEntry, OutboxItem
from gongkai.publishing.actions import release
from tests import make

pytestmark = pytest.mark.django_db
WRITER = {"writer_name": "赵大爷", "writer_contact": "13800138000"}


@pytest.fixture
def school():
    return make.school()


@pytest.fixture
def clerk(school):
    return make.actor("shiyan-clerk", school)


def sent(school, at, *, spent=(), **facts):
    by = Actor.public(body_code=school.code, body_name=school.name)
    given = {"title": "食堂菜价", "text": "涨价没有公布", **WRITER, **facts}
    return actions.receive(school, by=by, at=at, spent=spent, **given)


def test_an_opinion_gets_a_number_a_code_and_a_day_for_its_answer(school, at):
    first, second = sent(school, at), sent(school, at)
    assert (first.number, second.number) == ("2026-0001", "2026-0002")
    assert len(first.query_code) == 10
    assert (first.due_on, first.provisional) == (date(2026, 12, 1), False)


def test_the_answer_day_beyond_the_announced_calendar_is_provisional(school, at):
    late = sent(school, at.replace(month=12, day=29))
    assert (late.due_on, late.provisional) == (date(2027, 1, 7), True)


def test_the_same_form_is_taken_in_once(school, at):
    sent(school, at, spent=("form:1",))
    with pytest.raises(IntegrityError):
        sent(school, at, spent=("form:1",))


def test_no_journal_entry_names_the_writer_or_the_letter(school, clerk, at):
    one = sent(school, at)
    actions.assign(one, by=clerk, at=at, department=None, handler=make.person("shiyan-dean"))
    actions.answer(one, by=clerk, at=at, text="已公布")
    text = json.dumps(list(JournalEntry.objects.values_list("text", flat=True)), ensure_ascii=False)
    for word in ("赵大爷", "13800138000", "涨价", "食堂菜价"):
        assert word not in text


def test_the_office_enters_what_came_on_paper_but_not_from_the_future(school, clerk, at):
    facts = {"channel": "box", "title": "意见", "text": "内容"}
    one = actions.enter(school, by=clerk, at=at, received_on=date(2026, 11, 2), **facts)
    assert (one.channel, one.due_on) == ("box", date(2026, 11, 11))
    with pytest.raises(ActRefused, match="不能晚于今天"):
        actions.enter(school, by=clerk, at=at, received_on=date(2026, 11, 22), **facts)
    with pytest.raises(NotAllowed):
        actions.enter(school, by=make.actor("shiyan-dean", school), at=at, received_on=date(2026, 11, 2), **facts)


def test_the_handler_answers_and_nobody_else_outside_the_office(school, clerk, at):
    one = sent(school, at)
    dean = make.actor("shiyan-dean", school)
    with pytest.raises(NotAllowed, match="承办人"):
        actions.answer(one, by=dean, at=at, text="好")
    department = school.departments.get(name="教务处")
    one = actions.assign(one, by=clerk, at=at, department=department, handler=None)
    done = actions.answer(one, by=dean, at=at, text="已公布")
    assert (done.state, done.answered_on) == ("answered", date(2026, 11, 21))
    with pytest.raises(NotAllowed):
        actions.answer(one, by=make.actor("shiyan-secrecy", school), at=at, text="好")


def test_only_an_answer_without_the_writer_is_opened(school, clerk, at):
    one = sent(school, at)
    with pytest.raises(ActRefused, match="还没有答复"):
        actions.open_answer(one, by=clerk, at=at, public_question="食堂菜价为何没有公布？")
    actions.answer(one, by=clerk, at=at, text="已公布")
    with pytest.raises(ActRefused, match="来信人的姓名"):
        actions.open_answer(one, by=clerk, at=at, public_question="赵大爷问食堂菜价")
    actions.open_answer(one, by=clerk, at=at, public_question="食堂菜价为何没有公布？")
    (shown,) = published_answers(school)
    assert (shown.question, shown.answer) == ("食堂菜价为何没有公布？", "已公布")
    assert OutboxItem.objects.filter(kind="opinion.published").count() == 1
    actions.shut_answer(one, by=clerk, at=at)
    assert published_answers(school) == []


def test_what_was_reported_is_never_opened(school, clerk, at):
    one = sent(school, at, kind="report")
    actions.answer(one, by=clerk, at=at, text="已核实")
    with pytest.raises(ActRefused, match="举报"):
        actions.open_answer(one, by=clerk, at=at, public_question="有人反映食堂")


def test_an_answer_lies_between_the_letter_and_today(school, clerk, at):
    one = sent(school, at)
    with pytest.raises(ActRefused, match="答复日期"):
        actions.answer(one, by=clerk, at=at, text="好", answered_on=date(2026, 11, 20))


def test_closed_means_closed(school, clerk, at):
    one = sent(school, at)
    with pytest.raises(ActRefused, match="已登记"):
        actions.close(one, by=clerk, at=at)
    actions.answer(one, by=clerk, at=at, text="好")
    actions.close(one, by=clerk, at=at)
    with pytest.raises(ActRefused, match="已办结"):
        actions.answer(Opinion.objects.get(), by=clerk, at=at, text="再")


def test_an_opinion_leads_to_a_revision_that_is_linked_both_ways(school, clerk, at):
    published = make.published(school, title="食堂收支")
    one = sent(school, at, about=published.disclosure)
    edition = actions.rectify(one, by=clerk, at=at, reason="补上九月的账")
    one.refresh_from_db()
    assert (edition.number, edition.change_note) == (2, "根据群众意见修改")
    assert one.rectified_by == published.disclosure
    with pytest.raises(ActRefused, match="已经有整改在办"):
        actions.rectify(one, by=clerk, at=at, reason="再改一次")


def test_what_no_longer_stands_is_put_right_by_a_new_disclosure(school, clerk, at):
    published = make.published(school, title="食堂收支")
    release.withdraw(published.disclosure, by=clerk, at=at, reason="wrong")
    one = sent(school, at, about=published.disclosure)
    edition = actions.rectify(one, by=clerk, at=at, reason="数字有误")
    assert edition.title == "食堂收支（整改后公布）"
    assert edition.disclosure.puts_right == published.disclosure
    assert list(edition.disclosure.rectifies.all()) == [one]
