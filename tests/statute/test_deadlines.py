"""Due dates of the law's limits through what happens to a case."""

from datetime import date, datetime

import pytest

from gongkai.statute import law
from gongkai.statute.calendar import WorkCalendar
from gongkai.statute.deadlines import deadline
from gongkai.statute.events import Happened, WrongEvents
from gongkai.statute.limits import UnknownLimit, choices, limit

D = date.fromisoformat


def happened(*events):
    return [Happened(kind, D(on), *rest) for kind, on, *rest in events]


def due(*events, limit="answer", regime="cn-ogi", local=None):
    return deadline(limit, happened(*events), regime=regime, local=local)


RECEIVED = ("received", "2024-09-06")
SENT = ("consultation_sent", "2024-09-12")

REFUSED = [
    ([], "缺少起算的日期:收到(received)"),
    ([RECEIVED, ("received", "2024-09-07")], "收到日期只能有一个"),
    ([RECEIVED, ("eaten", "2024-09-07")], "不认识的事件「eaten」"),
    ([RECEIVED, ("extended", "2024-10-14", 20)], "延期应在期限届满(2024年10月11日)之前"),
    ([RECEIVED, ("extended", "2024-10-08", 21)], "最多延长20个工作日,现为21个工作日"),
    ([RECEIVED, ("extended", "2024-10-08")], "延期要写天数"),
    ([RECEIVED, ("extended", "2024-09-18", 10), ("extended", "2024-09-19", 10)], "延期只能有一次"),
    ([RECEIVED, ("extended", "2024-09-05", 10)], "延期(2024年9月5日)早于收到申请(2024年9月6日)"),
    ([RECEIVED, ("served", "2024-09-05")], "答复送达(2024年9月5日)早于收到申请"),
    ([RECEIVED, ("decided", "2024-09-05")], "确定(2024年9月5日)早于收到申请"),
    ([RECEIVED, ("clarification_sent", "2024-09-10"), ("clarification_sent", "2024-09-11")], "补正告知只能有一次"),
    ([RECEIVED, ("clarification_received", "2024-09-10"), ("clarification_sent", "2024-09-11")],
     "收到补正(2024年9月10日)早于发出补正告知(2024年9月11日)"),
    ([RECEIVED, ("clarification_received", "2024-09-01")], "早于收到申请"),
    ([RECEIVED, ("fee_paid", "2024-10-08"), ("fee_notified", "2024-10-09")], "缴费(2024年10月8日)早于收费通知送达"),
    ([RECEIVED, ("consultation_closed", "2024-09-11"), SENT], "征求意见结束(2024年9月11日)早于发出(2024年9月12日)"),
    ([RECEIVED, ("consultation_delivered", "2024-09-11"), SENT], "征求意见送达(2024年9月11日)早于发出"),
    ([RECEIVED, ("consultation_closed", "2024-09-11")], "没有对应的发出日期"),
    ([RECEIVED, (*SENT, 0, "甲"), ("consultation_closed", "2024-09-20", 0, "乙")], "结束(编号 乙)没有对应的发出日期"),
    ([RECEIVED, SENT, ("consultation_closed", "2024-09-20"), ("consultation_closed", "2024-09-21")], "没有对应"),
    ([("received", "1900-01-01")], "不是可以计算的日期"),
    ([RECEIVED, ("extended", "2024-10-08", -1)], "天数应在 0 到 10000 之间"),
]  # fmt: skip


@pytest.mark.parametrize(("events", "message"), REFUSED, ids=[m for _, m in REFUSED])
def test_a_course_that_cannot_have_been_is_refused_in_chinese(events, message):
    with pytest.raises(WrongEvents) as refused:
        due(*events)
    assert message in str(refused.value)


def test_the_last_day_itself_is_early_enough_for_an_extension():
    assert due(RECEIVED, ("extended", "2024-10-11", 20)).due_on == date(2024, 11, 7)


def test_events_may_be_entered_in_any_order():
    events = [SENT, ("extended", "2024-10-08", 20), RECEIVED, ("consultation_closed", "2024-09-25")]
    assert due(*events) == due(*reversed(events))
    assert due(*events).due_on == date(2024, 11, 19)


def test_while_the_requester_has_not_put_the_request_right_there_is_no_date():
    waiting = due(RECEIVED, ("clarification_sent", "2024-09-12"), ("extended", "2024-10-08", 20))
    assert (waiting.due_on, waiting.provisional, waiting.waiting) == (None, True, "clarification_sent")
    assert waiting.ask.startswith("等待申请人补正")
    assert (waiting.days, waiting.calendar) == ([], ())


def test_while_the_fee_is_not_paid_there_is_no_date():
    waiting = due(RECEIVED, ("fee_notified", "2024-10-08"))
    assert (waiting.due_on, waiting.waiting) == (None, "fee_notified")


def test_payment_after_the_text_was_put_right_begins_the_answer_once_more():
    done = due(
        RECEIVED,
        ("clarification_sent", "2024-09-12"),
        ("clarification_received", "2024-09-25"),
        ("fee_notified", "2024-10-08"),
        ("fee_paid", "2024-10-15"),
    )
    assert (done.due_on, done.begun_on) == (date(2024, 11, 12), date(2024, 10, 15))
    assert [event.kind for event in done.restarts] == ["clarification_received", "fee_paid"]


def test_each_reopening_begins_a_round_of_its_own():
    first = [RECEIVED, ("clarification_sent", "2024-09-10"), ("clarification_received", "2024-09-18")]
    again = due(
        *first, SENT, ("served", "2024-10-10"), ("reopened", "2025-01-17"), ("consultation_closed", "2025-01-20")
    )
    assert (again.due_on, again.begun_on) == (date(2025, 2, 20), date(2025, 1, 17))
    asked = due(*first, ("reopened", "2025-01-17"), ("clarification_sent", "2025-01-20"))
    assert asked.waiting == "clarification_sent"
    unasked = due(RECEIVED, ("clarification_sent", "2024-09-10"), ("reopened", "2025-01-17"))
    assert (unasked.due_on, unasked.waiting) == (date(2025, 2, 20), "")
    twice = due(RECEIVED, ("reopened", "2024-12-02"), ("reopened", "2025-01-17"))
    assert twice.due_on == date(2025, 2, 20)


def test_an_extension_too_late_is_refused_even_when_a_restart_has_made_it_idle():
    with pytest.raises(WrongEvents, match="延期应在期限届满"):
        due(RECEIVED, ("extended", "2024-10-14", 5), ("fee_paid", "2024-10-15"))


def test_a_delayed_date_for_a_great_many_requests_is_counted_beyond_the_extension():
    later = due(RECEIVED, ("extended", "2024-10-08", 20), ("deferred", "2024-11-01", 30))
    assert (later.due_on, later.n, later.extended) == (date(2024, 12, 19), 70, True)


def test_a_school_must_choose_its_local_record_first():
    asked = due(RECEIVED, regime="k12-15")
    assert (asked.due_on, asked.provisional, asked.ask) == (None, True, "请先选择本地答复期限")
    assert due(RECEIVED, regime="k12-15", local="K-REPLY").due_on == date(2024, 9, 23)
    with pytest.raises(UnknownLimit, match="「P-APP」不是可选的期限,可选:K-REPLY、K-REPLY-15、K-REPLY-20"):
        due(RECEIVED, regime="k12-15", local="P-APP")


def test_another_limit_than_the_answer_that_needs_a_local_record_asks_too():
    asked = due(("formed", "2014-09-08"), limit="archive-transfer", regime="k12-15")
    assert asked.ask == "请先选择本地的期限"


def test_a_regime_without_extension_refuses_one_and_without_pause_says_so():
    with pytest.raises(WrongEvents, match="「高校答复」没有延期的规定"):
        due(("received", "2025-09-19"), ("extended", "2025-09-22", 15), regime="he-29")
    noted = due(("received", "2025-09-19"), ("consultation_sent", "2025-09-22"), regime="he-29")
    assert (noted.due_on, noted.notes) == (date(2025, 10, 16), ("「高校答复」没有因征求意见停止计算的规定",))
    chosen = due(("received", "2025-09-19"), ("extended", "2025-09-22", 15), regime="he-29", local="H-REPLY-X")
    assert chosen.due_on == date(2025, 11, 6)


def test_the_other_limits_of_a_case_do_not_mind_its_extension():
    events = (RECEIVED, ("extended", "2024-10-08", 20), SENT)
    assert due(*events, limit="clarification-notice").due_on == date(2024, 9, 18)
    assert due(*events, limit="third-party-opinion").provisional


def test_a_pause_of_unknown_length_under_the_former_regulation_stops_the_clock():
    open_ = due(("received", "2017-09-08"), ("consultation_sent", "2017-09-12"), regime="cn-ogi-2008")
    assert (open_.due_on, open_.waiting) == (None, "consultation_sent")
    assert open_.pauses[0].why == "征求意见自2017年9月12日发出,尚未结束,期限停止计算"
    closed = due(
        ("received", "2017-09-08"), ("consultation_sent", "2017-09-12"), ("consultation_closed", "2017-09-14"),
        regime="cn-ogi-2008",
    )  # fmt: skip
    assert closed.due_on == date(2017, 10, 9)


def test_an_open_consultation_says_how_far_it_is_counted():
    delivered = due(RECEIVED, SENT, ("consultation_delivered", "2024-09-13"))
    assert delivered.pauses[0].why.endswith("不计算在内(意见尚未收到,计到对方的期限届满)")
    assert due(RECEIVED, SENT).pauses[0].why.endswith("不计算在内(送达日期未登记,按发出日估算)")


def test_a_consultation_sent_when_the_time_is_over_changes_nothing_and_says_so():
    late = due(RECEIVED, ("consultation_sent", "2024-10-11"), ("consultation_closed", "2024-10-20"))
    assert late.due_on == date(2024, 10, 11)
    assert late.notes == ("2024年10月11日发出征求意见书时期限已届满,不影响期限",)


def test_a_restart_clears_what_was_before_it_and_says_so():
    cleared = due(RECEIVED, SENT, ("clarification_received", "2024-09-25"))
    assert (cleared.due_on, cleared.provisional) == (date(2024, 10, 28), False)
    assert cleared.notes == ("重新计算之前的征求意见不再影响期限",)


def test_a_rule_not_in_force_on_the_day_is_answered_with_a_word_of_warning():
    early = due(("received", "2019-05-14"))
    assert early.notes == ("「答复」自2019年5月15日施行,起算日不在其中,请核对适用的制度",)
    assert "至2019年5月14日施行" in due(("received", "2019-06-03"), regime="cn-ogi-2008").notes[0]


def test_the_period_written_in_a_notice_takes_the_place_of_the_usual_one():
    assert due(("clarification_sent", "2024-09-06", 10), limit="clarification").due_on == date(2024, 9, 23)
    assert due(("clarification_sent", "2024-09-06"), limit="clarification").due_on == date(2024, 9, 29)


def test_limits_in_hours_answer_with_the_moment():
    begun = [Happened("happened", date(2024, 9, 6), at=datetime(2024, 9, 6, 20, 30))]
    answered = deadline("event-first-word", begun, regime="cn-ogi")
    assert (answered.due_at, answered.due_on) == (datetime(2024, 9, 7, 1, 30), date(2024, 9, 7))
    named = [Happened("received", date(2024, 9, 6), at=datetime(2024, 9, 6, 20, 30))]
    assert deadline("event-first-word", named, regime="cn-ogi").due_at == datetime(2024, 9, 7, 1, 30)
    with pytest.raises(WrongEvents, match="要写时刻"):
        due(("happened", "2024-09-06"), limit="event-first-word")


def test_what_there_is_not_is_refused_by_name():
    for wrong, message in (
        (lambda: due(RECEIVED, regime="cn"), "没有「cn」这种制度"),
        (lambda: due(RECEIVED, limit="luck"), "政府信息公开条例没有「luck」这种期限"),
        (lambda: due(RECEIVED, limit="H-REPLY"), "期限 H-REPLY 不属于 cn-ogi"),
        (lambda: due(RECEIVED, limit="report"), "是每年固定的日期或次数"),
        (lambda: due(RECEIVED, limit="reconsideration", regime="k12-15"), "没有「reconsideration」这种期限"),
    ):
        with pytest.raises(UnknownLimit, match=message):
            wrong()
    with pytest.raises(WrongEvents, match="是每年固定的日期或次数"):
        due(RECEIVED, limit="G-REP-D")


def test_a_limit_can_be_asked_by_its_code_or_given_itself():
    assert due(RECEIVED, limit="G-REPLY").due_on == date(2024, 10, 11)
    given = deadline(limit("G-REPLY"), happened(RECEIVED), regime="cn-ogi")
    assert (given.due_on, given.limit, given.code) == (date(2024, 10, 11), "answer", "G-REPLY")


def test_days_nobody_has_announced_make_the_answer_provisional_and_far_ones_make_it_ask():
    later = due(("received", "2026-12-04"))
    assert (later.due_on, later.provisional, later.calendar) == (date(2027, 1, 1), True, (2026,))
    far = due(("received", "2035-12-20"))
    assert (far.due_on, far.provisional) == (None, True)
    assert "不在日历中" in far.ask
    assert due(("served", "2035-12-20"), limit="litigation").due_on is None
    assert due(("formed", "2035-12-20"), limit="K-ACT-30", regime="k12-15").due_on == date(2036, 1, 19)


def test_procedure_rolls_over_rest_days_and_publication_does_not():
    assert due(("served", "2024-08-02"), limit="reconsideration").due_on == date(2024, 10, 8)
    assert due(("formed", "2024-09-06"), limit="proactive", regime="k12-15", local="K-ACT-30").due_on == D("2024-10-06")


def test_six_months_end_on_the_same_day_or_the_last_of_a_shorter_month():
    assert due(("served", "2023-08-31"), limit="litigation").due_on == date(2024, 2, 29)
    assert due(("served", "2024-02-29"), limit="litigation").due_on == date(2024, 8, 29)
    assert due(("decided", "2024-02-29"), limit="evaluation").due_on == date(2025, 2, 28)


def test_the_proof_shows_every_day_and_why():
    proof = due(RECEIVED, SENT, ("consultation_closed", "2024-09-25")).days
    assert [d.on for d in proof[:2]] == [date(2024, 9, 7), date(2024, 9, 8)]
    assert [(d.n, d.why) for d in proof if d.on in (date(2024, 9, 9), date(2024, 9, 14))] == [
        (1, "2024年9月9日 星期一,工作日"),
        (None, "2024年9月14日 星期六,调休上班(国务院办公厅关于2024年部分节假日安排的通知),征求意见期间不计算"),
    ]
    assert (proof[-1].on, proof[-1].n, len(proof)) == (date(2024, 10, 22), 20, 46)


def test_the_proof_of_days_that_roll_shows_the_rolling():
    proof = due(("served", "2024-08-02"), limit="reconsideration").days
    assert (proof[59].on, proof[59].n) == (date(2024, 10, 1), 60)
    assert [d.counted for d in proof[60:]] == [False] * 7
    assert proof[-1].why.endswith("顺延到之后的第一个工作日")


def test_the_proof_of_years_is_its_last_day_and_of_hours_none():
    years = due(("formed", "2010-09-08"), limit="archive-opening")
    assert [(d.on, d.why) for d in years.days] == [(date(2035, 9, 8), "满25年")]
    begun = [Happened("happened", date(2024, 9, 6), at=datetime(2024, 9, 6, 20, 30))]
    assert deadline("event-first-word", begun, regime="cn-ogi").days == []


def test_a_calendar_can_be_given_to_see_what_a_new_notice_would_move():
    short = WorkCalendar([law().calendar_years[2024]])
    moved = deadline("answer", happened(("received", "2024-12-20")), regime="cn-ogi", calendar=short)
    assert (moved.due_on, moved.provisional) == (date(2025, 1, 17), True)
    assert due(("received", "2024-12-20")).due_on == date(2025, 1, 20)


def test_general_practice_gives_way_to_a_rule_of_the_regime():
    def codes(kind, regime):
        return [one.code for one in choices(kind, regime=regime, on=date(2026, 1, 1))]

    assert codes("third-party-opinion", "cn-ogi") == ["G-3P"]
    assert codes("third-party-opinion", "k12-15") == ["A-3P"]
    assert codes("answer", "k12-15") == ["K-REPLY", "K-REPLY-15", "K-REPLY-20"]
    assert codes("clarification", "cn-ogi") == ["G-CORR-P", "G-CORR-P-20"]
