"""The forms of the deciding screen: opinion, meeting, secrecy list, single returns."""

from collections.abc import Iterable
from datetime import date
from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing

from gongkai.documents.blobs import BlobStore
from gongkai.publishing.actions.deciding import SentBack
from gongkai.review import secrecy
from gongkai.review.models import ReviewItem, ReviewStep
from gongkai.statute import law

MINUTES_KINDS = (".jpg", ".jpeg", ".png", ".pdf", ".docx", ".doc", ".wps", ".heic", ".webp")
SALT = "gongkai.minutes"


class SayForm(forms.Form):
    """The opinion on all that is decided together, and where it goes when it goes back."""

    opinion = forms.CharField(
        label="意见", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="同意时可以不写；退回时必须写明理由。",
    )  # fmt: skip
    back_to = forms.ChoiceField(label="退回时退给", required=False)

    def __init__(self, *args: Any, earlier: list[ReviewStep], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earlier = {str(step.pk): step for step in earlier}
        self.fields["back_to"].choices = back_choices(earlier)  # type: ignore[attr-defined]

    def target(self) -> ReviewStep | None:
        """Return the step everything goes back to; none means the authors."""
        return self.earlier.get(self.cleaned_data.get("back_to", ""))


class ReturnForm(forms.Form):
    """One item sent back alone."""

    send_back = forms.BooleanField(label="这一条单独退回", required=False)
    reason = forms.CharField(
        label="退回理由", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="写明要改什么。",
    )  # fmt: skip
    back_to = forms.ChoiceField(label="退给", required=False)

    def __init__(self, *args: Any, item: ReviewItem, earlier: list[ReviewStep], **kwargs: Any) -> None:
        super().__init__(*args, prefix=f"i{item.pk}", **kwargs)
        self.item, self.earlier = item, {str(step.pk): step for step in earlier}
        self.fields["back_to"].choices = back_choices(earlier)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a return, and for the mark where only a reason was written."""
        data = super().clean() or {}
        if data.get("send_back") and not data.get("reason", "").strip():
            self.add_error("reason", f"请写明《{self.item.title}》的退回理由。")
        if data.get("reason", "").strip() and not data.get("send_back"):
            self.add_error("send_back", f"《{self.item.title}》写了退回理由却没有勾选「单独退回」，请勾选或删去理由。")
        return data

    def sent_back(self) -> SentBack | None:
        """Return the item's own verdict where it was marked."""
        if not self.cleaned_data.get("send_back"):
            return None
        back_to = self.earlier.get(self.cleaned_data.get("back_to", ""))
        return SentBack(item=self.item.pk, reason=self.cleaned_data["reason"], back_to=back_to)


def back_choices(earlier: Iterable[ReviewStep]) -> list[tuple[str, str]]:
    """Return where an item may go back to: its author, or an earlier step."""
    return [("", "起草人修改"), *((str(step.pk), f"「{step.name}」重新办") for step in earlier)]


class MeetingForm(forms.Form):
    """The record of the meeting that decides."""

    name = forms.CharField(label="会议名称", max_length=80)
    held_on = forms.DateField(label="召开日期", widget=forms.DateInput())
    should_attend = forms.IntegerField(label="应到人数", min_value=1, max_value=9999)
    attended = forms.IntegerField(label="实到人数", min_value=1, max_value=9999)
    in_favour = forms.IntegerField(label="赞成人数", min_value=0, max_value=9999)
    attendees = forms.CharField(
        label="到会人员", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    summary = forms.CharField(
        label="会议结论", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="会议结论和会议纪要至少填一样。",
    )  # fmt: skip
    minutes = forms.FileField(label="会议纪要", required=False, help_text="拍一张照片，或上传文件。")
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_minutes(self) -> Any:
        """Refuse what is no picture or document, or too large."""
        given = self.cleaned_data.get("minutes")
        if not given:
            return None
        if PurePath(given.name).suffix.lower() not in MINUTES_KINDS:
            raise forms.ValidationError("会议纪要请上传照片、PDF 或 Word 文件。")
        if given.size > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(f"文件太大，最大 {settings.UPLOAD_LIMIT // 1024 // 1024} MB。")
        return given

    def facts(self) -> dict[str, Any]:
        """Return the meeting as `hold_meeting` takes it; the minutes' bytes are stored."""
        data = {name: self.cleaned_data[name] for name in self.cleaned_data if name not in ("minutes", "kept")}
        kept = self.keep()
        return {**data, "minutes_sha256": kept[0], "minutes_name": kept[1]}

    def keep(self) -> tuple[str, str]:
        """Store uploaded minutes (or take those of an earlier try): their SHA-256 and name."""
        given = self.cleaned_data.get("minutes")
        if given:
            sha256 = BlobStore(settings.BLOB_ROOT).put(given.read())
            return sha256, PurePath(given.name).name[:200]
        try:
            sha256, name = signing.loads(self.data.get("kept", ""), salt=SALT, max_age=86400)
        except signing.BadSignature:
            return "", ""
        return sha256, name

    def signed(self) -> str:
        """Return the stored minutes as a hidden value, so that they need not be uploaded twice."""
        kept = self.keep()
        return signing.dumps(kept, salt=SALT) if kept[0] else ""


class ChecklistForm(forms.Form):
    """The secrecy review's questions, each answered, and its result."""

    result = forms.ChoiceField(label="审查结论", widget=forms.RadioSelect)
    result_note = forms.CharField(
        label="结论说明", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"].choices = [  # type: ignore[attr-defined]
            (code, result.name) for code, result in law().secrecy_results.items()
        ]
        for code, question in law().secrecy_questions.items():
            calm = "no" if question.trouble == "yes" else "yes"
            choices = [(calm, secrecy.ANSWERS[calm]), (question.trouble, secrecy.ANSWERS[question.trouble])]
            self.fields[code] = forms.ChoiceField(
                label=f"{code[1:]}. {question.text}", widget=forms.RadioSelect, choices=[*choices, ("unsure", "不确定")]
            )
            self.fields[f"{code}_note"] = forms.CharField(
                label="依据和处理办法", required=False, max_length=500, help_text=question.advice
            )

    def questions(self) -> list[dict[str, Any]]:
        """Return the questions as the page shows them."""
        return [
            {"answer": self[code], "note": self[f"{code}_note"], "cite": law().resolve(question.cite)}
            for code, question in law().secrecy_questions.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason wherever an answer means trouble."""
        data = super().clean() or {}
        for code, question in law().secrecy_questions.items():
            if data.get(code) in (question.trouble, "unsure") and not data.get(f"{code}_note", "").strip():
                self.add_error(f"{code}_note", f"第{code[1:]}问：请写明依据和处理办法。")
        result = law().secrecy_results.get(data.get("result", ""))
        if result is not None and not result.passes:
            self.add_error("result", f"结论是「{result.name}」就不能同意，请改用「退回」并写明理由。")
        return data

    def checklist(self) -> secrecy.Checklist:
        """Return the answers as a decision keeps them."""
        data = self.cleaned_data
        answers = {
            code: {"answer": data.get(code, ""), "note": data.get(f"{code}_note", "")}
            for code in law().secrecy_questions
        }
        return {**answers, "result": data.get("result", ""), "result_note": data.get("result_note", "")}


class CapacityForm(forms.Form):
    """For which of the two groups a person who sits in both decides."""

    capacity = forms.ChoiceField(label="您以哪个小组的身份决定？", widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["capacity"].choices = choices  # type: ignore[attr-defined]


def meeting_start(name: str, *, on: date, due: int, names: str) -> dict[str, Any]:
    """Return what a meeting form shows at first."""
    return {"name": name, "held_on": on, "should_attend": due or None, "attendees": names}
