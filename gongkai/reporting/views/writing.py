"""Write a report: the form as printed on the left, the meaning of the chosen figure on the right."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.access.keeping import keeps_requests
from gongkai.bodies.models import Duty
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page
from gongkai.journal.acts import ActRefused
from gongkai.reporting import papers
from gongkai.reporting.actions import passage, writing
from gongkai.reporting.drafting import blanks_in
from gongkai.reporting.figures import Figure
from gongkai.reporting.forms import OpenReportForm, SectionForm, StateFigureForm, TableForm
from gongkai.reporting.freezing import discrepancies, figures_of, whats_missing, with_tables
from gongkai.reporting.frozen import frozen_figures
from gongkai.reporting.grids import grid
from gongkai.reporting.members import open_members
from gongkai.reporting.models import AnnualReport, ReportSection, ReportState
from gongkai.review.models import Chain, Route
from gongkai.statute import families

WRITERS = (Duty.CLERK, Duty.OFFICE_HEAD)


def report_in(scope: Scope, pk: int) -> AnnualReport:
    """Return a report of this body, or answer 404."""
    return get_object_or_404(AnnualReport, body=scope.body, pk=pk)


def figures_shown(report: AnnualReport) -> list[Figure]:
    """Return the frozen figures where there are any, else the live ones."""
    return frozen_figures(report) or list(figures_of(report).values())


@staff_page(superior=True)
def reports(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List the body's reports and open a new one."""
    shown = AnnualReport.objects.filter(body=scope.body).select_related("review")
    if not scope.is_staff:
        shown = shown.filter(state=ReportState.PUBLISHED)
    year = scope.on.year - 1 if scope.on.month < 11 else scope.on.year
    form = OpenReportForm(request.POST or None, body=scope.body, initial={"year": year})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        report = writing.open_report(
            scope.body, by=scope.actor(*WRITERS), at=timezone.now(), year=data["year"], start=data["start"],
            end=data["end"], family=data["family"],
        )  # fmt: skip
        return redirect("reporting_report", body=scope.body.code, report=report.pk)
    may_write = scope.has(*WRITERS)
    return render(request, "reporting/reports.html", {"reports": shown, "form": form, "may_write": may_write})


@staff_page()
def report(request: HttpRequest, scope: Scope, report: int) -> HttpResponse:
    """Show one report: sections with their figures, what is missing, what to do next."""
    shown = report_in(scope, report)
    figures = figures_shown(shown)
    sections = [section_shown(shown, section, figures) for section in shown.sections.all()]
    editable = shown.state == ReportState.DRAFT and scope.has(*WRITERS)
    warnings = [one for one in discrepancies(shown, {f.code: f for f in figures}) if one.severity != "error"]
    context = {
        "report": shown, "sections": sections, "missing": whats_missing(shown) if editable else [],
        "warnings": warnings, "figure_root": figure_root(shown),
        "kept": keeps_requests(scope.body, start=shown.start_on, end=shown.end_on),
        "editable": editable, "may_write": scope.has(*WRITERS),
        "chain": Chain.objects.for_route(scope.body, Route.REPORT, on=scope.on),
    }  # fmt: skip
    return render(request, "reporting/report.html", context)


def figure_root(report: AnnualReport) -> str:
    """Return the address under which a report's figures open, each by its code."""
    return reverse("reporting_figure", args=[report.body.code, report.pk, "-"]).removesuffix("-/")


def section_shown(report: AnnualReport, section: ReportSection, figures: list[Figure]) -> dict[str, Any]:
    """Return a section as the page shows it: its figures, its form, its blanks, last year's words."""
    own = [one for one in figures if one.section == section.code and not one.table and (one.value or one.stated)]
    by_code = {figure.code: figure for figure in figures}
    tables = section.code in with_tables(report.family)
    return {
        "grids": [grid(table, by_code) for table in families.tables(report.family) if table.section == section.code],
        "section": section,
        "counted": [figure for figure in own if not figure.stated],
        "stated": [
            {"figure": f, "form": StateFigureForm(initial=vars(f), auto_id=f"{f.code}-%s".replace(".", "-"))}
            for f in own
            if f.stated
        ],
        "form": SectionForm(initial={"text": section.text}, auto_id=f"{section.code}-%s", tables=tables),
        "blanks": blanks_in(section.text),
        "last_year": last_year_text(report, section.code),
    }


def last_year_text(report: AnnualReport, code: str) -> str:
    """Return what last year's report said in the same section ("" where there is none)."""
    before = AnnualReport.objects.filter(body=report.body, family=report.family, year__lt=report.year)
    section = None
    if latest := before.order_by("-year").first():
        section = latest.sections.filter(code=code).first()
    return section.text if section else ""


@require_POST
@staff_page(*WRITERS)
def write(request: HttpRequest, scope: Scope, report: int, section: str) -> HttpResponse:
    """Save one section."""
    shown = report_in(scope, report)
    if not shown.sections.filter(code=section).exists():
        raise Http404
    text = request.POST.get("text", "")[:50_000]
    writing.write_section(shown, by=scope.actor(*WRITERS), at=timezone.now(), code=section, text=text)
    messages.success(request, "已保存。")
    return redirect(f"{request.path.rsplit('/section/', 1)[0]}/#section-{section}")


@require_POST
@staff_page(*WRITERS)
def state(request: HttpRequest, scope: Scope, report: int) -> HttpResponse:
    """State a number no record holds, with its source."""
    shown = report_in(scope, report)
    form = StateFigureForm(request.POST)
    if not form.is_valid():
        messages.error(request, "数量要填 0 或正整数。没有发生的填 0,不清楚的留空。")
        return redirect("reporting_report", body=scope.body.code, report=shown.pk)
    try:
        writing.state_figure(shown, by=scope.actor(*WRITERS), at=timezone.now(), **form.cleaned_data)
        messages.success(request, "已填写。相关段落的拟稿可点「按现有数据重拟」更新。")
    except ActRefused as refused:
        messages.error(request, str(refused))
    return redirect("reporting_report", body=scope.body.code, report=shown.pk)


@staff_page(*WRITERS)
def table(request: HttpRequest, scope: Scope, report: int, key: str) -> HttpResponse:
    """Fill in the cells of one table that no record of ours holds, all from one source."""
    shown = report_in(scope, report)
    form_of = next((one for one in families.tables(shown.family) if one.key == key), None)
    figures = figures_of(shown)
    own = [figure for figure in figures.values() if figure.table == key]
    if form_of is None or not any(figure.stated for figure in own) or shown.state != ReportState.DRAFT:
        raise Http404
    source = next((figure.source for figure in own if figure.source), "")
    form = TableForm(request.POST or None, figures=own, initial={"source": source})
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            writing.state_table(shown, by=scope.actor(*WRITERS), at=timezone.now(), values=form.values(),
                                source=form.cleaned_data["source"])  # fmt: skip
            messages.success(request, "已填写。相关段落的拟稿可点「按现有数据重拟」更新。")
            return redirect("reporting_report", body=scope.body.code, report=shown.pk)
        except ActRefused as why:
            refused = str(why)
    shown_grid = grid(form_of, figures)
    inputs = {figure.code: form[figure.code] for figure in form.figures}
    context = {"report": shown, "form": form, "grid": shown_grid, "inputs": inputs, "refused": refused}
    return render(request, "reporting/table.html", context)


STEPS: dict[str, tuple[Any, str]] = {
    "redraft": (writing.redraft, "没有人改过的段落已按现有数据重拟。"),
    "freeze": (writing.freeze, "已冻结：数量和它们所数的记录从现在起固定。"),
    "thaw": (passage.thaw, "已退回编写。"),
}


@require_POST
@staff_page(*WRITERS)
def step(request: HttpRequest, scope: Scope, report: int, step: str) -> HttpResponse:
    """Redraft, freeze, take back, or send through the chain."""
    shown = report_in(scope, report)
    by, at = scope.actor(*WRITERS), timezone.now()
    try:
        if step == "submit":
            passage.submit(shown, by=by, at=at)
            messages.success(request, "已送审批。")
        elif step in STEPS:
            act, said = STEPS[step]
            act(shown, by=by, at=at)
            messages.success(request, said)
        else:
            raise Http404
    except ActRefused as refused:
        messages.error(request, str(refused))
    return redirect("reporting_report", body=scope.body.code, report=shown.pk)


@staff_page()
def figure(request: HttpRequest, scope: Scope, report: int, code: str) -> HttpResponse:
    """Open one figure to the records it counts."""
    shown = report_in(scope, report)
    found = next((f for f in figures_shown(shown) if f.code == code), None)
    if found is None:
        raise Http404
    page = Paginator(found.members, 50).get_page(request.GET.get("page"))
    members = open_members(scope.body, page.object_list, public=False)
    context = {"report": shown, "figure": found, "members": members, "page": page}
    return render(request, "reporting/figure.html", context)


@staff_page()
def paper(request: HttpRequest, scope: Scope, report: int, form: str) -> HttpResponse:
    """Download the report as docx or PDF."""
    shown = report_in(scope, report)
    data = papers.write(shown, figures_shown(shown), form)
    response = HttpResponse(data, content_type=papers.MEDIA[form])
    response["Content-Disposition"] = papers.disposition(shown, form)
    return response
