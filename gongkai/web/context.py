"""What every template may say of the installation itself."""

from django.conf import settings
from django.http import HttpRequest


def installation(request: HttpRequest) -> dict[str, object]:
    """Return the district's name and address and, on staff pages, the scope of the signed-in person."""
    return {
        "district_name": settings.DISTRICT_NAME,
        "site_url": settings.SITE_URL,
        "scope": getattr(request, "scope", None),
    }
