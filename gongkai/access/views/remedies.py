"""The office's book of reconsiderations, suits and complaints."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone

from gongkai.access.actions import remedies as acts
from gongkai.access.forms.aftercare import CopyForm, OnForm, RemedyForm, RulingForm
from gongkai.access.models import AccessRequest, Remedy, RemedyKind
from gongkai.bodies.policy import OFFICE
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import calendar_year, staff_page, whole_number
from gongkai.journal.acts import ActRefused

A_PAGE = 30


@staff_page(*OFFICE)
def remedies(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the book, the undecided ones first."""
    here = Remedy.objects.of(scope.body)
    found = here.select_related("case").order_by("-filed_on", "-pk")
    chosen = {name: request.GET.get(name, "") for name in ("kind", "year", "state")}
    if chosen["kind"] in RemedyKind.values:
        found = found.filter(kind=chosen["kind"])
    if year := calendar_year(chosen["year"]):
        found = found.filter(filed_on__year=year)
    if chosen["state"] == "open":
        found = found.filter(decided_on=None)
    context = {
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")), "total": found.count(), "chosen": chosen,
        "open": here.filter(decided_on=None).count(), "kinds": RemedyKind.choices, "today": scope.on,
        "years": [d.year for d in here.dates("filed_on", "year", order="DESC")],
    }  # fmt: skip
    return render(request, "access/remedies.html", context)


@staff_page(*OFFICE)
def remedy_new(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Enter one; `?case=` names the request it is about."""
    case = AccessRequest.objects.of(scope.body).filter(pk=whole_number(request.GET.get("case", "")) or 0).first()
    first = {"filed_on": scope.on, "case": case}
    form = RemedyForm(request.POST or None, body=scope.body, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = acts.enter(scope.body, by=scope.actor(*OFFICE), at=timezone.now(), **form.cleaned_data)
        except ActRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已登记。")
            return redirect("access_remedy", body=scope.body.code, remedy=made.pk)
    return render(request, "access/remedy_new.html", {"form": form})


@staff_page(*OFFICE)
def remedy(request: HttpRequest, scope: Scope, remedy: int) -> HttpResponse:
    """Show one; enter the copy, the answer and the result."""
    one = get_object_or_404(Remedy.objects.of(scope.body).select_related("case", "follows"), pk=remedy)
    given = lambda name: request.POST if request.POST.get("act") == name else None  # noqa: E731
    forms = {
        "copy_form": CopyForm(given("copy"), initial={"on": one.copy_received_on or scope.on, "simple": one.simple}),
        "answer_form": OnForm(given("answer"), initial={"on": scope.on}),
        "ruling_form": RulingForm(given("decide"), initial={"on": scope.on}),
    }
    if request.method == "POST" and _carried(request, scope, one, forms):
        messages.success(request, "已登记。")
        return redirect("access_remedy", body=scope.body.code, remedy=one.pk)
    return render(request, "access/remedy.html", {"one": one, "today": scope.on, **forms})


def _carried(request: HttpRequest, scope: Scope, one: Remedy, forms: dict[str, Any]) -> bool:
    verbs: dict[str, tuple[str, Callable[..., Any]]] = {
        "copy": ("copy_form", lambda facts, **who: acts.receive_copy(one, **who, **facts)),
        "answer": ("answer_form", lambda facts, **who: acts.answer(one, **who, **facts)),
        "decide": ("ruling_form", lambda facts, **who: acts.decide(one, **who, ruling=acts.Ruling(**facts))),
    }
    name, carry = verbs.get(request.POST.get("act", ""), ("", None))
    if carry is None or not forms[name].is_valid():
        return False
    try:
        carry(forms[name].cleaned_data, by=scope.actor(*OFFICE), at=timezone.now())
    except ActRefused as refused:
        forms[name].add_error(None, str(refused))
        return False
    return True


staff = [
    path("remedies/", remedies, name="access_remedies"),
    path("remedies/new/", remedy_new, name="access_remedy_new"),
    path("remedies/<int:remedy>/", remedy, name="access_remedy"),
]
