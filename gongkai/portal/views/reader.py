"""Pages for those who may read more than society: sign-in, membership or post; never under the static root."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from gongkai.bodies.models import Body
from gongkai.bodies.staff import today
from gongkai.frame.download import download
from gongkai.portal import addresses
from gongkai.portal.face import crumbs, face
from gongkai.portal.pages.disclosure import Reading, page_context
from gongkai.portal.readers import audiences_everywhere, renditions_at, standing_for
from gongkai.publishing.visibility import SOCIETY, readable_by

MOST = 200


@never_cache
@login_required
def reader_home(request: HttpRequest, body: str) -> HttpResponse:
    """Show what a body has published for the reader's own audiences."""
    here = get_object_or_404(Body, code=body)
    audiences = audiences_everywhere(request.user, on=today(), body=here).get(here.code, set())  # type: ignore[arg-type]
    found = standing_for(here, audiences) if audiences else []
    items = [{"title": f["title"], "url": f"/r/{here.code}/d/{f['public_id']}/", "on": f["on"]} for f in found[:MOST]]
    context = {**face(here), "crumbs": crumbs(here), "items": items, "is_reader": bool(audiences)}
    return render(request, "portal/reader_home.html", context)


@never_cache
@login_required
def reader_disclosure(request: HttpRequest, body: str, name: str) -> HttpResponse:
    """Show one disclosure as the reader's audiences read it."""
    shown = _reading(request, body, name)
    if shown.rendition.for_society:
        return redirect(addresses.of(shown.disclosure))
    context = page_context(shown) | {"crumbs": crumbs(shown.disclosure.body, ("登录后可看", f"/r/{body}/"))}
    return render(request, "portal/reader_disclosure.html", context)


@never_cache
@login_required
def reader_file(request: HttpRequest, body: str, name: str, file: str) -> HttpResponse:
    """Give out an attachment of a disclosure the reader may read."""
    found = next((one for one in _reading(request, body, name).files if one["file"] == file), None)
    if found is None:
        raise Http404
    return download(found["sha256"], found["name"])


def _reading(request: HttpRequest, body: str, name: str) -> Reading:
    """Return the reading of the reader's own audiences; what they may not read does not exist."""
    found = list(renditions_at(body, name))
    if not found:
        raise Http404
    edition = found[0].edition
    one = edition.disclosure
    audiences = audiences_everywhere(request.user, on=today(), body=one.body).get(body, set())  # type: ignore[arg-type]
    readable = readable_by(audiences | {SOCIETY}, found, inside_only=edition.inside_only)
    if not readable:
        raise Http404
    return Reading(one, edition, readable[0], addresses.restricted(one), put_right=readable[0].put_right)
