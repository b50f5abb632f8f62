"""Forms of the report pages, with messages that say what to do."""

from decimal import Decimal
from typing import Any

from django import forms

from gongkai.bodies.models import Body
from gongkai.reporting.figures import Figure, Number
from gongkai.statute import families, law
from gongkai.statute.limits import report_period
from gongkai.statute.tables import number


class OpenReportForm(forms.Form):
    """Which year, in which form, over which days; the body's own form is offered first."""

    family = forms.ChoiceField(label="报告格式", required=False)
    year = forms.IntegerField(label="年度", min_value=2008, max_value=2100)
    start = forms.DateField(label="统计期起", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    end = forms.DateField(label="统计期止", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, body: Body, **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.body = body
        self.fields["family"].choices = [  # type: ignore[attr-defined]
            ("", "按本单位通常的格式"), *((one.code, one.name) for one in law().families.values())
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Take the form of that year and its whole period where no day is given; refuse a period that is none."""
        data = super().clean() or {}
        year = data.get("year")
        if year is None or self.errors:
            return data
        code = data.get("family") or getattr(families.usual(self.body.kind, year=year), "code", "") or "k12"
        chosen = families.in_year(code, year=year)
        if chosen is None:
            self.add_error("family", f"{year}年度的报告不用这种格式，请另选一种。")
            return data
        data["family"] = chosen.code
        usual = report_period(families.limit_of(chosen, kind=self.body.kind), year=year)
        start = data["start"] = data.get("start") or usual[0]
        end = data["end"] = data.get("end") or usual[1]
        if end < start:
            self.add_error("end", "结束日期早于开始日期，请核对。")
        elif not start.year <= year <= end.year:
            self.add_error("start", f"统计期里没有{year}年，请核对年度，或把两个日期留空（就按全年统计）。")
        return data


class SectionForm(forms.Form):
    """The text of one section; its blanks are named in the hint."""

    text = forms.CharField(label="正文", max_length=50_000, required=False, widget=forms.Textarea(attrs={"rows": 8}))

    def __init__(self, *args: Any, tables: bool = False, **facts: Any) -> None:
        super().__init__(*args, **facts)
        if tables:
            self.fields["text"].label = "表格之外的说明"
            self.fields["text"].widget.attrs["rows"] = 3


class StateFigureForm(forms.Form):
    """A number that no record holds, with where it was taken from."""

    code = forms.CharField(widget=forms.HiddenInput)
    value = forms.DecimalField(
        label="数量", max_digits=18, decimal_places=6, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 5}),
    )  # fmt: skip
    source = forms.CharField(
        label="来源", max_length=200, required=False, widget=forms.TextInput(attrs={"placeholder": "如：申请登记簿"})
    )

    def clean_value(self) -> Number | None:
        """Return a whole number whole; the act says which numbers a figure may have."""
        return number(self.cleaned_data["value"])


class TableForm(forms.Form):
    """The open cells of one table and where they were taken from; an empty cell is not stated."""

    source = forms.CharField(
        label="来源", max_length=200, widget=forms.TextInput(attrs={"placeholder": "如：申请登记簿"})
    )

    def __init__(self, *args: Any, figures: list[Figure], **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.figures = [figure for figure in figures if figure.stated]
        for figure in self.figures:
            self.fields[figure.code] = forms.DecimalField(
                label=figure.label, max_digits=18, decimal_places=6, required=False, initial=_plain(figure.value),
                widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 4, "aria-label": figure.label}),
            )  # fmt: skip

    def values(self) -> dict[str, Number | None]:
        """Return the cells as typed."""
        return {figure.code: number(self.cleaned_data[figure.code]) for figure in self.figures}


def _plain(value: Number | None) -> Number | None:
    return value.normalize() if isinstance(value, Decimal) else value
