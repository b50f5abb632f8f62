"""A page as its readers will see it, before it is public: rendered by the same code, written nowhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page
from gongkai.portal import addresses
from gongkai.portal.pages.disclosure import Reading, page_bytes
from gongkai.publishing.models import Rendition


@staff_page()
def preview(request: HttpRequest, scope: Scope, rendition: int) -> HttpResponse:
    """Show one rendition of an edition of this body on its public page."""
    known = Rendition.objects.select_related("edition__disclosure__body", "edition__department")
    found = get_object_or_404(known, pk=rendition, edition__disclosure__body=scope.body)
    disclosure = found.edition.disclosure
    return HttpResponse(page_bytes(Reading(disclosure, found.edition, found, addresses.of(disclosure))))
