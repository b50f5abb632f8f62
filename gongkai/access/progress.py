"""What a requester reads of a case: its steps with legal dates, where it stands, what can be fetched."""

from datetime import date
from typing import Any

from gongkai.access.models import AccessRequest, CaseState, ClockKind, DeliveryWay, Letter
from gongkai.statute import law

# What the office does inside (assigning, review) is not told; what the law counts from is.
STEPS = {
    "received": ("收到申请", ""),
    "clarification_sent": ("请您补正", "申请内容还不够明确，请按告知书补充；补正期间不计入答复期限"),
    "clarification_received": ("收到补正", "答复期限从这一天重新计算"),
    "reasons_asked": ("请您说明理由", "请按告知书说明理由"),
    "reasons_given": ("收到说明", ""),
    "consultation_sent": ("征求第三方意见", "征求意见所需时间不计入答复期限"),
    "consultation_closed": ("征求意见结束", "继续计算答复期限"),
    "extended": ("延长答复期限", "已书面告知延长的理由和新的日期"),
    "deferred": ("确定延迟答复的期限", "已书面告知理由和新的日期"),
    "fee_notified": ("通知缴费", "请按通知缴纳信息处理费；缴费前不计入答复期限"),
    "fee_paid": ("收到缴费", "答复期限从这一天重新计算"),
    "served": ("答复已送达", ""),
    "reopened": ("重新办理", "原来的答复被撤销或确认违法，重新作出答复"),
}
WORDS: dict[str, str] = {
    CaseState.SUBMITTED: "已登记，工作人员会与您确认收到；确认之日起计算答复期限",
    CaseState.RECEIVED: "正在办理",
    CaseState.CLARIFYING: "等您补充申请内容",
    CaseState.EXPLAINING: "等您说明理由",
    CaseState.FEE: "等您缴纳信息处理费",
    CaseState.IN_REVIEW: "正在办理",
    CaseState.DECIDED: "答复已经作出，正在送达",
    CaseState.CLOSED: "已经答复",
    CaseState.ARCHIVED: "已经答复",
    CaseState.VOID: "没有成立",
}


def receipt_rule(channel: str) -> str:
    """Return in a sentence which day counts as the day of receipt for the way a request comes (law/intake.toml)."""
    return law().intake[channel].words.replace(",", "，").replace(";", "；")


def words_for(case: AccessRequest) -> str:
    """Return where a case stands, as one says it to the person who asked."""
    if case.state == CaseState.VOID and case.void_reason:
        return f"没有成立：{case.void_reason}"
    return WORDS[case.state]


def steps_of(case: AccessRequest, *, on: date) -> list[dict[str, Any]]:
    """Return the case's public steps for `{% timeline %}`, the day of the reply ahead of them while it is open."""
    told: list[dict[str, Any]] = []
    if case.submitted_on != case.received_on:
        told.append({"on": case.submitted_on, "title": "提交或寄出申请"})
    for event in case.events.standing():
        if event.kind in STEPS:
            title, text = STEPS[event.kind]
            told.append({"on": event.on, "title": title, "text": text})
    if case.served_on and not any(one["title"] == "答复已送达" for one in told):
        told.append({"on": case.served_on, "title": "答复已送达"})
    if case.is_open and case.due_on:
        late = "已经过了这一天，可以向监督电话反映" if case.due_on < on else ""
        told.append({
            "on": case.due_on, "title": "最迟这一天答复", "state": "ahead", "cite": reply_cite(case), "text": late,
        })  # fmt: skip
    return told


def asked_of(case: AccessRequest) -> dict[str, Any]:
    """Return what the requester is asked to add and by when (`items`, `due_on`); empty while nothing is asked."""
    kinds = {CaseState.CLARIFYING: ClockKind.CLARIFICATION, CaseState.EXPLAINING: ClockKind.EXPLANATION}
    kind = kinds.get(CaseState(case.state))
    if kind is None:
        return {}
    told = case.files.filter(purpose="clarification", from_requester=False).order_by("-pk").first()
    clock = case.clocks.running().filter(kind=kind).first()
    return {
        "what": "补充申请内容" if kind == ClockKind.CLARIFICATION else "说明理由",
        "items": told.text if told and kind == ClockKind.CLARIFICATION else "",
        "due_on": clock.due_on if clock else None,
    }


def reply_cite(case: AccessRequest) -> str:
    """Return what the day of the reply rests on, in words."""
    clock = case.clocks.filter(kind="reply").exclude(cite="").first()
    return shown_title(clock.cite) if clock else ""


def shown_title(cite: str) -> str:
    """Return what a citation resolves to, in the punctuation of the screen."""
    return law().resolve(cite).title.replace("(", "（").replace(")", "）")


def letters_of(case: AccessRequest) -> list[Letter]:
    """Return the letters that were served electronically, which the requester may fetch here."""
    served = case.letters.filter(deliveries__way=DeliveryWay.ELECTRONIC, deliveries__failed_on=None)
    return list(served.distinct().order_by("pk"))
