"""What machines read: RSS, site maps, robots."""

from datetime import datetime, time
from email.utils import format_datetime
from html import escape

from django.conf import settings

from gongkai.bodies.models import Body
from gongkai.journal.chain import SHANGHAI
from gongkai.portal import addresses, rows
from gongkai.portal.face import label_of
from gongkai.publishing.models import Disclosure
from gongkai.publishing.visibility import public_rendition

NEWEST = 30
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def _entry(disclosure: Disclosure) -> str:
    edition, address = disclosure.current, f"{settings.SITE_URL}{addresses.of(disclosure)}"
    assert edition is not None
    rendition, day = public_rendition(edition), disclosure.first_public_on
    at = disclosure.first_published_at or datetime.combine(day or edition.saved_at, time(), SHANGHAI)
    return (
        f"<item><title>{_text(edition.title)}</title><link>{_text(address)}</link>"
        f'<guid isPermaLink="true">{_text(address)}</guid><pubDate>{format_datetime(at.astimezone(SHANGHAI))}</pubDate>'
        f"<description>{_text(rendition.summary if rendition else '')}</description></item>\n"
    )


def _text(words: str) -> str:
    return escape("".join(c for c in words if c >= " " or c in "\t\n"))


def rss(body: Body) -> bytes:
    """Return the newest disclosures of a body as RSS 2.0."""
    newest = rows.on_site(body).prefetch_related("current__renditions").reverse()[:NEWEST]
    home = f"{settings.SITE_URL}{addresses.home(body)}"
    head = (
        f'<rss version="2.0"><channel><title>{_text(body.name)} {label_of(body)}</title>'
        f"<link>{_text(home)}</link><description>{_text(body.name)}新公开的信息</description>"
        "<language>zh-cn</language>\n"
    )
    return f"{XML}{head}{''.join(map(_entry, newest))}</channel></rss>\n".encode()


def site_map(body: Body) -> bytes:
    """Return the site map of a body: its doors and every disclosure that stands."""
    root = addresses.home(body)
    doors = [root, *(f"{root}{door}/" for door in ("guide", "rules", "catalogue", "reports", "request", "new"))]
    names = rows.on_site(body).order_by(*rows.ORDER).values_list("public_id", flat=True)
    urls = [*doors, *(f"{root}d/{name}/" for name in names)]
    lines = "".join(f"<url><loc>{_text(settings.SITE_URL + url)}</loc></url>\n" for url in urls)
    return f'{XML}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</urlset>\n'.encode()


def site_map_index(bodies: list[Body]) -> bytes:
    """Return the index of the bodies' site maps."""
    urls = [f"{settings.SITE_URL}{addresses.home(body)}sitemap.xml" for body in bodies]
    lines = "".join(f"<sitemap><loc>{_text(url)}</loc></sitemap>\n" for url in urls)
    return f'{XML}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</sitemapindex>\n'.encode()


def robots() -> bytes:
    """Return robots.txt: the public site may be read, the doors of the staff may not."""
    barred = "".join(f"Disallow: {path}\n" for path in ("/b/", "/r/", "/o/", "/s/", "/accounts/", "/look/"))
    return f"User-agent: *\n{barred}Sitemap: {settings.SITE_URL}/sitemap.xml\n".encode()
