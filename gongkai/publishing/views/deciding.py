"""The one screen on which an issue is read and decided, made for a phone in a corridor."""

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from gongkai.bodies.models import Duty
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page, whole_number
from gongkai.frame.download import download
from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.publishing.actions.deciding import Verdicts, go_through
from gongkai.publishing.actions.findings import justify
from gongkai.publishing.models import Attachment, ContentFinding, Issue
from gongkai.publishing.views.deciding_desk import Desk
from gongkai.review.actions import Outcome, stand_aside
from gongkai.review.models import Meeting
from gongkai.review.progress import waiting_for


@staff_page(reader=True)
def decide_issue(request: HttpRequest, scope: Scope, issue: int) -> HttpResponse:
    """Show what waits for this person in an issue, and take their decision."""
    found = get_object_or_404(Issue.objects.filter(body=scope.body, review__isnull=False), pk=issue)
    desk = Desk(found, scope, request)
    if not desk.items and request.method != "POST":
        return _nothing_waits(request, scope, found)
    if request.method == "POST" and desk.step is not None:
        if request.POST.get("justify"):
            _justify(request, scope, found)
        elif request.POST.get("verdict") in ("approve", "return"):
            answer = _take(request, scope, desk)
            if answer is not None:
                return answer
    elif request.method == "POST":
        return _nothing_waits(request, scope, found)
    status = 409 if desk.refusal else 200
    return render(request, "publishing/decide.html", desk.context(), status=status)


def _take(request: HttpRequest, scope: Scope, desk: Desk) -> HttpResponse | None:
    """Take the decision; None means that the page is shown again with what is wrong."""
    at = timezone.now()
    if desk.capacity == "aside":
        try:
            stand_aside(desk.step, by=scope.actor(), at=at, why=f"留到「{desk.opposite_name}」再审")
        except ActRefused as refusal:
            desk.refusal = str(refusal)
            return None
        messages.success(request, f"已记下：您不参加本期「{desk.step.name}」，留到「{desk.opposite_name}」再审。")
        return redirect(_next(scope))
    verdicts = desk.verdicts(request.POST["verdict"])
    if verdicts is None:
        return None
    try:
        outcome = _go_through(scope, desk, verdicts, at=at)
    except (ActRefused, NotAllowed) as refusal:
        desk.refusal = str(refusal)
        desk.reload()
        return None if desk.items else _told(request, scope, desk, str(refusal))
    messages.success(request, desk.told(outcome))
    return redirect(_next(scope))


def _go_through(scope: Scope, desk: Desk, verdicts: Verdicts, *, at: datetime) -> Outcome:
    by = scope.actor()
    if desk.post_name:
        by = replace(by, post_name=desk.post_name)
    return go_through(desk.issue, by=by, at=at, step=desk.step, verdicts=verdicts)


def _told(request: HttpRequest, scope: Scope, desk: Desk, why: str) -> HttpResponse:
    messages.warning(request, why)
    return _nothing_waits(request, scope, desk.issue)


def _justify(request: HttpRequest, scope: Scope, issue: Issue) -> None:
    finding = ContentFinding.objects.filter(edition__entry__issue=issue, pk=_number(request.POST["justify"])).first()
    if finding is None:
        raise Http404
    try:
        justify(finding, by=scope.actor(), at=timezone.now(), why=request.POST.get(f"why-{finding.pk}", ""))
    except (ActRefused, NotAllowed) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "理由已记下，这处发现不再阻止公开。")


def _number(text: str) -> int:
    return whole_number(text) or 0


def _nothing_waits(request: HttpRequest, scope: Scope, issue: Issue) -> HttpResponse:
    if not scope.is_staff:
        if not list(messages.get_messages(request)):
            raise Http404
        return render(request, "publishing/decided.html", {"issue": issue})
    return redirect("review_course", body=scope.body.code, review=issue.review_id)


def _next(scope: Scope) -> str:
    """Return the address of what waits next for this person: the next issue, else the desk."""
    for waiting in waiting_for(scope):
        subject, _, pk = waiting.review.subject.partition("/")
        if subject == "issue":
            return reverse("publishing_decide", kwargs={"body": scope.body.code, "issue": int(pk)})
    return settings.LOGIN_REDIRECT_URL


@staff_page(reader=True)
def decide_file(request: HttpRequest, scope: Scope, issue: int, attachment: int) -> FileResponse:
    """Give an attachment of an issue to who may read it there, as a download only."""
    found = get_object_or_404(
        Attachment, pk=attachment, rendition__edition__entry__issue__pk=issue,
        rendition__edition__disclosure__body=scope.body,
    )  # fmt: skip
    if not scope.is_staff:
        mine = {item.pk for waiting in waiting_for(scope) for item in waiting.items}
        if found.rendition.edition.entry.review_item_id not in mine:
            raise Http404
    return download(found.sha256, found.name)


@staff_page(*(duty for duty in Duty.values if duty not in (Duty.FILING, Duty.SUPERVISOR)))
def meeting_minutes(request: HttpRequest, scope: Scope, meeting: int) -> FileResponse:
    """Give the minutes of a meeting to the body's people, as a download only."""
    found = get_object_or_404(Meeting.objects.filter(body=scope.body).exclude(minutes_sha256=""), pk=meeting)
    return download(found.minutes_sha256, found.minutes_name)
