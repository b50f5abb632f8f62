"""Decide a step on a report: read it as frozen, open every number, then one decision."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page
from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.publishing.views.deciding_one import INCOMPLETE, decision_in, forms_for
from gongkai.reporting.actions import passage
from gongkai.reporting.models import AnnualReport
from gongkai.reporting.views.writing import figure_root, figures_shown, report_in, section_shown
from gongkai.review.models import ReviewItem, ReviewStep
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
    forms = forms_for(request, step, scope) if step and permission and permission.allowed else {}
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


def _take(
    request: HttpRequest, scope: Scope, report: AnnualReport, step: ReviewStep, item: ReviewItem, forms: dict[str, Any]
) -> str:
    """Take the decision; return why it was refused ("" when it was taken)."""
    decision = decision_in(forms, request.POST, item)
    if decision is None:
        return INCOMPLETE
    try:
        passage.decide(report, by=scope.actor(), at=timezone.now(), step=step, items=[item.pk], **decision)
    except (ActRefused, NotAllowed) as refusal:
        return str(refusal)
    return ""


def _told(state: Any) -> dict[str, Any]:
    decision = state.decision
    return {
        "name": state.step.name,
        "who": f"{decision.person.name}（{decision.post_name}）" if decision else "、".join(state.who),
        "on": decision.at if decision else None,
        "state": state.state,
        "note": decision.opinion if decision else "",
    }
