"""What is to be done next in a case, and by when: one sentence and one main button."""

from dataclasses import dataclass
from datetime import date

from gongkai.access.models import AccessRequest, CaseState, Clock, ClockKind, LetterState
from gongkai.bodies.desk import address
from gongkai.frame.dates import cn_date

LETTERS = {
    CaseState.RECEIVED: ("F06", "F07", "F08", "F09"), CaseState.CLARIFYING: ("F04",), CaseState.EXPLAINING: ("F05",),
    CaseState.FEE: ("F11",),
}  # fmt: skip
REPLY, DECIDE, LETTER = "draft_reply", "decide", "letter"


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is next: words, the act's code ("" where nobody here can do anything), the day it is due."""

    text: str
    code: str = ""
    due_on: date | None = None
    provisional: bool = False
    letter: int = 0

    def url(self, case: AccessRequest) -> str:
        """Return the page on which it is done; "" for none."""
        if not self.code:
            return ""
        if self.code == LETTER:
            return address("access_letter", case.body.code, self.letter)
        if self.code in (REPLY, DECIDE):
            return address("access_reply" if self.code == REPLY else "access_decide", case.body.code, case.pk)
        return address("access_act", case.body.code, case.pk, self.code)


def next_step(case: AccessRequest, clocks: list[Clock], *, on: date) -> NextStep:
    """Say what is next in a case as it stands on a day."""
    running = {clock.kind: clock for clock in reversed(clocks) if clock.met_on is None and clock.stopped_at is None}
    told = {
        CaseState.SUBMITTED: _submitted, CaseState.RECEIVED: _received, CaseState.CLARIFYING: _clarifying,
        CaseState.EXPLAINING: _explaining, CaseState.FEE: _fee, CaseState.IN_REVIEW: _in_review,
        CaseState.DECIDED: _decided, CaseState.CLOSED: _closed,
    }  # fmt: skip
    find = told.get(CaseState(case.state))
    if find is None:
        archived = case.state == CaseState.ARCHIVED
        return NextStep("这一件已归档，只供查阅。" if archived else "这一件作未成立处理，不用办理。")
    return _letter_first(case) or find(case, running, on)


def _letter_first(case: AccessRequest) -> NextStep | None:
    """Return the letter that the step rests on, signed and not yet with whom it is for."""
    kinds = LETTERS.get(CaseState(case.state), ())
    waiting = case.letters.filter(kind__in=kinds, state__in=(LetterState.SIGNED, LetterState.SEALED))
    letter = waiting.exclude(consultation__closed_on__isnull=False).first()
    if letter is None or (case.state == CaseState.RECEIVED and case.review_id is not None):
        return None
    wants = "打印用印，然后送达" if letter.state == LetterState.SIGNED else "送达，登记送达日期"
    return NextStep(f"《{letter.title}》已签发，请{wants}。", LETTER, letter=letter.pk)


def _timed(text: str, code: str, clock: Clock | None) -> NextStep:
    return NextStep(text, code, clock.due_on if clock else None, clock.provisional if clock else False)


def _submitted(case: AccessRequest, running: dict[str, Clock], on: date) -> NextStep:
    return _timed("与申请人联系，确认收到申请。确认之日才开始计算答复期限。", "confirm", running.get(ClockKind.CONFIRM))


def _received(case: AccessRequest, running: dict[str, Clock], on: date) -> NextStep:
    reply = running.get(ClockKind.REPLY)
    if case.merged_into is not None and case.merged_into.is_open:
        return _timed(f"随第{case.merged_into.number}号一起办理，请在那一件上答复。", "", reply)
    if case.review_id is not None:
        return _timed("答复被退回。请按意见修改后再送审。", REPLY, reply)
    if case.handler_id is None and case.department_id is None:
        return _timed("确定由谁承办。", "assign", reply)
    asked, period = case.consultations.filter(closed_on=None), running.get(ClockKind.CONSULTATION)
    if asked.filter(delivered_on=None).exists():
        return _timed("征求意见书已发出，登记对方收到的日期。", "deliver_consultation", period)
    if asked.exists():
        return _timed("等对方答复征求的意见；收到当天登记。", "close_consultation", period)
    if case.hand_overs.filter(returned_on=None).exists():
        clock = running.get(ClockKind.HAND_OVER)
        day = f"，应在{cn_date(clock.due_on)}前返回" if clock and clock.due_on else ""
        return _timed(f"等承办部门返回材料{day}。", "return_material", reply)
    return _timed("拟写答复，送审签发。", REPLY, reply)


def _waiting(case: AccessRequest, clock: Clock | None, on: date, *, texts: tuple[str, str], code: str) -> NextStep:
    wait, lapsed = texts
    if clock and clock.due_on and clock.due_on < on:
        return NextStep(lapsed.format(due=cn_date(clock.due_on)), REPLY)
    return _timed(wait, code, clock)


def _clarifying(case: AccessRequest, running: dict[str, Clock], on: date) -> NextStep:
    texts = ("等申请人补正；收到当天登记。", "补正期限{due}已过，申请人没有补正又没有正当理由的，可以答复不再处理。")
    return _waiting(case, running.get(ClockKind.CLARIFICATION), on, texts=texts, code="receive_clarification")


def _explaining(case: AccessRequest, running: dict[str, Clock], on: date) -> NextStep:
    texts = ("等申请人说明理由；收到当天登记。", "说明理由的期限{due}已过，可以按现有情况答复。")
    return _waiting(case, running.get(ClockKind.EXPLANATION), on, texts=texts, code="receive_explanation")


def _fee(case: AccessRequest, running: dict[str, Clock], on: date) -> NextStep:
    texts = ("等申请人缴费；收到当天登记。", "缴费期限{due}已过，申请人没有缴费的，可以答复不再处理。")
    return _waiting(case, running.get(ClockKind.FEE), on, texts=texts, code="pay_fee")


def _in_review(case: AccessRequest, running: dict[str, Clock], on: date) -> NextStep:
    return _timed("答复正在审批。", DECIDE, running.get(ClockKind.REPLY))


def _decided(case: AccessRequest, running: dict[str, Clock], on: date) -> NextStep:
    clock = running.get(ClockKind.DELIVERY) or running.get(ClockKind.REPLY)
    if case.letters.filter(state=LetterState.SIGNED).exists():
        return _timed("答复已签发。打印用印，然后送达申请人。", "seal", clock)
    return _timed("答复已用印。送达申请人，登记送达日期。", "serve", clock)


def _closed(case: AccessRequest, running: dict[str, Clock], on: date) -> NextStep:
    return NextStep("已答复办结。材料齐全后归档。", "archive")
