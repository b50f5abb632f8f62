"""The public form and the office's pages."""

import base64
import json
import re
from html import unescape

import altcha
import pytest
from django.urls import reverse

from gongkai.accounts import proof
from gongkai.documents.reading import read_safely
from gongkai.documents.tables import read_table
from gongkai.feedback import actions
from gongkai.feedback.models import Opinion
from gongkai.journal.actor import Actor
from tests import make

pytestmark = pytest.mark.django_db
GIVEN = {"kind": "opinion", "title": "操场照明", "text": "晚上太暗", "writer_name": "赵大爷", "writer_contact": ""}


@pytest.fixture
def school():
    return make.school()


@pytest.fixture
def page(school):
    return reverse("opinion_form", args=["shiyan"])


def shown(client, page):
    html = client.get(page).content.decode()
    return {"once": re.search(r'name="once" value="(\w+)"', html)[1]}, html


def solve(html):
    facts = json.loads(unescape(re.search(r'data-challenge="([^"]+)"', html)[1]))
    limit = facts.get("max_number") or facts.get("maxnumber") or facts["maxNumber"]
    found = altcha.solve_challenge(facts["challenge"], facts["salt"], facts["algorithm"], limit)
    given = {key: facts[key] for key in ("algorithm", "challenge", "salt", "signature")} | {"number": found.number}
    return base64.b64encode(json.dumps(given).encode()).decode()


def test_a_citizen_sends_keeps_number_and_code_and_looks_up_the_answer(school, client, page, at):
    hidden, _ = shown(client, page)
    receipt = client.post(page, GIVEN | hidden, follow=True).content.decode()
    one = Opinion.objects.get()
    assert one.number in receipt
    assert one.query_code in receipt
    actions.answer(one, by=make.SYSTEM, at=at.replace(year=2027), text="已加灯", answered_on=one.received_on)
    status = reverse("opinion_status", args=["shiyan"])
    found = client.post(status, {"number": one.number, "code": one.query_code.lower()}).content.decode()
    assert "已加灯" in found
    assert "没有查到" in client.post(status, {"number": one.number, "code": "AAAAAAAAAA"}).content.decode()


def test_a_double_submit_is_one_opinion_with_one_receipt(client, page):
    hidden, _ = shown(client, page)
    client.post(page, GIVEN | hidden)
    again = client.post(page, GIVEN | hidden, follow=True).content.decode()
    assert Opinion.objects.count() == 1
    assert Opinion.objects.get().number in again


def test_without_script_the_limit_asks_a_question_and_refuses_nobody(client, page):
    for _ in range(5):
        client.post(page, GIVEN | shown(client, page)[0])
    asked = client.post(page, GIVEN | shown(client, page)[0])
    html = asked.content.decode()
    assert Opinion.objects.count() == 5
    assert "您写的内容都还在" in html
    assert "晚上太暗" in html
    first, second = re.search(r"([零一二三四五六七八九])加([零一二三四五六七八九])等于几", html).groups()
    digits = "零一二三四五六七八九"
    form = asked.context["form"]
    answer = {"once": form["once"].value(), "sealed": form["sealed"].value()}
    client.post(page, GIVEN | answer | {"sum": digits.index(first) + digits.index(second)})
    assert Opinion.objects.count() == 6


def test_a_solved_proof_passes_the_limit_once(client, page):
    for _ in range(6):
        client.post(page, GIVEN | shown(client, page)[0])
    hidden, html = shown(client, page)
    given = {"altcha": solve(html)}
    client.post(page, GIVEN | hidden | given)
    assert Opinion.objects.count() == 6
    replay = client.post(page, GIVEN | shown(client, page)[0] | given)
    assert "小问题" in replay.content.decode()
    assert Opinion.objects.count() == 6


@pytest.mark.parametrize("payload", ["", "x", "e30=", base64.b64encode(b"[]").decode(), "A" * 5000])
def test_a_broken_proof_is_no_proof(payload):
    assert proof.solved(payload) == ""


def test_a_long_letter_is_told_how_long_it_is(client, page):
    hidden, _ = shown(client, page)
    html = client.post(page, GIVEN | hidden | {"text": "长" * 5001, "title": "题" * 10_000}).content.decode()
    assert "写了 5001 字，最多 5000 字" in html
    assert "写了 10000 字，最多 120 字" in html
    assert Opinion.objects.count() == 0


def test_the_receipt_belongs_to_the_browser_that_sent_it(client, page, school):
    client.post(page, GIVEN | shown(client, page)[0])
    client.cookies.clear()
    assert client.get(reverse("opinion_receipt", args=["shiyan"])).status_code == 302
    assert client.get(reverse("opinion_form", args=["keine"])).status_code == 404


def test_the_writer_is_masked_for_all_but_office_and_handler(school, client, at):
    by = Actor.public(body_code="shiyan", body_name=school.name)
    one = actions.receive(school, by=by, at=at, title="甲", text="乙", writer_name="赵大爷", writer_contact="139")
    report = actions.receive(school, by=by, at=at, title="举报甲", text="乙事", kind="report")
    address = reverse("feedback_opinion", args=["shiyan", one.pk])
    for username, sees in [("clerk", True), ("secrecy", False), ("dean", False)]:
        client.force_login(make.person(f"shiyan-{username}"))
        assert ("赵大爷" in client.get(address).content.decode()) is sees
    assert "举报甲" not in client.get(reverse("feedback_opinions", args=["shiyan"])).content.decode()
    assert "乙事" not in client.get(reverse("feedback_opinion", args=["shiyan", report.pk])).content.decode()
    actions.assign(
        one, by=make.actor("shiyan-clerk", school), at=at, department=None, handler=make.person("shiyan-dean")
    )
    assert "赵大爷" in client.get(address).content.decode()


def test_the_office_works_an_opinion_from_paper_to_the_closed_file(school, client):
    client.force_login(make.person("shiyan-clerk"))
    given = {"channel": "box", "received_on": "2026-03-02", "kind": "opinion", "title": "菜品", "text": "加素菜"}
    client.post(reverse("feedback_new", args=["shiyan"]), given)
    one = Opinion.objects.get()
    address = reverse("feedback_opinion", args=["shiyan", one.pk])
    client.post(address, {"act": "assign", "handler": make.person("shiyan-dean").pk})
    client.post(address, {"act": "answer", "text": "已增加", "answered_on": "2026-03-05"})
    client.post(address, {"act": "open", "public_question": "食堂能否增加素菜？"})
    client.post(address, {"act": "rectify", "reason": "补上菜谱"})
    client.post(address, {"act": "close"})
    one.refresh_from_db()
    assert (one.state, one.answer_public, one.handler.username) == ("closed", True, "shiyan-dean")
    assert one.rectified_by.editions.get().title == "菜品（整改后公布）"
    sheet = client.get(reverse("feedback_export", args=["shiyan"]))
    assert sheet["Content-Disposition"].startswith("attachment")
    rows = read_table(sheet.getvalue(), name="a.xlsx").records()
    assert rows[0][1]["答复"] == "已增加"


def test_foreign_opinions_are_not_there(school, client, at):
    by = Actor.public(body_code="shiyan", body_name=school.name)
    one = actions.receive(school, by=by, at=at, title="甲", text="乙")
    make.school("erxiao", name="第二小学")
    client.force_login(make.person("erxiao-clerk"))
    assert client.get(reverse("feedback_opinion", args=["erxiao", one.pk])).status_code == 404
    assert client.get(reverse("feedback_opinion", args=["shiyan", one.pk])).status_code == 404


def test_an_enquiry_is_answered_by_letter_for_those_who_know_the_writer(client, school):
    one = make_opinion(school)
    client.force_login(make.person("shiyan-clerk"))
    page = reverse("feedback_letter", args=["shiyan", one.pk])
    assert client.get(page).status_code == 404
    actions.answer(one, by=make.actor("shiyan-clerk", school), at=make.AT, text="请持户口簿到教务处登记。")
    answer = client.get(page)
    assert answer.status_code == 200, answer.content.decode()
    data = answer.getvalue()
    assert data.startswith(b"%PDF")
    assert "请持户口簿到教务处登记" in read_safely(data, name="答复.pdf").text.replace("\n", "")
    client.force_login(make.person("shiyan-lead"))
    assert client.get(page).status_code == 404


def make_opinion(school):
    return actions.enter(
        school, by=make.actor("shiyan-clerk", school), at=make.AT, channel="letter", received_on=make.AT.date(),
        kind="enquiry", title="转学材料", text="转学要带什么材料？", writer_name="赵大爷", writer_contact="",
    )  # fmt: skip
