"""Forms on the page of a letter: its words while a draft, its service, its coming back, its cancelling."""

from datetime import date
from typing import Any

from django import forms

from gongkai.access.forms.intake import FilesField
from gongkai.access.models import DeliveryWay, Letter, Way
from gongkai.publishing.posting_forms import day_field

SERVED_BY = {Way.POST: DeliveryWay.POST, Way.EMAIL: DeliveryWay.ELECTRONIC, Way.PICK_UP: DeliveryWay.IN_PERSON}
FACTS = ("recipient", "place", "postal_number", "signed_by", "signed_on", "witness", "server", "note")


class TextForm(forms.Form):
    """The words of a draft: one paragraph a line."""

    text = forms.CharField(
        label="正文", max_length=60_000, widget=forms.Textarea(attrs={"rows": 18}), strip=False,
        help_text="一行一段。「一、」「（一）」开头的短行按标题排版；最后的「附件：」行排作附件说明",
    )  # fmt: skip
    note = forms.CharField(
        label="通俗说明", max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 6}), strip=False,
        help_text="另附一页，用平常话告诉申请人这是什么意思、要做什么、什么时候之前",
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)


class ServeForm(forms.Form):
    """A service with what proves it; which fields a way needs is checked by the act."""

    way = forms.ChoiceField(label="送达方式", choices=DeliveryWay.choices, widget=forms.RadioSelect)
    served_on = day_field(
        "送达日期", required=False, help_text="邮寄的填交邮日期，电子送达的填发出日期；签收的填签收日期"
    )
    recipient = forms.CharField(label="收件人", max_length=100, required=False)
    signed_by = forms.CharField(label="签收人", max_length=100, required=False, help_text="直接送达、委托送达必填")
    signed_on = day_field("签收日期", required=False)
    postal_number = forms.CharField(
        label="邮件号", max_length=60, required=False, help_text="邮寄送达必填，邮政挂号信或者特快专递的13位号码"
    )
    place = forms.CharField(label="送达地点", max_length=200, required=False, help_text="留置送达必填")
    witness = forms.CharField(label="见证人", max_length=100, required=False, help_text="留置送达必填")
    server = forms.CharField(label="送达人", max_length=80, required=False)
    note = forms.CharField(label="备注", max_length=200, required=False)
    proof = FilesField(label="送达证明", required=False, help_text="签收的回证、邮政收据、发送记录的照片或者扫描件")

    def __init__(self, *args: Any, letter: Letter, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = SERVED_BY.get(Way(letter.case.way_wanted)) if letter.case else None
        self.fields["way"].initial = wanted
        self.fields["served_on"].initial = on
        self.fields["recipient"].initial = letter.addressee

    def facts(self) -> dict[str, Any]:
        """Return the proof as `serve` takes it."""
        return {name: self.cleaned_data[name] for name in FACTS}


class ReturnedForm(forms.Form):
    """A letter that came back."""

    on = day_field("退回日期")
    reason = forms.CharField(label="退回原因", max_length=100, required=False)


class WhyForm(forms.Form):
    """Why a letter is cancelled; its number is not given again."""

    why = forms.CharField(label="作废原因", max_length=200)
