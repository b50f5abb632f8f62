"""The office enters a request that came at the counter, by post, e-mail or fax."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone

from gongkai.access.actions import intake
from gongkai.access.actions.intake import RequesterFacts, WantedFacts
from gongkai.access.asking import asker
from gongkai.access.forms.entry import DAYS, OFFICE_MOST, ChannelForm, EntryForm
from gongkai.access.forms.intake import carried
from gongkai.access.incoming import take_in
from gongkai.access.models import AccessRequest, CaseState
from gongkai.bodies.policy import OFFICE
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page
from gongkai.journal.acts import ActRefused
from gongkai.publishing.filing import MB, Unacceptable

LIMIT = 20 * MB
NOT_CARRIED = {"csrfmiddlewaretoken", "stage", "who", "channel"}


@staff_page(*OFFICE)
def access_entry(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Ask how it came and from whom, then exactly the days and fields this needs."""
    who, channel = asker(scope.body, request.POST.get("who", "")), request.POST.get("channel", "")
    stage = request.POST.get("stage", "")
    if who is None or channel not in DAYS or stage == "choose":
        return _choose(request, scope)
    told = {"body": scope.body, "who": who, "channel": channel, "on": scope.on}
    if stage != "enter":
        kept = {name: value for name, value in carried(request.POST).items() if value != ""}
        return _fill(request, EntryForm(**told, initial=kept))
    form = EntryForm(request.POST, request.FILES, **told)
    if form.is_valid() and (case := _entered(scope, form)):
        messages.success(request, _said(case))
        return redirect("access_case", body=scope.body.code, case=case.pk)
    return _fill(request, form)


def _choose(request: HttpRequest, scope: Scope) -> HttpResponse:
    asked = request.method == "POST" and request.POST.get("stage") != "choose"
    first = {name: request.POST.get(name, "") for name in ("channel", "who")}
    form = ChannelForm(request.POST if asked else None, body=scope.body, initial=first)
    kept = [(name, value) for name, value in request.POST.items() if name not in NOT_CARRIED]
    return render(request, "access/entry/choose.html", {"form": form, "kept": kept})


def _fill(request: HttpRequest, form: EntryForm) -> HttpResponse:
    lost = [file.name for file in request.FILES.getlist("files")]
    return render(request, "access/entry/fill.html", {"form": form, "lost": lost})


def _entered(scope: Scope, form: EntryForm) -> AccessRequest | None:
    try:
        return intake.enter(
            scope.body, by=scope.actor(*OFFICE), at=timezone.now(), channel=form.channel,
            files=take_in(form.cleaned_data["files"], limit=LIMIT, most=OFFICE_MOST),
            requester=RequesterFacts(**form.requester()), wanted=WantedFacts(**form.wanted()), **form.days(),
        )  # fmt: skip
    except (Unacceptable, ActRefused) as refused:
        form.add_error("files" if isinstance(refused, Unacceptable) else None, str(refused))
        return None


def _said(case: AccessRequest) -> str:
    if case.state == CaseState.SUBMITTED:
        return f"已登记，申请编号 {case.number}。请今天就与申请人确认收到，确认之日才是收到申请之日。"
    return f"已登记，申请编号 {case.number}。"


staff = [path("requests/new/", access_entry, name="access_entry")]
