"""Photos and screenshots that prove a posting: what is taken in, how it is shown again."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from gongkai.publishing.filing import MISTAKEN

MB = 1024 * 1024
LIMIT = 10 * MB
MOST = 9
MEDIA = (
    (b"\xff\xd8\xff", "jpg", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png", "image/png"),
    (b"%PDF-", "pdf", "application/pdf"),
)
CONTENT_TYPES = {media: kind for _, media, kind in MEDIA} | {"webp": "image/webp"}


class ProofRefused(Exception):
    """Say in Chinese why a file is not taken as proof and what to do instead."""


@dataclass(frozen=True)
class Picture:
    """A file accepted as proof: a safe name, its bytes and its medium by content."""

    name: str
    data: bytes
    media: str


def accept(name: str, data: bytes) -> Picture:
    """Take a photo, screenshot or PDF; the medium is told by content, never by name. Raises ProofRefused."""
    name = MISTAKEN.sub("_", PurePosixPath(name.replace("\\", "/")).name)[-120:] or "证明"
    if not data:
        raise ProofRefused(f"“{name}”是空文件，请重新选择。")
    if len(data) > LIMIT:
        raise ProofRefused(f"“{name}”超过 {LIMIT // MB} MB。请压缩后再上传。")
    media = _media(data)
    if not media:
        raise ProofRefused(f"“{name}”不是照片、截图或 PDF。请上传 JPG、PNG、WEBP 图片或 PDF 文件。")
    return Picture(name, data, media)


def _media(data: bytes) -> str:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return next((media for mark, media, _ in MEDIA if data.startswith(mark)), "")
