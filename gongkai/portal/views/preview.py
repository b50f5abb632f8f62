"""A page as its readers will see it, before it is public: rendered by the same code, written nowhere."""

import mimetypes

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page
from gongkai.frame.download import download
from gongkai.portal.pages.disclosure import Reading, contents
from gongkai.publishing.models import Rendition


@staff_page()
def preview(request: HttpRequest, scope: Scope, rendition: int, part: str = "index.html") -> HttpResponse:
    """Show one rendition of an edition of this body on its public page, or a part beside it (to print, text, QR)."""
    make = contents(_reading(scope, rendition)).get(part)
    if make is None:
        raise Http404
    kind = mimetypes.guess_type(part)[0] or "application/octet-stream"
    return HttpResponse(make(), content_type=f"{kind}; charset=utf-8")


@staff_page()
def preview_file(request: HttpRequest, scope: Scope, rendition: int, file: str) -> FileResponse:
    """Give an attachment of a rendition of this body to its people, as a download only."""
    found = next((one for one in _reading(scope, rendition).files if one["file"] == file), None)
    if found is None:
        raise Http404
    return download(found["sha256"], found["name"])


def _reading(scope: Scope, rendition: int) -> Reading:
    known = Rendition.objects.select_related("edition__disclosure__body", "edition__department")
    found = get_object_or_404(known, pk=rendition, edition__disclosure__body=scope.body)
    here = reverse("portal_preview", args=[scope.body.code, found.pk])
    return Reading(found.edition.disclosure, found.edition, found, here)
