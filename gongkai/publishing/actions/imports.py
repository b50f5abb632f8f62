"""Acts that enter what was disclosed and posted outside the platform: one act, one journal entry a list."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django.db.models import OuterRef, Subquery

from gongkai.bodies import actions as bodies
from gongkai.bodies.lists import Counts
from gongkai.bodies.models import Body
from gongkai.bodies.policy import OFFICE, holds
from gongkai.bodies.rows import SHANGHAI, Listing, Row
from gongkai.catalogue import actions as catalogue
from gongkai.journal.actor import Actor
from gongkai.journal.acts import act, note, subject_of
from gongkai.publishing.importing.identity import digest, is_address, tidy_address
from gongkai.publishing.importing.matching import address_of, new_rows
from gongkai.publishing.models import (
    Disclosure,
    Edition,
    EditionState,
    Posting,
    PostingState,
    Rendition,
    Standing,
)
from gongkai.statute import law

LOT = 500


@act("body.list_equipped", may=bodies.may_found)
def import_bodies(subject: str, *, by: Actor, at: datetime, listing: Listing) -> Counts:
    """Enter the bodies of a settled list and let each new one adopt the catalogues its kind must have."""
    before = set(Body.objects.values_list("pk", flat=True))
    counts = bodies.import_bodies(subject, by=by, at=at, listing=listing)
    for body in Body.objects.exclude(pk__in=before):
        for catalogue_code in law().body_kinds[body.kind].required:
            catalogue.adopt(body, by=by, at=at, catalogue=catalogue_code)
    return counts


@act("posting.imported", may=holds(*OFFICE))
def import_postings(body: Body, *, by: Actor, at: datetime, listing: Listing) -> Counts:
    """Enter the postings of a settled list; rows already here change nothing."""
    _alone(body)
    rows = new_rows(listing, known=Posting.objects.of(body).import_keys())
    links = _Links(body)
    postings = [_posting(body, row, by, listing, links.of(row)) for row in rows]
    postings = Posting.objects.bulk_create(postings, batch_size=LOT)
    _meet(body, postings, rows, by=by, at=at)
    return _noted(listing, len(rows))


def _alone(body: Body) -> None:
    """Let one import of a body wait for the other, so that the same list twice at once counts once."""
    Body.objects.select_for_update().get(pk=body.pk)


def _noted(listing: Listing, imported: int) -> Counts:
    unchanged = len(listing.rows) - imported
    note(
        file=listing.file, digest=listing.digest, read=listing.read, imported=imported, unchanged=unchanged,
        rejected=[fault.row for fault in listing.rejected][:200],
    )  # fmt: skip
    return Counts(imported, unchanged)


def _posting(body: Body, row: Row, by: Actor, listing: Listing, disclosure_id: int | None) -> Posting:
    values = row.values
    return Posting(
        body=body, disclosure_id=disclosure_id, channel=values["channel"], state=PostingState.POSTED,
        title=values["title"], kind=values["kind"], item=next(iter(values["items"]), None),
        posted_on=values["posted_on"], place=values["place"], imported=listing.file[:200],
        import_key=values["key"], recorded_by=by.person_name,
    )  # fmt: skip


class _Links:
    """Find the disclosure a posting carries: by its address, else by an equal title that only one has."""

    def __init__(self, body: Body) -> None:
        disclosures = Disclosure.objects.of(body).exclude(current=None)
        self.by_address = {tidy_address(d.address): d.pk for d in disclosures if is_address(d.address)}
        titles: dict[str, set[int]] = {}
        for pk, title in disclosures.values_list("pk", "current__title"):
            titles.setdefault("".join(title.split()), set()).add(pk)
        self.by_title = {title: found.pop() for title, found in titles.items() if len(found) == 1}

    def of(self, row: Row) -> int | None:
        place = row.values["place"]
        found = self.by_address.get(tidy_address(place)) if is_address(place) else None
        return found or self.by_title.get("".join(row.values["title"].split()))


@act("disclosure.imported", may=holds(*OFFICE))
def import_disclosures(body: Body, *, by: Actor, at: datetime, listing: Listing) -> Counts:
    """Enter disclosures made elsewhere: counted and linked, no page of ours; each with its postings."""
    _alone(body)
    rows = new_rows(listing, known=Disclosure.objects.of(body).import_keys())
    made = Disclosure.objects.bulk_create([_disclosure(body, r, at, listing) for r in rows], batch_size=LOT)
    editions = Edition.objects.bulk_create(
        [_edition(disclosure, row) for disclosure, row in zip(made, rows, strict=True)], batch_size=LOT
    )
    Rendition.objects.bulk_create([_rendition(e, r) for e, r in zip(editions, rows, strict=True)], batch_size=LOT)
    links = [
        Edition.items.through(edition_id=edition.pk, catalogueitem_id=item.pk)
        for edition, row in zip(editions, rows, strict=True)
        for item in row.values["items"]
    ]
    Edition.items.through.objects.bulk_create(links, batch_size=LOT, ignore_conflicts=True)
    first = Edition.objects.filter(disclosure=OuterRef("pk")).values("pk")[:1]
    Disclosure.objects.of(body).filter(current=None, standing=Standing.ELSEWHERE).update(current=Subquery(first))
    _post_where_they_stood(made, rows, body=body, imported=listing.file[:200], recorded_by=by.person_name)
    _meet(body, made, rows, by=by, at=at)
    return _noted(listing, len(rows))


def _disclosure(body: Body, row: Row, at: datetime, listing: Listing) -> Disclosure:
    values = row.values
    on = values["public_on"]
    return Disclosure(
        body=body, standing=Standing.ELSEWHERE, imported=listing.file[:200], import_key=values["key"],
        address=address_of(values["place"]), created_at=at,
        first_published_at=datetime.combine(on, time(), SHANGHAI),
        first_public_on=on if "SOC" in values["audiences"] else None,
    )  # fmt: skip


def _edition(disclosure: Disclosure, row: Row) -> Edition:
    values = row.values
    return Edition(
        disclosure=disclosure, state=EditionState.PUBLISHED, title=values["title"], kind=values["kind"],
        reprinted_from=values["source"], document_number=values["document_number"], formed_on=values["formed_on"],
        channels=list(values["channels"]), published_at=disclosure.first_published_at,
    )  # fmt: skip


def _rendition(edition: Edition, row: Row) -> Rendition:
    audiences = list(row.values["audiences"])
    return Rendition(edition=edition, audiences=audiences, for_society="SOC" in audiences)


def _post_where_they_stood(made: list[Disclosure], rows: list[Row], **common: Any) -> None:
    """Enter one posting a channel; a posting already in a list of its own is linked, not counted again."""
    wanted: dict[str, Posting] = {}
    for disclosure, row in zip(made, rows, strict=True):
        for number, channel in enumerate(row.values["channels"]):
            key = row.values["key"] if number == 0 else digest(f"{row.values['key']}|{channel}")
            wanted[key] = _appearance(disclosure, row, channel=channel, import_key=key, **common)
    here = Posting.objects.of(common["body"]).exclude(import_key="") if wanted else Posting.objects.none()
    both = [posting for posting in here if posting.import_key in wanted]
    for posting in both:
        posting.disclosure = wanted.pop(posting.import_key).disclosure
    Posting.objects.bulk_update(both, ["disclosure"], batch_size=LOT)
    Posting.objects.bulk_create(wanted.values(), batch_size=LOT)


def _appearance(disclosure: Disclosure, row: Row, **facts: Any) -> Posting:
    values = row.values
    return Posting(
        disclosure=disclosure, state=PostingState.POSTED, title=values["title"], kind=values["kind"],
        item=next(iter(values["items"]), None), posted_on=values["public_on"], place=values["place"],
        public="SOC" in values["audiences"], **facts,
    )  # fmt: skip


def _meet(body: Body, made: Sequence[Disclosure | Posting], rows: list[Row], *, by: Actor, at: datetime) -> None:
    """Let what was made public elsewhere meet the duties of its items."""
    met = [
        (item, row.values.get("public_on") or row.values["posted_on"], subject_of(one), row.values.get("formed_on"))
        for one, row in zip(made, rows, strict=True)
        for item in row.values["items"]
    ]
    if met:
        catalogue.meet_all(body, by=by, at=at, met=met)
