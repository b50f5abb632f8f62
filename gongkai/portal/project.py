"""What follows on the public site from the events of the rooms below; `web` wires it to the outbox.

Before the commit the files that carry a disclosure's content are staged, or unlinked; after it they get their names,
and once for all that was drained together the pages that show several disclosures are written from the records.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Q

from gongkai.bodies.models import Body
from gongkai.documents.blobs import BlobStore
from gongkai.journal.acts import ActRefused, note
from gongkai.portal import addresses, manifest, site, staging
from gongkai.portal.models import PageRecord
from gongkai.portal.page import Page
from gongkai.portal.pages import answers, lists, reports, requests_log
from gongkai.portal.rows import Listing
from gongkai.publishing.models import Disclosure, Edition, Standing

Payload = dict[str, Any]
AT_ONCE = 200  # disclosures of a body rewritten in the request that changed its name; more are left to the sweep


def _disclosure(payload: Payload) -> Disclosure:
    found = Disclosure.objects.select_related("body__access_settings", "current")
    if "edition" in payload:
        return found.get(pk=Edition.objects.values_list("disclosure_id", flat=True).get(pk=payload["edition"]))
    return found.get(pk=payload["disclosure"])


def _records(one: Disclosure) -> dict[str, PageRecord]:
    return {record.path: record for record in PageRecord.objects.filter(subject=f"disclosure/{one.pk}")}


def stage_edition(payload: Payload) -> None:
    """Stage what a published edition puts on the site; where society reads nothing of it now, take its pages down."""
    one = _disclosure(payload)
    pages = site.of_disclosure(one)
    if not pages:
        take_down(payload)
        return
    try:
        for page in pages:
            manifest.enter(page, staging.stage(page))
    except FileNotFoundError as missing:
        raise ActRefused("有附件的文件在存储中找不到了，不能公开。请删去这个附件，重新上传后再公开。") from missing
    wanted = {page.path for page in pages}
    PageRecord.objects.filter(subject=f"disclosure/{one.pk}").exclude(path__in=wanted).update(gone=True)


def release_edition(payload: Payload) -> None:
    """Give the staged files their names; what is missing is rendered again from the records."""
    settle(_disclosure(payload))


def take_down(payload: Payload) -> None:
    """Unlink all files of a disclosure, leave the page that says so, and rewrite what listed it – before the commit."""
    one = _disclosure(payload)
    staging.mark(one.pk)
    if one.standing == Standing.ENDED:
        _keep(one)
    with staging.writing():
        _clear(one)
        refresh_around([one])


def _keep(one: Disclosure) -> None:
    """Keep the page of an ended notice as it stood in the store of files, and name it in the act's entry."""
    page = staging.target(addresses.file_of(addresses.of(one)))
    if page.is_file():
        note(page_kept=BlobStore(settings.BLOB_ROOT).put(page.read_bytes()))


def confirm_down(payload: Payload) -> None:
    """Make sure once more, after the commit, that nothing of it is left."""
    settle(_disclosure(payload))


def _clear(one: Disclosure) -> None:
    wanted = {page.path: page for page in site.of_disclosure(one)}
    manifest.drop(record for path, record in _records(one).items() if path not in wanted)
    _put_all(wanted.values())


def settle(one: Disclosure) -> None:
    """Bring the files of a disclosure in line with its records, whatever happened before; repeating it is harmless."""
    with staging.writing():
        records = {path: record for path, record in _records(one).items() if not record.gone}
        done = [staging.release(r.path, subject=r.subject, sha256=r.sha256) for r in records.values()]
        pages = site.of_disclosure(one)
        if not all(done) or {page.path for page in pages} != set(records):
            _put_all(pages)
        wanted = {page.path for page in pages}
        manifest.drop(record for path, record in _records(one).items() if path not in wanted)
        # A taking down that was rolled back leaves its page behind, and no entry in the manifest.
        for path in staging.lying_below(addresses.file_of(addresses.of(one)).removesuffix("index.html")):
            if path not in wanted:
                staging.remove(path)
    staging.unmark(one.pk)


def refresh(events: list[tuple[str, Payload]]) -> None:
    """Write the pages that show several disclosures, once for everything that happened together."""
    changed = {one.pk: one for one in (_disclosure(p) for k, p in events if k.startswith(("edition", "disclosure")))}
    answered = [p["opinion"] for _, p in events if "opinion" in p]
    objected = [p["disclosure"] for kind, p in events if kind == "objections.changed"]
    reported = [p["report"] for _, p in events if "report" in p]
    logged = [p["case"] for kind, p in events if kind == "access.logged"]
    with staging.writing():
        for body in Body.objects.filter(opinions__in=answered).distinct():
            _replace(f"opinions/{body.code}", answers.pages(body))
        speaking = Disclosure.objects.filter(Q(rectifies__in=answered) | Q(pk__in=objected)).distinct()
        for one in speaking.select_related("body", "current"):
            _put_again(one)
        for body in Body.objects.filter(annual_reports__in=reported).distinct():
            _replace(f"reports/{body.code}", reports.pages(body))
        for body in Body.objects.filter(access_requests__in=logged).distinct():
            _replace(f"requests/{body.code}", requests_log.pages(body))
        refresh_around(list(changed.values()))
    _refresh_bodies(events)


def _refresh_bodies(events: list[tuple[str, Payload]]) -> None:
    described = {p["body"] for kind, p in events if kind == "body.changed"}
    catalogued = {p["body"] for kind, p in events if kind == "catalogue.changed"} - described
    moved = {p["body"] for kind, p in events if kind == "obligations.changed"} - described - catalogued
    with staging.writing():
        for body in Body.objects.filter(pk__in=catalogued):
            refresh_catalogue(body)
        for body in Body.objects.filter(pk__in=moved):
            _put_all(page for page in site.newest_of_body(body) if "/catalogue/" in page.path)
    for body in Body.objects.filter(pk__in=described):
        if body.disclosures.exclude(first_public_on=None).count() > AT_ONCE:
            staging.mark_body(body.pk)
            refresh_catalogue(body)
        else:
            rewrite(body)
    if described:
        with staging.writing():
            _put_all(site.of_district())


def refresh_catalogue(body: Body) -> None:
    """Write what shows a body's catalogue, and the pages it did not have before."""
    known = set(PageRecord.objects.filter(body_code=body.code).values_list("path", flat=True))
    catalogued = {page.path for page in site.of_body(body)}
    _put_all(page for page in site.whole_body(body) if page.path in catalogued or page.path not in known)


def rewrite(body: Body) -> None:
    """Write all pages of a body again: its name, colour or telephone stand on each."""
    with staging.writing():
        _put_all(site.whole_body(body))
    for one in site.disclosures_with_pages(body):
        with staging.writing():
            _put_again(one)


def refresh_around(changed: list[Disclosure]) -> None:
    """Write the lists, homes, feeds and site maps in which these disclosures stand or stood, and what links to them."""
    for body_id in {one.body_id for one in changed}:
        _refresh_body([one for one in changed if one.body_id == body_id])
    for one in changed:
        for neighbour in filter(None, (one.puts_right, *one.put_right_by.select_related("body", "current"))):
            _put_again(neighbour)
    if changed:
        _put_all(site.of_district())


def _refresh_body(changed: list[Disclosure]) -> None:
    body = changed[0].body
    since: dict[str, tuple[Listing, int]] = {}
    for one in changed:
        for listing in lists.lists_of(one):
            place = listing.place_of(one)
            since[listing.url] = (listing, min(since.get(listing.url, (listing, place))[1], place))
    for listing, place in since.values():
        _write_list(body, listing, place)
    _put_all(site.newest_of_body(body))
    if any(one.standing != Standing.PUBLISHED or one.editions.count() > 1 for one in changed):
        _put_all(reports.member_pages(body))
        _put_all(answers.pages(body))
        _put_all(requests_log.pages(body))


def _put_again(one: Disclosure) -> None:
    _put_all(site.of_disclosure(one))


def _put_all(pages: Iterable[Page]) -> None:
    for page in pages:
        manifest.put(page)


def _write_list(body: Body, listing: Listing, since: int) -> None:
    pages, last = lists.pages(body, listing, since=since)
    _put_all(pages)
    numbered = PageRecord.objects.filter(subject=listing.subject, path__contains="/p/")
    manifest.drop(r for r in numbered if int(r.path.rsplit("/", 2)[1]) > last)


def _replace(subject: str, pages: list[Page]) -> None:
    _put_all(pages)
    wanted = {page.path for page in pages}
    manifest.drop(r for r in PageRecord.objects.filter(subject=subject) if r.path not in wanted)


def repair(*, before: float) -> int:
    """Put right what a cut-off act left behind; staged files older than `before` (seconds) go. Returns how many."""
    cut_off = list(Disclosure.objects.filter(pk__in=staging.marked()).select_related("body", "current"))
    for one in cut_off:
        settle(one)
        with staging.writing():
            refresh_around([one])
    renamed = list(Body.objects.filter(pk__in=staging.marked_bodies()))
    for body in renamed:
        rewrite(body)
        staging.unmark_body(body.pk)
    old = staging.leftovers(before=before)
    for place in old:
        place.unlink(missing_ok=True)
    return len(cut_off) + len(renamed) + len(old)
