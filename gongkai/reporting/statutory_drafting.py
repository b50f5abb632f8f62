"""Draft the narrative sections of the statutory report; the tables say the rest."""

from collections.abc import Callable

from gongkai.access.keeping import keeps_requests
from gongkai.reporting import drafting
from gongkai.reporting.counting import fees
from gongkai.reporting.drafting import Figures
from gongkai.reporting.figures import Period


def draft_section(code: str, period: Period, figures: Figures) -> str:
    """Return the draft of one section (a code of the family's sections); unknown ones are one blank."""
    drafter = DRAFTERS.get(code)
    return drafter(period, figures) if drafter else "【请补充：本部分正文】"


def _overview(period: Period, figures: Figures) -> str:
    return "\n".join([
        f"本报告所列数据的统计期限为{drafting.days_of(period)}。",
        f"（一）主动公开。{_published(figures)}",
        f"（二）依申请公开。{_requested(figures)}",
        f"（三）政府信息管理。{drafting.rules(period)}",
        f"（四）政府信息公开平台建设。{drafting.channels(figures)}",
        f"（五）监督保障。{drafting.group(period)}{_watched(figures)}",
    ])  # fmt: skip


def _published(figures: Figures) -> str:
    kinds = [f for code, f in figures.items() if code.startswith("kind.") and f.value]
    parts = "，按类别分：" + "，".join(f"{f.label}{f.value}{f.unit}" for f in kinds) if kinds else ""
    return f"主动公开信息{figures['proactive.total'].value}条{parts}。"


def _requested(figures: Figures) -> str:
    new, carried, done, left = (figures.get(f"requests.{row}.tot") for row in ("R1", "R2", "R3.7", "R4"))
    if not (new and carried and done and left) or None in (new.value, carried.value, done.value, left.value):
        return "【请补充：收到和办理申请的数量】"
    if new.value == 0 and carried.value == 0:
        return "未收到信息公开申请，没有上年结转的申请。"
    return (
        f"收到信息公开申请{new.value}件，上年结转{carried.value}件；办结{done.value}件，"
        f"结转下年度继续办理{left.value}件。"
    )


def _watched(figures: Figures) -> str:
    received, answered = figures["opinions.received"], figures["opinions.answered"]
    opinions = f"收到意见、咨询和异议{received.value}件，已答复{answered.value}件。" if received.value else ""
    return opinions + "【请补充：工作考核、社会评议和责任追究的结果】"


def _tables_only(period: Period, figures: Figures) -> str:
    return ""


def _problems(period: Period, figures: Figures) -> str:
    told = drafting.missed(period) or "【请补充：存在的主要问题】"
    return f"（一）存在的主要问题。{told}\n（二）改进情况。【请补充：改进措施】"


def _other(period: Period, figures: Figures) -> str:
    """State the fee notices, their sum and what was collected, also when nothing was (fee-109)."""
    if not keeps_requests(period.body, start=period.start, end=period.end):
        told = "【请补充：信息处理费收费通知的件数、总金额和实际收取的金额，没有的写 0】"
    else:
        count, asked, paid = fees(period.body, (period.start, period.end))
        told = f"发出收费通知{count}件，总金额{asked}元，实际收取{paid}元。"
    return f"信息处理费收取情况：{told}\n其他需要报告的事项：【请补充：没有的写明没有】"


DRAFTERS: dict[str, Callable[[Period, Figures], str]] = {
    **drafting.DRAFTERS,
    "gov-overview": _overview,
    "gov-proactive": _tables_only,
    "gov-requests": _tables_only,
    "gov-remedies": _tables_only,
    "gov-problems": _problems,
    "gov-other": _other,
}
