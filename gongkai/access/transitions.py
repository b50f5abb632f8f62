"""The one table of what may be done with a case, in which state, by whom, and where it leads.

Pages offer what `possible` returns, acts pass `enter` first, imports and the sweep too: there is no other way
from one state to the next. A transition without `to` leaves the case where it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.access.models import AccessRequest, CaseState
from gongkai.bodies.models import Duty
from gongkai.bodies.policy import OFFICE
from gongkai.journal.acts import ActRefused

S = CaseState
APPROVERS = (Duty.OFFICE_HEAD, Duty.SIGNER, Duty.DEPUTY_SIGNER)
HANDLERS = (*OFFICE, Duty.EDITOR, Duty.DEPARTMENT_HEAD)
UNDERWAY = (S.RECEIVED, S.CLARIFYING, S.EXPLAINING, S.FEE)


@dataclass(frozen=True, slots=True)
class Transition:
    """One thing that can be done with a case; `duties` empty = the public or the platform itself does it."""

    code: str
    label: str
    froms: tuple[str, ...]
    to: str = ""
    duties: tuple[str, ...] = OFFICE
    cite: str = ""


ROWS = (
    Transition("confirm", "确认收到", (S.SUBMITTED,), S.RECEIVED, cite="cn-ogi/31"),
    Transition("void", "作未成立处理", (S.SUBMITTED,), S.VOID),
    Transition("assign", "确定承办人", (S.SUBMITTED, *UNDERWAY)),
    Transition("hand_over", "请部门提供材料", (S.RECEIVED,)),
    Transition("return_material", "返回材料", UNDERWAY, duties=HANDLERS),
    Transition("split", "拆成几件（一事一申请）", (S.RECEIVED,)),
    Transition("merge", "合并办理", (S.RECEIVED,)),
    Transition("unmerge", "取消合并", (S.RECEIVED,)),
    Transition("ask_clarification", "告知补正", (S.RECEIVED,), S.CLARIFYING, cite="cn-ogi/30"),
    Transition("receive_clarification", "收到补正", (S.CLARIFYING,), S.RECEIVED, cite="cn-ogi/30"),
    Transition("ask_explanation", "要求说明理由", (S.RECEIVED,), S.EXPLAINING, cite="cn-ogi/35"),
    Transition("receive_explanation", "收到说明", (S.EXPLAINING,), S.RECEIVED, cite="cn-ogi/35"),
    Transition("consult", "征求意见", (S.RECEIVED,), cite="cn-ogi/32"),
    Transition("deliver_consultation", "登记征求意见书送达", (S.RECEIVED,), cite="cn-ogi/32"),
    Transition("close_consultation", "登记反馈的意见", (S.RECEIVED,), cite="cn-ogi/32"),
    Transition("weigh_interest", "写明公共利益的理由", (S.RECEIVED,), cite="cn-ogi/32"),
    Transition("propose_extension", "提请延期", (S.RECEIVED,)),
    Transition("extend", "批准延期", (S.RECEIVED,), duties=APPROVERS, cite="cn-ogi/33"),
    Transition("defer", "确定延迟答复的期限", (S.RECEIVED,), duties=APPROVERS, cite="cn-ogi/35"),
    Transition("notify_fee", "通知缴费", (S.RECEIVED,), S.FEE, cite="fee-109"),
    Transition("pay_fee", "登记缴费", (S.FEE,), S.RECEIVED, cite="fee-109"),
    Transition("cancel_fee", "撤销收费", (S.FEE,), S.RECEIVED, duties=APPROVERS),
    Transition("correct_event", "更正日期", (*UNDERWAY, S.IN_REVIEW, S.DECIDED)),
    Transition("draft_reply", "拟写答复", UNDERWAY),
    Transition("submit_reply", "送审答复", UNDERWAY, S.IN_REVIEW),
    Transition("return_reply", "退回答复", (S.IN_REVIEW,), S.RECEIVED, duties=()),
    Transition("approve_reply", "签发答复", (S.IN_REVIEW,), S.DECIDED, duties=()),
    Transition("recall_reply", "撤回答复重拟", (S.IN_REVIEW, S.DECIDED), S.RECEIVED, duties=APPROVERS),
    Transition("seal", "用印", (S.DECIDED,)),
    Transition("serve", "登记送达", (S.DECIDED,), S.CLOSED),
    Transition("withdraw", "登记申请人撤回", (*UNDERWAY, S.IN_REVIEW, S.DECIDED), S.CLOSED),
    Transition("reserve", "重新送达", (S.CLOSED,)),
    Transition("reopen", "重新办理", (S.CLOSED, S.ARCHIVED), S.RECEIVED),
    Transition("file_up", "报上级备案", (S.CLOSED, S.ARCHIVED)),
    Transition("open_log", "公开办理摘要", (S.CLOSED, S.ARCHIVED)),
    Transition("archive", "归档", (S.CLOSED,), S.ARCHIVED),
)
TABLE = {row.code: row for row in ROWS}


def possible(case: AccessRequest, duties: Iterable[str]) -> list[Transition]:
    """Return what somebody with these duties could do with the case as it stands, in the order of the table."""
    held = frozenset(duties)
    return [row for row in ROWS if case.state in row.froms and row.duties and not held.isdisjoint(row.duties)]


def enter(case: AccessRequest, code: str) -> AccessRequest:
    """Return the case locked and moved (not yet saved) by a transition.

    Raises ActRefused, naming where the case stands, when the table does not allow it.
    """
    row = TABLE[code]
    found = AccessRequest.objects.select_for_update(of=("self",)).select_related("body").get(pk=case.pk)
    if found.state not in row.froms:
        raise ActRefused(
            f"第{found.number}号申请现在是「{found.get_state_display()}」，不能{row.label}。请刷新页面后再看。"
        )
    if row.to:
        found.state = row.to
    return found
