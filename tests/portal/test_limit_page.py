"""The calculator of limits: anybody may use it, and it says why."""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.portal.limit_form import LimitForm, offered
from gongkai.portal.views.limits import WHO
from gongkai.statute import law
from gongkai.statute.limits import limit


def page(client, **asked):
    answer = client.get(reverse("limit_calculator"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def client(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        yield client


@pytest.mark.django_db
class TestPage:
    def test_it_counts_a_request_with_its_consultation_and_extension(self, client):
        text = page(
            client, regime="cn-ogi", limit="answer", received="2024-09-06", consultation_sent="2024-09-12",
            consultation_closed="2024-09-25", extended="2024-10-08", extended_days="20",
        )  # fmt: skip
        assert "答复申请：2024年11月19日（周二）到期" in text
        assert "从2024年9月6日的次日起算，40个工作日内（含延期）。" in text
        assert "2024年9月12日之后至2024年9月25日征求意见，不计算在内。" in text
        assert "依据《政府信息公开条例》第三十三条第二款：" in text
        assert '<time class="d" datetime="2024-11-19">' in text

    def test_a_school_is_asked_for_its_local_record_and_then_answered(self, client):
        asking = page(client, regime="k12-15")
        assert "各地规定不同，请先选择本地的期限" in asking
        assert "学校答复（十个工作日）：10个工作日内，杭州市西湖区" in asking
        answered = page(client, regime="k12-15", limit="answer", record="K-REPLY", received="2024-09-06")
        assert "答复申请：2024年9月23日（周一）到期" in answered

    def test_what_cannot_have_been_is_said_above_the_form(self, client):
        late = page(client, limit="answer", received="2024-09-06", extended="2024-12-08", extended_days="20")
        assert "延期应在期限届满（2024年10月11日）之前，2024年12月8日已经过了，不能再延期" in late
        assert "请填写延长的天数。" in page(client, limit="answer", received="2024-09-06", extended="2024-10-08")
        assert "请核对年份" in page(client, limit="litigation", served="0001-01-01")

    def test_a_request_to_be_put_right_has_no_day_and_a_far_one_is_provisional(self, client):
        waiting = page(client, limit="answer", received="2024-09-06", clarification_sent="2024-09-12")
        assert "答复申请：现在没有到期日" in waiting
        assert "等待申请人补正，答复期限停止；收到补正后重新计算" in waiting
        assert "这一年的放假安排还没有公布，公布后可能变动。" in page(client, limit="answer", received="2026-12-04")

    def test_a_period_that_ends_on_a_rest_day_says_that_it_rolls(self, client):
        text = page(client, limit="reconsideration", served="2024-08-02")
        assert "申请行政复议：2024年10月8日（周二）到期" in text
        assert "届满日是休息日，顺延到之后的第一个工作日。" in text

    def test_limits_in_hours_ask_for_the_time(self, client):
        text = page(client, limit="event-first-word", happened="2024-09-06T20:30")
        assert "重大突发事件权威信息：2024年9月7日 01:30到期" in text

    def test_nonsense_falls_back_to_the_first_question(self, client):
        text = page(client, regime="<b>", limit="\x00", record="x", received="2024-13-01")
        assert "<b>" not in text
        assert "期限计算器" in text


@pytest.mark.parametrize("regime", WHO)
def test_every_limit_counted_from_a_day_is_offered_to_its_regime(regime):
    on = law().regimes[regime].from_on
    kinds = {kind for _, group in offered(regime, on=on) for kind, _ in group}
    counted = {
        one.kind for one in law().limits.values()
        if one.regime in (regime, "any") and one.begins_with and one.unit != "per_year"
        and (one.from_on is None or one.from_on <= on)
    }  # fmt: skip
    assert kinds == counted - {"board-kept"}


def test_the_form_asks_for_what_the_record_knows():
    assert LimitForm(rule=limit("G-REPLY")).kinds() == [
        "received", "clarification_sent", "clarification_received", "fee_notified", "fee_paid", "reopened",
        "consultation_sent", "consultation_delivered", "consultation_closed", "extended",
    ]  # fmt: skip
    assert LimitForm(rule=limit("REV-60")).kinds() == ["served"]
    assert list(LimitForm(rule=limit("G-CORR-P")).fields) == ["clarification_sent", "clarification_sent_days"]
    entered = LimitForm({"clarification_sent": "2024-09-06", "clarification_sent_days": "10"}, rule=limit("G-CORR-P"))
    assert entered.is_valid()
    assert [(e.kind, e.on, e.days) for e in entered.happened()] == [("clarification_sent", date(2024, 9, 6), 10)]
