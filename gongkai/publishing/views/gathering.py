"""Issues (期): the list, one issue, its members, and what happens when it is submitted."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.bodies.models import Duty
from gongkai.bodies.policy import OFFICE
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page, whole_number
from gongkai.journal.acts import ActRefused
from gongkai.publishing import gate
from gongkai.publishing.actions import issues as acts
from gongkai.publishing.forms import IssueForm
from gongkai.publishing.models import Edition, EditionState, Issue, IssueState
from gongkai.publishing.prospect import ahead_of, ahead_of_batch, routes_with_chains
from gongkai.publishing.routes import routes_open_to
from gongkai.publishing.views.editing import find
from gongkai.review.models import Route

GATHERERS = (*OFFICE, Duty.DEPARTMENT_HEAD, Duty.EDITOR)
A_PAGE = 20


@staff_page()
def issues(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List the body's issues; a POST opens a new one."""
    routes = routes_with_chains(scope.body, on=scope.on)
    form = IssueForm(request.POST or None, body=scope.body, routes=routes)
    if request.method == "POST" and form.is_valid():
        made = acts.open_issue(scope.body, by=scope.actor(*GATHERERS), at=timezone.now(), **form.cleaned_data)
        return redirect("publishing_issue", scope.body.code, made.pk)
    found = Issue.objects.filter(body=scope.body).prefetch_related("entries__edition").select_related("opened_by")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "publishing/issues.html",
        {"page": page, "form": form, "routes": routes, "gathers": scope.has(*GATHERERS)},
    )


@staff_page()
def issue(request: HttpRequest, scope: Scope, issue: int) -> HttpResponse:
    """Show one issue: before submitting what is to come, afterwards where each member stands."""
    found = get_object_or_404(Issue, pk=issue, body=scope.body)
    if request.method == "POST":
        return _change(request, scope, found)
    entries = list(found.entries.select_related("edition__department", "edition__disclosure__body", "review_item"))
    editions = [entry.edition for entry in entries]
    context: dict[str, Any] = {"issue": found, "gathers": scope.has(*GATHERERS), "route": str(Route(found.route).label)}
    if found.state == IssueState.OPEN:
        context |= {
            "members": [_waiting(entry.edition, found.route, scope) for entry in entries],
            "drafts": _addable(scope),
            "ahead": ahead_of_batch(scope.body, found.route, editions, on=scope.on) if editions else None,
        }
        context["ready"] = bool(editions) and not any(member["lacks"] for member in context["members"])
        context["lacking"] = sum(len(member["lacks"]) for member in context["members"])
    else:
        context["members"] = [
            {"edition": one, "steps": ahead_of(one, on=scope.on).steps, "findings": len(gate.open_findings(one))}
            for one in editions
        ]
    return render(request, "publishing/issue.html", context)


def _change(request: HttpRequest, scope: Scope, issue: Issue) -> HttpResponse:
    verb, _, target = request.POST.get("act", "").partition(":")
    by, at = scope.actor(*GATHERERS), timezone.now()
    edition = whole_number(target) or 0
    try:
        if verb == "add":
            chosen = Edition.objects.filter(pk__in=_ids(request, "edition"), disclosure__body=scope.body)
            acts.add(issue, by=by, at=at, editions=list(chosen))
        elif verb == "out":
            acts.take_out(issue, by=by, at=at, edition=find(scope, edition), why=request.POST.get("why", ""))
        elif verb in ("up", "down"):
            acts.arrange(issue, by=by, at=at, editions=_moved(issue, edition, -1 if verb == "up" else 1))
        elif verb == "submit":
            acts.submit(issue, by=by, at=at)
            messages.success(request, f"{issue}已送审。")
    except ActRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("publishing_issue", scope.body.code, issue.pk)


@staff_page()
def send(request: HttpRequest, scope: Scope, edition: int) -> HttpResponse:
    """Show what happens when this draft is submitted, and submit it: alone, or in an open issue."""
    found = find(scope, edition)
    if found.state != EditionState.DRAFT:
        messages.warning(request, f"这一版{found.get_state_display()}。")
        return redirect("publishing_disclosure", scope.body.code, found.disclosure_id)
    if request.method == "POST":
        return _sent(request, scope, found)
    routes = routes_open_to(found)
    ways = [
        (route, str(Route(route).label), ahead_of_batch(scope.body, route, [found], on=scope.on)) for route in routes
    ]
    held = getattr(found, "entry", None)
    context = {
        "edition": found, "ways": ways, "held": held.issue if held else None,
        "open_issues": Issue.objects.filter(body=scope.body, state=IssueState.OPEN),
        "lacks": gate.lacks_of(found, on=scope.on), "warnings": gate.warnings_of(found, on=scope.on),
        "findings": gate.open_findings(found), "blocking": gate.blocking(found),
    }  # fmt: skip
    return render(request, "publishing/send.html", context)


def _sent(request: HttpRequest, scope: Scope, edition: Edition) -> HttpResponse:
    verb, _, target = request.POST.get("act", "").partition(":")
    by, at = scope.actor(*GATHERERS), timezone.now()
    try:
        if verb == "join":
            issue = get_object_or_404(Issue, pk=whole_number(target) or 0, body=scope.body)
            acts.add(issue, by=by, at=at, editions=[edition])
            return redirect("publishing_issue", scope.body.code, issue.pk)
        route = verb if verb in Route.values else ""
        issue = acts.submit_alone(edition, by=by, at=at, route=route)
    except ActRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("publishing_send", scope.body.code, edition.pk)
    messages.success(request, f"《{edition.title}》已送审（{issue}）。办完每一步都会记在这里。")
    return redirect("publishing_disclosure", scope.body.code, edition.disclosure_id)


def _waiting(edition: Edition, route: str, scope: Scope) -> dict[str, Any]:
    edition.route = route
    return {
        "edition": edition,
        "lacks": gate.lacks_of(edition, on=scope.on),
        "warnings": gate.warnings_of(edition, on=scope.on),
        "findings": len(gate.blocking(edition)),
    }


def _addable(scope: Scope) -> list[Edition]:
    free = Edition.objects.filter(disclosure__body=scope.body, state=EditionState.DRAFT, entry=None)
    return list(free.select_related("department", "saved_by").order_by("-saved_at")[:100])


def _ids(request: HttpRequest, name: str) -> list[int]:
    return [number for one in request.POST.getlist(name) if (number := whole_number(one)) is not None]


def _moved(issue: Issue, edition: int, by: int) -> list[int]:
    order = list(issue.entries.values_list("edition_id", flat=True))
    if edition in order:
        place = order.index(edition)
        order.insert(max(0, place + by), order.pop(place))
    return order


@require_POST
@staff_page(*GATHERERS)
def take_out(request: HttpRequest, scope: Scope, edition: int) -> HttpResponse:
    """Take an edition under review out of its issue, with the reason."""
    found = find(scope, edition)
    held = getattr(found, "entry", None)
    if held is not None:
        try:
            acts.take_out(
                held.issue,
                by=scope.actor(*GATHERERS),
                at=timezone.now(),
                edition=found,
                why=request.POST.get("why", ""),
            )
            messages.success(request, "已撤出本期，回到草稿。")
        except ActRefused as refusal:
            messages.error(request, str(refusal))
    return redirect("publishing_disclosure", scope.body.code, found.disclosure_id)
