"""Decide a step on a report: read it as frozen, open every number, then one decision."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page
from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.publishing.views.deciding_forms import ChecklistForm, MeetingForm, SayForm, meeting_start
from gongkai.reporting.actions import passage
from gongkai.reporting.models import AnnualReport
from gongkai.reporting.views.writing import figure_root, figures_shown, report_in, section_shown
from gongkai.review.models import ReviewItem, ReviewStep, Verdict
from gongkai.review.progress import current_step, may_decide, steps_of


@staff_page()
def decide(request: HttpRequest, scope: Scope, report: int) -> HttpResponse:
    """Show the report with its steps; take the decision of whoever the current step waits for."""
    shown = report_in(scope, report)
    if shown.review is None:
        raise Http404
    item = shown.review.items.get()
    step = current_step(item)
    permission = may_decide(scope, step, item) if step else None
    forms = _forms(request, step, scope) if step and permission and permission.allowed else {}
    refused = ""
    if request.method == "POST":
        if not forms:
            raise NotAllowed(permission.why if permission and permission.why else "这份报告现在不等您决定。")
        refused = _take(request, scope, shown, step, item, forms)
        if not refused:
            messages.success(request, "已记下您的决定。")
            return redirect("reporting_report", body=scope.body.code, report=shown.pk)
    figures = figures_shown(shown)
    numbered = [{**section_shown(shown, section, figures), "number": n}
                for n, section in enumerate(shown.sections.all(), start=1)]  # fmt: skip
    context = {
        "report": shown, "item": item, "step": step, "waiting": bool(forms), "forms": forms, "refusal": refused,
        "figures": figures, "figure_root": figure_root(shown),
        "progress": [_told(state) for state in steps_of(item, on=scope.on)],
        "numbered": numbered, **forms,
    }  # fmt: skip
    return render(request, "reporting/decide.html", context, status=409 if refused else 200)


def _forms(request: HttpRequest, step: ReviewStep, scope: Scope) -> dict[str, Any]:
    data = request.POST or None
    forms: dict[str, Any] = {"say": SayForm(data, earlier=[])}
    if step.is_meeting:
        due = scope.body.posts.held(on=scope.on).in_group(step.role).values("person").distinct().count()
        initial = meeting_start(f"{step.name}会议", on=scope.on, due=due, names="")
        forms["meeting"] = MeetingForm(data, request.FILES or None, initial=initial)
    if step.checklist:
        forms["checklist"] = ChecklistForm(data)
    return forms


def _take(
    request: HttpRequest, scope: Scope, report: AnnualReport, step: ReviewStep, item: ReviewItem, forms: dict[str, Any]
) -> str:
    """Take the decision; return why it was refused ("" when it was taken)."""
    verdict = request.POST.get("verdict", "")
    needed = [forms["say"]] if verdict == Verdict.RETURN else list(forms.values())
    if not all(form.is_valid() for form in needed):
        return "还有几处没有填好，请看下面的红字。"
    by, at = scope.actor(), timezone.now()
    try:
        passage.decide(
            report, by=by, at=at, step=step, verdict=verdict, items=[item.pk],
            digests={item.pk: request.POST.get("digest", "")}, opinion=forms["say"].cleaned_data["opinion"],
            **_support(forms, verdict),
        )  # fmt: skip
    except (ActRefused, NotAllowed) as refusal:
        return str(refusal)
    return ""


def _support(forms: dict[str, Any], verdict: str) -> dict[str, Any]:
    """Return checklist and meeting where an approval rests on them."""
    if verdict == Verdict.RETURN:
        return {}
    found: dict[str, Any] = {}
    if "checklist" in forms:
        found["checklist"] = forms["checklist"].checklist()
    if "meeting" in forms:
        found["held"] = forms["meeting"].facts()
    return found


def _told(state: Any) -> dict[str, Any]:
    decision = state.decision
    return {
        "name": state.step.name,
        "who": f"{decision.person.name}（{decision.post_name}）" if decision else "、".join(state.who),
        "on": decision.at if decision else None,
        "state": state.state,
        "note": decision.opinion if decision else "",
    }
