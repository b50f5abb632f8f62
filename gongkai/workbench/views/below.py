"""A superior's pages: every body below as a row, and bodies × items as a matrix."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html

from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page
from gongkai.catalogue.coverage import MatrixRow, matrix
from gongkai.catalogue.models import Adoption
from gongkai.frame.states import STATES
from gongkai.statute import law
from gongkai.workbench.below import WATCHING, bodies_below, rows


def _cell(state: str) -> str:
    shape, _, word = STATES[state]
    tone = {"late": "red", "soon": "amber"}.get(state, "")
    text = '<td class="{}"><span aria-hidden="true">{}</span><span class="visually-hidden">{}</span></td>'
    return format_html(text, tone, shape, word)


CELLS = {state: _cell(state) for state in ("late", "soon", "published", "never", "none")}
NO_ITEM = format_html('<td class="soft">{}</td>', "无")


@staff_page(*WATCHING)
def below(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List every body below with coverage, what is overdue and what waits here."""
    found = sorted(rows(scope.body, on=scope.on), key=lambda row: row.order)
    return render(
        request,
        "workbench/below.html",
        {
            "rows": found,
            "done": sum(row.coverage.done for row in found),
            "total": sum(row.coverage.total for row in found),
            "late": sum(row.coverage.late for row in found),
        },
    )


@staff_page(*WATCHING)
def below_matrix(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show bodies × items of one catalogue; prints on A3."""
    under = bodies_below(scope.body, on=scope.on)
    offered = sorted(set(Adoption.objects.filter(body__in=under).values_list("catalogue", flat=True)))
    chosen = request.GET.get("catalogue", "") or (offered[0] if offered else "")
    if chosen and chosen not in offered:
        raise Http404
    lines = under.filter(adoptions__catalogue=chosen).distinct()
    items = law().catalogues[chosen].items if chosen else ()
    marks = matrix(lines, on=scope.on, catalogue=chosen)
    return render(
        request,
        "workbench/matrix.html",
        {
            "items": items,
            "rows": [(line, _cells(line, [one.code for one in items])) for line in marks],
            "catalogues": [(code, law().catalogues[code].title, code == chosen) for code in offered],
        },
    )


def _cells(line: MatrixRow, codes: list[str]) -> list[str]:
    return [CELLS[line.marks[code].state] if code in line.marks else NO_ITEM for code in codes]
