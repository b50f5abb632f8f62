"""Absence and delegation, and the small-school exception."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.bodies import actions
from gongkai.bodies.forms import GROUP_CHOICES, AbsenceForm, ExceptionForm
from gongkai.bodies.models import Absence, ReaderException
from gongkai.bodies.policy import MANAGERS
from gongkai.bodies.scope import Scope, superiors_of
from gongkai.bodies.staff import staff_page
from gongkai.journal.acts import ActRefused


@staff_page()
def absences(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Record who is away and who stands in; everybody for themselves, managers for all."""
    oneself = None if scope.has(*MANAGERS) else scope.person
    form = AbsenceForm(
        request.POST or None, body=scope.body, on=scope.on, oneself=oneself, initial={"from_on": scope.on}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_absence(scope.body, by=scope.actor(*MANAGERS), at=timezone.now(), **form.cleaned_data)
        except ActRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已登记。这段时间的待办会同时出现在代办人的待办里。")
            return redirect("bodies_absences", scope.body.code)
    rows = scope.body.absences.select_related("person", "delegate").order_by("-from_on", "-pk")
    if oneself:
        rows = rows.filter(person=oneself)
    return render(request, "bodies/absences.html", {"form": form, "rows": rows[:60], "manages": oneself is None})


@require_POST
@staff_page()
def end_absence(request: HttpRequest, scope: Scope, absence: int) -> HttpResponse:
    """End an absence today."""
    found = get_object_or_404(Absence, body=scope.body, pk=absence)
    actions.end_absence(found, by=scope.actor(*MANAGERS), at=timezone.now(), until_on=scope.on)
    messages.success(request, "已结束，从今天起由本人办理。")
    return redirect("bodies_absences", scope.body.code)


@staff_page(*MANAGERS)
def exceptions(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Record who carries a step where the body has too few people for the rule."""
    above = superiors_of(scope.body, on=scope.on)
    form = ExceptionForm(request.POST or None, body=scope.body, above=above, on=scope.on)
    if request.method == "POST" and form.is_valid():
        actions.record_exception(
            scope.body, by=scope.actor(*MANAGERS), at=timezone.now(), from_on=scope.on, **form.cleaned_data
        )
        messages.success(request, "例外已登记，审批时会用上并写进留痕。")
        return redirect("bodies_exceptions", scope.body.code)
    rows = scope.body.reader_exceptions.select_related("reader").order_by("-from_on", "-pk")
    return render(request, "bodies/exceptions.html", {"form": form, "rows": rows, "groups": dict(GROUP_CHOICES)})


@require_POST
@staff_page(*MANAGERS)
def end_exception(request: HttpRequest, scope: Scope, exception: int) -> HttpResponse:
    """End an exception today."""
    found = get_object_or_404(ReaderException, body=scope.body, pk=exception)
    actions.end_exception(found, by=scope.actor(*MANAGERS), at=timezone.now(), until_on=scope.on)
    messages.success(request, "例外已结束。")
    return redirect("bodies_exceptions", scope.body.code)
