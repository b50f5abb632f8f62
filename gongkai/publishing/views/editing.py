"""The editor: one form for everything, autosave, what an edit undoes, what was found."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.bodies.policy import OFFICE, WRITERS
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page, whole_number
from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.publishing import gate, party_first
from gongkai.publishing.actions import drafting, issues
from gongkai.publishing.filing import Unacceptable, refuse_large
from gongkai.publishing.forms import DraftForm, RenditionForm, draft_initial, rendition_initial
from gongkai.publishing.kinds import audience_names
from gongkai.publishing.models import Edition, EditionState
from gongkai.publishing.policy import may_write
from gongkai.publishing.prospect import ahead_of, undone_by
from gongkai.publishing.writing import StaleDraft, UnusableFacts

OPEN = (EditionState.DRAFT, EditionState.RETURNED, EditionState.IN_REVIEW, EditionState.APPROVED)
QUIET = (EditionState.DRAFT, EditionState.RETURNED)  # saved by itself: nothing anybody decided falls with it
EDITING = timedelta(minutes=2)


class Editor:
    """The forms of one draft and the person at them."""

    def __init__(self, request: HttpRequest, scope: Scope, edition: Edition) -> None:
        self.request, self.scope, self.edition = request, scope, edition
        data = request.POST if request.method == "POST" else None
        self.form = DraftForm(data, edition=edition, initial=draft_initial(edition))
        self.further = {
            one.pk: RenditionForm(data, prefix=f"r{one.pk}", initial=rendition_initial(one))
            for one in list(edition.renditions.all())[1:]
        }
        self.stale: StaleDraft | None = None

    def is_valid(self) -> bool:
        """Tell whether all forms are valid (all are asked, so that all errors show)."""
        return all([self.form.is_valid(), *(one.is_valid() for one in self.further.values())])

    def save(self) -> bool:
        """Save what was typed, if it differs from what is stored; False with errors in the forms where it cannot be."""
        if not self.is_valid():
            return False
        if self._undoes() and not self.request.POST.get("undo"):
            self.form.add_error(None, "这份内容正在审批，改动会使已有的决定失效。请在下方勾选“我知道”后再保存。")
            return False
        facts = self.form.facts()
        facts["renditions"] = {pk: one.cleaned_data for pk, one in self.further.items()}
        try:
            self.edition = drafting.save(
                self.edition, by=self.scope.actor(*WRITERS), at=timezone.now(),
                version=self.form.cleaned_data["version"], **facts,
            )  # fmt: skip
        except StaleDraft as stale:
            self.stale = stale
            return False
        except UnusableFacts as refusal:
            for name, text in refusal.faults.items():
                self.form.add_error(name if name in self.form.fields else None, text)
            return False
        return True

    def _undoes(self) -> dict[str, Any]:
        if self.edition.state in QUIET or not self.changed:
            return {}
        return undone_by(self.edition, person_id=self.scope.person.pk, on=self.scope.on)

    @property
    def changed(self) -> bool:
        """Tell whether anything typed differs from what is stored."""
        typed = set(self.form.changed_data) - {"version"}
        return bool(typed) or any(one.has_changed() for one in self.further.values())


def find(scope: Scope, edition: int) -> Edition:
    """Return an edition of the scope's body; another body's does not exist here."""
    return get_object_or_404(
        Edition.objects.select_related("disclosure__body", "department", "saved_by"),
        pk=edition, disclosure__body=scope.body,
    )  # fmt: skip


def may_edit(scope: Scope, edition: Edition) -> str:
    """Say why the person may not edit; empty where they may."""
    try:
        may_write(scope.actor(*WRITERS), edition, on=scope.on)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


@staff_page()
def edit(request: HttpRequest, scope: Scope, edition: int) -> HttpResponse:
    """Show and save a draft; who may not write it reads it instead, what is published is shown as it stands."""
    found = find(scope, edition)
    if request.method != "POST" and (found.state not in OPEN or may_edit(scope, found)):
        return redirect("publishing_edition", scope.body.code, found.pk)
    may_write(scope.actor(*WRITERS), found, on=scope.on)
    editor = Editor(request, scope, found)
    if request.method == "POST":
        saved = not editor.changed if editor.is_valid() else False
        if saved or editor.save():
            return _follow(request, scope, editor)
    return _show(editor, status=409 if editor.stale else 200)


@require_POST
@staff_page(*WRITERS)
def autosave(request: HttpRequest, scope: Scope, edition: int) -> HttpResponse:
    """Save a draft that is in nobody's hands yet; answers the next version to name, or who was quicker."""
    editor = Editor(request, scope, find(scope, edition))
    if editor.edition.state not in QUIET:
        return JsonResponse({"message": "审批中的内容不自动保存，请点“保存”。"}, status=400)
    if not editor.save():
        if editor.stale:
            return JsonResponse({"message": str(editor.stale)}, status=409)
        return JsonResponse({"message": "有内容填得不对。"}, status=400)
    return JsonResponse({"fields": {"version": str(editor.edition.version)}})


def _follow(request: HttpRequest, scope: Scope, editor: Editor) -> HttpResponse:
    """Do what the pressed button asks after the text is safe."""
    verb, _, target = request.POST.get("act", "save").partition(":")
    here = redirect("publishing_edit", scope.body.code, editor.edition.pk)
    try:
        answer = STEPS.get(verb, _saved)(request, scope, editor.edition, target)
    except ActRefused as refusal:
        messages.error(request, str(refusal))
        return here
    return answer or here


Step = Callable[[HttpRequest, Scope, Edition, str], HttpResponse | None]


def _saved(request: HttpRequest, scope: Scope, edition: Edition, target: str) -> None:
    messages.success(request, "已保存。")


def _attach(request: HttpRequest, scope: Scope, edition: Edition, target: str) -> None:
    rendition = edition.renditions.filter(pk=whole_number(target) or 0).first()
    files = request.FILES.getlist(f"files{target}")
    if not files:
        messages.warning(request, "还没有选择文件。")
    for upload in files:
        try:
            refuse_large(upload.name or "", upload.size or 0, limit=settings.UPLOAD_LIMIT)
        except Unacceptable as refusal:
            raise ActRefused(str(refusal)) from refusal
        drafting.attach(
            edition, by=scope.actor(*WRITERS), at=timezone.now(), name=upload.name or "", data=upload.read(),
            rendition=rendition,
        )  # fmt: skip
        messages.success(request, f"已加上附件“{upload.name}”。")


def _detach(request: HttpRequest, scope: Scope, edition: Edition, target: str) -> None:
    rendition = edition.renditions.filter(attachments__pk=whole_number(target) or 0).first()
    if rendition is not None:
        attachment = rendition.attachments.get(pk=whole_number(target) or 0)
        drafting.detach(edition, by=scope.actor(*WRITERS), at=timezone.now(), attachment=attachment)
        messages.success(request, f"已去掉附件“{attachment.name}”。")


def _add_rendition(request: HttpRequest, scope: Scope, edition: Edition, target: str) -> None:
    wanted = "PTY" if scope.body.is_party else "STF"
    drafting.add_rendition(edition, by=scope.actor(*WRITERS), at=timezone.now(), audiences=[wanted])
    messages.success(request, "已加一份正文，请在下面改成这些人要看到的内容。")


def _drop_rendition(request: HttpRequest, scope: Scope, edition: Edition, target: str) -> None:
    rendition = edition.renditions.filter(pk=whole_number(target) or 0).first()
    if rendition is not None:
        drafting.drop_rendition(edition, by=scope.actor(*WRITERS), at=timezone.now(), rendition=rendition)


def _send(request: HttpRequest, scope: Scope, edition: Edition, target: str) -> HttpResponse:
    return redirect("publishing_send", scope.body.code, edition.pk)


def _preview(request: HttpRequest, scope: Scope, edition: Edition, target: str) -> HttpResponse:
    return redirect("publishing_preview", scope.body.code, edition.pk)


def _resubmit(request: HttpRequest, scope: Scope, edition: Edition, target: str) -> HttpResponse:
    issues.resubmit(edition, by=scope.actor(*WRITERS), at=timezone.now())
    messages.success(request, "已重新送审，回到退回它的环节。")
    return redirect("publishing_disclosure", scope.body.code, edition.disclosure_id)


STEPS: dict[str, Step] = {
    "save": _saved, "attach": _attach, "detach": _detach, "add_rendition": _add_rendition,
    "drop_rendition": _drop_rendition, "send": _send, "preview": _preview, "resubmit": _resubmit,
}  # fmt: skip


def _show(editor: Editor, *, status: int = 200) -> HttpResponse:
    scope, edition = editor.scope, editor.edition
    edition.refresh_from_db()
    entry = getattr(edition, "entry", None)
    further = [(one, editor.further[one.pk]) for one in list(edition.renditions.all())[1:] if one.pk in editor.further]
    context = {
        "edition": edition, "disclosure": edition.disclosure, "form": editor.form, "further": further,
        "first": edition.renditions.prefetch_related("attachments")[0],
        "errors_in": [editor.form, *editor.further.values()],
        "stale": _stale(editor), "other": _other_person(editor),
        "autosave": _autosave_address(scope, edition),
        "ahead": ahead_of(edition, on=scope.on), "issue": entry.issue if entry else None,
        "undone": {} if edition.state in QUIET else undone_by(edition, person_id=scope.person.pk, on=scope.on),
        "lacks": gate.lacks_of(edition, on=scope.on), "warnings": gate.warnings_of(edition, on=scope.on),
        "findings": found_in(edition, scope), "returned": _returned(edition),
        "office": scope.has(*OFFICE), "audience_names": audience_names, "order": party_first.words(edition),
    }  # fmt: skip
    return render(editor.request, "publishing/edit.html", context, status=status)


def _autosave_address(scope: Scope, edition: Edition) -> str:
    return reverse("publishing_autosave", args=[scope.body.code, edition.pk]) if edition.state in QUIET else ""


def _stale(editor: Editor) -> dict[str, Any] | None:
    """Show both texts; the form now names the version it would replace."""
    if editor.stale is None:
        return None
    current = find(editor.scope, editor.edition.pk)
    editor.form.data = editor.form.data.copy()
    editor.form.data["version"] = str(current.version)
    return {
        "message": str(editor.stale),
        "theirs": current.renditions.all()[0].html,
        "mine": editor.form.cleaned_data.get("html", ""),
        "title": current.title,
    }


def _other_person(editor: Editor) -> dict[str, Any] | None:
    edition = editor.edition
    if edition.saved_at is None or edition.saved_by_id in (None, editor.scope.person.pk):
        return None
    if timezone.now() - edition.saved_at > EDITING:
        return None
    return {"name": edition.saved_by.name, "at": edition.saved_at}


def found_in(edition: Edition, scope: Scope) -> list[dict[str, Any]]:
    """Return what screening found and nobody has cleared, as the pages show it."""
    mine = edition.authors.filter(pk=scope.person.pk).exists()
    blocking = {row.pk for row in gate.blocking(edition)}
    return [
        # What is found in a text says where in its own sentence; a file is named beside it.
        {"row": row, "blocks": row.pk in blocking, "mine": mine, "where": row.where if row.attachment_id else ""}
        for row in gate.open_findings(edition)
    ]


def _returned(edition: Edition) -> dict[str, Any] | None:
    if edition.state != EditionState.RETURNED:
        return None
    item = getattr(edition, "entry", None) and edition.entry.review_item
    decision = item and item.decisions.standing().filter(verdict="return").select_related("person", "step").last()
    return {"decision": decision} if decision else None


@staff_page()
def preview(request: HttpRequest, scope: Scope, edition: int) -> HttpResponse:
    """Show the edition as its readers will see it, at desktop and at phone width."""
    found = find(scope, edition)
    shown = [{"rendition": one, "label": audience_names(one.audiences)} for one in found.renditions.all()]
    return render(request, "publishing/preview.html", {"edition": found, "shown": shown})
