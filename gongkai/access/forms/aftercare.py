"""Forms of remedies, correction claims and of making more public."""

from datetime import date
from typing import Any

from django import forms

from gongkai.access.forms.base import day, words
from gongkai.access.models import (
    AccessRequest,
    ClaimState,
    Remedy,
    RemedyKind,
    RemedyResult,
    RequesterKind,
    Verdict,
)
from gongkai.bodies.models import Body

LONG = 5000


class RemedyForm(forms.Form):
    """A reconsideration, suit or complaint as it becomes known."""

    kind = forms.ChoiceField(label="类型", choices=RemedyKind.choices, widget=forms.RadioSelect)
    case = forms.ModelChoiceField(
        AccessRequest.objects.none(), label="针对哪一件申请", required=False, empty_label="平台里没有这件申请"
    )
    follows = forms.ModelChoiceField(
        Remedy.objects.none(), label="接在哪一件行政复议之后", required=False, empty_label="不是复议后起诉"
    )
    organ = forms.CharField(label="受理的机关、法院或单位", max_length=120)
    number = forms.CharField(label="案号", max_length=80, required=False)
    filed_on = day("申请、起诉或申诉日期")
    summary = words("摘要", rows=3, most=LONG, required=False, help_text="争议的问题。不写申请人的姓名和联系方式。")

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = AccessRequest.objects.of(body).counted().order_by("-year", "-serial")
        self.fields["case"].label_from_instance = lambda one: f"{one.number} {one.title}"
        earlier = Remedy.objects.of(body).filter(kind=RemedyKind.RECONSIDERATION)
        self.fields["follows"].queryset = earlier
        self.fields["follows"].label_from_instance = lambda one: f"{one.organ} {one.number} {one.filed_on:%Y-%m-%d}"


class CopyForm(forms.Form):
    """The day the copy of the application or complaint came in."""

    on = day("收到副本的日期")
    simple = forms.BooleanField(
        label="适用简易程序", required=False, help_text="简易程序 5 个工作日内答复，普通程序 10 个。"
    )
    answer_due_on = day(
        "法院要求的答辩日期", required=False, help_text="诉讼按法院通知书上的日期填；复议不用填，平台会算。"
    )


class OnForm(forms.Form):
    """The day of something."""

    on = day("提交答复的日期")


class RulingForm(forms.Form):
    """What was decided."""

    on = day("审结日期")
    result = forms.ChoiceField(label="结果", choices=RemedyResult.choices, widget=forms.RadioSelect)
    received_on = day("收到决定或判决的日期", required=False)
    orders_new_reply = forms.BooleanField(
        label="责令重新答复", required=False, help_text="勾选后，这件申请会重新办理；年报第三张表不再计数。"
    )
    redo_by = day(
        "重新答复的期限", required=False, help_text="决定书或判决书写了期限的照填，没写的按答复期限重新计算。"
    )
    summary = words("要点", rows=3, most=LONG, required=False)


class ClaimForm(forms.Form):
    """A correction claim that came on paper or at the counter."""

    received_on = day("收到日期")
    name = forms.CharField(label="申请人姓名或名称", max_length=100)
    kind = forms.ChoiceField(label="申请人类型", choices=RequesterKind.choices)
    phone = forms.CharField(label="电话", max_length=40, required=False)
    address = forms.CharField(label="通信地址", max_length=200, required=False)
    record = forms.CharField(label="哪一份信息", max_length=200, help_text="如：2025年资助学生名单中的学籍信息")
    wrong = words("哪里不准确", rows=4, most=LONG)
    evidence = words("有什么证据", rows=4, most=LONG)


class ClaimDecisionForm(forms.Form):
    """How a claim is dealt with."""

    state = forms.ChoiceField(
        label="怎样处理", widget=forms.RadioSelect,
        choices=[(value, label) for value, label in ClaimState.choices if value != ClaimState.RECEIVED],
    )  # fmt: skip
    passed_to = forms.CharField(label="转送或告知的单位", max_length=120, required=False)
    reasons = words("理由", rows=4, most=LONG)


class CheckForm(forms.Form):
    """The yearly look at one refusal."""

    case = forms.IntegerField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(label="评估结论", choices=Verdict.choices)
    reasons = words("理由", rows=2, most=1000)


class LogForm(forms.Form):
    """The public account of a case."""

    question = forms.CharField(label="申请内容（概括）", max_length=200, help_text="一句话，不写姓名、电话、班级。")
    answer = words("答复摘要", rows=3, most=2000, required=False)


class ProactiveForm(forms.Form):
    """The title of the draft that publishes to everybody what was asked for."""

    title = forms.CharField(label="公开信息的标题", max_length=200)


def year_span(year: int) -> tuple[date, date]:
    """Return the first and the last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)
