"""Paste export: clean HTML and plain text for a body whose pages stand on somebody else's portal."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from gongkai.bodies.policy import WRITERS
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page
from gongkai.portal.pages.disclosure import plain_text, reading
from gongkai.publishing.models import Disclosure


@staff_page(*WRITERS)
def paste(request: HttpRequest, scope: Scope, disclosure: int) -> HttpResponse:
    """Show a published disclosure as HTML and text to copy, or give it out as a file (`?as=html|txt`)."""
    one = get_object_or_404(Disclosure.objects.of(scope.body).select_related("body", "current"), pk=disclosure)
    shown = reading(one)
    if shown is None:
        return render(request, "portal/paste.html", {"disclosure": one, "shown": None})
    html, text = shown.html, plain_text(shown)
    wanted = request.GET.get("as")
    if wanted in ("html", "txt"):
        content = html if wanted == "html" else text
        kind = "text/html" if wanted == "html" else "text/plain"
        return HttpResponse(content, content_type=f"{kind}; charset=utf-8", headers={
            "Content-Disposition": f'attachment; filename="{one.public_id}.{wanted}"',
            "X-Content-Type-Options": "nosniff",
        })  # fmt: skip
    context = {"disclosure": one, "shown": shown, "html": html, "text": text, "rows": shown.head_rows()}
    return render(request, "portal/paste.html", context)
