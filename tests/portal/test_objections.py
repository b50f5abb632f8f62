"""A notice says how to object while it runs, and how many objections came in and were answered."""

from datetime import date

import pytest

from gongkai.feedback import actions as feedback
from gongkai.journal import outbox
from gongkai.journal.actor import Actor
from gongkai.portal.rebuild import rebuild
from gongkai.portal.verify import verify
from gongkai.publishing.actions import release
from tests import make
from tests.portal.world import data, published, read, school

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return school()


@pytest.fixture
def notice(body):
    return published(body, title="岗位聘任公示", kind="notice", notice_last_on=date(2026, 9, 20))


def clerk(body):
    return make.actor("shiyan-clerk", body)


def objected(body, about, **facts):
    by = Actor.public(body_code=body.code, body_name=body.name)
    told = {"kind": "objection", "title": "评分有误", "text": "请核对工龄分", "writer_name": "赵大爷", **facts}
    opinion = feedback.receive(body, by=by, at=make.AT, about=about, **told)
    outbox.drain()
    return opinion


def page(one):
    return read(f"/g/shiyan/d/{one.public_id}/")


def test_a_running_notice_says_where_to_object_and_until_when(body, notice):
    shown = page(notice)
    assert f'href="/o/shiyan/?about={notice.public_id}">网上提出异议</a>' in shown
    assert "公示最后一天是 2026年9月20日" in shown
    assert "0757-8888 0001" in shown
    assert "收到异议" not in shown
    assert "对公示有异议" not in page(published(body, title="普通通知"))


def test_the_page_counts_objections_received_and_answered(body, notice):
    first = objected(body, notice)
    objected(body, notice)
    objected(body, notice, kind="enquiry")
    assert "收到异议 2 件，已答复 0 件" in page(notice)
    feedback.answer(first, by=clerk(body), at=make.AT, text="已核对，工龄分无误。")
    outbox.drain()
    assert "收到异议 2 件，已答复 1 件" in page(notice)
    assert data(f"/g/shiyan/d/{notice.public_id}/")["objections"] == {"received": 2, "answered": 1}
    assert "赵大爷" not in page(notice)
    assert (rebuild(), verify()) == ([], [])


def test_an_objection_from_the_paper_box_counts_too(body, notice):
    feedback.enter(body, by=clerk(body), at=make.AT, channel="box", received_on=date(2026, 9, 1), title="评分有误",
                   text="请核对", kind="objection", about=notice)  # fmt: skip
    outbox.drain()
    assert "收到异议 1 件" in page(notice)


def test_what_remains_of_an_ended_notice_says_how_its_objections_went(body, notice):
    opinion = objected(body, notice)
    release.end_notice(notice, by=clerk(body), at=make.AT.replace(day=21))
    outbox.drain()
    left = f"/g/shiyan/d/{notice.public_id}/410.html"
    assert "公示期间收到异议 1 件，已答复 0 件" in read(left)
    assert "不再受理公示异议" in read(left)
    assert "?about=" not in read(left)
    feedback.answer(opinion, by=clerk(body), at=make.AT.replace(day=22), text="已核对，无误。")
    outbox.drain()
    assert "公示期间收到异议 1 件，已答复 1 件" in read(left)
    assert (rebuild(), verify()) == ([], [])
