"""The request form: who asks, what is wanted, how it should come; the same fields for the public and the office."""

import re
from typing import Any

from django import forms
from django.http import QueryDict

from gongkai.access.asking import ORGANISATIONS, Asker, askers, regime_of
from gongkai.access.forms.words import Words, words
from gongkai.access.models import AccessRequest, Form, Identity, RequesterKind, Way
from gongkai.bodies.models import Body
from gongkai.publishing.posting_forms import ManyFiles
from gongkai.screening.numbers import checksum

RESIDENT_CARD = "居民身份证"
ID_KINDS = (
    RESIDENT_CARD, "护照", "港澳居民来往内地通行证", "台湾居民来往大陆通行证", "外国人永久居留身份证", "其他证件",
)  # fmt: skip
CARD = re.compile(r"[0-9]{17}[0-9X]")
REQUESTER = (
    "name", "pupil", "id_kind", "id_number", "workplace", "kind", "org_code", "legal_representative", "contact_name",
    "phone", "email", "address", "postcode", "fax",
)  # fmt: skip
WANTED = ("title", "wanted", "document_number", "purpose", "form_wanted", "way_wanted", "accepts_other")
# What an answer by this way cannot do without.
NEEDS = {Way.POST: "address", Way.EMAIL: "email", Way.FAX: "fax", Way.PICK_UP: "phone", Way.READ_HERE: "phone"}


class AskerForm(forms.Form):
    """The first question: who are you."""

    who = forms.ChoiceField(label="您是谁", widget=forms.RadioSelect, error_messages={"required": "请选择您是谁。"})

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            (one.code, f"{one.label}：{one.about}" if one.about else one.label) for one in askers(body)
        ]


class RequestForm(forms.Form):
    """What is wanted and by whom, with the fields this kind of requester of this body needs."""

    strict = True  # the public must say what an answer needs; the office enters what has come

    def __init__(self, *args: Any, body: Body, who: Asker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body, self.who = body, who
        self.fields.update(wanted_fields(ordinance=regime_of(body) == "cn-ogi"))
        self.fields.update(requester_fields(who, ordinance=regime_of(body) == "cn-ogi"))
        if not self.strict:
            for name in set(self.fields) - {"title", "name", "kind", "form_wanted", "way_wanted"}:
                self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """Check what hangs together: the card's number, and an address for the chosen way."""
        given = super().clean() or {}
        self._check_card(given)
        if self.strict and {"way_wanted", "form_wanted"} <= set(given):
            self._check_contact(given)
        return given

    def _check_card(self, given: dict[str, Any]) -> None:
        number = (given.get("id_number") or "").upper().replace(" ", "")
        if "id_number" not in given:
            return
        given["id_number"] = number
        card = number and given.get("id_kind") == RESIDENT_CARD
        if card and self.strict and not (CARD.fullmatch(number) and checksum(number[:17]) == number[17]):
            self.add_error("id_number", "身份证号应是 18 位，请核对有没有写错一位；不是居民身份证的，请改选证件名称。")

    def _check_contact(self, given: dict[str, Any]) -> None:
        way = given["way_wanted"]
        needed = "email" if given["form_wanted"] == Form.EMAIL else NEEDS[way]
        if not given.get(needed) and needed not in self.errors:
            label = self.fields[needed].label
            self.add_error(needed, f"请填写{label}：您选的提供形式和获取方式要用到。")

    def requester(self) -> dict[str, str]:
        """Return the fields of the requester, empty ones included."""
        given = self.cleaned_data
        facts = {name: given.get(name) or "" for name in REQUESTER}
        if not facts["id_number"]:
            facts["id_kind"] = ""
        return facts | {"kind": given.get("kind") or self.who.kind, "identity": self.who.identity}

    def wanted(self) -> dict[str, Any]:
        """Return what is wanted; without a description the title says it."""
        facts = {name: self.cleaned_data[name] for name in WANTED}
        return facts | {"wanted": facts["wanted"] or facts["title"]}

    @property
    def about_wanted(self) -> list[forms.BoundField]:
        """Return the fields that say what is wanted."""
        return [self[name] for name in WANTED]

    @property
    def about_requester(self) -> list[forms.BoundField]:
        """Return the fields that say who asks and how to reach them."""
        return [self[name] for name in REQUESTER if name in self.fields]

    def summary(self) -> list[tuple[str, str]]:
        """Return what was filled in, by label, for reading over once more."""
        return [
            (str(bound.label), said) for bound in (*self.about_wanted, *self.about_requester) if (said := _said(bound))
        ]


def carried(given: QueryDict) -> dict[str, Any]:
    """Return what was typed before as initial values; a box that was unticked stays so."""
    typed = given.dict()
    return typed | {"accepts_other": "accepts_other" in typed} if "title" in typed else typed


def _said(bound: forms.BoundField) -> str:
    value = bound.form.cleaned_data.get(bound.name)  # type: ignore[attr-defined]
    if bound.name == "accepts_other":
        return "接受" if value else "不接受"
    if bound.name == "id_kind" and not bound.form.cleaned_data.get("id_number"):  # type: ignore[attr-defined]
        return ""
    choices = dict(getattr(bound.field, "choices", ()))
    return str(choices.get(value, value) or "")


def wanted_fields(*, ordinance: bool) -> dict[str, forms.Field]:
    """Return the fields that say what is wanted and how; the purpose may always be left out."""
    need = "用途" if ordinance else "用途或自身需要"
    form, way = AccessRequest._meta.get_field("form_wanted"), AccessRequest._meta.get_field("way_wanted")
    return {
        "title": words("title", "所需信息的名称", help_text="一次申请一件事。如：2025年秋季学期食堂收支明细"),
        "wanted": words(
            "wanted", "内容描述", rows=5, required=False, help_text="时间、范围、事项，或者能让我们找到它的其他特征"
        ),
        "document_number": words(
            "document_number", "文号", required=False, help_text="知道的写上，如：示教〔2025〕12号"
        ),
        "purpose": words("purpose", need, rows=2, required=False, help_text="可不填，不填不影响办理"),
        "form_wanted": forms.ChoiceField(
            label=str(form.verbose_name),
            choices=Form.choices,
            widget=forms.RadioSelect,
            initial=Form.PAPER,  # type: ignore[union-attr]
        ),
        "way_wanted": forms.ChoiceField(
            label=str(way.verbose_name),
            choices=Way.choices,
            widget=forms.RadioSelect,
            initial=Way.POST,  # type: ignore[union-attr]
        ),
        "accepts_other": forms.BooleanField(label="按这个形式提供不了时，接受其他形式", required=False, initial=True),
    }


def requester_fields(who: Asker, *, ordinance: bool) -> dict[str, forms.Field]:
    """Return the fields this kind of requester fills in."""
    own = _organisation() if not who.kind else _person(who, ordinance=ordinance)
    hint = "电话、邮箱、通信地址至少写一项"
    return own | {
        "phone": words("phone", "电话", required=False, help_text=hint, widget=_keys("tel")),
        "email": Words("邮箱", 120, required=False, validators=[_looks_like_email], widget=_keys("email")),
        "address": words("address", "通信地址", required=False, help_text="邮寄答复时用，写到门牌号"),
        "postcode": words("postcode", "邮编", required=False, widget=_keys("numeric")),
        "fax": words("fax", "传真", required=False),
    }


def _keys(mode: str) -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": mode})


def _looks_like_email(value: str) -> None:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", value):
        raise forms.ValidationError("邮箱不完整，请核对 @ 前后有没有漏写。")


def _person(who: Asker, *, ordinance: bool) -> dict[str, forms.Field]:
    found: dict[str, forms.Field] = {"name": words("name", "姓名")}
    if who.identity == Identity.PARENT:
        found["pupil"] = words("pupil", "学生姓名、班级", help_text="用来核对身份，不会公开")
    if who.identity == Identity.STUDENT:
        found["pupil"] = words("pupil", "班级或学号")
    if who.identity in (Identity.STAFF, Identity.MEMBER):
        label = "部门或年级组" if who.identity == Identity.STAFF else "所在党支部"
        found["workplace"] = words("workplace", label, required=who.identity == Identity.MEMBER)
    if who.identity in ("", Identity.PUBLIC):
        kinds = [(name, name) for name in ID_KINDS]
        found["id_kind"] = forms.ChoiceField(label="证件名称", choices=kinds, initial=RESIDENT_CARD, required=ordinance)
        why = "条例要求提供身份证明；只有办理人员看得到" if ordinance else "便于核对身份；只有办理人员看得到"
        found["id_number"] = words("id_number", "证件号码", required=ordinance, help_text=why)
        found["workplace"] = words("workplace", "工作单位", required=False)
    return found


def _organisation() -> dict[str, forms.Field]:
    kinds = [(kind.value, kind.label) for kind in RequesterKind if kind in ORGANISATIONS]
    return {
        "kind": forms.ChoiceField(
            label="单位类型", choices=kinds, widget=forms.RadioSelect, error_messages={"required": "请选择单位类型。"}
        ),
        "name": words("name", "单位名称"),
        "org_code": words("org_code", "统一社会信用代码"),
        "legal_representative": words("legal_representative", "法定代表人"),
        "contact_name": words("contact_name", "联系人"),
    }


class FilesField(forms.FileField):
    """Several files; they are looked at by `access.incoming` once everything else is right."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the uploads, unread."""
        return [file for file in data or [] if file]


class SendForm(forms.Form):
    """The last step: files, the key that makes a second click harmless, the plain question."""

    files = FilesField(
        label="附件",
        required=False,
        help_text="身份证明、说明材料等，最多 5 个，每个不超过 10 MB。带宏的文件和程序收不了",
    )
    once = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    sealed = forms.CharField(widget=forms.HiddenInput, required=False)
    sum = forms.CharField(label="", required=False, max_length=10)


class StatusForm(forms.Form):
    """Number and query code of a request."""

    number = forms.CharField(label="申请编号", max_length=40, help_text="如：2026-0001")
    code = forms.CharField(label="查询码", max_length=20, help_text="提交时给您的 10 位码")


class AnswerForm(StatusForm):
    """What a requester adds when asked to make the request clearer or to give reasons."""

    text = Words("补充的内容", 5000, rows=6)
    files = FilesField(label="附件", required=False, help_text="最多 5 个，每个不超过 10 MB")
