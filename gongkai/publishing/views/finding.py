"""What screening found in an edition: seen, justified by somebody who is no author, and opened again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.bodies.models import Duty
from gongkai.bodies.policy import OFFICE, WRITERS
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page
from gongkai.journal.acts import ActRefused
from gongkai.publishing import gate
from gongkai.publishing.actions import findings
from gongkai.publishing.models import ContentFinding
from gongkai.publishing.views.editing import find, found_in


@require_POST
@staff_page(*WRITERS, Duty.SECRECY)
def justify(request: HttpRequest, scope: Scope, finding: int) -> HttpResponse:
    """Record why something found may stay; another person than an author does."""
    return _carry(request, scope, finding, findings.justify, "已记录保留理由。")


@require_POST
@staff_page(*OFFICE, Duty.SECRECY)
def reopen(request: HttpRequest, scope: Scope, finding: int) -> HttpResponse:
    """Take back that something may stay; it blocks again."""
    return _carry(request, scope, finding, findings.reopen, "已重新打开，处理以前不能向社会公开。")


def _carry(request: HttpRequest, scope: Scope, finding: int, act: Callable[..., Any], said: str) -> HttpResponse:
    found = get_object_or_404(ContentFinding, pk=finding, edition__disclosure__body=scope.body)
    try:
        act(found, by=scope.actor(Duty.SECRECY, *WRITERS), at=timezone.now(), why=request.POST.get("why", ""))
        messages.success(request, said)
    except ActRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("publishing_findings", scope.body.code, found.edition_id)


@staff_page(*WRITERS, Duty.SECRECY)
def findings_of(request: HttpRequest, scope: Scope, edition: int) -> HttpResponse:
    """Show everything screening found in an edition, and take reasons from people who are no authors of it."""
    found = find(scope, edition)
    return render(
        request,
        "publishing/findings.html",
        {
            "edition": found, "findings": found_in(found, scope),
            "cleared": found.findings.exclude(cleared_at=None).select_related("cleared_by"),
            "mine": found.authors.filter(pk=scope.person.pk).exists(),
            "may_reopen": scope.has(*OFFICE, Duty.SECRECY) and gate.still_blocks(found),
        },
    )  # fmt: skip
