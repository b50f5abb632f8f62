"""Pages of the archive and of filing: an issue's folder, the year's register, what was sent up and received."""

import tempfile
from io import BytesIO

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.bodies.models import BodyLink, in_force
from gongkai.bodies.policy import OFFICE
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page, whole_number
from gongkai.documents.writing.xlsx import SheetRows, write_xlsx
from gongkai.journal.acts import ActRefused
from gongkai.publishing import archive as dossiers
from gongkai.publishing.actions import filing
from gongkai.publishing.filings import ENDED, arrived_at, summary, title_above
from gongkai.publishing.models import Congress, Disclosure, Issue, Posting
from gongkai.publishing.rows import congress_rows, disclosure_rows, issue_rows, ledger_rows

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SPOOL = 16 * 1024 * 1024
A_PAGE = 20


@staff_page(*OFFICE)
def archive(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the finished issues with their folders, and the years with their registers."""
    issues = Issue.objects.filter(body=scope.body, state__in=ENDED).order_by("-year", "-number")
    days = [
        *Posting.objects.of(scope.body).ledger().dates("posted_on", "year"),
        *Disclosure.objects.of(scope.body).dates("first_public_on", "year"),
    ]
    years = sorted({day.year for day in days if day} | {scope.on.year}, reverse=True)
    page = Paginator(issues, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "publishing/archive.html", {"page": page, "years": years})


def _ended(scope: Scope, issue: int) -> Issue:
    return get_object_or_404(Issue.objects.filter(body=scope.body, state__in=ENDED), pk=issue)


@staff_page(*OFFICE)
def archive_issue(request: HttpRequest, scope: Scope, issue: int) -> HttpResponse:
    """Give an issue's folder as ZIP; POST files it, with the contents list in the journal."""
    one = _ended(scope, issue)
    target = tempfile.SpooledTemporaryFile(max_size=SPOOL)  # noqa: SIM115 – closed by the response
    contents = dossiers.folder(one, target, at=timezone.now(), site_url=settings.SITE_URL)
    if request.method == "POST":
        target.close()
        try:
            filing.file(one, by=scope.actor(*OFFICE), at=timezone.now(), contents=contents)
            messages.success(request, f"{one}已归档，卷内 {len(contents)} 个文件的校验值已写入办理留痕。")
        except ActRefused as refused:
            messages.error(request, str(refused))
        return redirect("archive", body=scope.body.code)
    target.seek(0)
    name = f"{scope.body.label} {one} {one.title[:40]}.zip"
    return FileResponse(target, as_attachment=True, filename=name, content_type="application/zip")


@staff_page(*OFFICE)
def archive_booklet(request: HttpRequest, scope: Scope, issue: int) -> HttpResponse:
    """Give an issue's archive as one PDF."""
    one = _ended(scope, issue)
    data = dossiers.booklet(one, at=timezone.now(), site_url=settings.SITE_URL)
    return FileResponse(BytesIO(data), filename=f"{scope.body.label} {one} 案卷.pdf", content_type="application/pdf")


@staff_page(*OFFICE)
def archive_register(request: HttpRequest, scope: Scope, year: int) -> HttpResponse:
    """Give the register of a year as XLSX: disclosures, issues, postings, meetings."""
    body, site = scope.body, settings.SITE_URL
    disclosures = Disclosure.objects.of(body).filter(first_published_at__year=year).order_by("first_published_at", "pk")
    full = disclosures.select_related("body", "current__department", "current__entry__issue")
    full = full.prefetch_related("current__renditions", "current__items")
    postings = Posting.objects.of(body).filter(posted_on__year=year).order_by("posted_on", "pk")
    listed = postings.select_related("body", "item", "disclosure").prefetch_related("proofs")
    issues = Issue.objects.filter(body=body, year=year).order_by("number")
    congresses = Congress.objects.filter(body=body, held_on__year=year).order_by("held_on")
    data = write_xlsx(
        SheetRows("公开信息", *disclosure_rows(full, site_url=site)),
        SheetRows("期次", *issue_rows(issues)),
        SheetRows("发布台账", *ledger_rows(listed, site_url=site)),
        SheetRows("会议", *congress_rows(congresses)),
    )
    return FileResponse(
        BytesIO(data), as_attachment=True, filename=f"{body.label}{year}年登记簿.xlsx", content_type=XLSX
    )


@staff_page()
def filed(request: HttpRequest, scope: Scope) -> HttpResponse:
    """备案: what this body sent up, and what its subordinates sent here."""
    arrived = arrived_at(scope.body, on=scope.on)
    waiting = arrived.filter(received_above_at=None).order_by("sent_up_at", "pk")
    received = arrived.exclude(received_above_at=None).order_by("-received_above_at")[:50]
    own = Issue.objects.filter(body=scope.body, state__in=ENDED).order_by("-year", "-number")
    context = {
        "count": waiting.count(), "waiting": [summary(one) for one in waiting[:A_PAGE]],
        "received": [(one, title_above(one)) for one in received],
        "page": Paginator(own, A_PAGE).get_page(request.GET.get("page")),
        "office": scope.has(*OFFICE), "receives": scope.has(*filing.RECEIVERS),
        "has_superior": BodyLink.objects.filter(in_force(scope.on), child=scope.body).exists(),
        "has_subordinates": BodyLink.objects.filter(in_force(scope.on), parent=scope.body).exists(),
    }  # fmt: skip
    return render(request, "publishing/archive_filed.html", context)


@staff_page(*OFFICE)
@require_POST
def send_up(request: HttpRequest, scope: Scope, issue: int) -> HttpResponse:
    """Report an issue to the superior that does not go up by itself."""
    one = _ended(scope, issue)
    try:
        filing.send_up(one, by=scope.actor(*OFFICE), at=timezone.now())
        messages.success(request, f"{one}已报备。")
    except ActRefused as refused:
        messages.error(request, str(refused))
    return redirect("publishing_filings", body=scope.body.code)


@staff_page(*filing.RECEIVERS)
@require_POST
def receive(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Receive the issues ticked on the page, each with its own receipt."""
    ticked = [number for pk in request.POST.getlist("issue") if (number := whole_number(pk)) is not None]
    waiting = arrived_at(scope.body, on=scope.on).filter(received_above_at=None, pk__in=ticked)
    by = scope.actor(*filing.RECEIVERS)
    received = [filing.receive(one, by=by, at=timezone.now()) for one in waiting]
    messages.success(request, f"已接收 {len(received)} 期备案。")
    return redirect("publishing_filings", body=scope.body.code)
