"""Pages of boards and of meetings: what hangs where, the printed sheet, what a congress heard."""

from io import BytesIO

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.bodies.policy import OFFICE, WRITERS
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page, whole_number
from gongkai.journal.acts import ActRefused
from gongkai.publishing.actions import postings as acts
from gongkai.publishing.board_sheet import board_sheet
from gongkai.publishing.boards import board_states
from gongkai.publishing.models import Board, Congress, Disclosure, Standing
from gongkai.publishing.posting_forms import BoardForm, CongressForm

PAPERS = ("a4", "a3")
SHOWN = (Standing.PUBLISHED, Standing.ENDED)


@staff_page()
def boards(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show every board: what hangs until when, and the issues this year still lacks."""
    states = board_states(scope.body, on=scope.on)
    standing = Disclosure.objects.of(scope.body).filter(standing=Standing.PUBLISHED).select_related("current")
    printable = [one for one in standing[:200] if "board" in one.current.channels][:15]
    context = {
        "states": states, "printable": printable, "today": scope.on,
        "office": scope.has(*OFFICE), "writes": scope.has(*WRITERS),
    }  # fmt: skip
    return render(request, "publishing/boards.html", context)


@staff_page(*OFFICE)
def board_edit(request: HttpRequest, scope: Scope, board: int | None = None) -> HttpResponse:
    """Enter a board or change its rule."""
    one = get_object_or_404(Board, pk=board, body=scope.body) if board else None
    form = BoardForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        acts.keep_board(scope.body, by=scope.actor(*OFFICE), at=timezone.now(), board=one, **facts)
        messages.success(request, f"已保存公开栏“{facts['name']}”。")
        return redirect("boards", body=scope.body.code)
    return render(request, "publishing/boards_edit.html", {"form": form, "one": one})


@staff_page(*WRITERS)
@require_POST
def board_clear(request: HttpRequest, scope: Scope, board: int) -> HttpResponse:
    """Record that what hung long enough was taken off a board today."""
    one = get_object_or_404(Board, pk=board, body=scope.body)
    try:
        cleared = acts.clear_board(one, by=scope.actor(*WRITERS), at=timezone.now(), taken_down_on=scope.on)
        messages.success(request, f"“{one.name}”已登记换下 {cleared} 张。")
    except ActRefused as refused:
        messages.error(request, str(refused))
    return redirect("boards", body=scope.body.code)


@staff_page()
def sheet(request: HttpRequest, scope: Scope, disclosure: int) -> HttpResponse:
    """Give the printable sheet of a disclosure as PDF (?paper=a4|a3&board=…)."""
    one = get_object_or_404(Disclosure.objects.of(scope.body).filter(standing__in=SHOWN), pk=disclosure)
    paper = request.GET.get("paper", "a4")
    chosen = whole_number(request.GET.get("board", ""))
    board = Board.objects.filter(body=scope.body, pk=chosen).first() if chosen is not None else None
    data = board_sheet(
        one, paper=paper if paper in PAPERS else "a4", board=board, on=scope.on, site_url=settings.SITE_URL
    )
    return FileResponse(BytesIO(data), filename=f"张贴件-{one.current.title[:40]}.pdf", content_type="application/pdf")


@staff_page()
def congresses(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List congresses and meetings with what was heard and deliberated."""
    found = Congress.objects.filter(body=scope.body).order_by("-held_on", "-pk")
    context = {"congresses": found, "office": scope.has(*OFFICE)}
    return render(request, "publishing/postings_congresses.html", context)


@staff_page(*OFFICE)
def congress_edit(request: HttpRequest, scope: Scope, congress: int | None = None) -> HttpResponse:
    """Record a congress or meeting, or put a record right."""
    one = get_object_or_404(Congress, pk=congress, body=scope.body) if congress else None
    first = _shown(one) if one else {"held_on": scope.on}
    form = CongressForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            acts.record_congress(scope.body, by=scope.actor(*OFFICE), at=timezone.now(), congress=one, **form.facts())
        except ActRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已登记会议。")
            return redirect("congresses", body=scope.body.code)
    return render(request, "publishing/postings_congress.html", {"form": form, "one": one})


def _shown(one: Congress) -> dict[str, object]:
    return {
        "name": one.name, "held_on": one.held_on, "should_attend": one.should_attend, "attended": one.attended,
        "heard": "\n".join(one.heard), "deliberated": "\n".join(one.deliberated), "note": one.note,
    }  # fmt: skip
