"""Pack files into a ZIP with a contents list and SHA-256 digests."""

import hashlib
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

CONTENTS = "目录.txt"
DIGESTS = "SHA256SUMS"
BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Entry:
    """A file to pack: its path in the archive, its bytes or where they lie, and what it is."""

    path: str
    source: bytes | Path
    about: str = ""


@dataclass(frozen=True)
class Packed:
    """A packed file: path, size in bytes, digest, what it is."""

    path: str
    size: int
    sha256: str
    about: str


def write_archive(target: BinaryIO, entries: Iterable[Entry], *, title: str, at: datetime) -> list[Packed]:
    """Write the archive into a binary stream and return what is in it; the same input gives the same bytes.

    `目录.txt` lists the files for people, `SHA256SUMS` for `sha256sum -c`. Every entry carries the time `at`.
    """
    packed: list[Packed] = []
    names: set[str] = {CONTENTS, DIGESTS}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in entries:
            path = _unique(safe_path(entry.path), names)
            names.add(path)
            packed.append(_pack(archive, path, entry, at))
        _put(archive, CONTENTS, _contents(packed, title, at).encode("utf-8-sig"), at)
        sums = "".join(f"{item.sha256}  {item.path}\n" for item in packed)
        _put(archive, DIGESTS, sums.encode("utf-8"), at)
    return packed


def digest(source: bytes | Path) -> tuple[int, str]:
    """Return size and SHA-256 of bytes or a file."""
    if isinstance(source, bytes):
        return len(source), hashlib.sha256(source).hexdigest()
    with source.open("rb") as stream:
        return source.stat().st_size, hashlib.file_digest(stream, "sha256").hexdigest()


def safe_path(path: str) -> str:
    """Return a relative path that unpacks everywhere: no drive, no parent, no reserved characters."""
    parts = [re.sub(r"[\x00-\x1f<>:\"|?*\\]", "_", part).strip(" .") for part in path.replace("\\", "/").split("/")]
    kept = [_short(part) for part in parts if part]
    return "/".join(kept) or "未命名"


def _short(part: str) -> str:
    """Cut a name to 200 bytes, keeping its extension."""
    if len(part.encode()) <= 200:
        return part
    stem, dot, end = part.rpartition(".")
    end = dot + end if dot and len(end) <= 10 else ""
    stem = stem if end else part
    return stem.encode()[: 200 - len(end.encode())].decode("utf-8", "ignore") + end


def _unique(path: str, taken: set[str]) -> str:
    stem, dot, end = path.rpartition(".")
    if not dot or "/" in end:
        stem, dot, end = path, "", ""
    number, unique = 2, path
    while unique in taken:
        unique = f"{stem}({number}){dot}{end}"
        number += 1
    return unique


def _info(path: str, at: datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, at.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def _put(archive: zipfile.ZipFile, path: str, data: bytes, at: datetime) -> None:
    archive.writestr(_info(path, at), data)


def _pack(archive: zipfile.ZipFile, path: str, entry: Entry, at: datetime) -> Packed:
    """Write one file and hash exactly the bytes written."""
    if isinstance(entry.source, bytes):
        _put(archive, path, entry.source, at)
        return Packed(path, *digest(entry.source), entry.about)
    size, hashed = 0, hashlib.sha256()
    with entry.source.open("rb") as source, archive.open(_info(path, at), "w", force_zip64=True) as target:
        while piece := source.read(BLOCK):
            target.write(piece)
            hashed.update(piece)
            size += len(piece)
    return Packed(path, size, hashed.hexdigest(), entry.about)


def _contents(packed: list[Packed], title: str, at: datetime) -> str:
    lines = [title, f"整理时间:{at.year}年{at.month}月{at.day}日", f"共 {len(packed)} 个文件", ""]
    for number, item in enumerate(packed, 1):
        about = f"({item.about})" if item.about else ""
        lines += [f"{number}. {item.path}{about}", f"   {item.size} 字节  SHA-256 {item.sha256}"]
    lines += ["", "核对方法:在本目录运行 sha256sum -c SHA256SUMS"]
    return "\r\n".join(lines) + "\r\n"
