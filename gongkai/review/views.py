"""Pages of the review room: the course of a review, reminders, the body's chains."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.bodies.models import Duty
from gongkai.bodies.policy import MANAGERS, WRITERS
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page
from gongkai.journal.acts import ActRefused
from gongkai.review import actions
from gongkai.review.chains import check_authors, check_chain, default_chains
from gongkai.review.forms import ChainForm, rows_of
from gongkai.review.models import Chain, ItemState, Review, ReviewStep, Route
from gongkai.review.passage import Passage
from gongkai.review.policy import deciders
from gongkai.review.progress import steps_of_review, waiting_for
from gongkai.review.seats import Cast
from gongkai.review.timeline import history

INSIDERS = tuple(duty for duty in Duty.values if duty not in (Duty.FILING, Duty.SUPERVISOR))


@staff_page(*INSIDERS)
def course(request: HttpRequest, scope: Scope, review: int) -> HttpResponse:
    """Show where a review stands: steps with names and dates, every item, everything that happened."""
    found = get_object_or_404(Review.objects.of(scope.body), pk=review)
    passage = Passage(found)
    cast = Cast(scope.body, scope.on)
    return render(
        request,
        "review/course.html",
        {
            "review": found,
            "steps": steps_of_review(passage, on=scope.on),
            "items": [(item, *_standing(cast, passage, item)) for item in passage.items],
            "events": [vars(moment) | {"state": ""} for moment in history(found)],
            "open_steps": [step for step in passage.steps if passage.waiting(step)] if not found.closed_at else [],
            "mine": any(waiting.review.pk == found.pk for waiting in waiting_for(scope)),
            "may_remind": scope.has(*WRITERS, Duty.MANAGER),
        },
    )


def _standing(cast: Cast, passage: Passage, item: Any) -> tuple[str, str]:
    """Return an item's state for the badge, and the words beside it."""
    back, now = passage.returned_by(item), passage.current(item)
    if back is not None:
        return "returned", f"{back.person.name}退回：{back.opinion}"
    if item.state == ItemState.REMOVED:
        return "none", "已撤出本期"
    if now is None:
        return "done", "走完全部环节"
    names = deciders(cast, passage, now, item)
    return "review", f"在「{now.name}」，由{'、'.join(names[:3]) or '（没有人）'}办"


@staff_page(*WRITERS, Duty.MANAGER)
@require_POST
def remind(request: HttpRequest, scope: Scope, step: int) -> HttpResponse:
    """Remind those whom a step waits for."""
    found = get_object_or_404(ReviewStep.objects.filter(review__body=scope.body), pk=step)
    try:
        actions.remind(found, by=scope.actor(*WRITERS), at=timezone.now(), text=request.POST.get("text", "").strip())
    except ActRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"已催办「{found.name}」，对方在待办里会看到。")
    return redirect("review_course", body=scope.body.code, review=found.review_id)


@staff_page(*MANAGERS)
def chains(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List the body's chains, whether its people can carry them, and whose own drafts they cannot."""
    found = Chain.objects.of(scope.body).in_force(on=scope.on).prefetch_related("steps")
    rows = [
        (chain, check_chain(scope.body, chain, scope.on), check_authors(scope.body, chain, scope.on)) for chain in found
    ]
    unanswered = bool(rows) and all(chain.route != Route.REPLY for chain in found)
    told = {"rows": rows, "usual": default_chains(scope.body), "unanswered": unanswered}
    return render(request, "review/chains.html", told)


@staff_page(*MANAGERS)
@require_POST
def adopt(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Lay down the usual chains."""
    had = Chain.objects.of(scope.body).in_force(on=scope.on).count()
    made = actions.adopt_default_chains(scope.body, by=scope.actor(*MANAGERS), at=timezone.now())
    messages.success(request, f"已设好{len(made) - had}条审批流程。")
    return redirect("review_chains", body=scope.body.code)


@staff_page(*MANAGERS)
def chain(request: HttpRequest, scope: Scope, chain: int | None = None) -> HttpResponse:
    """Change a chain by a new version, or lay down a new one."""
    old = get_object_or_404(Chain.objects.of(scope.body).in_force(on=scope.on), pk=chain) if chain else None
    refusal = ""
    if request.method == "POST":
        form = ChainForm(request.POST, body=scope.body, old=old)
        rows = rows_of(request.POST, body=scope.body, old=old)
        if "save" in request.POST and form.is_valid() and form.check_rows(rows):
            plan = form.plan(rows)
            try:
                actions.save_chain(scope.body, by=scope.actor(*MANAGERS), at=timezone.now(), plan=plan, replaces=old)
            except ActRefused as why:
                refusal = str(why)
            else:
                messages.success(request, f"「{plan.name}」已保存为新版本。正在办的各期仍按原来的流程走完。")
                return redirect("review_chains", body=scope.body.code)
    else:
        form, rows = ChainForm(body=scope.body, old=old), rows_of(None, body=scope.body, old=old)
    context = {"form": form, "rows": rows, "chain": old, "refusal": refusal, "checked": request.method == "POST"}
    return render(request, "review/chain.html", context, status=409 if refusal else 200)


@staff_page(*MANAGERS)
@require_POST
def end(request: HttpRequest, scope: Scope, chain: int) -> HttpResponse:
    """End a chain."""
    found = get_object_or_404(Chain.objects.of(scope.body).in_force(on=scope.on), pk=chain)
    try:
        actions.end_chain(found, by=scope.actor(*MANAGERS), at=timezone.now())
    except ActRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"「{found.name}」已停用。")
    return redirect("review_chains", body=scope.body.code)
