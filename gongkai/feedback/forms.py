"""Forms of opinions: the public one, the office's, assigning and answering."""

from datetime import date
from typing import Any

from django import forms

from gongkai.accounts.models import Person
from gongkai.bodies.models import Body, Post
from gongkai.feedback.actions import LIMITS
from gongkai.feedback.channels import CHANNELS
from gongkai.feedback.models import OpinionKind
from gongkai.publishing.models import Disclosure


def words(name: str, label: str, *, rows: int = 0, **more: Any) -> forms.CharField:
    """Return a text field whose refusal says how long the text is and may be."""
    most = LIMITS[name]
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    too_long = f"太长了：写了 %(show_value)d 字，最多 {most} 字。请删短一些，或分两次提交。"
    messages = {"max_length": too_long, "required": f"请填写{label}。"}
    field = forms.CharField(label=label, max_length=most, widget=widget, error_messages=messages, **more)
    # The browser's own cut-off would lose the end of a pasted letter without a word.
    field.widget.attrs.pop("maxlength", None)
    return field


class OpinionForm(forms.Form):
    """What a citizen sends: as little as possible about themselves."""

    kind = forms.ChoiceField(
        label="您要提的是", choices=OpinionKind.choices, widget=forms.RadioSelect, initial="opinion"
    )
    title = words("title", "标题")
    text = words("text", "内容", rows=8)
    writer_name = words("writer_name", "姓名", required=False)
    writer_contact = words("writer_contact", "电话或邮箱", required=False)
    once = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    sealed = forms.CharField(widget=forms.HiddenInput, required=False)
    sum = forms.CharField(label="", required=False, max_length=10)

    def __init__(self, *args: Any, notice: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not notice:
            self.fields["kind"].choices = [(c, n) for c, n in OpinionKind.choices if c != OpinionKind.OBJECTION]

    def facts(self) -> dict[str, Any]:
        """Return what the act takes."""
        return {name: self.cleaned_data[name] for name in ("kind", "title", "text", "writer_name", "writer_contact")}


class StatusForm(forms.Form):
    """Number and query code of an opinion."""

    number = forms.CharField(label="编号", max_length=40, help_text="如：2026-0001")
    code = forms.CharField(label="查询码", max_length=20, help_text="提交时给您的 10 位码")


class EntryForm(forms.Form):
    """An opinion from the paper box, the telephone or a meeting, typed in by the office."""

    channel = forms.ChoiceField(label="渠道", choices=[(c, n) for c, n in CHANNELS.items() if c != "web"])
    received_on = forms.DateField(label="来信日期", widget=forms.DateInput)
    kind = forms.ChoiceField(label="类别", choices=OpinionKind.choices)
    title = words("title", "标题")
    text = words("text", "内容", rows=6)
    about = forms.ModelChoiceField(
        Disclosure.objects.none(), label="针对哪条公开信息", required=False, empty_label="不针对某一条"
    )
    writer_name = words("writer_name", "姓名", required=False)
    writer_contact = words("writer_contact", "电话或邮箱", required=False)

    def __init__(self, *args: Any, body: Body, on: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"received_on": on, "channel": "box"}, **kwargs)
        published = Disclosure.objects.of(body).exclude(current=None).select_related("current")[:200]
        self.fields["about"].queryset = Disclosure.objects.filter(pk__in=[one.pk for one in published])
        self.fields["about"].label_from_instance = lambda one: one.current.title


class AssignForm(forms.Form):
    """Who answers: a department, a person, or both."""

    department = forms.ModelChoiceField(queryset=None, label="交给部门", required=False, empty_label="不指定")
    handler = forms.ModelChoiceField(queryset=None, label="承办人", required=False, empty_label="由部门安排")

    def __init__(self, *args: Any, body: Body, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = body.departments.filter(until_on=None)
        held = Post.objects.held(on=on).filter(body=body)
        self.fields["handler"].queryset = Person.objects.filter(pk__in=held.values("person")).order_by("name")


class AnswerForm(forms.Form):
    """The answer, and the day on which it went out where that was earlier."""

    text = words("text", "答复", rows=8)
    answered_on = forms.DateField(label="答复日期", widget=forms.DateInput, help_text="当面或电话已经答复的，填那一天")


class OpenForm(forms.Form):
    """The question as the public may read it."""

    public_question = forms.CharField(
        label="公开时的问题摘要", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一两句话概括所提的问题，不写来信人的姓名、电话和孩子的班级。",
    )  # fmt: skip


class RectifyForm(forms.Form):
    """What has to be put right."""

    reason = forms.CharField(
        label="要改什么", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="记入修订原因。会开出一份草稿，照常审批，公开后与这件意见互相链接。",
    )  # fmt: skip
