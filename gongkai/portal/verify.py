"""Prove the journal and the public site: chain, files against the manifest, pages against what was approved."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.journal import chain
from gongkai.journal.models import JournalEntry
from gongkai.portal import site, staging
from gongkai.portal.models import PageRecord
from gongkai.portal.page import RENDERER, Page
from gongkai.portal.rebuild import strangers
from gongkai.publishing.content import digest_of
from gongkai.publishing.models import Disclosure, Edition, Standing
from gongkai.review.models import ReviewItem


@dataclass(frozen=True)
class Fault:
    """Something that does not hold: where, and what is wrong."""

    where: str
    what: str


def verify() -> list[Fault]:
    """Return everything that does not hold, the journal first; empty when all is proven."""
    return [*_journal(), *_files(), *_editions()]


def _journal() -> Iterator[Fault]:
    for found in chain.breaks():
        yield Fault(f"办理留痕第 {found.seq} 条", found.why)


def _files() -> Iterator[Fault]:
    for record in PageRecord.objects.filter(gone=False).order_by("path").iterator(chunk_size=1000):
        lying = staging.digest_at(record.path)
        if lying != record.sha256:
            yield Fault(f"/{record.path}", "页面被改动过" if lying else "页面不见了")
    for path in strangers():
        yield Fault(f"/{path}", "不是平台写的文件")


def _editions() -> Iterator[Fault]:
    published = Disclosure.objects.filter(standing=Standing.PUBLISHED).exclude(current=None)
    for one in published.select_related("body", "current").order_by("pk").iterator(chunk_size=200):
        edition = one.current
        assert edition is not None
        where = f"{one.body.name} {one.index_number}"
        if digest_of(edition) != edition.digest:
            yield Fault(where, "内容与登记的摘要不一致：数据库中的文字、附件或范围被改动过")
        elif edition.digest not in _approved(one, edition):
            yield Fault(where, "内容与签发时的摘要不一致")
        else:
            yield from _pages_of(one, where)


def _approved(one: Disclosure, edition: Edition) -> set[str]:
    """Return the digests that were decided on: the approved one, and those of later marks of effect."""
    approved = set(ReviewItem.objects.filter(entry__edition=edition).values_list("digest", flat=True))
    for entry in JournalEntry.objects.about(f"disclosure/{one.pk}").filter(act="disclosure.effect_marked"):
        approved.add(json.loads(entry.text)["details"].get("digest", ""))
    return approved


def _pages_of(one: Disclosure, where: str) -> Iterator[Fault]:
    records = {record.path: record for record in PageRecord.objects.filter(subject=f"disclosure/{one.pk}", gone=False)}
    for page in site.of_disclosure(one):
        record = records.pop(page.path, None)
        if record is None:
            yield Fault(where, f"缺少页面 /{page.path}")
        elif record.renderer == RENDERER and record.sha256 != _digest(page):
            yield Fault(where, f"/{page.path} 与签发的内容不一致")
    for path in records:
        yield Fault(where, f"/{path} 不应公开")


def _digest(page: Page) -> str:
    return page.blob or hashlib.sha256(staging.content_of(page)).hexdigest()
