"""Dated facts of a case: checked before they are written down, put right by a later row, never changed."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Model

from gongkai.access.incoming import IncomingFile, take_in_bytes
from gongkai.access.models import AccessRequest, CaseEvent, RequestFile
from gongkai.documents.blobs import BlobStore
from gongkai.frame.dates import cn_date
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused
from gongkai.journal.chain import day_of
from gongkai.publishing.filing import Unacceptable

LONGEST_TEXT = 10_000
MOST_FILES = 20
File = tuple[str, bytes] | IncomingFile  # an upload of a form is read before the act: no lock waits for it


def refuse_day(
    on: date, *, what: str, at: datetime, since: date | None = None, since_what: str = "收到申请之日"
) -> None:
    """Raise ActRefused for a day in the future, or before the one it must follow."""
    if on > day_of(at):
        raise ActRefused(f"{what}不能晚于今天，请核对。")
    if since is not None and on < since:
        raise ActRefused(f"{what}（{cn_date(on)}）早于{since_what}（{cn_date(since)}），请核对这两个日期。")


def record(
    case: AccessRequest, kind: str, on: date, *, by: Actor, at: datetime, days: int = 0, **facts: str
) -> CaseEvent:
    """Write down what happened; facts: `ref` (the consultation or fee it belongs to), `note`."""
    return case.events.create(
        kind=kind, on=on, days=days, entered_at=at, entered_by=by.person_name, ref=facts.get("ref", ""),
        note=facts.get("note", "")[:200],
    )  # fmt: skip


def supersede(events: Iterable[CaseEvent], *, at: datetime, why: str) -> None:
    """Leave events standing in the history only."""
    for event in events:
        event.superseded_at, event.superseded_why = at, why[:200]
        event.save(update_fields=["superseded_at", "superseded_why"])


def clean_text(text: str, *, what: str, needed: str = "", longest: int = LONGEST_TEXT) -> str:
    """Return a text without marks no database takes. Raises ActRefused when it is too long, or empty and needed."""
    text = text.replace("\x00", "").strip()
    if needed and not text:
        raise ActRefused(needed)
    if len(text) > longest:
        raise ActRefused(f"{what}太长：{len(text)}字，最多{longest}字。")
    return text


def clean_fields(model: type[Model], facts: dict[str, Any]) -> dict[str, Any]:
    """Return the facts of a record cleaned. Raises ActRefused naming a field too long or a value not in its list."""
    clean = {}
    for name, value in facts.items():
        field: Any = model._meta.get_field(name)
        if field.choices and value and value not in {code for code, _ in field.choices}:
            raise ActRefused(f"“{field.verbose_name}”请在列出的几项中选择。")
        if isinstance(value, str):
            value = clean_text(value, what=f"“{field.verbose_name}”", longest=field.max_length or LONGEST_TEXT)
        clean[name] = value
    return clean


def keep_files(
    case: AccessRequest, files: Iterable[File], *, at: datetime, purpose: str, from_requester: bool = True
) -> list[RequestFile]:
    """Keep files (name, bytes) of a case. Raises ActRefused for one that is never taken."""
    files = list(files)
    if len(files) > MOST_FILES:
        raise ActRefused(f"一次最多交{MOST_FILES}个文件，请合并后再交。")
    return [_kept(case, file, at=at, purpose=purpose, from_requester=from_requester) for file in files]


def _kept(case: AccessRequest, file: File, *, at: datetime, purpose: str, from_requester: bool) -> RequestFile:
    try:
        read = file if isinstance(file, IncomingFile) else take_in_bytes(*file, limit=settings.UPLOAD_LIMIT)
    except Unacceptable as refusal:
        raise ActRefused(str(refusal)) from refusal
    return case.files.create(
        name=read.name, sha256=read.sha256, size=read.size, media=read.media, purpose=purpose,
        from_requester=from_requester, text=read.text[:LONGEST_TEXT], finding=read.finding, at=at,
    )  # fmt: skip


def keep_text(case: AccessRequest, name: str, text: str, *, at: datetime, purpose: str, from_requester: bool) -> None:
    """Keep a text of the case as a file beside the others."""
    data = text.encode()
    case.files.create(
        name=name, sha256=BlobStore(settings.BLOB_ROOT).put(data), size=len(data), media="txt", purpose=purpose,
        from_requester=from_requester, text=text, at=at,
    )  # fmt: skip
