"""How a request stands, by number and code in the body of the request; its letters; what is added when asked."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache

from gongkai.access.actions import course
from gongkai.access.forms.intake import AnswerForm, StatusForm
from gongkai.access.incoming import take_in
from gongkai.access.letters import files_of, number_of
from gongkai.access.models import AccessRequest, RequestAttempts
from gongkai.access.progress import asked_of, letters_of, steps_of, words_for
from gongkai.access.views.public import access_face, public_actor
from gongkai.accounts import throttle
from gongkai.bodies.models import Body
from gongkai.bodies.staff import today, whole_number
from gongkai.frame.download import made
from gongkai.journal.acts import ActRefused
from gongkai.publishing.filing import Unacceptable

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
        if "letter" in request.POST:
            return _letter(case, request.POST["letter"], request.POST.get("as", "pdf"))
        context |= _shown(case)
    return render(request, "access/public/status.html", context)


def _shown(case: AccessRequest) -> dict[str, Any]:
    return {
        "case": case,
        "steps": steps_of(case, on=today()),
        "said": words_for(case),
        "letters": [(one, number_of(one)) for one in letters_of(case)],
        "parts": [(one, words_for(one)) for one in case.split_into.order_by("pk")],
        "asked": asked_of(case),
        "answer": AnswerForm(initial={"number": case.number, "code": case.query_code}),
    }


def _letter(case: AccessRequest, key: str, form: str) -> HttpResponse:
    letter = next((one for one in letters_of(case) if one.pk == whole_number(key)), None)
    if letter is None or form not in TYPES:
        raise Http404
    docx, pdf = files_of(letter)
    return made(pdf if form == "pdf" else docx, name=f"{letter.title}.{form}", media=TYPES[form])


@never_cache
def access_answer(request: HttpRequest, body: str) -> HttpResponse:
    """Take what the requester adds when asked to clarify or to give reasons."""
    here = get_object_or_404(Body, code=body)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AnswerForm(*given)
    if request.method == "POST" and form.is_valid() and (case := found_by(request, here, form)) and _added(case, form):
        messages.success(request, f"第 {case.number} 号申请补充的内容已经收到，继续办理。")
        return redirect("access_status", body=here.code)
    lost = [file.name for file in request.FILES.getlist("files")]
    return render(request, "access/public/answer.html", access_face(here, form=form, lost=lost))


def _added(case: AccessRequest, form: AnswerForm) -> bool:
    if not asked_of(case):
        form.add_error(None, "这件申请现在不需要补充内容。还想说明的，请打电话与办公室联系。")
        return False
    try:
        files = take_in(form.cleaned_data["files"])
        course.answer_online(
            case, by=public_actor(case.body), at=timezone.now(), code=case.query_code, files=files,
            text=form.cleaned_data["text"],
        )  # fmt: skip
    except (Unacceptable, ActRefused) as refused:
        form.add_error("files" if isinstance(refused, Unacceptable) else None, str(refused))
        return False
    return True


public = [
    path("a/<slug:body>/status/", access_status, name="access_status"),
    path("a/<slug:body>/status/answer/", access_answer, name="access_answer"),
]
