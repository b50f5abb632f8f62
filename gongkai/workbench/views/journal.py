"""The journal of a body, readable: who did what, when, on which basis."""

import json
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.bodies.forms import date_field
from gongkai.bodies.models import Duty
from gongkai.bodies.policy import OFFICE
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import SHANGHAI, staff_page
from gongkai.journal.models import JournalEntry
from gongkai.workbench.act_names import ACTS, FACTS, act_name, fact_words
from gongkai.workbench.desk import basis

READERS = (*OFFICE, Duty.MANAGER, Duty.SUPERVISION_HEAD, Duty.SUPERVISION_MEMBER)


class JournalFilter(forms.Form):
    """What to keep of the journal."""

    act = forms.ChoiceField(label="办理事项", required=False)
    who = forms.CharField(label="人员", required=False, max_length=80)
    start = date_field("自", required=False)
    end = date_field("至", required=False)

    def __init__(self, *args: Any, acts: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted((act_name(code), code) for code in acts)
        self.fields["act"].choices = [("", "全部"), *((code, name) for name, code in named)]  # type: ignore[attr-defined]


@staff_page(*READERS)
def journal(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the body's entries, newest first, filtered and by pages."""
    entries = JournalEntry.objects.of_body(scope.body.code).order_by("-seq")
    acts = list(entries.order_by().values_list("act", flat=True).distinct())
    form = JournalFilter(request.GET or None, acts=acts)
    if form.is_valid():
        entries = _filtered(entries, form.cleaned_data)
    page = Paginator(entries, 50).get_page(request.GET.get("page"))
    rows = [
        (entry, act_name(entry.act), _facts(entry), basis(entry.cite), [act_name(a) for a in _read(entry)["included"]])
        for entry in page
    ]
    return render(request, "workbench/journal.html", {"form": form, "page": page, "rows": rows, "known": ACTS})


def _filtered(entries: Any, wanted: dict[str, Any]) -> Any:
    if wanted["act"]:
        entries = entries.filter(act=wanted["act"])
    if wanted["who"]:
        entries = entries.filter(person_name__contains=wanted["who"])
    if wanted["start"]:
        entries = entries.filter(at__gte=datetime.combine(wanted["start"], time.min, SHANGHAI))
    if wanted["end"]:
        entries = entries.filter(at__lt=datetime.combine(wanted["end"] + timedelta(days=1), time.min, SHANGHAI))
    return entries


def _read(entry: JournalEntry) -> dict[str, Any]:
    return dict(json.loads(entry.text))


def _facts(entry: JournalEntry) -> list[tuple[str, str]]:
    """Return the facts of an entry that have a name on the screen, their codes read out."""
    details = _read(entry)["details"]
    told = [(FACTS[key], fact_words(key, value)) for key, value in details.items() if key in FACTS]
    return [(label, words) for label, words in told if words]
