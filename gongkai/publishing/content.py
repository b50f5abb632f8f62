"""What an edition says, as one canonical text: its hash, and what kind of change lies between two states."""

import hashlib
from dataclasses import dataclass
from typing import Any, Literal

from gongkai.journal.chain import canonical
from gongkai.publishing.models import Attachment, Edition, Rendition

Change = Literal["content", "metadata", "none"]

# Design, "Review": these void every decision from the secrecy review on. Document number, source and the public
# change note are read by the public too; the kind and the department decide which chain and which head it needs.
CONTENT = {
    "title": "标题", "kind": "信息类别", "department": "责任部门", "document_number": "文号",
    "reprinted_from": "来源", "change_note": "修改说明", "renditions": "正文、摘要、附件或公开范围",
}  # fmt: skip
# These void the signature only.
METADATA = {
    "items": "公开事项", "channels": "公开渠道", "effect": "有效性", "effect_note": "有效性说明",
    "formed_on": "成文日期", "notice_last_on": "公示最后一天", "publish_on": "定于公开的日期",
    "outside_from": "向党外公开的日期", "outside_why": "党内党外同日公开的理由",
}  # fmt: skip

DAYS = ("formed_on", "notice_last_on", "publish_on", "outside_from")


@dataclass(frozen=True)
class Snapshot:
    """All an edition says at one moment, in two parts that are treated differently when they change."""

    content: dict[str, Any]
    metadata: dict[str, Any]

    @property
    def digest(self) -> str:
        """Return SHA-256 (hex) over the canonical text of both parts."""
        text = canonical({"content": self.content, "metadata": self.metadata})
        return hashlib.sha256(text.encode()).hexdigest()


def snapshot_of(edition: Edition) -> Snapshot:
    """Read an edition with its renditions and attachments from the database."""
    content = {name: getattr(edition, name) for name in CONTENT if name not in ("department", "renditions")}
    content["department"] = edition.department.name if edition.department else ""
    content["renditions"] = [_rendition(one) for one in edition.renditions.prefetch_related("attachments")]
    metadata = {
        "items": sorted(edition.items.values_list("code", flat=True)),
        "channels": sorted(edition.channels),
        "effect": str(edition.effect),
        **{name: getattr(edition, name) for name in ("effect_note", "outside_why")},
        **{name: str(getattr(edition, name) or "") for name in DAYS},
    }
    return Snapshot(content, metadata)


def digest_of(edition: Edition) -> str:
    """Return the content hash of an edition: all renditions, metadata and attachment bytes."""
    return snapshot_of(edition).digest


def change_between(old: Snapshot, new: Snapshot) -> Change:
    """Tell what kind of change lies between two states (design, "Review")."""
    if old.content != new.content:
        return "content"
    return "metadata" if old.metadata != new.metadata else "none"


def difference(old: Snapshot, new: Snapshot) -> str:
    """Name in Chinese what differs, for the record beside a decision that stays: 标题、公开渠道."""
    changed = [name for key, name in CONTENT.items() if key != "renditions" and old.content[key] != new.content[key]]
    changed += _renditions_changed(old.content["renditions"], new.content["renditions"])
    changed += [name for key, name in METADATA.items() if old.metadata[key] != new.metadata[key]]
    return "、".join(changed)


def _renditions_changed(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[str]:
    if len(old) != len(new):
        return ["公开范围（版面数）"]
    names = {"audiences": "公开范围", "summary": "摘要", "html": "正文", "attachments": "附件"}
    return [name for key, name in names.items() if any(a[key] != b[key] for a, b in zip(old, new, strict=True))]


def _rendition(rendition: Rendition) -> dict[str, Any]:
    return {
        "audiences": sorted(rendition.audiences),
        "summary": rendition.summary,
        "html": rendition.html,
        "attachments": [_attachment(one) for one in rendition.attachments.all()],
    }


def _attachment(attachment: Attachment) -> dict[str, Any]:
    return {"name": attachment.name, "sha256": attachment.sha256}
