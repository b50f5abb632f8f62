"""What a requester fetches and adds by number and code."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.access.actions import course, splitting
from gongkai.access.models import AccessRequest, Letter
from tests import make
from tests.documents.files import plain_docx

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def bureau():
    return make.school("jiaoyuju", name="示范区教育局", kind="edu_bureau")


@pytest.fixture
def case(bureau):
    return make.request(bureau, channel="web", at=make.AT)


def named(case, **more):
    return {"number": case.number, "code": case.query_code} | more


def page(name):
    return reverse(name, args=["jiaoyuju"])


def html_of(answer):
    return answer.content.decode()


def clarifying(case):
    return course.ask_clarification(case, by=make.SYSTEM, at=make.AT + DAY, on=make.AT.date() + DAY, items="哪一年？")


def test_a_clarification_is_sent_with_a_file_and_the_period_begins_anew(client, case):
    clarifying(case)
    shown = html_of(client.post(page("access_status"), named(case)))
    assert "等您补充申请内容" in shown
    assert "请您补正" in shown
    assert "哪一年？" in shown
    assert "请在 2026年9月22日（周二）以前提交" in shown
    given = named(case, text="2025年度的", files=[SimpleUploadedFile("说明.docx", plain_docx("二〇二五年"))])
    answered = client.post(page("access_answer"), given, follow=True)
    assert f"第 {case.number} 号申请补充的内容已经收到" in html_of(answered)
    found = AccessRequest.objects.get()
    assert found.state == "received"
    assert {one.name for one in found.files.all()} >= {"说明.docx"}
    assert "不需要补充内容" in html_of(client.post(page("access_answer"), named(case, text="再说一次")))


def test_a_wrong_code_a_bad_file_or_too_many_words_add_nothing_and_lose_nothing(client, case):
    clarifying(case)
    wrong = html_of(client.post(page("access_answer"), named(case, text="甲乙丙丁", code="AAAAAAAAAA")))
    assert "没有查到" in wrong
    assert "甲乙丙丁" in wrong
    files = [SimpleUploadedFile("工具.exe", b"MZ" + b"\0" * 200)]
    html = html_of(client.post(page("access_answer"), named(case, text="甲乙丙丁", files=files)))
    assert "可执行的程序" in html
    assert "请重新选择附件：工具.exe" in html
    assert "写了 5001 字" in html_of(client.post(page("access_answer"), named(case, text="长" * 5001)))
    assert AccessRequest.objects.get().state == "clarifying"


def test_a_letter_served_electronically_is_fetched_by_number_and_code_only(client, bureau, case):
    posted = make.request(bureau, at=make.AT)
    make.reply(case, at=make.AT + DAY)
    make.serve_reply(
        make.decided_reply(posted, at=make.AT + DAY), at=make.AT + DAY, way="post", postal_number="1234567890123"
    )
    shown = html_of(client.post(page("access_status"), named(case)))
    assert "已经答复" in shown
    assert "下载 PDF" in shown
    letter = Letter.objects.get(case=case, deliveries__way="electronic")
    sent = client.post(page("access_status"), named(case, letter=letter.pk, **{"as": "pdf"}))
    assert sent.getvalue().startswith(b"%PDF")
    assert "attachment" in sent["Content-Disposition"]
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert "下载 PDF" not in html_of(client.post(page("access_status"), named(posted)))
    own = Letter.objects.get(case=posted, deliveries__way="post")
    for wrong in (own.pk, "²", "0"):
        assert client.post(page("access_status"), named(posted, letter=wrong)).status_code == 404
    other = named(case, letter=letter.pk, code="AAAAAAAAAA")
    assert "没有查到" in html_of(client.post(page("access_status"), other))


def test_a_request_split_into_matters_shows_each_with_its_own_number_and_code(client, case):
    matters = [splitting.Matter("预算", "2025年预算"), splitting.Matter("决算", "2024年决算")]
    parts = splitting.split(case, by=make.SYSTEM, at=make.AT, matters=matters)
    html = html_of(client.post(page("access_status"), named(case)))
    for part in parts:
        if part.pk != case.pk:
            assert part.query_code in html
