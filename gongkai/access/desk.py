"""What access requests put on the desk: each open case with what to do next and by when."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet

from gongkai.access.models import (
    AccessRequest,
    CaseEvent,
    CaseState,
    Clock,
    ClockKind,
    Consultation,
    HandOver,
    Letter,
    LetterState,
)
from gongkai.access.transitions import APPROVERS
from gongkai.bodies.desk import DeskLine, Rank, Why, address, days_to, month_day, timed
from gongkai.bodies.models import Duty
from gongkai.bodies.policy import OFFICE
from gongkai.bodies.scope import Scope

MOST = 100
REQUESTER = {
    CaseState.CLARIFYING: (ClockKind.CLARIFICATION, "补正", "receive_clarification"),
    CaseState.EXPLAINING: (ClockKind.EXPLANATION, "说明理由", "receive_explanation"),
    CaseState.FEE: (ClockKind.FEE, "缴费", "pay_fee"),
}


@dataclass(frozen=True, slots=True)
class Next:
    """What is to be done next: the words, the verb, the page (an act's code, or a page of its own), the day."""

    text: str
    verb: str
    code: str
    due_on: date | None
    label: str = ""
    rank: Rank | None = None
    about: list[str] = field(default_factory=list)


def lines(scope: Scope) -> list[DeskLine]:
    """Return the open cases of the office, or those given to this person, and what approvers and helpers owe."""
    rows = [_line(case, step, scope) for case in _mine(scope)[:MOST] if (step := _next(case, scope.on))]
    return [*rows, *_proposals(scope), *_hand_overs(scope), *_returned(scope), *_to_file(scope)]


def _mine(scope: Scope) -> QuerySet[AccessRequest]:
    rows = AccessRequest.objects.of(scope.body).open().select_related("merged_into", "draft")
    if not scope.has(*OFFICE):
        rows = rows.filter(Q(handler=scope.person) | Q(handler=None, department__in=_departments(scope)))
    return rows.order_by(F("due_on").asc(nulls_first=True), "pk").prefetch_related(
        Prefetch("clocks", Clock.objects.running()),
        Prefetch("letters", Letter.objects.exclude(state=LetterState.CANCELLED)),
        Prefetch("consultations", Consultation.objects.filter(closed_on=None)),
    )


def _departments(scope: Scope) -> list[int]:
    duties = (Duty.EDITOR, Duty.DEPARTMENT_HEAD)
    return [post.department_id for post in scope.posts if post.duty in duties and post.department_id]


def _line(case: AccessRequest, step: Next, scope: Scope) -> DeskLine:
    rank, state, label = timed(step.due_on, on=scope.on)
    if step.rank is None and state in ("late", "soon"):
        rank = Rank.OWED
    about = [f"{month_day(step.due_on, on=scope.on)}前，{days_to(step.due_on, on=scope.on)}"] if step.due_on else []
    if case.provisional and case.received_on:
        about.append("日期是暂定的" if case.due_on else "答复期限还不能确定，请先选择本地答复期限")
    received = f"{month_day(case.received_on, on=scope.on)}收到，" if case.received_on else ""
    return DeskLine(
        key=f"request/{case.pk}", rank=step.rank if step.rank is not None and state != "late" else rank, state=state,
        label=label or step.label or str(case.get_state_display()), due_on=step.due_on, verb=step.verb,
        text=f"第{case.number}号申请“{case.title}”：{step.text}", about="；".join([*about, *step.about]),
        url=_url(case, step.code, scope),
        why=Why(f"{received}{case.get_state_display()}。答复期限按适用的法规从收到申请之日起计算。", _cite(case)),
    )  # fmt: skip


def _url(case: AccessRequest, code: str, scope: Scope) -> str:
    if code in ("access_reply", "access_case"):
        return address(code, scope.body.code, case.pk)
    return address("access_act", scope.body.code, case.pk, code)


def _cite(case: AccessRequest) -> str:
    return next((clock.cite for clock in case.clocks.all() if clock.kind == ClockKind.REPLY), "")


def _next(case: AccessRequest, on: date) -> Next | None:
    """Return what is next in a case; None where nobody of the desk's reader has to do anything now."""
    if case.merged_into is not None and case.merged_into.is_open and case.state != CaseState.DECIDED:
        return None  # it goes with its lead
    if case.state in REQUESTER:
        return _waiting(case, on)
    told = {
        CaseState.SUBMITTED: _confirm, CaseState.RECEIVED: _write, CaseState.IN_REVIEW: _in_review,
        CaseState.DECIDED: _send,
    }  # fmt: skip
    return told[CaseState(case.state)](case, on)


def _day(case: AccessRequest, kind: str) -> date | None:
    return next((clock.due_on for clock in case.clocks.all() if clock.kind == kind), None)


def _confirm(case: AccessRequest, on: date) -> Next:
    due = _day(case, ClockKind.CONFIRM) or case.arrived_on
    return Next("与申请人确认收到，确认之日开始计算期限", "登记确认", "confirm", due)


def _waiting(case: AccessRequest, on: date) -> Next:
    kind, what, code = REQUESTER[CaseState(case.state)]
    due = _day(case, kind)
    if due is not None and due < on:
        return Next(f"申请人逾期没有{what}，可以作出处理", "拟写答复", "access_reply", None, label="申请人逾期",
                    rank=Rank.OWN, about=[f"申请人的期限到{month_day(due, on=on)}为止"])  # fmt: skip
    until = [f"申请人的期限到{month_day(due, on=on)}"] if due else []
    return Next(f"等申请人{what}，收到当天登记", "登记", code, None, label="等申请人", rank=Rank.OWN, about=until)


def _write(case: AccessRequest, on: date) -> Next:
    back = case.review_id is not None and hasattr(case, "draft")
    if back:
        return Next("答复被退回，请修改后再送审", "修改答复", "access_reply", case.due_on, label="已退回",
                    rank=Rank.RETURNED)  # fmt: skip
    if asked := list(case.consultations.all()):
        return _consulting(case, asked[0], on)
    if case.handler_id is None and case.department_id is None:
        return Next("确定由谁承办", "确定承办", "assign", case.due_on)
    notice = _day(case, ClockKind.CLARIFICATION_NOTICE)
    hint = [f"内容不明确要补正的，{month_day(notice, on=on)}前告知"] if notice and notice >= on else []
    return Next("拟写答复并送审", "拟写答复", "access_reply", case.due_on, about=hint)


def _consulting(case: AccessRequest, asked: Consultation, on: date) -> Next:
    if asked.delivered_on is None:
        return Next("征求意见书已发出，对方收到后登记送达日期", "登记送达", "deliver_consultation", case.due_on,
                    label="征求意见", rank=Rank.OWN)  # fmt: skip
    over = asked.due_on is not None and asked.due_on < on
    until = [f"对方的期限到{month_day(asked.due_on, on=on)}"] if asked.due_on else []
    text = "征求意见期满没有答复，请登记并继续办理" if over else "等对方答复征求的意见，收到当天登记"
    return Next(text, "登记意见", "close_consultation", asked.due_on if over else case.due_on, label="征求意见",
                rank=None if over else Rank.OWN, about=until)  # fmt: skip


def _in_review(case: AccessRequest, on: date) -> Next | None:
    """Show a reply that is being decided only when its day is near: then it may have to be hurried."""
    _, state, _ = timed(case.due_on, on=on)
    if state not in ("late", "soon"):
        return None
    return Next("答复还在审批，期限快到了，请催办", "查看", "access_case", case.due_on)


def _send(case: AccessRequest, on: date) -> Next:
    signed = any(letter.state == LetterState.SIGNED for letter in case.letters.all())
    if signed:
        return Next("答复已签发，请用印", "登记用印", "seal", case.due_on, label="待用印")
    return Next("答复已用印，请送达并登记", "登记送达", "serve", case.due_on, label="待送达")


def _proposals(scope: Scope) -> list[DeskLine]:
    """Return the extensions that wait for an approver's word."""
    if not scope.has(*APPROVERS):
        return []
    events = CaseEvent.objects.standing().filter(case__body=scope.body, case__state=CaseState.RECEIVED)
    granted = events.filter(kind="extended").values("case")
    asked = events.filter(kind="extension_proposed").exclude(case__in=granted).select_related("case")
    found = {event.case_id: event for event in asked.order_by("pk")}
    return [_proposal(event, scope) for event in list(found.values())[:MOST]]


def _proposal(event: CaseEvent, scope: Scope) -> DeskLine:
    case = event.case
    _, state, _ = timed(case.due_on, on=scope.on)
    due = f"原期限{month_day(case.due_on, on=scope.on)}，{days_to(case.due_on, on=scope.on)}；" if case.due_on else ""
    return DeskLine(
        key=f"extension/{case.pk}", rank=Rank.WAITING, state="late" if state == "late" else "waiting", label="等您批准",
        text=f"第{case.number}号申请“{case.title}”提请延期{event.days}个工作日", due_on=case.due_on,
        about=f"{due}理由：{event.note}", verb="批准延期", url=_url(case, "extend", scope),
        why=Why("延期由公开工作机构负责人批准，并在原期限届满以前告知申请人。", "cn-ogi/33.2"),
    )  # fmt: skip


def _hand_overs(scope: Scope) -> list[DeskLine]:
    """Return the material a person or their department was asked for."""
    mine = Q(person=scope.person) | Q(person=None, department__in=_departments(scope))
    rows = HandOver.objects.filter(mine, case__body=scope.body, returned_on=None, case__state=CaseState.RECEIVED)
    found = []
    for one in rows.select_related("case").order_by("due_on", "pk")[:MOST]:
        _, state, _ = timed(one.due_on, on=scope.on)
        found.append(DeskLine(
            key=f"hand_over/{one.pk}", rank=Rank.WAITING, state="late" if state == "late" else "waiting",
            label="等您提供", text=f"第{one.case.number}号申请：{one.task}", due_on=one.due_on, verb="返回材料",
            about=f"{month_day(one.due_on, on=scope.on)}前，{days_to(one.due_on, on=scope.on)}",
            url=_url(one.case, "return_material", scope), why=Why("办公室请您提供办理申请需要的材料。", "cn-ogi/45"),
        ))  # fmt: skip
    return found


def _returned(scope: Scope) -> list[DeskLine]:
    """Return the replies that came back and wait to be served again."""
    if not scope.has(*OFFICE):
        return []
    closed = Letter.objects.of(scope.body).filter(state=LetterState.SEALED, case__state=CaseState.CLOSED)
    rows = closed.filter(deliveries__failed_on__isnull=False).select_related("case").distinct().order_by("pk")
    return [
        DeskLine(
            key=f"reserve/{letter.pk}", rank=Rank.SOON, state="soon", label="待重新送达", verb="重新送达",
            text=f"第{letter.case.number}号申请的答复被退回，请重新送达", url=_url(letter.case, "reserve", scope),
            why=Why("没有送到的答复要另行送达，并保存两次送达的证明。", "service-235"),
        )
        for letter in rows[:MOST]
    ]  # fmt: skip


def _to_file(scope: Scope) -> list[DeskLine]:
    """Return the answered cases of a party organisation that its superior was not told of yet."""
    if not scope.body.is_party or not scope.has(*OFFICE):
        return []
    rows = AccessRequest.objects.of(scope.body).filter(state=CaseState.CLOSED, filed_up_on=None, regime="party-2017")
    return [
        DeskLine(
            key=f"file_up/{case.pk}", rank=Rank.OWN, state="open", label="待备案", verb="登记备案",
            text=f"第{case.number}号申请已答复，请报上一级党组织备案", url=_url(case, "file_up", scope),
            why=Why("党员提出的申请，办理情况报上一级党组织备案。", "party-2017"),
        )
        for case in rows.order_by("counted_on", "pk")[:MOST]
    ]  # fmt: skip
