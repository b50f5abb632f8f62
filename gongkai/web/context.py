"""What every template may say of the installation itself and, on staff pages, of who is at work where."""

from django.conf import settings
from django.http import HttpRequest

from gongkai.workbench.navigation import staff_frame


def installation(request: HttpRequest) -> dict[str, object]:
    """Return the district's name and address and, on staff pages, the frame of the signed-in person's body."""
    scope = getattr(request, "scope", None)
    return {
        "district_name": settings.DISTRICT_NAME,
        "site_url": settings.SITE_URL,
        "scope": scope,
        **(staff_frame(request, scope) if scope else {}),
    }
