"""Which pages the public site has: of the district, of each body, of each disclosure; all follow from the records."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial

from gongkai.bodies.models import Body
from gongkai.frame.colour import ColourUnreadable, theme_css
from gongkai.portal import addresses
from gongkai.portal.page import Page
from gongkai.portal.pages import (
    answers,
    catalogue,
    disclosure,
    district,
    feeds,
    gone,
    guide,
    home,
    lists,
    reports,
    requests_log,
)
from gongkai.publishing.models import Disclosure, Standing


def of_district() -> list[Page]:
    """Return the pages that belong to no body."""
    return district.pages()


def of_body(body: Body) -> list[Page]:
    """Return the pages of a body that stand beside its lists: what is newest, and what it says of itself."""
    root = addresses.home(body)
    said = {f"{root}guide/": guide.guide, f"{root}request/": guide.request, f"{root}theme.css": _theme}
    return newest_of_body(body) + [_page(body, url, partial(make, body)) for url, make in said.items()]


def newest_of_body(body: Body) -> list[Page]:
    """Return the pages of a body that change with every publication."""
    root = addresses.home(body)
    entries = cache(partial(catalogue.entries, body))
    made: dict[str, Callable[[], bytes]] = {
        root: lambda: home.content(body),
        f"{root}rules/": lambda: lists.rules(body),
        f"{root}catalogue/": lambda: catalogue.tree(body, entries()),
        f"{root}catalogue/table/": lambda: catalogue.table(body, entries()),
        f"{root}feed.xml": lambda: feeds.rss(body),
        f"{root}sitemap.xml": lambda: feeds.site_map(body),
    }
    return [_page(body, url, make) for url, make in made.items()]


def _page(body: Body, url: str, make: Callable[[], bytes]) -> Page:
    return Page(path=addresses.file_of(url), subject=f"body/{body.code}", body=body.code, content=make)


def _theme(body: Body) -> bytes:
    try:
        return theme_css(body.colour).encode()
    except ColourUnreadable:
        return b""


def of_disclosure(one: Disclosure) -> list[Page]:
    """Return what stands at a disclosure's address: its pages, or the one page that says it is gone."""
    return disclosure.pages(one) or gone.pages(one)


def disclosures_with_pages(body: Body | None = None) -> Iterator[Disclosure]:
    """Yield every disclosure (of one body) that has or had a page of its own."""
    standing = (Standing.PUBLISHED, Standing.ENDED, Standing.WITHDRAWN)
    found = (
        Disclosure.objects.filter(standing__in=standing)
        .select_related("body__access_settings", "current")
        .order_by("pk")
    )
    yield from (found.filter(body=body) if body else found).iterator(chunk_size=200)


def everything() -> Iterator[Page]:
    """Yield every page of the site."""
    for one in disclosures_with_pages():
        yield from of_disclosure(one)
    for body in district.bodies():
        yield from whole_body(body)
    yield from of_district()


def whole_body(body: Body) -> Iterable[Page]:
    """Yield all pages of a body but those of its disclosures."""
    for listing in lists.all_lists(body):
        yield from lists.pages(body, listing)[0]
    yield from answers.pages(body)
    yield from requests_log.pages(body)
    yield from reports.pages(body)
    yield from of_body(body)
