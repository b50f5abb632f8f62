"""The hash chain: every entry's digest covers its text and the digest before it."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from gongkai.journal.actor import Actor
from gongkai.journal.models import JournalEntry, JournalHead

SHANGHAI = ZoneInfo("Asia/Shanghai")
GENESIS = "0" * 64


def digest_of(previous: str, text: str) -> str:
    """Return SHA-256 (hex) over the previous digest, a newline and the canonical text."""
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def canonical(facts: dict[str, Any]) -> str:
    """Return the one JSON text of these facts: sorted keys, no spaces, Chinese as itself."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def day_of(at: datetime) -> date:
    """Return the day in China of an instant."""
    return at.astimezone(SHANGHAI).date()


def append(*, act: str, cite: str, by: Actor, at: datetime, subject: str, record: Any) -> JournalEntry:
    """Write one entry; the head row is locked last and gives the sequence without gaps."""
    recorded_at = timezone.now()
    facts = {
        "act": act,
        "cite": cite,
        "at": at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
        "recorded_at": recorded_at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
        "person": [by.person_code, by.person_name],
        "post": by.post_name,
        "body": [by.body_code, by.body_name],
        "subject": subject,
        "details": record.details,
        "included": record.included,
    }
    JournalHead.objects.get_or_create(pk=1, defaults={"seq": 0, "digest": GENESIS})
    head = JournalHead.objects.select_for_update().get(pk=1)
    text = canonical({**facts, "seq": head.seq + 1})
    entry = JournalEntry.objects.create(
        seq=head.seq + 1, act=act, cite=cite, at=at, recorded_at=recorded_at, subject=subject,
        body_code=by.body_code, person_code=by.person_code, person_name=by.person_name,
        post_name=by.post_name, text=text, previous=head.digest, digest=digest_of(head.digest, text),
    )  # fmt: skip
    head.seq, head.digest = entry.seq, entry.digest
    head.save(update_fields=["seq", "digest"])
    return entry


def end() -> tuple[int, str]:
    """Return the last entry's number and digest: what is kept elsewhere, so that a cut-off end is noticed."""
    head = JournalHead.objects.filter(pk=1).first()
    return (head.seq, head.digest) if head else (0, GENESIS)


@dataclass(frozen=True)
class Break:
    """Name the first entry at which the chain no longer holds, and why."""

    seq: int
    why: str


def breaks() -> Iterator[Break]:
    """Yield what is wrong with the chain, first fault first; yields nothing when it holds."""
    previous, expected = GENESIS, 1
    for entry in JournalEntry.objects.order_by("seq").iterator(chunk_size=2000):
        if entry.seq != expected:
            yield Break(expected, f"缺少第 {expected} 条")
            return
        if entry.previous != previous or digest_of(previous, entry.text) != entry.digest:
            yield Break(entry.seq, f"第 {entry.seq} 条的内容或顺序被改动过")
            return
        if not _columns_agree(entry):
            yield Break(entry.seq, f"第 {entry.seq} 条的检索栏与正文不一致")
            return
        previous, expected = entry.digest, expected + 1
    head = JournalHead.objects.filter(pk=1).first()
    if (head.seq, head.digest) != (expected - 1, previous) if head else expected != 1:
        yield Break(expected, "链尾与登记的最后一条不一致：末尾有条目被删除或添加")


def _columns_agree(entry: JournalEntry) -> bool:
    facts = json.loads(entry.text)
    return (
        facts["act"] == entry.act
        and facts["subject"] == entry.subject
        and facts["body"][0] == entry.body_code
        and facts["person"] == [entry.person_code, entry.person_name]
        and facts["at"] == entry.at.astimezone(SHANGHAI).isoformat(timespec="seconds")
    )
