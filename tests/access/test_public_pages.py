"""The public's request form, receipt and status page."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.access.models import AccessRequest, AccessSettings, RequestAttempts, Requester
from gongkai.bodies.models import LocalRule
from gongkai.catalogue.models import CatalogueItem
from gongkai.journal.models import JournalEntry
from tests import make
from tests.documents.files import encrypted_docx, plain_docx

pytestmark = pytest.mark.django_db
CARD = "11010519491231002X"
CITIZEN = {
    "who": "citizen", "title": "2025年度预算执行情况", "wanted": "全年收支总表", "document_number": "", "purpose": "",
    "form_wanted": "paper", "way_wanted": "post", "accepts_other": "on", "name": "张三丰", "id_kind": "居民身份证",
    "id_number": CARD, "workplace": "", "phone": "13800000001", "email": "", "address": "书院路1号", "postcode": "",
    "fax": "",
}  # fmt: skip


@pytest.fixture
def bureau():
    return make.school("jiaoyuju", name="示范区教育局", kind="edu_bureau", phone="0571-1")


@pytest.fixture
def page(bureau):
    return reverse("access_form", args=["jiaoyuju"])


def html_of(answer):
    return answer.content.decode()


def hidden(client, page, **more):
    html = html_of(client.post(page, CITIZEN | {"stage": "check"} | more))
    return {"once": re.search(r'name="once" value="(\w+)"', html)[1], "stage": "send"}


def send(client, page, files=(), **more):
    given = CITIZEN | hidden(client, page, **more) | more
    return client.post(page, given | ({"files": files} if files else {}), follow=True)


def test_a_citizen_is_asked_who_they_are_fills_in_reads_over_sends_and_gets_a_receipt(client, page):
    assert "法人或其他组织" in html_of(client.get(page))
    filling = html_of(client.post(page, {"stage": "fill", "who": "citizen"}))
    assert "政府信息公开申请" in filling
    assert 'name="pupil"' not in filling
    assert "不填不影响办理" in filling
    checking = html_of(client.post(page, CITIZEN | {"stage": "check"}))
    assert "全年收支总表" in checking
    receipt = html_of(send(client, page))
    case = AccessRequest.objects.get()
    assert case.number in receipt
    assert case.query_code in receipt
    assert "接收回执" in receipt
    assert f"{case.due_on.year}年{case.due_on.month}月{case.due_on.day}日" in receipt
    assert (case.channel, case.state, case.requester_kind, case.title) == ("web", "received", "np", CITIZEN["title"])
    assert (case.requester.name, case.requester.id_number, case.requester.address) == ("张三丰", CARD, "书院路1号")
    assert "张三丰" not in str(list(JournalEntry.objects.values_list("text", flat=True)))
    assert client.session["access-receipt"] == case.pk
    assert "张三丰" not in str(dict(client.session))


def test_going_back_to_change_who_one_is_loses_nothing(client, page):
    choosing = html_of(client.post(page, CITIZEN | {"stage": "choose"}))
    assert "全年收支总表" in choosing
    assert re.search(r'name="accepts_other"[^>]*checked', html_of(client.post(page, CITIZEN | {"stage": "fill"})))
    unticked = {name: value for name, value in CITIZEN.items() if name != "accepts_other"}
    again = html_of(client.post(page, unticked | {"stage": "fill"}))
    assert not re.search(r'name="accepts_other"[^>]*checked', again)
    filling = html_of(client.post(page, CITIZEN | {"stage": "fill", "who": "organisation"}))
    assert "全年收支总表" in filling
    assert "统一社会信用代码" in filling
    edited = html_of(client.post(page, CITIZEN | {"stage": "edit"}))
    assert "全年收支总表" in edited
    assert "需要改正" not in edited


def test_an_organisation_says_its_kind_code_and_contact(client, page):
    given = {"who": "organisation", "kind": "law", "name": "示范律师事务所", "org_code": "313100004250123456",
             "legal_representative": "李四", "contact_name": "王五"}  # fmt: skip
    assert "请填写联系人" in html_of(client.post(page, CITIZEN | given | {"stage": "check", "contact_name": ""}))
    send(client, page, **given)
    case = AccessRequest.objects.get()
    assert (case.requester_kind, case.requester.contact_name, case.requester.id_number) == ("law", "王五", "")


def test_a_parent_of_a_school_names_the_pupil_and_no_card_is_asked(client):
    school = make.school()
    LocalRule.objects.create(body=school, record="K-REPLY-15", from_on="2024-01-01")
    page = reverse("access_form", args=["shiyan"])
    filling = html_of(client.post(page, {"stage": "fill", "who": "parent"}))
    assert "学生姓名、班级" in filling
    assert "政府信息" not in filling
    assert 'name="id_number"' not in filling
    given = {"who": "parent", "pupil": "张小丰，三（2）班"}
    assert "请填写学生姓名、班级" in html_of(client.post(page, CITIZEN | given | {"stage": "check", "pupil": ""}))
    send(client, page, **given)
    case = AccessRequest.objects.get()
    assert (case.identity, case.requester.pupil, case.regime) == ("parent", "张小丰，三（2）班", "k12-15")


def test_only_members_ask_a_party_organisation(client):
    make.school("dangzhibu", name="实验小学党支部", kind="party_org")
    page = reverse("access_form", args=["dangzhibu"])
    html = html_of(client.get(page))
    assert "党务公开申请" in html
    assert "社会公众" not in html
    send(client, page, who="member", workplace="第一党小组")
    case = AccessRequest.objects.get()
    assert (case.regime, case.identity, case.requester.workplace) == ("party-2017", "member", "第一党小组")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"title": ""}, "请填写所需信息的名称"),
        ({"title": "题" * 1_000_000}, "写了 1000000 字，最多 200 字"),
        ({"wanted": "长" * 5001}, "写了 5001 字，最多 5000 字"),
        ({"name": "名" * 101}, "写了 101 字，最多 100 字"),
        ({"id_number": CARD[:-1] + "1"}, "身份证号应是 18 位"),
        ({"address": ""}, "请填写通信地址"),
        ({"way_wanted": "email"}, "请填写邮箱"),
        ({"form_wanted": "email"}, "请填写邮箱"),
        ({"way_wanted": "pigeon"}, "pigeon"),
        ({"email": "张三"}, "邮箱不完整"),
    ],
)
def test_what_is_missing_or_too_much_is_said_and_nothing_typed_is_lost(client, page, given, says):
    html = html_of(client.post(page, CITIZEN | {"stage": "check"} | given))
    assert says in html
    assert "需要改正" in html
    assert "13800000001" in html
    assert AccessRequest.objects.count() == 0


def test_hostile_words_are_words_and_unseen_marks_are_taken_out(client, page):
    send(client, page, title="<script>gk()</script>\u202e资料\x00", name="张\u200b三\u2066丰", wanted="甲\r\n乙\u202e")
    case = AccessRequest.objects.get()
    assert (case.title, case.requester.name, case.wanted) == ("<script>gk()</script>资料", "张三丰", "甲\n乙")
    status = reverse("access_status", args=["jiaoyuju"])
    html = html_of(client.post(status, {"number": case.number, "code": case.query_code}))
    assert "<script>gk()" not in html
    assert "gk()" in html


def test_the_same_page_sent_twice_is_one_request_with_one_receipt(client, page):
    first = CITIZEN | hidden(client, page)
    client.post(page, first)
    again = html_of(client.post(page, first, follow=True))
    assert AccessRequest.objects.count() == 1
    assert AccessRequest.objects.get().number in again


def test_over_the_limit_a_question_is_asked_and_nobody_is_refused(client, page):
    for _ in range(5):
        send(client, page)
    asked = client.post(page, CITIZEN | hidden(client, page))
    html = html_of(asked)
    assert AccessRequest.objects.count() == 5
    assert "您写的内容都还在" in html
    assert "全年收支总表" in html
    first, second = re.search(r"([零一二三四五六七八九])加([零一二三四五六七八九])等于几", html).groups()
    digits, form = "零一二三四五六七八九", asked.context["send"]
    answer = {"once": form["once"].value(), "sealed": form["sealed"].value(), "stage": "send"}
    client.post(page, CITIZEN | answer | {"sum": digits.index(first) + digits.index(second)})
    assert AccessRequest.objects.count() == 6


def test_files_are_read_kept_and_a_locked_one_is_marked_for_the_office(client, page):
    files = [
        SimpleUploadedFile("说明.docx", plain_docx("甲方说明")),
        SimpleUploadedFile("../../锁住.docx", encrypted_docx()),
    ]
    send(client, page, files=files)
    kept = list(AccessRequest.objects.get().files.order_by("pk"))
    assert [(one.name, one.media, one.purpose) for one in kept] == [
        ("说明.docx", "docx", "application"), ("锁住.docx", "docx", "application"),
    ]  # fmt: skip
    assert "甲方说明" in kept[0].text
    assert kept[0].finding == ""
    assert kept[1].finding.startswith("未能检查：")


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("工具.exe", b"MZ" + b"\0" * 200, "可执行的程序"),
        ("空.pdf", b"", "空"),
        ("大.pdf", b"%PDF-" + b"0" * (10 * 1024 * 1024), "超过 10 MB"),
    ],
)
def test_hostile_files_are_refused_by_name_and_the_words_stay(client, page, name, data, says):
    html = html_of(send(client, page, files=[SimpleUploadedFile(name, data)]))
    assert says in html
    assert f"请重新选择附件：{name}" in html
    assert "全年收支总表" in html
    assert AccessRequest.objects.count() == Requester.objects.count() == 0


def test_number_and_code_show_how_a_request_stands_and_travel_in_the_body_only(client, page):
    send(client, page)
    case = AccessRequest.objects.get()
    status = reverse("access_status", args=["jiaoyuju"])
    html = html_of(client.post(status, {"number": case.number, "code": f" {case.query_code.lower()} "}))
    assert "正在办理" in html
    assert "收到申请" in html
    assert "第三十三条" in html
    assert "张三丰" not in html
    assert "没有查到" in html_of(client.post(status, {"number": case.number, "code": "AAAAAAAAAA"}))
    assert "没有查到" in html_of(client.post(status, {"number": "2026-0099", "code": case.query_code}))
    get = client.get(status, {"number": case.number, "code": case.query_code})
    assert case.title not in html_of(get)
    assert "no-store" in get["Cache-Control"]
    make.school()
    other = reverse("access_status", args=["shiyan"])
    assert "没有查到" in html_of(client.post(other, {"number": case.number, "code": case.query_code}))


def test_guessing_codes_is_slowed_down(client, page):
    status = reverse("access_status", args=["jiaoyuju"])
    for _ in range(31):
        html = html_of(client.post(status, {"number": "2026-0001", "code": "AAAAAAAAAA"}))
    assert "查询太频繁" in html


def test_the_receipt_belongs_to_the_browser_that_sent_it(client, page):
    send(client, page)
    client.cookies.clear()
    assert client.get(reverse("access_receipt", args=["jiaoyuju"])).status_code == 302


def test_published_things_that_may_answer_are_offered_while_typing_and_when_reading_over(client, bureau, page):
    make.published(bureau, title="2025年部门预算执行情况公告", at=make.AT)
    make.published(bureau, title="家长会安排", audiences=["PAR"], at=make.AT)
    suggest = reverse("access_suggest", args=["jiaoyuju"])
    html = html_of(client.post(suggest, {"title": "想了解今年预算执行的情况"}))
    assert "2025年部门预算执行情况公告" in html
    assert 'target="_blank"' in html
    assert "家长会" not in html_of(client.post(suggest, {"title": "家长会安排"}))
    assert html_of(client.post(suggest, {"title": "校车路线"})).strip() == ""
    assert "2025年部门预算执行情况公告" in html_of(client.post(page, CITIZEN | {"stage": "check"}))
    assert client.get(suggest, {"title": "预算"}).status_code == 405
    RequestAttempts.objects.update(count=301)
    assert html_of(client.post(suggest, {"title": "预算执行"})).strip() == ""


def test_an_item_of_the_catalogue_is_offered_with_its_latest_disclosure(client, bureau, page):
    facts = {"name": "义务教育招生范围与入学条件", "adopted_on": make.AT.date(), "audiences": ["SOC"]}
    item = CatalogueItem.objects.create(body=bureau, code="OWN-1", **facts)
    make.published(bureau, title="2026年小学一年级新生安排", items=[item], at=make.AT)
    html = html_of(client.post(reverse("access_suggest", args=["jiaoyuju"]), {"title": "招生范围怎么划"}))
    assert "义务教育招生范围与入学条件" in html
    assert 'href="/g/jiaoyuju/item/OWN-1/"' in html
    assert "2026年小学一年级新生安排" in html


def test_a_body_that_takes_no_requests_on_the_site_says_how_to_ask(client, bureau, page):
    AccessSettings.objects.create(body=bureau, open_online=False)
    assert "邮寄或当面" in html_of(client.get(page))
    assert "邮寄或当面" in html_of(client.post(page, CITIZEN | {"stage": "send"}))
    assert AccessRequest.objects.count() == 0
