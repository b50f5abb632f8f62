"""What a guide says of requests: by when they are answered, what they cost, what one can do about the reply.

Nothing here depends on the day it is asked: the pages it stands on are files.
"""

from typing import Any

from gongkai.access.asking import regime_of
from gongkai.access.letters.voice import is_government, settings_of
from gongkai.access.models import AccessSettings
from gongkai.access.progress import shown_title
from gongkai.bodies.models import Body
from gongkai.statute import law
from gongkai.statute.limits import UNIT_NAMES
from gongkai.statute.records import Limit

UNSETTLED = "按当地规定办理，具体天数由本单位确定后在这里公布，收到申请时也会告诉您。"
FREE = "检索、复制、邮寄都不收费。同一申请人申请的数量、频次明显超过合理范围的，可以收取信息处理费，会先书面通知。"


def how_to_ask(body: Body) -> dict[str, Any]:
    """Return `term`, `fees` and `remedies` in sentences."""
    regime, settled = regime_of(body), settings_of(body)
    return {"term": _term(body, regime), "fees": _fees(regime, settled), "remedies": _remedies(regime, settled)}


def answer_limit(body: Body, regime: str) -> Limit | None:
    """Return the limit of a reply the body has chosen, else the regime's own; None where it must still choose."""
    known = [one for one in law().limits.values() if one.kind == "answer" and one.regime == regime]
    chosen = set(body.local_rules.filter(until_on=None).values_list("record", flat=True))
    mine = [one for one in known if one.code in chosen] or [one for one in known if one.local in ("", "默认")]
    return mine[-1] if mine else None


def _term(body: Body, regime: str) -> str:
    limit = answer_limit(body, regime)
    if limit is None:
        return UNSETTLED
    unit = UNIT_NAMES[limit.unit]
    longer = f"；需要延长的，最多再加 {limit.extension} {unit}，会书面告诉您" if limit.extension else ""
    title = shown_title(limit.cite)
    return (
        f"收到申请之日起 {limit.n} {unit}内{longer}。内容不明确请您补正、征求第三方意见的时间不算在内。依据：{title}。"
    )


def _fees(regime: str, settled: AccessSettings) -> str:
    if is_government(regime):
        return FREE
    return f"收取信息处理费的，会先书面通知。{settled.fee_account}" if settled.charges_fees else "不收费。"


def _remedies(regime: str, settled: AccessSettings) -> list[str]:
    superior = "上级党组织" if regime == "party-2017" else "主管教育行政部门"
    organs = {
        "reconsideration": settled.reconsideration_organ or "有管辖权的行政复议机关",
        "court": settled.court or "有管辖权的人民法院",
        "complaint": settled.complaint_organ or superior,
    }
    about = {"review-first": "对不予公开的答复", "choice": "对其他答复"}
    found = [one for one in law().remedies.values() if regime in one.regimes]
    return [
        one.text.format(**organs)
        .replace("对本答复", about.get(one.code, "对答复"))
        .replace("本告知书", "答复")
        .replace("本答复", "答复")
        for one in found
    ]
