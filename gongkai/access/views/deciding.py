"""Decide a step on a reply, made for a phone: what was asked, what is answered, the letter, one decision."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from gongkai.access.actions import reply as acts
from gongkai.access.models import AccessRequest
from gongkai.access.policy import knows_requester, masked
from gongkai.access.readers import decides_on
from gongkai.access.register import cases_for
from gongkai.access.views.case import RELATED
from gongkai.access.wording import TEXTS
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page
from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.publishing.views.deciding_one import INCOMPLETE, decision_in, forms_for
from gongkai.review.models import ReviewItem, ReviewStep
from gongkai.review.passage import Passage
from gongkai.review.progress import current_step, may_decide, steps_of_review, waiting_for
from gongkai.statute import outcomes

SUBJECT = "accessrequest"


@staff_page(reader=True)
def decide(request: HttpRequest, scope: Scope, case: int) -> HttpResponse:
    """Show the reply as submitted, with its steps; take the decision of whoever the current step waits for."""
    found = get_object_or_404(
        AccessRequest.objects.of(scope.body).exclude(review=None).select_related(*RELATED), pk=case
    )
    item = found.review.items.get()
    step = current_step(item)
    permission = may_decide(scope, step, item) if step else None
    allowed = permission is not None and permission.allowed
    seen = cases_for(scope).filter(pk=found.pk).exists() or decides_on(scope, found)
    if not allowed and not seen:
        raise Http404
    forms = forms_for(request, step, scope) if step and allowed else {}
    refused = ""
    if request.method == "POST":
        if not forms:
            raise NotAllowed(permission.why if permission and permission.why else "这份答复现在不等您决定。")
        refused = _take(request, scope, found, step, item, forms)
        if not refused:
            messages.success(request, "已记下您的决定。")
            return redirect(_next(scope))
    context = {
        "case": found, "item": item, "step": step, "waiting": bool(forms), "refusal": refused, "today": scope.on,
        "progress": steps_of_review(Passage(found.review), on=scope.on), **_read(scope, found), **forms,
    }  # fmt: skip
    return render(request, "access/decide.html", context, status=409 if refused else 200)


def _read(scope: Scope, found: AccessRequest) -> dict[str, Any]:
    """Return what is read before deciding: the outcome with its grounds, the texts, the letter, the files."""
    leaf = outcomes.outcome(found.outcome, regime=found.regime)
    named = {one.code: one.label for one in outcomes.grounds(found.regime)}
    letter = found.letters.filter(kind__in=outcomes.reply_letters()).exclude(state="cancelled").last()
    return {
        "leaf": leaf, "grounds": [named.get(code, code) for code in found.grounds], "letter": letter,
        "texts": [(label, text) for name, label in TEXTS if (text := getattr(found, name))],
        "files": found.files.filter(from_requester=False, purpose="reply"),
        "material": found.files.filter(from_requester=False, purpose="material"),
        "requester": found.requester.name if knows_requester(scope, found) else masked(found.requester),
    }  # fmt: skip


def _take(
    request: HttpRequest, scope: Scope, case: AccessRequest, step: ReviewStep, item: ReviewItem, forms: dict[str, Any]
) -> str:
    """Take the decision; return why it was refused ("" when it was taken)."""
    decision = decision_in(forms, request.POST, item)
    if decision is None:
        return INCOMPLETE
    try:
        acts.decide_reply(case, by=scope.actor(), at=timezone.now(), step=step, **decision)
    except (ActRefused, NotAllowed) as refusal:
        return str(refusal)
    return ""


def _next(scope: Scope) -> str:
    """Return the address of the next reply that waits for this person, else the desk."""
    for waiting in waiting_for(scope):
        subject, _, pk = waiting.review.subject.partition("/")
        if subject == SUBJECT and scope.is_staff:
            return reverse("access_decide", kwargs={"body": scope.body.code, "case": int(pk)})
    return settings.LOGIN_REDIRECT_URL


staff: list[URLPattern] = [path("requests/<int:case>/decide/", decide, name="access_decide")]
