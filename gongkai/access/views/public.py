"""The public's form: who asks, what is wanted, read over, sent; a receipt. No account, no script needed.

What was typed travels from step to step in the page itself: nothing of it is kept before it is sent.
"""

import secrets
from typing import Any

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gongkai.access.actions import intake
from gongkai.access.actions.intake import RequesterFacts, WantedFacts
from gongkai.access.asking import asker, regime_of, subject_of, takes_online
from gongkai.access.forms.intake import AskerForm, RequestForm, SendForm, carried
from gongkai.access.incoming import take_in
from gongkai.access.models import AccessRequest, RequestAttempts, SpentForm
from gongkai.access.progress import receipt_rule, reply_cite
from gongkai.access.suggesting import suggestions
from gongkai.accounts import proof, throttle
from gongkai.bodies.face import face
from gongkai.bodies.models import Body
from gongkai.bodies.staff import today
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused
from gongkai.publishing.filing import Unacceptable

RECEIPT = "access-receipt"
SUGGESTIONS_AN_HOUR = 300
NOT_CARRIED = {"csrfmiddlewaretoken", "stage", "who", "once", "sealed", "sum", "altcha"}
OFFLINE = "本单位目前不在网上接收申请，请用邮寄或当面的办法提出。"


def access_face(body: Body, **more: Any) -> dict[str, Any]:
    """Return what the public frame shows, with the words of the body's regime."""
    subject = subject_of(regime_of(body))
    return face(body, subject=subject, site_label=subject, doorway=f"/g/{body.code}/request/", **more)


@never_cache
def access_form(request: HttpRequest, body: str) -> HttpResponse:
    """Take a request, step by step: each button names the step it leads to."""
    here = get_object_or_404(Body.objects.open_on(today()), code=body)
    if not takes_online(here):
        return render(request, "access/public/offline.html", access_face(here, reason=OFFLINE))
    who = asker(here, request.POST.get("who", ""))
    stage = request.POST.get("stage", "")
    if who is None or stage == "choose":
        return _choose(request, here)
    if stage in ("fill", ""):
        return _fill(request, here, RequestForm(body=here, who=who, initial=carried(request.POST)))
    form = RequestForm(request.POST, body=here, who=who)
    if stage == "edit" or not form.is_valid():
        return _fill(request, here, form)
    return _send(request, here, form) if stage == "send" else _check(request, here, form)


def _choose(request: HttpRequest, body: Body) -> HttpResponse:
    asked = request.method == "POST" and request.POST.get("stage") == "fill"
    form = AskerForm(request.POST if asked else None, body=body, initial={"who": request.POST.get("who", "")})
    kept = [(name, value) for name, value in request.POST.items() if name not in NOT_CARRIED]
    return render(request, "access/public/choose.html", access_face(body, form=form, kept=kept))


def _fill(request: HttpRequest, body: Body, form: RequestForm) -> HttpResponse:
    return render(request, "access/public/fill.html", access_face(body, form=form, who=form.who))


def _check(
    request: HttpRequest, body: Body, form: RequestForm, send: SendForm | None = None, *, question: str = ""
) -> HttpResponse:
    send = send or SendForm(initial={"once": secrets.token_hex(16)})
    words = f"{form.cleaned_data['title']} {form.cleaned_data['wanted']}"
    lost = [file.name for file in request.FILES.getlist("files")]
    context = access_face(
        body, form=form, send=send, who=form.who, rows=form.summary(), public=suggestions(body, words),
        question=question, challenge=proof.challenge(), lost=lost,
    )  # fmt: skip
    return render(request, "access/public/check.html", context)


def _send(request: HttpRequest, body: Body, form: RequestForm) -> HttpResponse:
    send = SendForm(request.POST, request.FILES)
    if not send.is_valid():
        send.add_error(None, "页面打开太久，请再点一次提交。")
        renew(send, once=secrets.token_hex(16))
        return _check(request, body, form, send)
    key = f"form:{send.cleaned_data['once']}"
    if done := _spent(key):
        return _receipt_of(request, body, done)
    solved = proof.solved(request.POST.get("altcha", ""))
    if not may_pass(request, send, solved):
        question, sealed = throttle.question()
        renew(send, sealed=sealed, sum="")
        return _check(request, body, form, send, question=question)
    try:
        files = take_in(send.cleaned_data["files"])
        taken = intake.receive_online(
            body, by=public_actor(body), at=timezone.now(), files=files, spent=(key, solved) if solved else (key,),
            requester=RequesterFacts(**form.requester()), wanted=WantedFacts(**form.wanted()),
        )  # fmt: skip
    except (Unacceptable, ActRefused) as refused:
        send.add_error("files" if isinstance(refused, Unacceptable) else None, str(refused))
        return _check(request, body, form, send)
    except IntegrityError:
        # The same page sent twice at once: the first one counts, both get its receipt.
        done = _spent(key)
        return _receipt_of(request, body, done) if done else _check(request, body, form)
    return _receipt_of(request, body, taken)


def may_pass(request: HttpRequest, send: SendForm, solved: str) -> bool:
    """Tell whether a form is taken without (or with the right answer to) the plain question; counts the use."""
    if solved and not SpentForm.objects.filter(key=solved).exists():
        return True
    now = timezone.now()
    used = throttle.count(RequestAttempts.objects, throttle.sender_of(request, at=now, what="request"), at=now)
    given = send.cleaned_data
    return used <= throttle.FREE_AN_HOUR or throttle.answers(given.get("sealed", ""), given.get("sum", ""))


def renew(form: SendForm, **values: str) -> None:
    """Replace what was sent in hidden fields before the form is shown again."""
    data = form.data.copy()
    for name, value in values.items():
        data[name] = value
    form.data = data


def public_actor(body: Body) -> Actor:
    """Return the unnamed member of the public as the actor of what comes in here."""
    return Actor.public(body_code=body.code, body_name=body.name)


def _spent(key: str) -> AccessRequest | None:
    done = SpentForm.objects.filter(key=key).select_related("case").first()
    return done.case if done else None


def _receipt_of(request: HttpRequest, body: Body, case: AccessRequest) -> HttpResponse:
    request.session[RECEIPT] = case.pk
    return redirect("access_receipt", body=body.code)


@never_cache
def access_receipt(request: HttpRequest, body: str) -> HttpResponse:
    """Show number, query code and dates to the browser that has just sent it; printed, it is the receipt slip."""
    here = get_object_or_404(Body, code=body)
    case = AccessRequest.objects.of(here).filter(pk=request.session.get(RECEIPT)).first()
    if case is None:
        return redirect("access_form", body=body)
    context = access_face(here, case=case, rule=receipt_rule(case.channel), cite=reply_cite(case), printed_on=today())
    return render(request, "access/public/receipt.html", context)


@never_cache
@require_POST
def access_suggest(request: HttpRequest, body: str) -> HttpResponse:
    """Offer what is public and may answer the words being typed; they travel in the body, never in the address."""
    here = get_object_or_404(Body.objects.open_on(today()), code=body)
    now = timezone.now()
    used = throttle.count(RequestAttempts.objects, throttle.sender_of(request, at=now, what="suggest"), at=now)
    words = f"{request.POST.get('title', '')[:200]} {request.POST.get('wanted', '')[:200]}"
    found = suggestions(here, words) if used <= SUGGESTIONS_AN_HOUR else []
    return render(request, "access/public/suggestions.html", {"public": found})


public = [
    path("a/<slug:body>/", access_form, name="access_form"),
    path("a/<slug:body>/receipt/", access_receipt, name="access_receipt"),
    path("a/<slug:body>/suggest/", access_suggest, name="access_suggest"),
]
