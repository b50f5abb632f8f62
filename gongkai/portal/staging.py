"""Files on the public root: staged and synced before the commit, renamed after it; nothing half-written is ever seen.

A staged file lies under its owner's and its content's name, so that a repeated step finds it again.
A mark is left while something is taken down: should the transaction then fail, the sweep puts it back.
"""

import contextlib
import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection, transaction

from gongkai.documents.blobs import BlobStore
from gongkai.portal.page import Page

LOCK = 70_11  # any number, the same for all processes


def root() -> Path:
    """Return the public root."""
    return Path(settings.PUBLIC_ROOT)


def staging() -> Path:
    """Return the staging place, on the file system of the public root."""
    return root().parent / "staging"


@contextlib.contextmanager
def writing() -> Iterator[None]:
    """Let one process at a time write pages that show many disclosures; ends with the transaction."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        yield


def target(path: str) -> Path:
    """Return where a page lies."""
    return root() / path


def _staged(subject: str, sha256: str) -> Path:
    return staging() / f"{subject.replace('/', '-')}.{sha256}"


def stage(page: Page) -> str:
    """Write a page's bytes to the staging place, synced; returns their SHA-256 (hex). Raises OSError."""
    if page.blob:
        place = _staged(page.subject, page.blob)
        if not place.exists():
            with BlobStore(settings.BLOB_ROOT).path(page.blob).open("rb") as source:
                _write(source, place, synced=True)
        return page.blob
    data = content_of(page)
    sha256 = hashlib.sha256(data).hexdigest()
    place = _staged(page.subject, sha256)
    if not place.exists():
        _write(io.BytesIO(data), place, synced=True)
    return sha256


def content_of(page: Page) -> bytes:
    """Return a page's bytes."""
    return page.content() if page.content else BlobStore(settings.BLOB_ROOT).get(page.blob)


def _write(source: BinaryIO, place: Path, *, synced: bool) -> None:
    """Write to a temporary file beside the staged ones and rename it: a name never stands for half a file."""
    staging().mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=staging(), prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            shutil.copyfileobj(source, file, 1 << 20)
            file.flush()
            if synced:
                os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        place.parent.mkdir(parents=True, exist_ok=True)
        Path(temporary).replace(place)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def put(page: Page) -> tuple[str, bool]:
    """Bring what lies at a page's place in line with it; returns its SHA-256 (hex) and whether it differed.

    Pages written so follow from the records and can be made again, so they are not synced one by one.
    """
    lying = digest_at(page.path)
    if page.blob and page.blob == lying:
        return lying, False
    data = content_of(page)
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 == lying:
        return sha256, False
    _write(io.BytesIO(data), target(page.path), synced=False)
    return sha256, True


def release(path: str, *, subject: str, sha256: str) -> bool:
    """Give a staged file its public name; True when the file there now has this content."""
    place, staged = target(path), _staged(subject, sha256)
    if staged.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        staged.replace(place)
        return True
    return digest_at(path) == sha256


def digest_at(path: str) -> str:
    """Return the SHA-256 (hex) of what lies at a path; empty where nothing lies."""
    try:
        with target(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return ""


def remove(path: str) -> None:
    """Unlink a page, and the folders that are empty without it."""
    place = target(path)
    place.unlink(missing_ok=True)
    for folder in place.parents:
        if folder == root() or root() not in folder.parents:
            return
        try:
            folder.rmdir()
        except OSError:
            return


def lying_below(folder: str) -> list[str]:
    """Return the paths of all files below a folder of the public root."""
    return sorted(str(place.relative_to(root())) for place in target(folder).rglob("*") if place.is_file())


def _mark(name: str) -> Path:
    return staging() / name


def mark(disclosure: int) -> None:
    """Leave a mark that a disclosure's files are being taken down."""
    staging().mkdir(parents=True, exist_ok=True)
    _mark(f"taking-down-{disclosure}").touch()


def unmark(disclosure: int) -> None:
    """Remove the mark."""
    _mark(f"taking-down-{disclosure}").unlink(missing_ok=True)


def marked() -> list[int]:
    """Return the disclosures whose taking down may have been cut off."""
    return _numbers("taking-down-")


def mark_body(body: int) -> None:
    """Leave a mark that all pages of a body are to be written again."""
    staging().mkdir(parents=True, exist_ok=True)
    _mark(f"writing-again-{body}").touch()


def unmark_body(body: int) -> None:
    """Remove the mark."""
    _mark(f"writing-again-{body}").unlink(missing_ok=True)


def marked_bodies() -> list[int]:
    """Return the bodies whose pages are to be written again."""
    return _numbers("writing-again-")


def _numbers(prefix: str) -> list[int]:
    return sorted(int(place.name.removeprefix(prefix)) for place in staging().glob(f"{prefix}*"))


def leftovers(*, before: float) -> list[Path]:
    """Return staged files older than an instant (seconds since 1970): those of acts that failed."""
    found = [place for pattern in ("*.*", ".writing-*") for place in staging().glob(pattern)]
    return [place for place in found if place.stat().st_mtime < before]
