"""Forms of the reply: the one leaf, and what a reply with this outcome must say."""

from typing import Any

from django import forms
from django.db.models import Q

from gongkai.access.forms.base import TEXT, some_files, words
from gongkai.access.models import AccessRequest
from gongkai.statute import outcomes
from gongkai.statute.outcome_checks import NEEDS
from gongkai.statute.outcome_records import RequestOutcome

ROWS = {"given": 4, "withheld": 3, "reasons": 6, "searched": 4}
HINTS = {
    "given": "写明提供了什么、怎样获取；已经公开的写明在哪里查到，附上网址。文件在下面上传。",
    "withheld": "写明哪些部分没有公开，如：第 3 页供应商报价明细。不要写出内容本身。",
    "reasons": "写明事实、依据和为什么适用。不少于 10 个字；内部材料、不方便、学校秘密都不是法定理由。",
    "points_to": "写全称、地址或电话，让申请人知道去哪里。",
    "searched": "谁、在什么时候、查了哪些系统和档案，没有找到。",
}
FACTS = ("given", "withheld", "grounds", "reasons", "points_to", "searched")


class LeafForm(forms.Form):
    """Which one of the outcomes of the regime this reply is."""

    outcome = forms.ChoiceField(label="处理结果", widget=forms.RadioSelect)

    def __init__(self, *args: Any, regime: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [(one.code, one.label) for one in outcomes.choices(regime)]  # type: ignore[attr-defined]


def same_requester(case: AccessRequest) -> Any:
    """Return the earlier cases of the same requester, newest first."""
    same = Q(requester=case.requester_id)
    if case.requester.same_person:
        same |= Q(requester__same_person=case.requester.same_person)
    return AccessRequest.objects.of(case.body).filter(same, pk__lt=case.pk).order_by("-pk")


class ReplyForm(forms.Form):
    """What the reply says; the fields are those its outcome needs, the others stand folded."""

    given = words("", most=TEXT, rows=4, required=False)
    withheld = words("", most=TEXT, rows=3, required=False)
    grounds = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    reasons = words("", most=TEXT, rows=6, required=False)
    searched = words("", most=TEXT, rows=4, required=False)
    points_to = words("", most=200, required=False)
    files = some_files("附给申请人的文件", help_text="可以选几个。含个人隐私、商业秘密的部分先去掉或遮盖。")

    def __init__(self, *args: Any, outcome: RequestOutcome, case: AccessRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcome, regime = outcome, case.regime
        for name in FACTS:
            self.fields[name].label = NEEDS[name][:1].upper() + NEEDS[name][1:]
            self.fields[name].help_text = HINTS.get(name, "")
        self.fields["grounds"].choices = [(one.code, one.label) for one in outcomes.grounds(regime)]  # type: ignore[attr-defined]
        self.fields["grounds"].help_text = "只能选法定的情形。"
        for name in outcome.needs:
            self.fields[name].required = True
        if outcome.code != "partial":
            del self.fields["grounds"]
        if outcome.code == "repeated":
            self.fields["repeats"] = forms.ModelChoiceField(
                same_requester(case), label="重复的是哪一件", empty_label="请选择", initial=case.repeats_id
            )
            self.fields["repeats"].label_from_instance = lambda one: f"{one.number}　{one.title}"  # type: ignore[attr-defined]

    def asked(self) -> list[forms.BoundField]:
        """Return the fields this outcome needs, all or one of."""
        wanted = (*self.outcome.needs, *self.outcome.one_of)
        named = [self[name] for name in FACTS if name in wanted and name in self.fields]
        return ([self["repeats"]] if "repeats" in self.fields else []) + named

    def further(self) -> list[forms.BoundField]:
        """Return the fields that may be filled too."""
        wanted = (*self.outcome.needs, *self.outcome.one_of)
        return [self[name] for name in FACTS if name not in wanted and name in self.fields and name != "withheld"]

    def facts(self) -> dict[str, Any]:
        """Return what was typed, valid or not, as the draft keeps it."""
        self.is_valid()
        kept: dict[str, Any] = {name: self.data.get(name, "") for name in FACTS if name != "grounds"}
        kept["grounds"] = self.data.getlist("grounds") if "grounds" in self.fields else []
        return {"outcome": self.outcome.code, **kept}
