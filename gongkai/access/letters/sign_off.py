"""The sign-off part of the review sheet (呈批单): who said what at each step."""

from gongkai.access.letters.voice import shown
from gongkai.access.models import AccessRequest
from gongkai.frame.dates import cn_date
from gongkai.review.models import Decision, ReviewStep

BLANK = ("承办人意见", "公开工作机构审核意见", "保密审查意见", "合法性审核意见", "负责人签发")


def signed_off(case: AccessRequest) -> str:
    """Return a line a step with its standing decision; lines to be written on by hand where no review has begun."""
    if case.review is None:
        return "\n".join(f"{name}：" for name in BLANK)
    standing = Decision.objects.standing().filter(step__review=case.review).select_related("step", "person")
    said = {decision.step_id: decision for decision in standing}
    return "\n".join(_line(step, said.get(step.pk)) for step in case.review.steps.order_by("order"))


def _line(step: ReviewStep, decision: Decision | None) -> str:
    if decision is None:
        return f"{step.name}："
    words = [str(decision.get_verdict_display()), shown(decision.opinion)]
    who = f"{decision.person.name}（{decision.post_name}）{cn_date(decision.at)}"
    return f"{step.name}：{'，'.join(word for word in words if word)}　{who}"
