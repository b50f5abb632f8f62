"""Forms of sign-in: first password by slip, new password."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from gongkai.accounts.models import Person

STRONG_ENOUGH = "至少 8 个字符，不能全是数字，也不要和登录名相近。"
WRONG_SLIP = "登录名或一次性码不对，或者密码条已经用过、过期、输错满 5 次。请核对；仍不行，请本单位管理员重新签发一张。"


class NewPasswordForm(forms.Form):
    """A new password, typed twice."""

    password = forms.CharField(
        label="新密码", strip=False, help_text=STRONG_ENOUGH, max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    again = forms.CharField(
        label="再输一遍新密码", strip=False, max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def checked_for(self) -> Person | None:
        """Return the person the password must not resemble, where known."""
        return None

    def clean(self) -> dict[str, Any]:
        """Check that both entries agree and that the password is strong enough."""
        data = super().clean() or {}
        password, again = data.get("password"), data.get("again")
        if password and again and password != again:
            self.add_error("again", "两次输入的新密码不一样，请重新输入。")
        if password:
            try:
                validate_password(password, self.checked_for())
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data


class SlipForm(NewPasswordForm):
    """Login name, printed one-time code and the new password."""

    username = forms.CharField(
        label="登录名",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    code = forms.CharField(
        label="一次性码", max_length=30, help_text="印在密码条上，形如 ABCD-EFGH-JKLM；大小写和横线都不要紧。",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )  # fmt: skip
    field_order = ["username", "code", "password", "again"]

    def checked_for(self) -> Person:
        """Return an unsaved person of the typed name, so that an unknown name is told nothing."""
        return Person(username=self.cleaned_data.get("username", ""))


class ChangePasswordForm(NewPasswordForm):
    """The old password and the new one."""

    old = forms.CharField(
        label="现在的密码", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    field_order = ["old", "password", "again"]

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def checked_for(self) -> Person:
        """Return the person signed in."""
        return self.person

    def clean_old(self) -> str:
        """Check the present password."""
        if not self.person.check_password(self.cleaned_data["old"]):
            raise forms.ValidationError("现在的密码不对，请重新输入。忘记了可以请本单位管理员签发密码条。")
        return str(self.cleaned_data["old"])
