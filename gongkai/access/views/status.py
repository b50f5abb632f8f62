"""How a request stands, by number and code in the body of the request; its letters; what is added when asked."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache

from gongkai.access.forms.intake import StatusForm
from gongkai.access.models import AccessRequest, CaseState, RequestAttempts
from gongkai.access.progress import steps_of, words_for
from gongkai.access.views.public import access_face
from gongkai.accounts import throttle
from gongkai.bodies.models import Body
from gongkai.bodies.staff import today

ASKED = {CaseState.CLARIFYING: "补充申请内容", CaseState.EXPLAINING: "说明理由"}
NOT_FOUND = "没有查到。请核对申请编号和查询码；查询码里没有数字 0 和 1，也没有字母 O 和 I。"
TOO_OFTEN = "查询太频繁，请过一小时再查，或打电话问办公室。"
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def found_by(request: HttpRequest, body: Body, form: StatusForm) -> AccessRequest | None:
    """Return the case whose number and code a valid form names; else put the reason into the form."""
    now = timezone.now()
    used = throttle.count(RequestAttempts.objects, throttle.sender_of(request, at=now, what="request-status"), at=now)
    if used > throttle.LOOKUPS_AN_HOUR:
        form.add_error(None, TOO_OFTEN)
        return None
    code = form.cleaned_data["code"].strip().upper().replace("-", "").replace(" ", "")
    case = AccessRequest.objects.of(body).filter(query_code=code).first()
    if case is None or case.number != form.cleaned_data["number"].strip():
        form.add_error(None, NOT_FOUND)
        return None
    return case


@never_cache
def access_status(request: HttpRequest, body: str) -> HttpResponse:
    """Look a request up by number and code; give a letter that was served electronically."""
    here = get_object_or_404(Body, code=body)
    form = StatusForm(request.POST or None)
    context = access_face(here, form=form)
    if request.method == "POST" and form.is_valid() and (case := found_by(request, here, form)):
        context |= _shown(case)
    return render(request, "access/public/status.html", context)


def _shown(case: AccessRequest) -> dict[str, Any]:
    return {
        "case": case, "steps": steps_of(case, on=today()), "said": words_for(case), "letters": [],
        "asked": "",
    }  # fmt: skip


public = [
    path("a/<slug:body>/status/", access_status, name="access_status"),
]
