"""The page of a letter: what it says, its files, its seal and its deliveries; forms of a case as PDF."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone

from gongkai.access.actions import delivery as deliveries
from gongkai.access.actions import letters as acts
from gongkai.access.forms.letters import ReturnedForm, ServeForm, TextForm, WhyForm
from gongkai.access.incoming import take_in
from gongkai.access.letters import compose, files_of, leaks_in, number_of, pdf_of
from gongkai.access.letters.papers import ANNEX
from gongkai.access.models import AccessRequest, Letter, LetterState
from gongkai.access.policy import knows_requester
from gongkai.access.readers import SHEETS, decides_on, may_read
from gongkai.access.signing import is_reply
from gongkai.bodies.desk import address
from gongkai.bodies.policy import OFFICE
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page
from gongkai.frame.download import made
from gongkai.journal.acts import ActRefused
from gongkai.publishing.filing import MB, Unacceptable
from gongkai.statute.letters import letter_kind, words_of

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NOT_OUT = (LetterState.DRAFT, LetterState.SIGNED, LetterState.SEALED)
SHOWN_AS = {
    LetterState.DRAFT: "draft", LetterState.SIGNED: "waiting", LetterState.SEALED: "open", LetterState.SERVED: "done",
    LetterState.CANCELLED: "expired",
}  # fmt: skip


def _letter(scope: Scope, pk: int) -> Letter:
    found = get_object_or_404(
        Letter.objects.of(scope.body).select_related("body", "case__body", "case__requester", "case__merged_into"),
        pk=pk,
    )
    if not may_read(scope, found):
        raise Http404
    return found


@staff_page(reader=True)
def letter_page(request: HttpRequest, scope: Scope, letter: int) -> HttpResponse:
    """Show a letter; while it is a draft the office may put it into other words."""
    found = _letter(scope, letter)
    editable = found.state == LetterState.DRAFT and scope.has(*OFFICE)
    start = {"text": found.text, "note": found.note, "version": found.version}
    form = TextForm(request.POST or None, initial=start) if editable else None
    if form is not None and request.method == "POST" and form.is_valid() and _revised(request, scope, found, form):
        return redirect(request.path)
    return render(request, "access/letter.html", _context(scope, found, form))


def _revised(request: HttpRequest, scope: Scope, letter: Letter, form: TextForm) -> bool:
    given = form.cleaned_data
    if given["version"] != letter.version:
        form.add_error(None, "您打开页面以后，别人改过这份文书。请把您的改动抄下来，刷新页面后再改。")
        return False
    try:
        by = scope.actor(*OFFICE)
        acts.revise_text(letter, by=by, at=timezone.now(), text=given["text"], note_text=given["note"])
    except ActRefused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, "正文已保存。")
    return True


def _context(scope: Scope, letter: Letter, form: TextForm | None) -> dict[str, Any]:
    kind = letter_kind(letter.kind)
    regime = letter.case.regime if letter.case else "cn-ogi"
    text, *annexes = letter.text.split(f"\n{ANNEX}\n")
    case_url = address("access_case", scope.body.code, letter.case_id) if letter.case_id else ""
    return {
        "letter": letter, "kind": kind, "form": form, "number": number_of(letter), "badge": SHOWN_AS[letter.state],
        "paragraphs": text.splitlines(), "annexes": [one.splitlines() for one in annexes],
        "note": letter.note.splitlines(), "basis": words_of(kind.cite_under(regime)),
        "deliveries": letter.deliveries.all(), "verbs": _verbs(scope, letter), "case_url": case_url,
        "office": scope.has(*OFFICE),
        "leaks": leaks_in(letter) if letter.state in NOT_OUT else [],
    }  # fmt: skip


def _verbs(scope: Scope, letter: Letter) -> list[tuple[str, str]]:
    """Return what the person can do with the letter as it stands."""
    if not scope.has(*OFFICE):
        return []
    last = letter.deliveries.last()
    offered = {
        LetterState.SIGNED: ["seal", *([] if is_reply(letter) else ["cancel"])],
        LetterState.SEALED: ["serve", *([] if is_reply(letter) else ["cancel"])],
        LetterState.SERVED: ["serve", *(["fail"] if last and last.failed_on is None else [])],
    }
    again = letter.state == LetterState.SERVED
    return [(verb, "重新送达" if again and verb == "serve" else VERBS[verb][0])
            for verb in offered.get(LetterState(letter.state), [])]  # fmt: skip


@staff_page(*OFFICE)
def letter_act(request: HttpRequest, scope: Scope, letter: int, verb: str) -> HttpResponse:
    """Ask what an act on a letter needs, and carry it out."""
    found = _letter(scope, letter)
    if verb not in dict(_verbs(scope, found)):
        if verb not in VERBS:
            raise Http404
        messages.error(request, f"文书现在是「{found.get_state_display()}」，不能{VERBS[verb][0]}。")
        return redirect("access_letter", body=scope.body.code, letter=found.pk)
    _, make_form, carry_out = VERBS[verb]
    label = dict(_verbs(scope, found))[verb]
    form = make_form(request, found, scope)
    if request.method == "POST" and form.is_valid():
        try:
            carry_out(scope, found, form)
            messages.success(request, f"已{label}。")
            return redirect("access_letter", body=scope.body.code, letter=found.pk)
        except (ActRefused, Unacceptable) as refused:
            form.add_error(None, str(refused))
    return render(request, "access/letter_act.html", {"letter": found, "number": number_of(found), "form": form,
                                                      "label": label, "verb": verb})  # fmt: skip


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _files(request: HttpRequest) -> Any:
    return request.FILES if request.method == "POST" else None


def _seal(scope: Scope, letter: Letter, form: forms.Form) -> None:
    acts.seal(letter, by=scope.actor(*OFFICE), at=timezone.now())


def _serve(scope: Scope, letter: Letter, form: Any) -> None:
    given = form.cleaned_data
    proof = take_in(given["proof"], limit=20 * MB)
    deliveries.serve(
        letter, by=scope.actor(*OFFICE), at=timezone.now(), way=given["way"], served_on=given["served_on"],
        proof=proof, **form.facts(),
    )  # fmt: skip


def _fail(scope: Scope, letter: Letter, form: forms.Form) -> None:
    last, by = letter.deliveries.last(), scope.actor(*OFFICE)
    if last is not None:
        deliveries.fail(last, by=by, at=timezone.now(), on=form.cleaned_data["on"], reason=form.cleaned_data["reason"])


def _cancel(scope: Scope, letter: Letter, form: forms.Form) -> None:
    acts.cancel(letter, by=scope.actor(*OFFICE), at=timezone.now(), why=form.cleaned_data["why"])


Make = Callable[[HttpRequest, Letter, Scope], forms.Form]
VERBS: dict[str, tuple[str, Make, Callable[[Scope, Letter, forms.Form], None]]] = {
    "seal": ("用印", lambda request, letter, scope: forms.Form(_sent(request)), _seal),
    "serve": (
        "登记送达",
        lambda request, letter, scope: ServeForm(_sent(request), _files(request), letter=letter, on=scope.on),
        _serve,
    ),
    "fail": (
        "登记退回",
        lambda request, letter, scope: ReturnedForm(_sent(request), initial={"on": scope.on}),
        _fail,
    ),
    "cancel": ("作废", lambda request, letter, scope: WhyForm(_sent(request)), _cancel),
}


@staff_page(reader=True)
def letter_file(request: HttpRequest, scope: Scope, letter: int, form: str) -> HttpResponse:
    """Give a letter as Word or PDF; drafts carry their mark."""
    found = _letter(scope, letter)
    if form not in ("docx", "pdf"):
        raise Http404
    name = f"{number_of(found) or found.get_state_display()} {found.title}.{form}"
    if form == "pdf":
        return made(pdf_of(found), name=name, media=PDF, inline="show" in request.GET)
    return made(files_of(found)[0], name=name, media=DOCX)


@staff_page(*OFFICE)
def slip(request: HttpRequest, scope: Scope, letter: int) -> HttpResponse:
    """Give the delivery slip (送达回证): filled from the last delivery, else to be filled by hand."""
    found = _letter(scope, letter)
    last = found.deliveries.order_by("pk").last()
    about = {"delivery": last} if last else {"letter": found}
    if found.case is None:
        about |= {"body": found.body}
    return _sheet(scope, found.case, "F24", **about)


@staff_page(reader=True)
def sheet(request: HttpRequest, scope: Scope, case: int, kind: str) -> HttpResponse:
    """Give a form of a case as PDF: application, register sheet, receipt, review sheet (审查表)."""
    found = get_object_or_404(AccessRequest.objects.of(scope.body).select_related("body", "requester"), pk=case)
    allowed = knows_requester(scope, found) or (kind == "F25" and decides_on(scope, found))
    if kind not in SHEETS or not allowed:
        raise Http404
    return _sheet(scope, found, kind)


def _sheet(scope: Scope, case: AccessRequest | None, kind: str, **about: Any) -> HttpResponse:
    words = compose(kind, case, on=scope.on, **about)
    paper = Letter(
        body=scope.body, case=case, kind=kind, title=words.title, text=words.text, note=words.note,
        state=LetterState.SERVED, drafted_at=timezone.now(),
    )  # fmt: skip
    name = f"{case.number if case else ''} {words.title}.pdf".strip()
    return made(pdf_of(paper), name=name, media=PDF, inline=True)


staff: list[URLPattern] = [
    path("letters/<int:letter>/", letter_page, name="access_letter"),
    path("letters/<int:letter>/slip/", slip, name="access_letter_slip"),
    path("letters/<int:letter>/do/<slug:verb>/", letter_act, name="access_letter_act"),
    path("letters/<int:letter>/<slug:form>/", letter_file, name="access_letter_file"),
    path("requests/<int:case>/sheets/<slug:kind>/", sheet, name="access_sheet"),
]
