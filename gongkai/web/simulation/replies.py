"""What simulated replies say: lawful words for every outcome of a regime."""

from typing import Any

from gongkai.statute.outcomes import outcome

GIVEN = "现将所申请的信息全文提供，见附件。"
SAYS: dict[str, dict[str, Any]] = {
    "already_public": {"given": "该信息已在本单位网站公开。"},
    "disclosed": {"given": GIVEN},
    "partial": {
        "given": GIVEN, "withheld": "表中供应商报价明细。", "grounds": ["prohibited_by_law"],
        "reasons": "其余部分依照政府采购方面的法律规定不得公开。",
    },
    "special_query": {"points_to": "示例区不动产登记中心，电话0000-00000001"},
    "not_held": {"searched": "办公室于档案室和办公系统检索，没有找到。"},
    "petition_complaint": {"points_to": "示例区信访局，电话0000-00000002"},
    "published_book": {"points_to": "《示例区年鉴》，书店有售"},
    "abandoned_no_correction": {"reasons": ""},
    "abandoned_no_fee": {"reasons": ""},
}  # fmt: skip


def reply_facts(regime: str, code: str) -> dict[str, Any]:
    """Return what a reply with this outcome says under a regime."""
    chosen = outcome(code, regime=regime)
    words = "、".join(chosen.words[:2]) or chosen.label
    usual = {"reasons": f"经审查，该信息涉及{words}，没有征求意见的必要，依照有关规定作出本答复。"}
    return {"outcome": code, **(usual if "reasons" in chosen.needs else {}), **SAYS.get(code, {})}
