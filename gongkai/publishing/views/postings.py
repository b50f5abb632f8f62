"""Pages of channels and postings: what waits, the ledger, one posting, entries, proof."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from gongkai.bodies.policy import OFFICE, WRITERS
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import calendar_year, staff_page
from gongkai.documents.blobs import BlobStore
from gongkai.documents.writing.xlsx import SheetRows, write_xlsx
from gongkai.journal.acts import ActRefused
from gongkai.publishing.actions import postings as acts
from gongkai.publishing.channels import channels
from gongkai.publishing.models import Posting, PostingQuerySet, PostingState, Proof
from gongkai.publishing.posting_forms import EntryForm, RecordForm, TakeDownForm
from gongkai.publishing.proofs import CONTENT_TYPES
from gongkai.publishing.rows import ledger_rows

A_PAGE = 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FULL = ("disclosure__body", "board", "item")


def filtered(scope: Scope, chosen: dict[str, str]) -> PostingQuerySet:
    """Return the ledger of a body as the filters of the page choose it."""
    found = Posting.objects.of(scope.body).ledger().select_related(*FULL).prefetch_related("proofs")
    if chosen.get("channel"):
        found = found.filter(channel=chosen["channel"])
    if year := calendar_year(chosen.get("year", "")):
        found = found.filter(posted_on__year=year)
    if chosen.get("state") in PostingState.values:
        found = found.filter(state=chosen["state"])
    if chosen.get("q", "").strip():
        found = found.filter(title__icontains=chosen["q"].strip()[:80])
    return found


@staff_page()
def postings(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show what waits to be posted or taken down, and the ledger (发布台账)."""
    here = Posting.objects.of(scope.body).select_related(*FULL)
    chosen = {name: request.GET.get(name, "") for name in ("channel", "year", "state", "q")}
    found = filtered(scope, chosen)
    years = [day.year for day in Posting.objects.of(scope.body).ledger().dates("posted_on", "year", order="DESC")]
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "publishing/postings.html",
        {
            "to_record": here.to_record().order_by("planned_on", "pk"),
            "to_take_down": here.to_take_down(),
            "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
            "total": found.count(),
            "chosen": chosen,
            "channels": channels().values(),
            "years": years,
            "states": [(s.value, s.label) for s in PostingState if s != PostingState.PLANNED],
            "writes": scope.has(*WRITERS),
            "office": scope.has(*OFFICE),
            "query": query.urlencode(),
        },
    )


@staff_page()
def posting(request: HttpRequest, scope: Scope, posting: int) -> HttpResponse:
    """Show one posting; record it, take it down, skip it, put it right."""
    one = get_object_or_404(Posting.objects.of(scope.body).select_related(*FULL), pk=posting)
    forms = _forms(request, scope, one)
    if request.method == "POST" and (done := _carried(request, scope, one, forms)):
        messages.success(request, done)
        return redirect("postings", body=scope.body.code)
    export = one.disclosure_id and one.disclosure.body.site_mode == "elsewhere"
    context = {"one": one, "writes": scope.has(*WRITERS), "export": export, **forms}
    return render(request, "publishing/postings_one.html", context)


def _forms(request: HttpRequest, scope: Scope, one: Posting) -> dict[str, Any]:
    verb = request.POST.get("act", "")
    given = lambda *verbs: (request.POST, request.FILES) if verb in verbs else ()  # noqa: E731
    recorded = one.state in (PostingState.POSTED, PostingState.TAKEDOWN)
    return {
        "record_form": RecordForm(*given("record", "amend"), posting=one, on=scope.on),
        "take_down_form": TakeDownForm(*given("take_down"), initial={"taken_down_on": scope.on}) if recorded else None,
        "skip_reason": request.POST.get("reason", ""),
    }


def _carried(request: HttpRequest, scope: Scope, one: Posting, forms: dict[str, Any]) -> str:
    """Carry out what the form asks; returns what to say, "" where the form must be shown again."""
    verb, by, at = request.POST.get("act", ""), scope.actor(*WRITERS), timezone.now()
    form = forms["take_down_form"] if verb == "take_down" else forms["record_form"]
    try:
        if verb == "skip":
            acts.skip(one, by=by, at=at, reason=request.POST.get("reason", ""))
            return "已登记为不发布。"
        if form is None or not form.is_valid():
            return ""
        if verb == "take_down":
            acts.take_down(one, by=by, at=at, **form.cleaned_data)
            return "已登记撤下。"
        (acts.amend if verb == "amend" else acts.record)(one, by=by, at=at, **form.cleaned_data)
    except ActRefused as refused:
        messages.error(request, str(refused))
        return ""
    return "已登记发布。"


@staff_page(*WRITERS)
def posting_new(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Enter a posting that nobody had planned."""
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = EntryForm(*given, body=scope.body, on=scope.on)
    if request.method == "POST" and form.is_valid():
        try:
            acts.enter(scope.body, by=scope.actor(*WRITERS), at=timezone.now(), **form.facts())
        except ActRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已登记。")
            return redirect("postings", body=scope.body.code)
    return render(request, "publishing/postings_new.html", {"form": form})


@staff_page()
def postings_export(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Give the ledger as chosen as XLSX."""
    found = filtered(scope, request.GET.dict())
    data = write_xlsx(SheetRows("发布台账", *ledger_rows(found, site_url=settings.SITE_URL)))
    name = f"{scope.body.label}发布台账.xlsx"
    return FileResponse(BytesIO(data), as_attachment=True, filename=name, content_type=XLSX)


@staff_page()
def proof(request: HttpRequest, scope: Scope, proof: int) -> HttpResponse:
    """Show a photo or screenshot; a PDF is only ever downloaded."""
    one = get_object_or_404(Proof, pk=proof, posting__body=scope.body)
    try:
        data = BlobStore(settings.BLOB_ROOT).get(one.sha256)
    except FileNotFoundError as missing:
        raise Http404 from missing
    shown = one.media in CONTENT_TYPES and one.media != "pdf"
    response = FileResponse(
        BytesIO(data), as_attachment=not shown, filename=one.name,
        content_type=CONTENT_TYPES.get(one.media, "application/octet-stream"),
    )  # fmt: skip
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
