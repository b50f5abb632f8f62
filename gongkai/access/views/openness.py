"""What could be made public: the yearly look at refusals, what several people asked for, the public log."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone

from gongkai.access import openness as reads
from gongkai.access.actions import openness as acts
from gongkai.access.forms.aftercare import CheckForm, LogForm, ProactiveForm, year_span
from gongkai.access.models import AccessRequest, LogEntry
from gongkai.bodies.policy import OFFICE
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import calendar_year, staff_page
from gongkai.journal.acts import ActRefused
from gongkai.statute.outcomes import outcome


@staff_page(*OFFICE)
def openness(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show a year's refusals with what the evaluation says of each, and what was asked for often."""
    year = calendar_year(request.GET.get("year", "")) or scope.on.year
    start, end = year_span(year)
    bad = None
    if request.method == "POST":
        form = CheckForm(request.POST)
        if form.is_valid() and _checked(request, scope, form, year):
            return redirect(f"{request.path}?year={year}")
        bad = form
    refused = reads.refusals(scope.body, until=min(end, scope.on))
    rows = [
        (case, outcome(case.counted_outcome).name, check := _check(case, year), _form(case, check, bad))
        for case in refused
    ]
    context = {
        "year": year, "rows": rows, "undone": sum(1 for row in rows if row[2] is None),
        "wanted": reads.often_wanted(scope.body, start=start, end=end), "log": reads.public_log(scope.body),
        "years": range(scope.on.year, scope.on.year - 4, -1),
    }  # fmt: skip
    return render(request, "access/openness.html", context)


def _check(case: AccessRequest, year: int) -> object | None:
    return next((check for check in case.refusal_checks.all() if check.year == year), None)


def _form(case: AccessRequest, check: object | None, bad: CheckForm | None) -> CheckForm:
    if bad is not None and bad.data.get("case") == str(case.pk):
        return bad
    first = {"case": case.pk, "verdict": getattr(check, "verdict", ""), "reasons": getattr(check, "reasons", "")}
    return CheckForm(initial=first, auto_id=f"c{case.pk}_%s")


def _checked(request: HttpRequest, scope: Scope, form: CheckForm, year: int) -> bool:
    given = dict(form.cleaned_data)
    case = get_object_or_404(AccessRequest.objects.of(scope.body), pk=given.pop("case"))
    try:
        acts.check_refusal(case, by=scope.actor(*OFFICE), at=timezone.now(), year=year, **given)
    except ActRefused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, f"第{case.number}号的评估已记下。")
    return True


@staff_page(*OFFICE)
def case_log(request: HttpRequest, scope: Scope, case: int) -> HttpResponse:
    """Open or shut the public account of a case, and turn what was asked into a disclosure for everybody."""
    one = get_object_or_404(AccessRequest.objects.of(scope.body).select_related("requester"), pk=case)
    entry = LogEntry.objects.filter(case=one).select_related("proactive").first()
    verb = request.POST.get("act", "")
    first = {"question": entry.question if entry else one.title, "answer": entry.answer if entry else ""}
    log_form = LogForm(request.POST if verb == "open" else None, initial=first)
    own_form = ProactiveForm(request.POST if verb == "proactive" else None, initial={"title": one.title})
    if request.method == "POST":
        done = _carried(request, scope, one, verb, log_form, own_form)
        if done is not None:
            return done
    context = {"case": one, "entry": entry, "log_form": log_form, "own_form": own_form}
    return render(request, "access/case_log.html", context)


def _carried(
    request: HttpRequest, scope: Scope, case: AccessRequest, verb: str, log_form: LogForm, own_form: ProactiveForm
) -> HttpResponse | None:
    who = {"by": scope.actor(*OFFICE), "at": timezone.now()}
    form = {"open": log_form, "proactive": own_form}.get(verb)
    if form is not None and not form.is_valid():
        return None
    try:
        if verb == "open":
            acts.open_log(case, **who, **log_form.cleaned_data)
            messages.success(request, "已在公开网站上公布这件申请的摘要。")
        elif verb == "shut":
            acts.shut_log(case, **who)
            messages.success(request, "已从公开网站撤下。")
        elif verb == "proactive":
            edition = acts.make_proactive(case, **who, **own_form.cleaned_data)
            return redirect("publishing_edit", body=scope.body.code, edition=edition.pk)
        else:
            return None
    except ActRefused as refused:
        if form is None:
            messages.error(request, str(refused))
        else:
            form.add_error(None, str(refused))
            return None
    return redirect("access_case_log", body=scope.body.code, case=case.pk)


staff = [
    path("requests/openness/", openness, name="access_openness"),
    path("requests/<int:case>/log/", case_log, name="access_case_log"),
]
