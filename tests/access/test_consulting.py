"""Consultations: the days until the answer do not count, silence has its consequence, dates come in any order."""

from datetime import date, datetime

import pytest

from gongkai.access.actions import consulting, course, events
from gongkai.access.models import Consultation, OpinionGiven
from gongkai.journal.acts import ActRefused
from tests import make

pytestmark = pytest.mark.django_db
BY = make.SYSTEM


def at(month, day, year=2024):
    return datetime(year, month, day, 10, 0, tzinfo=make.SHANGHAI)


def on(month, day, year=2024):
    return date(year, month, day)


LATER = at(12, 2)


@pytest.fixture
def case():
    return make.request(make.school("jiaoyuju", name="示范区教育局", kind="edu_bureau"), at=at(9, 6))


def consult(case, day=None, **facts):
    given = {"kind": "third_party", "addressee": "某某公司", "about": "合同价格", "on": day or on(9, 12), **facts}
    return consulting.consult(case, by=BY, at=facts.pop("at", LATER), **given)


def deliver(consultation, day):
    return consulting.deliver_consultation(consultation, by=BY, at=LATER, on=day)


def close(consultation, day, opinion="agrees", **facts):
    return consulting.close_consultation(consultation, by=BY, at=LATER, on=day, opinion=opinion, **facts)


def due(case):
    case.refresh_from_db()
    return case.due_on


def test_scenario_b_the_days_of_a_consultation_do_not_count(case):
    consultation = deliver(consult(case), on(9, 13))
    assert consultation.due_on == on(10, 11)
    close(consultation, on(9, 25))
    assert due(case) == on(10, 22)
    course.extend(case, by=BY, at=at(10, 8), on=on(10, 8), days=20, reason="检索")
    assert due(case) == on(11, 19)


def test_an_undelivered_letter_gives_a_provisional_date(case):
    consultation = consult(case)
    case.refresh_from_db()
    assert case.provisional is True
    deliver(consultation, on(9, 13))
    case.refresh_from_db()
    assert case.provisional is False
    assert case.clocks.get(kind="consultation").due_on == on(10, 11)


def test_steps_entered_late_and_out_of_order_come_to_the_same_day(case):
    consultation = consult(case)
    close(consultation, on(9, 25))
    deliver(consultation, on(9, 13))
    assert due(case) == on(10, 22)


def test_two_consultations_run_side_by_side_each_with_its_clock(case):
    first, second = consult(case), consult(case, on(9, 18), addressee="另一公司")
    close(deliver(first, on(9, 13)), on(9, 25))
    close(deliver(second, on(9, 19)), on(9, 27))
    assert due(case) == on(10, 24)
    assert case.clocks.filter(kind="consultation").count() == 2


@pytest.mark.parametrize("day", [on(9, 11), on(9, 6)])
def test_a_consultation_cannot_be_closed_or_delivered_before_it_was_sent(case, day):
    consultation = consult(case)
    for step in (close, deliver):
        with pytest.raises(ActRefused, match="早于.*发出日期"):
            step(consultation, day)


def test_a_consultation_cannot_be_closed_before_it_was_delivered(case):
    consultation = deliver(consult(case), on(9, 16))
    with pytest.raises(ActRefused, match="早于征求意见书送达日期"):
        close(consultation, on(9, 13))
    late = close(consult(case), on(9, 20))
    with pytest.raises(ActRefused, match="晚于意见反馈"):
        deliver(late, on(9, 23))


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"kind": "friend"}, "请选择征求意见的对象"), ({"addressee": " "}, "向谁征求"), ({"about": ""}, "哪些内容"),
        ({"on": on(9, 5)}, "早于收到申请之日"), ({"on": on(12, 3)}, "不能晚于今天"),
    ],
)  # fmt: skip
def test_a_letter_that_cannot_be_is_refused(case, facts, says):
    with pytest.raises(ActRefused, match=says):
        consult(case, **facts)


def test_silence_is_not_taken_before_the_period_is_over(case):
    consultation = consult(case)
    with pytest.raises(ActRefused, match="没有登记送达"):
        close(consultation, on(10, 11), "silent")
    deliver(consultation, on(9, 13))
    with pytest.raises(ActRefused, match="2024年10月11日为止"):
        close(consultation, on(10, 10), "silent")
    assert close(consultation, on(10, 11), "silent").opinion == OpinionGiven.SILENT


def test_an_opinion_that_came_in_time_takes_the_place_of_silence(case):
    consultation = close(deliver(consult(case), on(9, 13)), on(10, 11), "silent")
    consultation = close(consultation, on(9, 25), "refuses", reasons="商业秘密")
    assert (consultation.opinion, due(case)) == ("refuses", on(10, 22))
    assert case.events.filter(kind="consultation_closed").count() == 2
    assert case.events.standing().get(kind="consultation_closed").on == on(9, 25)
    with pytest.raises(ActRefused, match="已经结束"):
        close(consultation, on(9, 24))


def test_a_corrected_date_is_carried_everywhere_and_history_keeps_both(case):
    consultation = close(deliver(consult(case), on(9, 13)), on(9, 25))
    wrong = case.events.get(kind="consultation_delivered")
    events.correct_event(wrong, by=BY, at=LATER, on=on(9, 18), why="回执上是18日")
    consultation = Consultation.objects.get(pk=consultation.pk)
    assert (consultation.delivered_on, consultation.due_on) == (on(9, 18), on(10, 14))
    rows = case.events.filter(kind="consultation_delivered").order_by("pk")
    assert [(row.on, row.superseded_at is not None) for row in rows] == [(on(9, 13), True), (on(9, 18), False)]
    assert rows[0].superseded_why == "回执上是18日"
    with pytest.raises(ActRefused, match="已经更正过"):
        events.correct_event(wrong, by=BY, at=LATER, on=on(9, 19), why="又错了")


def test_a_correction_that_does_not_fit_the_other_dates_is_refused(case):
    close(deliver(consult(case), on(9, 13)), on(9, 25))
    sent = case.events.get(kind="consultation_sent")
    for day, says in (
        (on(9, 20), "前后不一致"), (on(9, 5), "早于收到申请之日"), (on(12, 3), "晚于今天"), (on(9, 12), "没有变化"),
    ):  # fmt: skip
        with pytest.raises(ActRefused, match=says):
            events.correct_event(sent, by=BY, at=LATER, on=day, why="错了")
    received = case.events.get(kind="received")
    with pytest.raises(ActRefused, match="早于收到申请"):
        events.correct_event(received, by=BY, at=LATER, on=on(9, 16), why="错了")
    assert due(case) == on(10, 22)


def test_a_corrected_receipt_moves_every_date_of_the_case(case):
    received = case.events.get(kind="received")
    case = events.correct_event(received, by=BY, at=LATER, on=on(9, 9), why="收件章是9日")
    assert (case.received_on, case.due_on, case.clocks.get(kind="reply").begun_on) == (on(9, 9), on(10, 12), on(9, 9))


def test_the_public_interest_may_be_written_after_a_refusal_and_only_then(case):
    refused = close(deliver(consult(case), on(9, 13)), on(9, 25), "refuses", reasons="商业秘密")
    with pytest.raises(ActRefused, match="重大影响"):
        consulting.weigh_interest(refused, by=BY, at=LATER, public_interest=" ")
    assert consulting.weigh_interest(refused, by=BY, at=LATER, public_interest="关系学生饮食安全").public_interest
    agreed = close(deliver(consult(case, on(10, 8), addressee="另一家"), on(10, 9)), on(10, 10))
    with pytest.raises(ActRefused, match="不同意"):
        consulting.weigh_interest(agreed, by=BY, at=LATER, public_interest="关系学生饮食安全")
