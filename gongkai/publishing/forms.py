"""Forms of drafting: every refusal says what is wrong and what to do, and keeps what was typed."""

import re
from datetime import date
from typing import Any

from django import forms
from django.db.models import Case, When

from gongkai.bodies.models import Body
from gongkai.catalogue.models import CatalogueItem
from gongkai.frame.richtext import RichTextField
from gongkai.publishing import party_first
from gongkai.publishing.kinds import kinds_of
from gongkai.publishing.models import Edition, Effect, Rendition, WithdrawalReason
from gongkai.publishing.writing import LONGEST
from gongkai.statute import law

WRITTEN_DATE = re.compile(r"\s*(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?\s*")


class PlainDateField(forms.DateField):
    """A date as people write it; an impossible one is named: 2026年2月没有30日."""

    widget = forms.DateInput

    def to_python(self, value: Any) -> date | None:
        """Read 2026-11-21, 2026年11月21日, 2026.11.21 or 2026/11/21."""
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        found = WRITTEN_DATE.fullmatch(value)
        if not found:
            raise forms.ValidationError("看不懂这个日期，请写成 2026-11-21。")
        year, month, day = map(int, found.groups())
        if not 1 <= month <= 12:
            raise forms.ValidationError(f"没有{month}月，请核对日期。")
        try:
            return date(year, month, day)
        except ValueError:
            raise forms.ValidationError(f"{year}年{month}月没有{day}日，请核对日期。") from None


class CountedField(forms.CharField):
    """A line of text that says how long it may be and how long it is."""

    def __init__(self, name: str, **options: Any) -> None:
        """Take label and length from the facts of an edition."""
        label, self.most = LONGEST[name]
        # No browser limit: what is pasted must not be cut silently.
        super().__init__(label=options.pop("label", label), **options)

    def validate(self, value: str) -> None:
        """Refuse what is too long, with both numbers."""
        super().validate(value)
        if len(value) > self.most:
            raise forms.ValidationError(f"最长 {self.most} 个字，现在有 {len(value)} 个字，请缩短。")


class DraftTextField(RichTextField):
    """The text: a draft may be saved without one, but it is not optional in the end."""

    def validate(self, value: str) -> None:
        """Accept an empty text; the gate asks for one before submitting."""


def audience_field() -> forms.MultipleChoiceField:
    """Return the choice of audiences."""
    return forms.MultipleChoiceField(
        label="公开范围",
        choices=[(one.code, f"{one.name}（{one.who}）") for one in law().audiences.values()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一个公开范围。"},
        help_text="选“社会”就会公开在网站上；只选其他的，要登录才能看。",
    )


# These stand beside the text, outside the form's element, and name the form they belong to.
BESIDE = {
    "audiences", "kind", "items", "department", "channels", "document_number", "formed_on", "notice_last_on",
    "publish_on", "outside_from", "outside_why", "reprinted_from", "change_note",
}  # fmt: skip


class DraftForm(forms.Form):
    """All of a draft but its further texts: the text on the left, the few fields on the right."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = CountedField("title", error_messages={"required": "请填写标题。"})
    html = DraftTextField(label="正文")
    summary = CountedField("summary", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    audiences = audience_field()
    kind = forms.ChoiceField(label="信息类别")
    items = forms.ModelMultipleChoiceField(
        label="公开事项", queryset=CatalogueItem.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    department = forms.ModelChoiceField(label="责任部门", queryset=None, required=False, empty_label="（办公室）")
    channels = forms.MultipleChoiceField(label="计划渠道", required=False, widget=forms.CheckboxSelectMultiple)
    document_number = CountedField("document_number", required=False, help_text="例如 示小〔2026〕18号")
    formed_on = PlainDateField(label="成文日期", required=False, help_text="公开期限从这一天的次日起算")
    notice_last_on = PlainDateField(
        label="公示最后一天", required=False, help_text="公示才填；过了这一天网页自动撤下，并提醒清理公开栏和群"
    )
    publish_on = PlainDateField(label="定于某日公开", required=False, help_text="留空：签发后立即公开")
    outside_from = PlainDateField(
        label="向党外公开的日期", required=False, help_text="党员先看，然后才向党外公开。留空：下一个工作日"
    )
    outside_why = CountedField(
        "outside_why", label="党内党外同日公开的理由", required=False, help_text="一般不填。确需同一天公开的写明理由"
    )
    reprinted_from = CountedField("reprinted_from", label="转载来源", required=False, help_text="原创留空")
    change_note = CountedField("change_note", required=False, help_text="改了什么；会写在公开网页上")

    def __init__(self, *args: Any, edition: Edition, **options: Any) -> None:
        """Limit every choice to the body of the edition."""
        super().__init__(*args, **options)
        self.edition, body = edition, edition.body
        self.fields["kind"].choices = [(kind.code, kind.name) for kind in kinds_of(body)]
        self.fields["channels"].choices = [(one.code, one.name) for one in law().channels.values()]
        self.fields["department"].queryset = body.departments.filter(until_on=None)
        chosen = edition.items.values("pk")
        usable = CatalogueItem.objects.filter(body=body)
        offered = usable.applicable() | usable.filter(pk__in=chosen)
        first = Case(When(pk__in=chosen, then=0), default=1)
        self.fields["items"].queryset = offered.order_by(first, "order", "pk")
        if edition.number == 1:
            del self.fields["change_note"]
        if not party_first.is_party_matter(edition):
            del self.fields["outside_from"], self.fields["outside_why"]
        for name in BESIDE & set(self.fields):
            self.fields[name].widget.attrs["form"] = "draft"

    def facts(self) -> dict[str, Any]:
        """Return what was typed as facts of an edition."""
        facts = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return {**facts, "items": list(facts["items"])} if "items" in facts else facts


def draft_initial(edition: Edition) -> dict[str, Any]:
    """Return what the form of a draft shows at first."""
    first = edition.renditions.all()[0]
    return {
        "version": edition.version,
        "html": first.html,
        "summary": first.summary,
        "audiences": first.audiences,
        "items": [item.pk for item in edition.items.all()],
        "department": edition.department_id,
        **{
            name: getattr(edition, name)
            for name in (
                "title", "kind", "channels", "document_number", "formed_on", "notice_last_on", "publish_on",
                "outside_from", "outside_why", "reprinted_from", "change_note",
            )
        },
    }  # fmt: skip


class RenditionForm(forms.Form):
    """A further text for other audiences."""

    audiences = audience_field()
    summary = CountedField("summary", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    html = DraftTextField(label="正文")


def rendition_initial(rendition: Rendition) -> dict[str, Any]:
    """Return what the form of a further text shows at first."""
    return {"audiences": rendition.audiences, "summary": rendition.summary, "html": rendition.html}


class ReviseForm(forms.Form):
    """Why a published disclosure is revised."""

    reason = CountedField("change_reason", label="为什么修订", widget=forms.Textarea(attrs={"rows": 2}))
    change_note = CountedField("change_note", required=False, help_text="改了什么；会写在公开网页上，送审前也可以再写")


class WithdrawForm(forms.Form):
    """Why a disclosure is taken down."""

    reason = forms.ChoiceField(
        label="撤回理由", choices=WithdrawalReason, widget=forms.RadioSelect, help_text="会写在留下的说明页上"
    )
    why = forms.CharField(
        label="具体情况", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="只留痕，不公开；不要写个人信息",
    )  # fmt: skip


class EffectForm(forms.Form):
    """Whether a disclosure is still in force."""

    effect = forms.ChoiceField(label="有效性", choices=Effect, widget=forms.RadioSelect)
    explanation = CountedField(
        "effect_note", label="依据", required=False, help_text="例如：由示小〔2026〕9号文废止。会写在网页上"
    )


class OutsideForm(forms.Form):
    """Why a party matter goes outside before its day."""

    why = forms.CharField(label="提前的原因", required=False, max_length=200, help_text="到期公开的不用填")


class EndForm(forms.Form):
    """Why a notice ends before its day."""

    why = forms.CharField(label="提前结束的原因", required=False, max_length=200, help_text="到期结束的不用填")


class DiscardForm(forms.Form):
    """Why a draft is dropped."""

    why = forms.CharField(label="作废原因", required=False, max_length=200)


class FileForm(forms.Form):
    """A file to draft from."""

    file = forms.FileField(
        label="文件", help_text="Word(docx)、网页(html)、文本(txt)等；一个文件里有几篇的，会分成几份草稿",
        error_messages={"required": "请选择文件。", "empty": "这个文件是空的，请检查是否选错了文件。"},
    )  # fmt: skip
    keep = forms.BooleanField(label="把原文件作为附件一起公开", required=False)


class IssueForm(forms.Form):
    """An issue to open."""

    title = forms.CharField(label="主题", required=False, max_length=120, help_text="可不填，例如：九月校务公开")
    route = forms.ChoiceField(label="审批流程", widget=forms.RadioSelect)

    def __init__(self, *args: Any, body: Body, routes: list[tuple[str, str]], **options: Any) -> None:
        """Offer the routes the body has chains for."""
        super().__init__(*args, **options)
        self.fields["route"].choices = routes
        if routes:
            self.fields["route"].initial = routes[0][0]
