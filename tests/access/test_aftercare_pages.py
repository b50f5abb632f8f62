"""The office's pages of remedies, claims and openness, and the public's claim form."""

import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from gongkai.access.models import CorrectionClaim, LogEntry, Remedy
from tests import make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 1, 2, tzinfo=UTC)


@pytest.fixture
def bureau():
    return make.school("jyj", name="示范区教育局", kind="edu_bureau")


@pytest.fixture
def refused(bureau):
    return make.reply(make.request(bureau, at=AT, name="张三丰"), "internal_affairs", at=AT)


@pytest.fixture
def clerk(client, bureau):
    client.force_login(make.person("jyj-clerk"))
    return client


def test_a_remedy_goes_from_its_entry_to_its_result(clerk, refused):
    form = {"kind": "reconsideration", "case": refused.pk, "organ": "示范区人民政府", "filed_on": "2026-09-10"}
    answer = clerk.post(reverse("access_remedy_new", args=["jyj"]), form)
    one = Remedy.objects.get()
    assert answer.url == reverse("access_remedy", args=["jyj", one.pk])
    clerk.post(answer.url, {"act": "copy", "on": "2026-09-14"})
    clerk.post(answer.url, {"act": "answer", "on": "2026-09-18"})
    clerk.post(answer.url, {"act": "decide", "on": "2026-10-20", "result": "corrected", "orders_new_reply": "on"})
    one.refresh_from_db()
    refused.refresh_from_db()
    assert (one.result, one.answered_on, refused.state) == ("corrected", date(2026, 9, 18), "received")
    assert "结果纠正" in clerk.get(reverse("access_remedies", args=["jyj"])).content.decode()


def test_a_refused_remedy_keeps_what_was_typed(clerk, refused):
    form = {"kind": "reconsideration", "case": refused.pk, "organ": "示范区人民政府", "filed_on": "2026-08-01"}
    html = clerk.post(reverse("access_remedy_new", args=["jyj"]), form).content.decode()
    assert "早于这件申请的提交日期" in html
    assert "示范区人民政府" in html


def test_the_yearly_evaluation_is_written_on_its_page(clerk, refused):
    page = reverse("access_openness", args=["jyj"]) + "?year=2026"
    assert "待评估" in clerk.get(page).content.decode()
    clerk.post(page, {"case": refused.pk, "verdict": "keep", "reasons": "仍属于内部管理信息"})
    assert refused.refusal_checks.get().verdict == "keep"
    assert "继续不予公开" in clerk.get(page).content.decode()


def test_the_account_of_a_case_is_opened_and_shut(clerk, refused):
    page = reverse("access_case_log", args=["jyj", refused.pk])
    clerk.post(page, {"act": "open", "question": "申请公开内部考核办法", "answer": "属于内部事务，不予公开。"})
    assert LogEntry.objects.get().shut_at is None
    clerk.post(page, {"act": "shut"})
    assert LogEntry.objects.get().shut_at is not None


def test_the_public_sends_a_claim_once_however_often_it_is_sent(client, bureau):
    page = reverse("access_claim_form", args=["jyj"])
    once = re.search(r'name="once" value="(\w+)"', client.get(page).content.decode())[1]
    form = {"record": "2025年资助名单", "wrong": "年级写错了", "evidence": "学籍证明", "name": "王小芳", "once": once}
    assert "联系方式" in client.post(page, form).content.decode()
    form["phone"] = "13800138000"
    receipt = client.post(page, form, follow=True).content.decode()
    assert CorrectionClaim.objects.get().number in receipt
    client.post(page, form)
    assert CorrectionClaim.objects.count() == 1


def test_the_office_decides_the_claim(clerk, bureau):
    page = reverse("access_claim_new", args=["jyj"])
    form = {"received_on": "2026-09-01", "name": "王小芳", "kind": "np", "record": "资助名单", "wrong": "年级写错了",
            "evidence": "学籍证明"}  # fmt: skip
    shown = clerk.post(page, form).url
    clerk.post(shown, {"state": "corrected", "reasons": "核对学籍后已改正"})
    assert CorrectionClaim.objects.get().state == "corrected"
    assert "核对学籍后已改正" in clerk.get(shown).content.decode()
