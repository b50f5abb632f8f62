"""What a decider reads of one item of an issue: its text, files, findings, and what differs from what is public."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch

from gongkai.frame.dates import cn_date
from gongkai.publishing import gate, party_first
from gongkai.publishing.content import difference, snapshot_of
from gongkai.publishing.kinds import audience_names, channel_name, kind_name
from gongkai.publishing.models import ContentFinding, Edition, EditionState, Rendition
from gongkai.review.models import ReviewItem
from gongkai.review.passage import Passage
from gongkai.review.progress import StepState, steps_of


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What a revision changes: the words of what differs, and the text before and after."""

    words: str
    old_title: str
    old_html: str
    new_html: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One item as the decider sees it."""

    item: ReviewItem
    edition: Edition
    kind: str
    rows: list[tuple[str, Any]]
    renditions: list[tuple[str, Rendition]]
    open: list[ContentFinding]
    blocking: int
    settled: list[ContentFinding]
    difference: Difference | None
    so_far: list[StepState] = field(default_factory=list)
    changes: list[Any] = field(default_factory=list)


def sheets_of(passage: Passage, items: list[ReviewItem]) -> list[Sheet]:
    """Return the sheets of these items of an issue, in its order."""
    found = Edition.objects.filter(entry__review_item__in=items).select_related(
        "disclosure__body", "department", "entry"
    )
    findings = Prefetch("findings", ContentFinding.objects.select_related("rendition", "attachment", "cleared_by"))
    found = found.prefetch_related("renditions__attachments", "authors", "items", findings)
    editions = {edition.entry.review_item_id: edition for edition in found}
    return [_sheet(passage, item, editions[item.pk]) for item in items if item.pk in editions]


def _sheet(passage: Passage, item: ReviewItem, edition: Edition) -> Sheet:
    waiting = gate.open_findings(edition)
    keys = {row.pk for row in waiting}
    renditions = list(edition.renditions.all())
    return Sheet(
        item=item,
        edition=edition,
        kind=kind_name(edition.body, edition.kind),
        rows=_rows(edition, renditions),
        renditions=[(audience_names(one.audiences), one) for one in renditions],
        open=waiting,
        blocking=len(gate.blocking(edition)),
        settled=[row for row in edition.findings.all() if row.pk not in keys],
        difference=difference_from_public(edition, renditions),
        so_far=[state for state in steps_of(item, passage=passage) if state.decision is not None],
        changes=list(item.changes.all()),
    )


def difference_from_public(edition: Edition, renditions: list[Rendition]) -> Difference | None:
    """Return how an edition differs from the published one of its disclosure; None for a first edition."""
    first = edition.number == 1
    published = None if first else edition.disclosure.editions.filter(state=EditionState.PUBLISHED).last()
    if published is None or published.pk == edition.pk:
        return None
    old = list(published.renditions.all())
    return Difference(
        words=difference(snapshot_of(published), snapshot_of(edition)),
        old_title=published.title if published.title != edition.title else "",
        old_html="".join(one.html for one in old),
        new_html="".join(one.html for one in renditions),
    )


def _rows(edition: Edition, renditions: list[Rendition]) -> list[tuple[str, Any]]:
    names = "、".join(person.name for person in edition.authors.all())
    channels = "、".join(channel_name(code) for code in edition.channels)
    return [
        ("公开范围", ";".join(audience_names(one.audiences) for one in renditions)),
        ("信息类别", kind_name(edition.body, edition.kind)),
        ("公开事项", "、".join(item.name for item in edition.items.all()) or "目录外"),
        ("公开渠道", channels),
        ("起草", f"{names}（{edition.department}）" if edition.department else names),
        ("文号", edition.document_number),
        ("成文日期", cn_date(edition.formed_on)),
        ("转载自", edition.reprinted_from),
        ("公示到", cn_date(edition.notice_last_on)),
        ("定于公开", cn_date(edition.publish_on)),
        ("先党内后党外", party_first.words(edition)),
        ("修改说明（公开）", edition.change_note),
        ("修改原因", edition.change_reason),
    ]
