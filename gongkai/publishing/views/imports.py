"""台账导入: choose a list, see what it would do, confirm. The file is kept between the two steps by its digest."""

import csv
import io

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from gongkai.bodies.lists import LISTS, Import, ListKind, Outcome
from gongkai.bodies.rows import ListRefused
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page
from gongkai.documents.blobs import BlobStore
from gongkai.journal.acts import NotAllowed
from gongkai.publishing.importing import bodies, disclosures, postings

ROOMS = (bodies, disclosures, postings)  # importing them enters their lists
SHOWN = 200
ORDER = ("postings", "disclosures", "opinions", "people", "bodies")


class UploadForm(forms.Form):
    """One list."""

    file = forms.FileField(label="台账文件", help_text="XLSX 或 CSV（UTF-8、GB18030 都可以），最多 50 MB")

    def clean_file(self) -> object:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT:
            size, most = file.size // 1048576, settings.UPLOAD_LIMIT // 1048576
            raise forms.ValidationError(f"文件有 {size} MB，最多 {most} MB。请分成几个文件。")
        return file


def kinds_for(scope: Scope) -> list[ListKind]:
    """Return the lists this person may import here."""
    return [LISTS[code] for code in ORDER if code in LISTS and scope.has(*LISTS[code].duties)]


def _kind(scope: Scope, code: str) -> ListKind:
    if code not in LISTS:
        raise Http404
    if not scope.has(*LISTS[code].duties):
        raise NotAllowed(f"导入{LISTS[code].name}由办公室或单位管理员办理。")
    return LISTS[code]


@staff_page()
def imports(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Offer the lists that can be imported."""
    kinds = [(kind, kind.columns(scope.body if kind.of_body else None, scope.on)) for kind in kinds_for(scope)]
    return render(request, "publishing/imports.html", {"kinds": kinds})


@staff_page()
def import_list(request: HttpRequest, scope: Scope, kind: str) -> HttpResponse:
    """Take a list, show what it would do; on confirmation carry it out."""
    chosen = _kind(scope, kind)
    form = UploadForm(request.POST if "check" in request.POST else None, request.FILES or None)
    context = {"kind": chosen, "form": form, "columns": chosen.columns(_body(scope, chosen), scope.on)}
    if "confirm" in request.POST:
        return _confirm(request, scope, chosen)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read()
        try:
            outcome = _task(scope, chosen, data, file.name).look(on=scope.on)
        except ListRefused as refused:
            form.add_error("file", str(refused))
        else:
            digest = BlobStore(settings.BLOB_ROOT).put(data)
            context |= {"outcome": outcome, "digest": digest, "name": file.name, "faults": _faults(outcome)}
            request.session[f"list-{digest}"] = [scope.body.code, kind]
    return render(request, "publishing/import.html", context)


def _body(scope: Scope, kind: ListKind) -> object:
    return scope.body if kind.of_body else None


def _task(scope: Scope, kind: ListKind, data: bytes, name: str, *, link_known: bool = False) -> Import:
    body = scope.body if kind.of_body else None
    return Import(kind=kind, body=body, data=data, name=name, link_known=link_known)


def _faults(outcome: Outcome) -> dict[str, object]:
    known = {fault.row for fault in outcome.listing.known}
    rejected = [fault for fault in outcome.listing.rejected if fault.row not in known]
    return {"shown": rejected[:SHOWN], "more": max(len(rejected) - SHOWN, 0), "rows": len({f.row for f in rejected})}


def _confirm(request: HttpRequest, scope: Scope, kind: ListKind) -> HttpResponse:
    digest = request.POST.get("digest", "")
    # Only a list this person has just been shown for this body may be confirmed.
    if request.session.get(f"list-{digest}") != [scope.body.code, kind.code]:
        messages.error(request, "这份台账要重新上传：页面打开太久，或在别处已经导入。")
        return redirect("import_list", body=scope.body.code, kind=kind.code)
    data = BlobStore(settings.BLOB_ROOT).get(digest)
    name, link = request.POST.get("name", "台账")[:200], "link_known" in request.POST
    task = _task(scope, kind, data, name, link_known=link)
    outcome = task.run(by=scope.actor(*kind.duties), at=timezone.now(), skip_bad="skip_bad" in request.POST)
    if not outcome.done:
        messages.error(request, "有的行现在不能导入，没有写入。请重新上传检查。")
        return redirect("import_list", body=scope.body.code, kind=kind.code)
    del request.session[f"list-{digest}"]
    messages.success(request, f"导入 {outcome.imported} 行；{outcome.unchanged} 行原来就有，没有改动。")
    return redirect("imports", body=scope.body.code)


@staff_page()
def import_sample(request: HttpRequest, scope: Scope, kind: str) -> HttpResponse:
    """Give a sample list to fill in (CSV that spreadsheets open in Chinese)."""
    chosen = _kind(scope, kind)
    text = io.StringIO()
    csv.writer(text).writerows(chosen.sample)
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
    return response
