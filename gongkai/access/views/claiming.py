"""The public's correction claim (更正申请): which record about oneself is wrong, and what shows it. No account."""

import secrets

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache

from gongkai.access.actions import claims as acts
from gongkai.access.forms.claiming import PublicClaimForm
from gongkai.access.models import CorrectionClaim, Requester, SpentForm
from gongkai.access.views.public import access_face, may_pass, public_actor, renew
from gongkai.accounts import proof, throttle
from gongkai.bodies.models import Body
from gongkai.bodies.staff import today
from gongkai.journal.acts import ActRefused

RECEIPT = "access-claim"


@never_cache
def claim_form(request: HttpRequest, body: str) -> HttpResponse:
    """Take a claim; a second click of the same page is answered with the receipt of the first."""
    here = get_object_or_404(Body.objects.open_on(today()), code=body)
    form = PublicClaimForm(request.POST or None, initial={"once": secrets.token_hex(16)})
    if request.method == "POST" and "once" in form.errors:
        form.add_error(None, "页面打开太久，请再点一次提交。")
        renew(form, once=secrets.token_hex(16))
    if request.method != "POST" or not form.is_valid():
        return _show(request, here, form)
    if SpentForm.objects.filter(key=f"claim:{form.cleaned_data['once']}").exists():
        return redirect("access_claim_receipt", body=here.code)
    solved = proof.solved(request.POST.get("altcha", ""))
    if not may_pass(request, form, solved):
        question, sealed = throttle.question()
        renew(form, sealed=sealed, sum="")
        return _show(request, here, form, question=question)
    spent = [f"claim:{form.cleaned_data['once']}", *([solved] if solved else [])]
    requester = Requester(body=here, **form.requester())
    try:
        claim = acts.receive(
            here, by=public_actor(here), at=timezone.now(), requester=requester, spent=spent, **form.facts()
        )
    except ActRefused as refused:
        form.add_error(None, str(refused))
        return _show(request, here, form)
    except IntegrityError:
        return redirect("access_claim_receipt", body=here.code)
    request.session[RECEIPT] = claim.pk
    return redirect("access_claim_receipt", body=here.code)


def _show(request: HttpRequest, body: Body, form: PublicClaimForm, *, question: str = "") -> HttpResponse:
    context = access_face(body, form=form, question=question, challenge=proof.challenge())
    return render(request, "access/public/claim.html", context)


@never_cache
def claim_receipt(request: HttpRequest, body: str) -> HttpResponse:
    """Show the number and the day to the browser that has just sent it."""
    here = get_object_or_404(Body, code=body)
    found = CorrectionClaim.objects.filter(body=here, pk=request.session.get(RECEIPT)).first()
    if found is None:
        return redirect("access_claim_form", body=body)
    return render(request, "access/public/claim_receipt.html", access_face(here, claim=found))


public = [
    path("a/<slug:body>/correct/", claim_form, name="access_claim_form"),
    path("a/<slug:body>/correct/receipt/", claim_receipt, name="access_claim_receipt"),
]
