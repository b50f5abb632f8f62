"""Begin a draft: from nothing, from a catalogue item, from a file."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from gongkai.bodies.models import Department
from gongkai.bodies.policy import OFFICE, WRITERS
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page, whole_number
from gongkai.catalogue.models import CatalogueItem
from gongkai.documents.reading import Refused
from gongkai.publishing.actions import drafting
from gongkai.publishing.collecting import Collection, data_of, drafts_from, find_again, refuse_wordless, take_in
from gongkai.publishing.filing import Unacceptable, refuse_large
from gongkai.publishing.forms import FileForm
from gongkai.publishing.models import Disclosure, Edition, Standing
from gongkai.publishing.routes import usual_route

UNNAMED = "（请填写标题）"


@staff_page(*WRITERS)
def start(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Offer the three ways to begin; a POST begins one from nothing or from an item."""
    item = _item(request, scope)
    if request.method == "POST":
        edition = drafting.draft(
            scope.body, by=scope.actor(*WRITERS), at=timezone.now(), title=item.name[:200] if item else UNNAMED,
            puts_right=_wrong(request, scope), **_facts(scope, item),
        )  # fmt: skip
        return redirect("publishing_edit", scope.body.code, edition.pk)
    items = CatalogueItem.objects.filter(body=scope.body).applicable().select_related("owner")
    words = request.GET.get("q", "").strip()[:40]
    return render(
        request,
        "publishing/start.html",
        {
            "items": items.filter(name__icontains=words) if words else items,
            "words": words, "item": item, "form": FileForm(), "wrong": _wrong(request, scope),
        },
    )  # fmt: skip


@staff_page(*WRITERS)
def from_file(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Read a file; one text becomes a draft at once, a collection is shown first."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            refuse_large(upload.name, upload.size, limit=settings.UPLOAD_LIMIT)
            found = take_in(upload.name, upload.read())
            refuse_wordless(found)
        except (Unacceptable, Refused) as refusal:
            form.add_error("file", str(refusal))
        else:
            keep = form.cleaned_data["keep"]
            if len(found.drafts) > 1:
                return render(
                    request, "publishing/collection.html", {"found": found, "parts": _parts(found), "keep": keep}
                )
            edition = _begin(request, scope, found, [(found.drafts[0].title, found.drafts[0])])[0]
            return redirect("publishing_edit", scope.body.code, edition.pk)
    return render(request, "publishing/from_file.html", {"form": form})


@staff_page(*WRITERS)
def from_collection(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Begin a draft for each chosen part of a collection shown before."""
    if request.method != "POST":
        return redirect("publishing_from_file", scope.body.code)
    try:
        found = find_again(request.POST.get("token", ""))
    except (signing.BadSignature, FileNotFoundError):
        messages.warning(request, "这个文件上传得太久了，请重新选择文件。")
        return redirect("publishing_from_file", scope.body.code)
    asked = [whole_number(one) for one in request.POST.getlist("part")]
    places = [one for one in asked if one is not None and one < len(found.drafts)]
    chosen = [(request.POST.get(f"title-{n}", "") or found.drafts[n].title, found.drafts[n]) for n in places]
    if not chosen:
        messages.warning(request, "请至少勾选一篇。")
        return render(request, "publishing/collection.html", {"found": found, "parts": _parts(found)})
    made = _begin(request, scope, found, chosen)
    messages.success(request, f"已从“{found.name}”起草 {len(made)} 份草稿。请逐份核对标题和公开事项。")
    return redirect("publishing_list", scope.body.code)


def _begin(request: HttpRequest, scope: Scope, found: Collection, chosen: list[tuple[str, Any]]) -> list[Edition]:
    by, at = scope.actor(*WRITERS), timezone.now()
    made = drafts_from(scope.body, chosen, by=by, at=at, **_facts(scope, _item(request, scope)))
    if request.POST.get("keep"):
        kept = signing.loads(found.token, salt="gongkai.publishing.collection")
        for edition in made:
            drafting.attach(edition, by=by, at=at, name=found.name, data=data_of(kept["sha256"]))
    for problem in found.read.problems[:5]:
        messages.warning(request, problem.message)
    return made


def _parts(found: Collection) -> list[dict[str, Any]]:
    twins = found.twins
    return [
        {"place": n, "title": one.title, "text": one.text[:160], "length": len(one.text), "twin": twins.get(n)}
        for n, one in enumerate(found.drafts)
    ]


def _item(request: HttpRequest, scope: Scope) -> CatalogueItem | None:
    wanted = whole_number(request.POST.get("item") or request.GET.get("item") or "")
    if wanted is None:
        return None
    return get_object_or_404(CatalogueItem.objects.filter(body=scope.body).applicable(), pk=wanted)


def _wrong(request: HttpRequest, scope: Scope) -> Disclosure | None:
    wanted = whole_number(request.POST.get("puts_right") or request.GET.get("puts_right") or "")
    if wanted is None:
        return None
    stood = (Standing.PUBLISHED, Standing.ENDED, Standing.WITHDRAWN)
    return get_object_or_404(Disclosure.objects.of(scope.body).filter(standing__in=stood), pk=wanted)


def _facts(scope: Scope, item: CatalogueItem | None) -> dict[str, Any]:
    """Fill in what the catalogue item knows: owner, audiences, channels; else the writer's own department."""
    facts: dict[str, Any] = {"kind": "dynamic", "channels": ["site"], "department": _own_department(scope)}
    if item is not None:
        facts |= {"kind": "other", "items": [item], "audiences": item.audiences or ["SOC"]}
        facts["channels"] = item.channels or ["site"]
        facts["department"] = item.owner or facts["department"]
    facts["route"] = usual_route(scope.body, facts["kind"])
    return facts


def _own_department(scope: Scope) -> Department | None:
    own = next((post.department for post in scope.posts if post.department and post.duty in WRITERS), None)
    return None if scope.has(*OFFICE) else own
