"""Files that come in with a request: read by limits before they are kept, served later as downloads only."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from gongkai.documents.blobs import BlobStore
from gongkai.documents.reading import DocumentText
from gongkai.publishing.filing import MB, Unacceptable, read_upload, refuse_large

PUBLIC_LIMIT, PUBLIC_MOST = 10 * MB, 5
# Nobody has looked inside: the office is told so, and the file is kept all the same.
UNSEEN = {"encrypted", "unreadable", "took_too_long", "unsupported", "archive"}
LONGEST_TEXT = 200_000
LONGEST_FINDING = 200


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file already in the blob store, with the field names of `RequestFile`."""

    name: str
    sha256: str
    size: int
    media: str
    text: str = ""
    finding: str = ""


def take_in(
    uploads: Sequence[UploadedFile], *, limit: int = PUBLIC_LIMIT, most: int = PUBLIC_MOST
) -> tuple[IncomingFile, ...]:
    """Read all files and, when every one may be kept, store them.

    Raises Unacceptable, naming the file, for too many, empty or too large ones, programs, macros and bombs.
    """
    if len(uploads) > most:
        raise Unacceptable(f"选了 {len(uploads)} 个文件，一次最多 {most} 个。请合并或分几次提交。")
    for upload in uploads:
        refuse_large(upload.name or "", upload.size or 0, limit=limit)
    read = [_read(upload.name or "", upload.read(), limit=limit) for upload in uploads]
    return tuple(_stored(*one) for one in read)


def take_in_bytes(name: str, data: bytes, *, limit: int) -> IncomingFile:
    """Read and store one file already in memory. Raises Unacceptable."""
    return _stored(*_read(name, data, limit=limit))


def _read(name: str, data: bytes, *, limit: int) -> tuple[str, DocumentText, bytes]:
    return (*read_upload(name, data, limit=limit), data)


def _stored(name: str, read: DocumentText, data: bytes) -> IncomingFile:
    return IncomingFile(
        name=name, sha256=BlobStore(settings.BLOB_ROOT).put(data), size=len(data), media=read.media[:16],
        text=read.text.replace("\x00", "")[:LONGEST_TEXT], finding=finding_of(read),
    )  # fmt: skip


def finding_of(read: DocumentText) -> str:
    """Return why nobody knows what is in a file; "" where its content was read."""
    told = next((problem.message for problem in read.problems if problem.code in UNSEEN), "")
    if told:
        return f"未能检查：{told}"[:LONGEST_FINDING]
    return "未能检查：图片里的文字要由人来看。" if read.media == "image" else ""
