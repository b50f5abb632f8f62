"""The office's book of correction claims (更正申请)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone

from gongkai.access.actions import claims as acts
from gongkai.access.forms.aftercare import ClaimDecisionForm, ClaimForm
from gongkai.access.models import ClaimState, CorrectionClaim, Requester
from gongkai.bodies.policy import OFFICE
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page
from gongkai.journal.acts import ActRefused

A_PAGE = 30
OF_REQUESTER = ("name", "kind", "phone", "address")


@staff_page(*OFFICE)
def claims(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the book."""
    found = CorrectionClaim.objects.filter(body=scope.body).select_related("requester")
    context = {
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")), "today": scope.on,
        "open": found.filter(state=ClaimState.RECEIVED).count(),
    }  # fmt: skip
    return render(request, "access/claims.html", context)


@staff_page(*OFFICE)
def claim_new(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Enter one that came on paper or at the counter."""
    form = ClaimForm(request.POST or None, initial={"received_on": scope.on})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        requester = Requester(body=scope.body, **{name: given.pop(name) for name in OF_REQUESTER})
        try:
            made = acts.enter(
                scope.body, by=scope.actor(*OFFICE), at=timezone.now(), requester=requester, **given
            )  # fmt: skip
        except ActRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已登记，编号 {made.number}。")
            return redirect("access_claim", body=scope.body.code, claim=made.pk)
    return render(request, "access/claim_new.html", {"form": form})


@staff_page(*OFFICE)
def claim(request: HttpRequest, scope: Scope, claim: int) -> HttpResponse:
    """Show one and decide it."""
    found = CorrectionClaim.objects.filter(body=scope.body).select_related("requester")
    one = get_object_or_404(found, pk=claim)
    form = ClaimDecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.decide(one, by=scope.actor(*OFFICE), at=timezone.now(), **form.cleaned_data)
        except ActRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已登记处理结果，告知书已经拟好，请用印后送达申请人。")
            return redirect("access_claim", body=scope.body.code, claim=one.pk)
    return render(request, "access/claim.html", {"one": one, "form": form, "today": scope.on})


staff = [
    path("claims/", claims, name="access_claims"),
    path("claims/new/", claim_new, name="access_claim_new"),
    path("claims/<int:claim>/", claim, name="access_claim"),
]
