"""Write the whole site anew from the records and say what differed."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongkai.portal import manifest, site, staging
from gongkai.portal.models import PageRecord
from gongkai.portal.page import Page
from gongkai.portal.pages import district


@dataclass(frozen=True)
class Difference:
    """A file that was not as the records say: missing, other or superfluous."""

    path: str
    what: str


def _written(pages: Iterable[Page], seen: set[str]) -> Iterator[Difference]:
    with staging.writing():
        for page in pages:
            seen.add(page.path)
            there = staging.digest_at(page.path)
            if manifest.put(page):
                yield Difference(page.path, "内容不同，已重写" if there else "缺少，已补上")


def _units() -> Iterator[Iterable[Page]]:
    for one in site.disclosures_with_pages():
        yield site.of_disclosure(one)
    for body in district.bodies():
        yield site.whole_body(body)
    yield site.of_district()


def rebuild() -> list[Difference]:
    """Write every page that differs, remove what does not belong; returns the differences, by path."""
    before = set(PageRecord.objects.values_list("path", flat=True))
    seen: set[str] = set()
    found = [difference for pages in _units() for difference in list(_written(pages, seen))]
    stale = before - seen
    for path in sorted(stale):
        manifest.drop(PageRecord.objects.filter(path=path))
        found.append(Difference(path, "多余，已删除"))
    for path in strangers():
        staging.remove(path)
        found.append(Difference(path, "不是平台写的文件，已删除"))
    return sorted(found, key=lambda difference: difference.path)


def strangers() -> list[str]:
    """Return the files below the public root that are not in the manifest."""
    known = set(PageRecord.objects.values_list("path", flat=True))
    found = []
    for folder, _, names in os.walk(staging.root()):
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), staging.root())
            if path not in known:
                found.append(path)
    return sorted(found)
