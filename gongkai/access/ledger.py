"""The register (台账) as rows: one line a case, with its dates, outcome, letter, service and remedies."""

from collections.abc import Iterable, Iterator
from typing import Any

from gongkai.access.letters import number_of
from gongkai.access.models import AccessRequest, LetterState
from gongkai.access.policy import masked
from gongkai.statute.outcomes import outcome, reply_letters

HEADER = (
    "申请编号", "收到申请之日", "提交日期", "提交方式", "申请人类型", "身份", "申请人", "所需信息", "内容描述",
    "承办部门", "承办人", "应答复日期", "日期是否暂定", "延期天数", "补正告知日期", "征求意见次数",
    "通知缴费（元）", "状态", "处理结果",
    "理由", "答复文书编号", "签发日期", "答复（送达）日期", "是否按期", "计入年报日期", "复议诉讼申诉",
)  # fmt: skip
RELATED = ("requester", "handler", "department", "body")
LISTS = ("letters__body", "remedies", "events", "consultations", "fees")


def ledger_rows(cases: Iterable[AccessRequest], *, knows: bool) -> tuple[tuple[str, ...], Iterator[list[Any]]]:
    """Return the header and a row a case; who asked is masked unless the reader `knows`."""
    return HEADER, (_row(case, knows=knows) for case in cases)


def _row(case: AccessRequest, *, knows: bool) -> list[Any]:
    standing = [event for event in case.events.all() if event.superseded_at is None]
    clarified = [event.on for event in standing if event.kind == "clarification_sent"]
    fees = [fee.amount for fee in case.fees.all() if fee.cancelled_on is None]
    return [
        case.number, case.received_on, case.submitted_on, case.get_channel_display(),
        case.get_requester_kind_display(), case.get_identity_display(),
        (case.requester.name or "（已删除）") if knows else masked(case.requester), case.title, case.wanted,
        case.department.name if case.department else "", case.handler.name if case.handler else "",
        case.due_on, "暂定" if case.provisional else "",
        sum(event.days for event in standing if event.kind in ("extended", "deferred")) or None,
        clarified[-1] if clarified else None, len(case.consultations.all()) or None, sum(fees) or None,
        case.get_state_display(), _outcome(case), case.reasons, _letter(case), case.decided_on, case.served_on,
        _in_time(case), case.counted_on, _remedies(case),
    ]  # fmt: skip


def _outcome(case: AccessRequest) -> str:
    return outcome(case.outcome, regime=case.regime).label if case.outcome else ""


def _letter(case: AccessRequest) -> str:
    kinds, out = reply_letters(), (LetterState.DRAFT, LetterState.CANCELLED)
    return "、".join(number_of(one) for one in case.letters.all() if one.kind in kinds and one.state not in out)


def _in_time(case: AccessRequest) -> str:
    if case.served_on is None or case.due_on is None:
        return ""
    return "按期" if case.served_on <= case.due_on else "超期"


def _remedies(case: AccessRequest) -> str:
    said = ((one.get_kind_display(), one.organ, one.get_result_display() or "尚未审结") for one in case.remedies.all())
    return "；".join(f"{kind}（{organ}）{result}" for kind, organ, result in said)
