"""One page for every act on a case: its form, what it would do to the date, and its refusals in plain words."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone

from gongkai.access.foresight import Foresight, foresee, standing
from gongkai.access.forms.acts import FORMS
from gongkai.access.forms.base import ActForm
from gongkai.access.models import AccessRequest
from gongkai.access.offers import refuse_act
from gongkai.access.transitions import Transition
from gongkai.access.views.case import find_case
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page
from gongkai.journal.acts import ActRefused


@staff_page()
def act(request: HttpRequest, scope: Scope, case: int, act: str) -> HttpResponse:
    """Show the form of an act and do it; `look` only shows what the typed values would do."""
    if act not in FORMS:
        raise Http404
    found = find_case(scope, case)
    row = refuse_act(scope, found, act)
    sent = request.method == "POST"
    form = FORMS[act](request.POST if sent else None, request.FILES if sent else None, case=found, scope=scope)
    looked = sent and ("look" in request.POST or "more" in request.POST)
    if sent and not looked and form.is_valid() and _carried(scope, form, row):
        messages.success(request, form.done)
        return redirect("access_case", body=scope.body.code, case=found.pk)
    ahead = _ahead(found, form)
    if looked:
        _unmarked(form)
    context = {"case": found, "form": form, "row": row, "ahead": ahead, "amount": form.amount(), "today": scope.on}
    context["lost"] = [file.name for files in request.FILES.lists() for file in files[1]]
    part = "access/act_ahead.html" if request.headers.get("HX-Request") else "access/act.html"
    return render(request, part, context)


def _carried(scope: Scope, form: ActForm, row: Transition) -> bool:
    """Do the act; what it refuses is said in the form, with nothing typed lost."""
    try:
        form.carry(by=scope.actor(*row.duties), at=timezone.now())
    except ActRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _ahead(case: AccessRequest, form: ActForm) -> Foresight | None:
    data: dict[str, Any] = form.tentative()
    try:
        happens = form.happens(data)
    except (KeyError, TypeError):  # a day is missing or wrong: nothing can be said of the date yet
        return None
    return foresee(case, happens, now=standing(case), without=form.without(data))


def _unmarked(form: ActForm) -> None:
    """Show what was typed without finding fault: the person is not done yet."""
    form._errors = type(form.errors)()  # noqa: SLF001 – the one place Django keeps them


staff: list[URLPattern] = [path("requests/<int:case>/do/<slug:act>/", act, name="access_act")]
