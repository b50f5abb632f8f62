"""The manifest: which file with which content the installation has put where. It changes with the records."""

from collections.abc import Iterable

from gongkai.portal import staging
from gongkai.portal.models import PageRecord
from gongkai.portal.page import RENDERER, Page


def enter(page: Page, sha256: str) -> None:
    """Enter a page with its content's digest."""
    facts = {"sha256": sha256, "renderer": RENDERER, "subject": page.subject, "body_code": page.body, "gone": False}
    PageRecord.objects.update_or_create(path=page.path, defaults=facts)


def put(page: Page) -> bool:
    """Write a page at once where it differs from what lies there; True when it differed."""
    sha256, differed = staging.put(page)
    known = PageRecord.objects.filter(
        path=page.path, sha256=sha256, subject=page.subject, renderer=RENDERER, gone=False
    )
    if not known.exists():
        enter(page, sha256)
    return differed


def drop(records: Iterable[PageRecord]) -> list[str]:
    """Unlink pages and strike them from the manifest; returns their paths."""
    paths = [record.path for record in records]
    for path in paths:
        staging.remove(path)
    PageRecord.objects.filter(path__in=paths).delete()
    return paths
