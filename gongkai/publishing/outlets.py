"""What follows from publishing and taking down beyond our own pages: postings on channels, duties met."""

from collections.abc import Iterable
from datetime import date, datetime

from gongkai.bodies.models import SiteMode
from gongkai.catalogue import actions as catalogue
from gongkai.catalogue.models import CatalogueItem
from gongkai.journal.actor import Actor
from gongkai.journal.chain import day_of
from gongkai.publishing.findable import address_of
from gongkai.publishing.kinds import own_channel
from gongkai.publishing.models import Disclosure, Edition, Posting, PostingState


def plan(edition: Edition, *, channels: Iterable[str], on: date, by_name: str) -> list[Posting]:
    """Make a to-do for each of these channels, and record our own site's page as posted when it first appears.

    A channel on which an earlier edition still waits to be posted is not planned twice.
    """
    disclosure = edition.disclosure
    item = edition.items.first()
    society = edition.renditions.filter(for_society=True).exists()
    made = []
    for channel in channels:
        own = own_channel(channel)
        if own and not (society and disclosure.body.site_mode == SiteMode.OWN):
            continue
        known = disclosure.postings.filter(channel=channel)
        if (known if own else known.filter(state=PostingState.PLANNED)).exists():
            continue
        posting = Posting(
            body=disclosure.body, disclosure=disclosure, channel=channel, title=edition.title, kind=edition.kind,
            item=item, planned_on=on, public=society, state=PostingState.PLANNED,
        )  # fmt: skip
        if own:
            posting.state, posting.posted_on, posting.recorded_by = PostingState.POSTED, on, by_name
            posting.place = address_of(disclosure)
        posting.save()
        made.append(posting)
    return made


def clear(disclosure: Disclosure, *, on: date, urgent: bool, why: str) -> int:
    """Skip what is planned, close our own site's posting, ask for the rest to be taken down; return how many."""
    postings = disclosure.postings.all()
    postings.filter(state=PostingState.PLANNED).update(state=PostingState.SKIPPED, note=why)
    elsewhere = 0
    for posting in postings.filter(state__in=(PostingState.POSTED, PostingState.TAKEDOWN)):
        if own_channel(posting.channel):
            posting.state, posting.taken_down_on = PostingState.TAKEN_DOWN, on
        else:
            posting.state, posting.urgent = PostingState.TAKEDOWN, urgent or posting.urgent
            elsewhere += 1
        posting.note = posting.note or why
        posting.save()
    return elsewhere


def meet_duties(edition: Edition, *, items: Iterable[CatalogueItem], at: datetime) -> None:
    """Count the publication for these catalogue items; the act around it names the person."""
    disclosure = edition.disclosure
    for item in items:
        catalogue.meet(
            item, by=_platform(disclosure), at=at, on=day_of(at),
            by_subject=subject_of(disclosure), formed_on=edition.formed_on,
        )  # fmt: skip


def follow_draft(edition: Edition, *, at: datetime) -> None:
    """Let the limits of a draft's items run from its formation date (即时)."""
    disclosure = edition.disclosure
    catalogue.follow_draft(
        disclosure.body, by=_platform(disclosure), at=at, by_subject=subject_of(disclosure),
        items=list(edition.items.all()), formed_on=edition.formed_on, label=edition.title,
    )  # fmt: skip


def forget_draft(disclosure: Disclosure, *, at: datetime) -> None:
    """Take a discarded draft's formation out of the limits."""
    catalogue.follow_draft(
        disclosure.body, by=_platform(disclosure), at=at, by_subject=subject_of(disclosure), items=[]
    )


def owe_again(disclosure: Disclosure, *, at: datetime) -> None:
    """Take a withdrawn disclosure out of the count of duties met."""
    catalogue.unmeet(disclosure.body, by=_platform(disclosure), at=at, by_subject=subject_of(disclosure))


def subject_of(disclosure: Disclosure) -> str:
    """Return the name under which the catalogue knows a disclosure."""
    return f"disclosure/{disclosure.pk}"


def _platform(disclosure: Disclosure) -> Actor:
    return Actor.system(body_code=disclosure.body.code, body_name=disclosure.body.name)
