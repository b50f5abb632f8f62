"""What keeps a reply from being given as it stands: by law, and by what has or has not happened in the case."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from typing import Any

from gongkai.access import clocks
from gongkai.access.models import AccessRequest, Consultation, Letter, OpinionGiven
from gongkai.frame.dates import cn_date
from gongkai.journal.chain import canonical
from gongkai.statute.outcomes import Reply, faults, outcome

FIELDS = ("outcome", "grounds", "reasons", "given", "withheld", "points_to", "searched")
UNASKED = ("没有征求", "未征求", "无需征求", "不需要征求", "不必征求", "无法征求")  # 理由里说明为什么没有征求意见
Fault = Callable[[AccessRequest, Reply, date], str]


def faults_of(case: AccessRequest, reply: Reply, *, on: date) -> list[str]:
    """Say in Chinese, one sentence a fault, why this reply cannot be submitted on a day; empty when it can."""
    found = faults(reply, regime=case.regime)
    if found and not reply.outcome:
        return found
    try:
        chosen = outcome(reply.outcome, regime=case.regime)
    except KeyError:
        return found
    checks: list[Fault] = [_merged, _fee, _open_consultations, _interest, *(AFTER[code] for code in chosen.after)]
    if "third_party_rights" in reply.grounds:
        checks.append(_consulted)
    return [*found, *(said for check in checks if (said := check(case, reply, on)))]


def _merged(case: AccessRequest, reply: Reply, on: date) -> str:
    if case.merged_into is None or not case.merged_into.is_open:
        return ""
    return f"第{case.number}号已并入第{case.merged_into.number}号办理，请在第{case.merged_into.number}号上答复。"


def _fee(case: AccessRequest, reply: Reply, on: date) -> str:
    open_fee = _happened(case, "fee_notified") and not _happened(case, "fee_paid")
    if not open_fee or reply.outcome == "abandoned_no_fee":
        return ""
    return "已经通知申请人缴费，还没有缴费。请先登记缴费，或者撤销收费，再答复。"


def _open_consultations(case: AccessRequest, reply: Reply, on: date) -> str:
    still = [one for one in case.consultations.all() if one.closed_on is None]
    chosen = outcome(reply.outcome, regime=case.regime)
    if not still or chosen.group not in ("open", "partial", "refused"):
        return ""
    until = f"，对方的期限到{cn_date(still[0].due_on)}" if still[0].due_on else ""
    return f"向{still[0].addressee}征求意见还没有结束{until}。请先登记反馈的意见，再答复。"


def _interest(case: AccessRequest, reply: Reply, on: date) -> str:
    """Ask why the public interest outweighs, where all is disclosed against a third party's will."""
    against = [one for one in case.consultations.all() if _refused(one) and not one.public_interest.strip()]
    if reply.outcome != "disclosed" or not against:
        return ""
    return (
        f"{against[0].addressee}不同意公开。仍要公开的，请先在征求意见记录里写明"
        "不公开会对公共利益造成什么重大影响；否则请改选“部分公开”或者不予公开。"
    )


def _refused(one: Consultation) -> bool:
    return one.kind == "third_party" and one.opinion in (OpinionGiven.REFUSES, OpinionGiven.PARTLY)


def _consulted(case: AccessRequest, reply: Reply, on: date) -> str:
    asked = any(one.kind == "third_party" and one.closed_on for one in case.consultations.all())
    if asked or any(words in reply.reasons for words in UNASKED):
        return ""
    return "以第三方合法权益为由不公开的，要先书面征求第三方意见；不需要征求的，请在理由里写明为什么没有征求意见。"


def _clarified(case: AccessRequest, reply: Reply, on: date) -> str:
    if _happened(case, "clarification_received"):
        return ""
    return "申请人还没有补正过，不能按“补正后仍不明确”答复。请先告知补正。"


def _clarification_lapsed(case: AccessRequest, reply: Reply, on: date) -> str:
    sent = _happened(case, "clarification_sent")
    if not sent or _happened(case, "clarification_received"):
        return "没有告知过补正，或者申请人已经补正，不能按逾期不补正办理。"
    return _lapsed(case, "clarification", "补正", on)


def _fee_lapsed(case: AccessRequest, reply: Reply, on: date) -> str:
    if not _happened(case, "fee_notified") or _happened(case, "fee_paid"):
        return "没有通知过缴费，或者申请人已经缴费，不能按逾期不缴费办理。"
    return _lapsed(case, "fee-payment", "缴费", on)


def _explained(case: AccessRequest, reply: Reply, on: date) -> str:
    if not _happened(case, "reasons_asked"):
        return "还没有要求申请人说明理由，不能认定没有正当理由。请先要求说明理由。"
    return "" if _happened(case, "reasons_given") else _lapsed(case, "reasons", "说明理由", on)


def _repeats(case: AccessRequest, reply: Reply, on: date) -> str:
    if case.repeats is None:
        return "请先登记重复的是哪一件申请，再按重复申请答复。"
    if case.repeats.served_on is None:
        return f"第{case.repeats.number}号还没有答复，不能算重复申请。请合并办理。"
    return ""


def _lapsed(case: AccessRequest, limit: str, what: str, on: date) -> str:
    due = clocks.limit_of(case, limit).due_on
    if due is not None and due < on:
        return ""
    until = f"到{cn_date(due)}为止" if due else "还不能确定"
    return f"申请人{what}的期限{until}，期满没有{what}才能这样办理。"


def _happened(case: AccessRequest, kind: str) -> bool:
    """Tell whether something happened in this round of the case: since it was last taken up again, if it was."""
    events = case.events.standing()
    again = events.filter(kind="reopened").order_by("pk").last()
    return events.filter(kind=kind, pk__gt=again.pk if again else 0).exists()


AFTER: dict[str, Fault] = {
    "clarification": _clarified,
    "clarification_lapsed": _clarification_lapsed,
    "fee_lapsed": _fee_lapsed,
    "explanation": _explained,
    "repeats": _repeats,
    "consultation": _consulted,
}


def digest_of(cases: list[AccessRequest], letters: list[Letter]) -> str:
    """Return the digest of all that is decided: the decision of each case, its letter and its files."""
    told: list[Any] = []
    for case, letter in zip(cases, letters, strict=True):
        files = case.files.filter(purpose="reply").order_by("pk").values_list("name", "sha256")
        told.append(
            {
                **{name: getattr(case, name) for name in FIELDS}, "case": case.number,
                "letter": [letter.kind, letter.title, letter.addressee, letter.text, letter.note],
                "files": [list(file) for file in files],
            }
        )  # fmt: skip
    return sha256(canonical({"cases": told}).encode()).hexdigest()
