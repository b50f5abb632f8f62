"""What `law/outcomes.toml` must satisfy together with the rest of the law."""

from collections.abc import Iterable

from gongkai.statute.corpus import Law
from gongkai.statute.outcome_records import RequestOutcome
from gongkai.statute.reading import refuse

GROUPS = {
    "open": "予以公开",
    "partial": "部分公开",
    "refused": "不予公开",
    "unable": "无法提供",
    "not_processed": "不予处理",
    "other": "其他处理",
}
NEEDS = {
    "given": "公开的内容",
    "withheld": "不公开的部分",
    "grounds": "不公开部分属于哪种情形",
    "reasons": "理由",
    "points_to": "负责的单位和联系方式",
    "searched": "检索情况",
}
AFTER = (
    "clarification",
    "clarification_lapsed",
    "fee_lapsed",
    "explanation",
    "repeats",
    "consultation",
)
BLANKS = {"reconsideration": "", "court": "", "complaint": ""}


def check_outcomes(law: Law) -> None:
    """Refuse outcomes that do not fit together. Raises RefusedRecord."""
    for outcome in law.outcomes.values():
        _outcome(law, outcome)
    for clash in law.contradictions.values():
        where = f"law/outcomes.toml {clash.code}"
        _known(where, "处理结果", clash.outcomes, law.outcomes)
        _known(where, "类别", clash.groups, GROUPS)
    for remedy in law.remedies.values():
        where = f"law/outcomes.toml {remedy.code}"
        _known(where, "制度", remedy.regimes, law.regimes)
        try:
            remedy.text.format(**BLANKS)
        except (KeyError, IndexError, ValueError):
            refuse(where, f"救济告知的空格只能是 {'、'.join(BLANKS)}")


def _outcome(law: Law, outcome: RequestOutcome) -> None:
    where = f"law/outcomes.toml {outcome.code}"
    _known(where, "类别", [outcome.group], GROUPS)
    _known(where, "应写内容", [*outcome.needs, *outcome.one_of], NEEDS)
    _known(where, "前提", outcome.after, AFTER)
    regimes = [*outcome.regimes, *(other.regime for other in outcome.under)]
    _known(where, "制度", regimes, law.regimes)
    if len(set(regimes)) != len(regimes):
        refuse(where, "同一制度写了两次")
    if outcome.ground and outcome.group != "refused":
        refuse(where, "只有不予公开的情形可以作为部分公开时不公开部分的情形")


def _known(where: str, what: str, codes: Iterable[str], known: Iterable[str]) -> None:
    for code in codes:
        if code not in known:
            refuse(where, f"{what} {code!r} 不存在")
