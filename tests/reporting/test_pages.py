"""The report's pages: written by the office, decided by whoever the step waits for, every number a link."""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.reporting.actions import passage, writing
from gongkai.reporting.models import AnnualReport
from gongkai.review import actions as review
from gongkai.review.progress import current_step
from gongkai.review.secrecy import without_trouble
from tests import make
from tests.stories import replay

pytestmark = pytest.mark.django_db
CODES = ("requests.received", "reconsideration.total", "litigation.total")


@pytest.fixture
def school():
    made = make.school()
    review.adopt_default_chains(made, by=make.SYSTEM, at=make.AT)
    replay.bring("postings", made, replay.postings(2025, {"微信公众号": 156}))
    return made


@pytest.fixture
def draft(school):
    year = {"year": 2025, "start": date(2025, 1, 1), "end": date(2025, 12, 31)}
    return writing.open_report(school, by=make.actor("shiyan-clerk", school), at=make.AT, **year)


def page(client, name, report, *extra, user="shiyan-clerk", **kwargs):
    client.login(username=user, password="gk-demo-2026")
    return client.get(reverse(name, args=["shiyan", report.pk, *extra]), **kwargs)


def post(client, name, report, *extra, data=None, user="shiyan-clerk"):
    client.login(username=user, password="gk-demo-2026")
    return client.post(reverse(name, args=["shiyan", report.pk, *extra]), data or {}, follow=True)


def test_the_clerk_opens_a_report_and_its_number_opens_to_156_records(client, school):
    client.login(username="shiyan-clerk", password="gk-demo-2026")
    answer = client.post(
        reverse("reporting_reports", args=["shiyan"]),
        {"year": "2025", "start": "2025-01-01", "end": "2025-12-31"}, follow=True,
    )  # fmt: skip
    report = AnnualReport.objects.get()
    link = reverse("reporting_figure", args=["shiyan", report.pk, "channel.wechat"])
    assert f'href="{link}">156 条</a>' in answer.content.decode()
    first = client.get(link).content.decode()
    assert "156 条" in first
    assert first.count("<tr>") == 51
    last = client.get(link, {"page": 4}).content.decode()
    assert "第156篇" in last


def test_a_wrong_period_is_told_beside_the_field(client, school):
    client.login(username="shiyan-clerk", password="gk-demo-2026")
    data = {"year": "2025", "start": "2025-12-31", "end": "2025-01-01"}
    answer = client.post(reverse("reporting_reports", args=["shiyan"]), data)
    assert "结束日期早于开始日期" in answer.content.decode()
    assert not AnnualReport.objects.exists()


def test_the_page_says_what_is_missing_until_nothing_is(client, draft):
    assert "还差" in page(client, "reporting_report", draft).content.decode()
    answer = post(client, "reporting_step", draft, "freeze")
    assert "还不能冻结" in answer.content.decode()
    for code in CODES:
        post(client, "reporting_state", draft, data={"code": code, "value": "0", "source": "登记簿"})
    for section in draft.sections.all():
        post(client, "reporting_write", draft, section.code, data={"text": "本部分已补充。"})
    answer = post(client, "reporting_step", draft, "freeze")
    assert "已冻结" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.state == "frozen"


def test_a_number_without_a_source_is_refused_in_words(client, draft):
    answer = post(client, "reporting_state", draft, data={"code": CODES[0], "value": "3", "source": ""})
    assert "请写明这个数的来源" in answer.content.decode()
    answer = post(client, "reporting_state", draft, data={"code": CODES[0], "value": "三", "source": "x"})
    assert "数量要填 0 或正整数" in answer.content.decode()


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_report_can_be_taken_away_on_paper(client, draft, form):
    answer = page(client, "reporting_paper", draft, form)
    assert answer.status_code == 200
    assert answer.content[:4] == (b"PK\x03\x04" if form == "docx" else b"%PDF")
    assert "attachment" in answer["Content-Disposition"]


def test_another_schools_clerk_does_not_see_the_report(client, draft):
    other = make.school("bieren", name="别人小学")
    client.login(username="bieren-clerk", password="gk-demo-2026")
    assert client.get(reverse("reporting_report", args=["shiyan", draft.pk])).status_code == 404
    assert client.get(reverse("reporting_report", args=[other.code, draft.pk])).status_code == 404


def test_someone_without_the_office_post_reads_but_does_not_write(client, draft):
    assert page(client, "reporting_report", draft, user="shiyan-principal").status_code == 200
    answer = post(client, "reporting_step", draft, "redraft", user="shiyan-principal")
    assert answer.status_code == 403


def frozen(draft, school):
    clerk = make.actor("shiyan-clerk", school)
    for code in CODES:
        writing.state_figure(draft, by=clerk, at=make.AT, code=code, value=0, source="登记簿")
    for section in draft.sections.all():
        writing.write_section(draft, by=clerk, at=make.AT, code=section.code, text="已补充。")
    writing.freeze(draft, by=clerk, at=make.AT)
    return passage.submit(draft, by=clerk, at=make.AT)


def decide(client, draft, user, **data):
    item = draft.review.items.get()
    return post(client, "reporting_decide", draft, data={"digest": item.digest, "opinion": "", **data}, user=user)


def test_the_chain_decides_on_its_own_page_and_publishes(client, draft, school):
    frozen(draft, school)
    answers = {code: answer["answer"] for code, answer in without_trouble().items() if code.startswith("Q")}
    assert "等您决定" in page(client, "reporting_decide", draft, user="shiyan-office").content.decode()
    decide(client, draft, "shiyan-office", verdict="approve")
    decide(client, draft, "shiyan-secrecy", verdict="approve", result="publish", **answers)
    today = date.today()  # the page asks the clock for the day of the meeting
    meeting = {"name": "领导小组会议", "held_on": today.isoformat(), "should_attend": "3", "attended": "3",
               "in_favour": "3", "summary": "同意。"}  # fmt: skip
    decide(client, draft, "shiyan-lead", verdict="approve", **meeting)
    decide(client, draft, "shiyan-watch", verdict="approve")
    decide(client, draft, "shiyan-principal", verdict="approve")
    draft.refresh_from_db()
    assert draft.state == "published"


def test_a_return_without_a_reason_and_a_stale_page_are_told(client, draft, school):
    frozen(draft, school)
    answer = decide(client, draft, "shiyan-office", verdict="return")
    assert answer.status_code == 409
    assert "退回必须写明理由" in answer.content.decode()
    answer = decide(client, draft, "shiyan-office", verdict="approve", digest="0" * 64)
    assert answer.status_code == 409
    assert current_step(draft.review.items.get()).role == "office"


def test_who_the_step_does_not_wait_for_is_told_why(client, draft, school):
    frozen(draft, school)
    answer = decide(client, draft, "shiyan-principal", verdict="approve")
    assert answer.status_code == 403
