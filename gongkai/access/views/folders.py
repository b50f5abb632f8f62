"""What leaves the room as files: the year's register (台账) and the archive of a case."""

import tempfile

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone

from gongkai.access import dossier
from gongkai.access.ledger import LISTS, RELATED, ledger_rows
from gongkai.access.models import AccessRequest
from gongkai.access.views.papers import PDF
from gongkai.bodies.models import Duty
from gongkai.bodies.policy import OFFICE
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import calendar_year, staff_page
from gongkai.documents.writing.xlsx import SheetRows, write_xlsx
from gongkai.frame.download import made

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SPOOL = 16 * 1024 * 1024
READERS = (*OFFICE, Duty.SIGNER, Duty.DEPUTY_SIGNER, Duty.LEADING_HEAD, Duty.LEADING_DEPUTY)


@staff_page(*READERS)
def register_xlsx(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Give the register as XLSX, all of it or one year's; only the office sees who asked."""
    year = calendar_year(request.GET.get("year", ""))
    cases = AccessRequest.objects.of(scope.body).order_by("year", "serial")
    cases = cases.filter(year=year) if year else cases
    cases = cases.select_related(*RELATED).prefetch_related(*LISTS)
    header, rows = ledger_rows(cases, knows=scope.has(*OFFICE))
    data = write_xlsx(SheetRows("依申请公开台账", header, rows))
    name = f"{scope.body.label}{f'{year}年' if year else ''}依申请公开台账.xlsx"
    return made(data, name=name, media=XLSX)


def _case(scope: Scope, pk: int) -> AccessRequest:
    known = AccessRequest.objects.of(scope.body).counted()
    return get_object_or_404(known.select_related("body", "requester", "merged_into"), pk=pk)


@staff_page(*OFFICE)
def archive_zip(request: HttpRequest, scope: Scope, case: int) -> HttpResponse:
    """Give the folder of a case as ZIP."""
    found = _case(scope, case)
    target = tempfile.SpooledTemporaryFile(max_size=SPOOL)  # noqa: SIM115 – closed by the response
    dossier.folder(found, target, at=timezone.localtime())
    target.seek(0)
    name = f"{scope.body.label} 依申请公开 {found.number}.zip"
    answer = FileResponse(target, as_attachment=True, filename=name, content_type="application/zip")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@staff_page(*OFFICE)
def archive_pdf(request: HttpRequest, scope: Scope, case: int) -> HttpResponse:
    """Give cover, contents and course of a case as one PDF."""
    found = _case(scope, case)
    data = dossier.booklet(found, at=timezone.localtime())
    return made(data, name=f"{scope.body.label} 依申请公开 {found.number} 案卷.pdf", media=PDF)


staff: list[URLPattern] = [
    path("requests/register.xlsx", register_xlsx, name="access_register_xlsx"),
    path("requests/<int:case>/archive.zip", archive_zip, name="access_archive_zip"),
    path("requests/<int:case>/archive.pdf", archive_pdf, name="access_archive_pdf"),
]
