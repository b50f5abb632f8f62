"""Copy an edition: as the next one of its disclosure, with texts, files and what was cleared in them."""

from datetime import datetime

from gongkai.publishing import gate
from gongkai.publishing.models import Attachment, Edition, EditionState, Rendition
from gongkai.publishing.routes import usual_route
from gongkai.publishing.visibility import SOCIETY


def next_edition(old: Edition, *, by_id: int | None, at: datetime) -> Edition:
    """Make the next edition of a disclosure as an exact copy in draft; its author is the one who revises."""
    last = old.disclosure.editions.order_by("number").last()
    new = Edition(disclosure=old.disclosure, number=(last.number if last else 0) + 1, version=1)
    for name in (
        "title", "kind", "department", "reprinted_from", "document_number", "formed_on", "effect", "effect_note",
        "notice_last_on", "channels", "outside_from", "outside_why",
    ):  # fmt: skip
        setattr(new, name, getattr(old, name))
    new.state, new.saved_at, new.saved_by_id = EditionState.DRAFT, at, by_id
    new.route = usual_route(old.body, old.kind)
    new.save()
    new.items.set(old.items.all())
    if by_id:
        new.authors.add(by_id)
    for rendition in old.renditions.prefetch_related("attachments"):
        _copy_rendition(rendition, new)
    return new


def _copy_rendition(old: Rendition, edition: Edition) -> None:
    new = Rendition.objects.create(
        edition=edition, audiences=old.audiences, for_society=SOCIETY in old.audiences, summary=old.summary,
        html=old.html, text=old.text, order=old.order,
    )  # fmt: skip
    for finding in old.findings.filter(attachment=None):
        gate.carry_over(finding, edition=edition, rendition=new)
    for attachment in old.attachments.all():
        copy = Attachment.objects.create(
            rendition=new, name=attachment.name, sha256=attachment.sha256, size=attachment.size,
            media=attachment.media, text=attachment.text, order=attachment.order,
        )  # fmt: skip
        for finding in attachment.findings.all():
            gate.carry_over(finding, edition=edition, rendition=new, attachment=copy)
