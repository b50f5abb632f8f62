"""The public's pages: send an opinion, keep number and code, look up how it stands. No account."""

import secrets
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from gongkai.accounts import proof, throttle
from gongkai.bodies.face import face
from gongkai.bodies.models import Body
from gongkai.bodies.staff import today
from gongkai.feedback import actions
from gongkai.feedback.forms import OpinionForm, StatusForm
from gongkai.feedback.models import Attempts, Opinion, OpinionState, Submission
from gongkai.journal.actor import Actor
from gongkai.publishing.models import Disclosure

RECEIPT = "opinion-receipt"


@never_cache
def opinion_form(request: HttpRequest, body: str) -> HttpResponse:
    """Take an opinion, enquiry, report or objection."""
    here = get_object_or_404(Body.objects.open_on(today()), code=body)
    about = _about(here, request.POST.get("about") or request.GET.get("about", ""))
    notice = bool(about and about.current.notice_last_on and about.current.notice_last_on >= today())
    if request.method != "POST":
        first = {"once": secrets.token_hex(16), "kind": "objection" if notice else "opinion"}
        return _show(request, here, OpinionForm(notice=notice, initial=first), about)
    form = OpinionForm(request.POST, notice=notice)
    if "once" in form.errors:
        form.add_error(None, "页面打开太久，请再点一次提交。")
        _renew(form, once=secrets.token_hex(16))
    if not form.is_valid():
        return _show(request, here, form, about)
    key = f"form:{form.cleaned_data['once']}"
    if done := Submission.objects.filter(key=key).select_related("opinion").first():
        return _receipt_of(request, here, done.opinion)
    solved = proof.solved(request.POST.get("altcha", ""))
    if not _may_pass(request, form, solved):
        return _show(request, here, form, about, ask=True)
    by = Actor.public(body_code=here.code, body_name=here.name)
    try:
        spent = (key, solved) if solved else (key,)
        taken = actions.receive(here, by=by, at=timezone.now(), spent=spent, about=about, **form.facts())
    except IntegrityError:
        # The same form sent twice at once: the first one counts, both get its receipt.
        done = Submission.objects.filter(key=key).select_related("opinion").first()
        return _receipt_of(request, here, done.opinion) if done else _show(request, here, form, about, ask=True)
    return _receipt_of(request, here, taken)


def _about(body: Body, public_id: str) -> Disclosure | None:
    return Disclosure.objects.of(body).public().filter(public_id=public_id[:12]).select_related("current").first()


def _may_pass(request: HttpRequest, form: OpinionForm, solved: str) -> bool:
    if solved and not Submission.objects.filter(key=solved).exists():
        return True
    now = timezone.now()
    used = throttle.count(Attempts.objects, throttle.sender_of(request, at=now, what="opinion"), at=now)
    given = form.cleaned_data
    return used <= throttle.FREE_AN_HOUR or throttle.answers(given.get("sealed", ""), given.get("sum", ""))


def _show(
    request: HttpRequest, body: Body, form: OpinionForm, about: Disclosure | None, *, ask: bool = False
) -> HttpResponse:
    context = face(body, form=form, about=about, challenge=proof.challenge())
    if ask:
        context["question"], sealed = throttle.question()
        _renew(form, sealed=sealed, sum="")
    return render(request, "feedback/form.html", context)


def _renew(form: OpinionForm, **values: str) -> None:
    """Replace what was sent in hidden fields before the form is shown again."""
    data = form.data.copy()
    for name, value in values.items():
        data[name] = value
    form.data = data


def _receipt_of(request: HttpRequest, body: Body, opinion: Opinion | None) -> HttpResponse:
    if opinion is not None:
        request.session[RECEIPT] = opinion.pk
    return redirect("opinion_receipt", body=body.code)


@never_cache
def opinion_receipt(request: HttpRequest, body: str) -> HttpResponse:
    """Show number and query code to the browser that has just sent it."""
    here = get_object_or_404(Body, code=body)
    opinion = Opinion.objects.of(here).filter(pk=request.session.get(RECEIPT)).first()
    if opinion is None:
        return redirect("opinion_form", body=body)
    return render(request, "feedback/receipt.html", face(here, opinion=opinion))


@never_cache
def opinion_status(request: HttpRequest, body: str) -> HttpResponse:
    """Look up an opinion by number and code; the code travels in the body of the request only."""
    here = get_object_or_404(Body, code=body)
    form = StatusForm(request.POST or None)
    context = face(here, form=form)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        used = throttle.count(Attempts.objects, throttle.sender_of(request, at=now, what="status"), at=now)
        given = form.cleaned_data
        code = given["code"].strip().upper().replace("-", "").replace(" ", "")
        found = Opinion.objects.of(here).filter(number=given["number"].strip(), query_code=code).first()
        if used > throttle.LOOKUPS_AN_HOUR:
            form.add_error(None, "查询太频繁，请过一小时再查，或打电话问办公室。")
        elif found is None:
            form.add_error(None, "没有查到。请核对编号和查询码；查询码分不出 0 和 O、1 和 I 时，都不是数字 0 和 1。")
        else:
            context |= {"opinion": found, "events": _events(found)}
    return render(request, "feedback/status.html", context)


def _events(opinion: Opinion) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = [{"on": opinion.received_on, "title": "收到"}]
    if opinion.state == OpinionState.ASSIGNED:
        events.append({"on": opinion.received_on, "title": "已交办", "text": "正在办理"})
    if opinion.answered_on:
        events.append({"on": opinion.answered_on, "title": "已答复", "text": opinion.answer})
    elif opinion.due_on:
        events.append({"on": opinion.due_on, "title": "最迟这一天答复", "state": "ahead"})
    if opinion.rectified_by and opinion.rectified_by.current and opinion.rectified_by.first_public_on:
        title = opinion.rectified_by.current.title
        events.append({"on": opinion.rectified_by.first_public_on, "title": "已整改并重新公布", "text": title})
    return events
