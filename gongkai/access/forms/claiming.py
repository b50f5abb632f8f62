"""The public form of a correction claim."""

from typing import Any

from django import forms

from gongkai.access.actions.claims import LONGEST
from gongkai.access.forms.words import Words, words
from gongkai.access.models import RequesterKind


class PublicClaimForm(forms.Form):
    """Which record is wrong, why, and who says so; a name and one way to be answered are needed."""

    record = Words("哪一份信息", LONGEST["record"], help_text="如：2025年资助学生名单")
    wrong = Words("哪里不准确", LONGEST["wrong"], rows=4)
    evidence = Words(
        "有什么证据", LONGEST["evidence"], rows=4, help_text="写明证据的名称和内容，原件可以当面或邮寄提交"
    )
    name = words("name", "姓名或名称")
    phone = words("phone", "电话", required=False)
    email = words("email", "邮箱", required=False)
    address = words("address", "通信地址", required=False)
    once = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    sealed = forms.CharField(widget=forms.HiddenInput, required=False)
    sum = forms.CharField(label="", required=False, max_length=10)

    def clean(self) -> dict[str, Any]:
        """Ask for one way to answer."""
        given = super().clean() or {}
        if not self.errors and not any(given.get(name) for name in ("phone", "email", "address")):
            self.add_error("phone", "请至少留一种联系方式，电话、邮箱或通信地址。")
        return given

    def facts(self) -> dict[str, str]:
        """Return what the claim says."""
        return {name: self.cleaned_data[name] for name in ("record", "wrong", "evidence")}

    def requester(self) -> dict[str, str]:
        """Return who claims."""
        given = {name: self.cleaned_data[name] for name in ("name", "phone", "email", "address")}
        return {"kind": RequesterKind.NP, **given}
