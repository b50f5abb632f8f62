"""Forms of the report pages, with messages that say what to do."""

from datetime import date
from typing import Any

from django import forms


class OpenReportForm(forms.Form):
    year = forms.IntegerField(label="年度", min_value=2008, max_value=2100)
    start = forms.DateField(label="统计期起", widget=forms.DateInput(attrs={"type": "date"}))
    end = forms.DateField(label="统计期止", widget=forms.DateInput(attrs={"type": "date"}))

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        data = super().clean() or {}
        start, end = data.get("start"), data.get("end")
        if isinstance(start, date) and isinstance(end, date) and end < start:
            self.add_error("end", "结束日期早于开始日期,请核对。")
        return data


class SectionForm(forms.Form):
    """The text of one section; its blanks are named in the hint."""

    text = forms.CharField(label="正文", max_length=50_000, required=False, widget=forms.Textarea(attrs={"rows": 8}))


class StateFigureForm(forms.Form):
    """A number that no record holds, with where it was taken from."""

    code = forms.CharField(widget=forms.HiddenInput)
    value = forms.IntegerField(
        label="数量", min_value=0, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 5})
    )
    source = forms.CharField(
        label="来源", max_length=200, required=False, widget=forms.TextInput(attrs={"placeholder": "如:申请登记簿"})
    )
