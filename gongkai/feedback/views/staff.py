"""The office's pages: the book of opinions, one opinion, what came on paper, the register."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from gongkai.bodies.policy import OFFICE
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import calendar_year, staff_page
from gongkai.documents.writing.xlsx import SheetRows, write_xlsx
from gongkai.feedback import actions
from gongkai.feedback.forms import AnswerForm, AssignForm, EntryForm, OpenForm, RectifyForm
from gongkai.feedback.letters import has_letter, letter_of
from gongkai.feedback.models import Opinion, OpinionKind, OpinionQuerySet, OpinionState
from gongkai.feedback.policy import handles, knows_writer, reads
from gongkai.feedback.register import register_rows
from gongkai.frame.download import made
from gongkai.journal.acts import ActRefused

A_PAGE = 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def filtered(scope: Scope, chosen: dict[str, str]) -> OpinionQuerySet:
    """Return the book of a body as the filters of the page choose it, the open ones first by date."""
    found = Opinion.objects.of(scope.body).select_related("department", "handler", "about__current")
    if chosen.get("kind") in OpinionKind.values:
        found = found.filter(kind=chosen["kind"])
    if year := calendar_year(chosen.get("year", "")):
        found = found.filter(received_on__year=year)
    if chosen.get("state") == "late":
        found = found.overdue(on=scope.on)
    elif chosen.get("state") == "open":
        found = found.open().order_by("due_on", "pk")
    elif chosen.get("state") in OpinionState.values:
        found = found.filter(state=chosen["state"])
    return found


@staff_page()
def opinions(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the book of opinions."""
    here = Opinion.objects.of(scope.body)
    chosen = {name: request.GET.get(name, "") for name in ("kind", "year", "state")}
    found = filtered(scope, chosen)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": [(one, reads(scope, one)) for one in page], "total": found.count(), "chosen": chosen,
        "waiting": here.open().count(), "late": here.overdue(on=scope.on).count(),
        "kinds": OpinionKind.choices, "years": [d.year for d in here.dates("received_on", "year", order="DESC")],
        "office": scope.has(*OFFICE), "today": scope.on, "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "feedback/opinions.html", context)


@staff_page(*OFFICE)
def opinion_new(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Enter what came on paper, by telephone or in a meeting."""
    form = EntryForm(request.POST or None, body=scope.body, on=scope.on)
    if request.method == "POST" and form.is_valid():
        try:
            taken = actions.enter(scope.body, by=scope.actor(*OFFICE), at=timezone.now(), **form.cleaned_data)
        except ActRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已登记，编号 {taken.number}。")
            return redirect("feedback_opinion", body=scope.body.code, opinion=taken.pk)
    return render(request, "feedback/opinion_new.html", {"form": form})


@staff_page()
def opinion(request: HttpRequest, scope: Scope, opinion: int) -> HttpResponse:
    """Show one opinion; assign, answer, open the answer, put right, close."""
    related = ("department", "handler", "about__current", "rectified_by__current")
    one = get_object_or_404(Opinion.objects.of(scope.body).select_related(*related), pk=opinion)
    forms = _forms(request, scope, one)
    if request.method == "POST" and (said := _carry(request, scope, one, forms)):
        messages.success(request, said)
        return redirect("feedback_opinion", body=scope.body.code, opinion=one.pk)
    office = scope.has(*OFFICE)
    context = {
        "one": one, "office": office, "answers": office or handles(one, scope.person.pk, on=scope.on),
        "knows_writer": knows_writer(scope, one), "reads": reads(scope, one), "today": scope.on,
        "letter": has_letter(one) and knows_writer(scope, one), **forms,
    }  # fmt: skip
    return render(request, "feedback/opinion.html", context)


def _forms(request: HttpRequest, scope: Scope, one: Opinion) -> dict[str, Any]:
    verb = request.POST.get("act", "")
    given = lambda name: request.POST if verb == name else None  # noqa: E731
    first = {"text": one.answer, "answered_on": one.answered_on or scope.on}
    now = {"department": one.department_id, "handler": one.handler_id}
    return {
        "assign_form": AssignForm(given("assign"), body=scope.body, on=scope.on, initial=now),
        "answer_form": AnswerForm(given("answer"), initial=first),
        "rectify_form": RectifyForm(given("rectify")),
        "open_form": OpenForm(given("open"), initial={"public_question": one.public_question}),
    }


def _carry(request: HttpRequest, scope: Scope, one: Opinion, forms: dict[str, Any]) -> str:
    """Carry out what the form asks; returns what to say, "" where the form must be shown again."""
    verbs: dict[str, tuple[Callable[..., Any], str, str]] = {
        "assign": (actions.assign, "assign_form", "已交办。"),
        "answer": (actions.answer, "answer_form", "已登记答复。"),
        "open": (actions.open_answer, "open_form", "答复已公开。"),
        "rectify": (actions.rectify, "rectify_form", "已开出整改草稿，请到公开信息里修改送审。"),
        "shut": (actions.shut_answer, "", "已停止公开这条答复。"),
        "close": (actions.close, "", "已办结。"),
    }
    verb = verbs.get(request.POST.get("act", ""))
    if verb is None:
        return ""
    carry, name, said = verb
    form = forms.get(name)
    if form is not None and not form.is_valid():
        return ""
    try:
        carry(one, by=scope.actor(*OFFICE), at=timezone.now(), **(form.cleaned_data if form else {}))
    except ActRefused as refused:
        if form is None:
            messages.error(request, str(refused))
        else:
            form.add_error(None, str(refused))
        return ""
    return said


@staff_page()
def opinion_letter(request: HttpRequest, scope: Scope, opinion: int) -> HttpResponse:
    """Give the answer as a letter to print and seal; those who may know the writer only."""
    one = get_object_or_404(Opinion.objects.of(scope.body).select_related("body"), pk=opinion)
    if not has_letter(one) or not knows_writer(scope, one):
        raise Http404
    name, data = letter_of(one, on=scope.on)
    return made(data, name=name, media="application/pdf")


@staff_page(*OFFICE)
def opinions_export(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Give the register as chosen as XLSX; writers are not in it."""
    rows = register_rows(filtered(scope, request.GET.dict()))
    data = write_xlsx(SheetRows("意见登记", *rows))
    return FileResponse(
        BytesIO(data), as_attachment=True, filename=f"{scope.body.label}意见登记.xlsx", content_type=XLSX
    )
