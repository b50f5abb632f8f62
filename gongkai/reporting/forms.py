"""Forms of the report pages, with messages that say what to do."""

from datetime import date
from typing import Any

from django import forms


class OpenReportForm(forms.Form):
    year = forms.IntegerField(label="年度", min_value=2008, max_value=2100)
    start = forms.DateField(label="统计期起", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    end = forms.DateField(label="统计期止", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def clean(self) -> dict[str, Any]:
        """Take the whole year where no day is given; refuse a period that runs backwards or misses the year."""
        data = super().clean() or {}
        year = data.get("year")
        if year is None or self.errors:
            return data
        start = data["start"] = data.get("start") or date(year, 1, 1)
        end = data["end"] = data.get("end") or date(year, 12, 31)
        if end < start:
            self.add_error("end", "结束日期早于开始日期，请核对。")
        elif not start.year <= year <= end.year:
            self.add_error("start", f"统计期里没有{year}年，请核对年度，或把两个日期留空（就按全年统计）。")
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
        label="来源", max_length=200, required=False, widget=forms.TextInput(attrs={"placeholder": "如：申请登记簿"})
    )
