"""Acts on drafts: begin, save, attach, write for another audience, discard."""

from datetime import datetime
from typing import Any

from django.conf import settings

from gongkai.bodies.models import Body
from gongkai.documents.blobs import BlobStore
from gongkai.documents.reading import DocumentText
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, note
from gongkai.publishing import gate, outlets
from gongkai.publishing.content import Snapshot, change_between, difference, snapshot_of
from gongkai.publishing.filing import Unacceptable, read_upload, shown_text
from gongkai.publishing.models import (
    Attachment,
    Disclosure,
    Edition,
    EditionState,
    Issue,
    IssueEntry,
    IssueState,
    Rendition,
    Standing,
)
from gongkai.publishing.policy import may_draft, may_write
from gongkai.publishing.writing import StaleDraft, check_facts, write_facts, write_rendition
from gongkai.review import actions as review
from gongkai.review.models import ItemState

OPEN = (EditionState.DRAFT, EditionState.RETURNED, EditionState.IN_REVIEW, EditionState.APPROVED)
MOST_ATTACHMENTS = 50


@act("draft.begun", may=may_draft)
def draft(body: Body, *, by: Actor, at: datetime, title: str, **facts: Any) -> Edition:
    """Begin a new disclosure as a draft.

    `facts`: any writable field of Edition (`writing.FACTS`), `items`, `html`, `summary`, `audiences`, `puts_right`.
    Returns its first edition. Raises ActRefused naming every fact that cannot be.
    """
    puts_right = facts.pop("puts_right", None)
    facts = {"title": title, **facts}
    check_facts(body, facts)
    disclosure = Disclosure.objects.create(
        body=body, created_by_id=by.person_id, created_at=at, puts_right=_own(body, puts_right)
    )
    edition = Edition.objects.create(disclosure=disclosure, title=title)
    Rendition.objects.create(edition=edition, audiences=["SOC"], for_society=True)
    write_facts(edition, facts)
    _stamp(edition, by=by, at=at)
    gate.rescreen(edition)
    _follow(edition, at=at)
    note(disclosure=disclosure.pk, edition=edition.pk, title=title, digest=edition.digest)
    return edition


@act("draft.saved", may=may_write)
def save(edition: Edition, *, by: Actor, at: datetime, version: int, **facts: Any) -> Edition:
    """Save a draft that was read at `version`.

    `facts` as for `draft`, and `renditions={pk: {"html":…, "summary":…, "audiences":[…]}}` for the other texts.
    Raises StaleDraft when somebody saved in between; nothing of theirs is overwritten.
    """
    edition = _locked(edition)
    if edition.version != version:
        raise StaleDraft(edition)
    check_facts(edition.body, facts, edition=edition)
    before = snapshot_of(edition)
    write_facts(edition, facts)
    _settle(edition, before, by=by, at=at)
    return edition


@act("draft.file_attached", may=may_write)
def attach(
    edition: Edition, *, by: Actor, at: datetime, name: str, data: bytes, rendition: Rendition | None = None
) -> Attachment:
    """Attach a file to a rendition (the first one unless named), read and screened before anybody can publish it.

    Raises ActRefused for files that are never published: empty, too large, bombs, with macros or programs.
    """
    edition = _locked(edition)
    target = rendition or edition.renditions.all()[0]
    if target.attachments.count() >= MOST_ATTACHMENTS:
        raise ActRefused(f"一份公开信息最多带 {MOST_ATTACHMENTS} 个附件，请合并或分成几条公开。")
    try:
        name, read = read_upload(name, data, limit=settings.UPLOAD_LIMIT)
    except Unacceptable as refusal:
        raise ActRefused(str(refusal)) from refusal
    before = snapshot_of(edition)
    attachment = _stored(target, name=name, data=data, read=read)
    gate.screen_attachment(attachment, read)
    note(name=attachment.name, sha256=attachment.sha256)
    _settle(edition, before, by=by, at=at)
    return attachment


@act("draft.file_detached", may=may_write)
def detach(edition: Edition, *, by: Actor, at: datetime, attachment: Attachment) -> Edition:
    """Take an attachment out of a draft; the bytes stay in the archive."""
    edition = _locked(edition)
    found = Attachment.objects.filter(pk=attachment.pk, rendition__edition=edition).first()
    if found is None:
        raise ActRefused("这个附件已经去掉了。")
    before = snapshot_of(edition)
    note(name=found.name, sha256=found.sha256)
    found.delete()
    _settle(edition, before, by=by, at=at)
    return edition


@act("draft.rendition_added", may=may_write)
def add_rendition(edition: Edition, *, by: Actor, at: datetime, audiences: list[str]) -> Rendition:
    """Add a text for other audiences (社会看到的与教职工不同), beginning as a copy of the first one."""
    edition = _locked(edition)
    check_facts(edition.body, {"audiences": audiences})
    first = edition.renditions.all()[0]
    before = snapshot_of(edition)
    rendition = Rendition(edition=edition, order=edition.renditions.count())
    write_rendition(rendition, {"audiences": audiences, "html": first.html, "summary": first.summary})
    note(audiences=audiences)
    _settle(edition, before, by=by, at=at)
    return rendition


@act("draft.rendition_dropped", may=may_write)
def drop_rendition(edition: Edition, *, by: Actor, at: datetime, rendition: Rendition) -> Edition:
    """Take a rendition out of a draft; one must stay."""
    edition = _locked(edition)
    if edition.renditions.count() < 2:
        raise ActRefused("至少要保留一份正文。")
    before = snapshot_of(edition)
    note(audiences=rendition.audiences)
    edition.renditions.filter(pk=rendition.pk).delete()
    _settle(edition, before, by=by, at=at)
    return edition


@act("draft.discarded", may=may_write)
def discard(edition: Edition, *, by: Actor, at: datetime, why: str = "") -> Edition:
    """Discard a draft that is in no review; a published edition of the same disclosure stays as it is."""
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.state not in (EditionState.DRAFT, EditionState.RETURNED):
        raise ActRefused(f"这一版{edition.get_state_display()}，不能作废。审批中的请先从本期撤出。")
    entry = IssueEntry.objects.filter(edition=edition).first()
    if entry is not None and entry.review_item_id:
        review.remove(entry.review_item, by=by, at=at)
    if entry is not None:
        entry.delete()
    edition.state = EditionState.DISCARDED
    edition.save(update_fields=["state"])
    disclosure = edition.disclosure
    if disclosure.standing == Standing.DRAFT:
        disclosure.standing = Standing.DISCARDED
        disclosure.save(update_fields=["standing"])
        outlets.forget_draft(disclosure, at=at)
    note(title=edition.title, why=why)
    return edition


def _locked(edition: Edition) -> Edition:
    found = Edition.objects.select_for_update().get(pk=edition.pk)
    if found.state not in OPEN:
        raise ActRefused(f"这一版{found.get_state_display()}，不能再改。需要改动请从已公开的信息发起修订。")
    return found


def _own(body: Body, other: Disclosure | None) -> Disclosure | None:
    if other is not None and other.body_id != body.pk:
        raise ActRefused("只能整改本单位公开的信息。")
    return other


def _stamp(edition: Edition, *, by: Actor, at: datetime) -> None:
    edition.version += 1
    edition.saved_at, edition.saved_by_id = at, by.person_id
    edition.digest = snapshot_of(edition).digest
    edition.save()
    if by.person_id:
        edition.authors.add(by.person_id)


def _settle(edition: Edition, before: Snapshot, *, by: Actor, at: datetime) -> None:
    """Finish a change: stamp, screen again, tell the review what the change voids."""
    _stamp(edition, by=by, at=at)
    gate.rescreen(edition)
    after = snapshot_of(edition)
    change, changed = change_between(before, after), difference(before, after)
    note(edition=edition.pk, changed=changed, digest=edition.digest)
    if before.metadata != after.metadata:
        _follow(edition, at=at)
    entry = IssueEntry.objects.filter(edition=edition, review_item__isnull=False).first()
    if entry is None or change == "none":
        return
    item = review.edited(
        entry.review_item, by=by, at=at, digest=edition.digest, voids=change, difference=changed, title=edition.title
    )
    if edition.state == EditionState.APPROVED and item.state == ItemState.RUNNING:
        edition.state = EditionState.IN_REVIEW
        edition.save(update_fields=["state"])
        Issue.objects.filter(pk=entry.issue_id).update(state=IssueState.IN_REVIEW)


def _follow(edition: Edition, *, at: datetime) -> None:
    # A revision is no new information: its duty ran from the first edition.
    if edition.number == 1:
        outlets.follow_draft(edition, at=at)


def _stored(target: Rendition, *, name: str, data: bytes, read: DocumentText) -> Attachment:
    sha256 = BlobStore(settings.BLOB_ROOT).put(data)
    last = target.attachments.count()
    return Attachment.objects.create(
        rendition=target, name=name, sha256=sha256, size=len(data), media=read.media, text=shown_text(read), order=last
    )
