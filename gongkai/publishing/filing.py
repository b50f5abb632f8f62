"""Take an uploaded file in: name, size, what reading it yields, what is never taken."""

import re
from pathlib import PurePosixPath

from gongkai.documents.reading import DocumentText, EmptyFile, EncryptedFile, Problem, Refused, TookTooLong, read_safely
from gongkai.documents.reading import Unreadable as Broken

LONGEST_NAME = 120
# Beside what addresses and disks mistake: marks that are not seen or turn the reading direction (gpj.exe).
MISTAKEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*#%&;\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+')
NEVER = {"macro", "executable", "polyglot"}
MB = 1024 * 1024


class Unacceptable(Exception):
    """Say in Chinese why a file is not taken and what to do instead."""


def read_upload(name: str, data: bytes, *, limit: int) -> tuple[str, DocumentText]:
    """Return a safe name and what the file says; what could not be read is a problem of the result.

    Raises Unacceptable for empty, too large, hostile, macro-bearing and executable files.
    """
    name = safe_name(name)
    if not data:
        raise Unacceptable(f"“{name}”：{EmptyFile.default}")
    refuse_large(name, len(data), limit=limit)
    try:
        read = read_safely(data, name=name)
    except (EncryptedFile, Broken, TookTooLong) as refusal:
        # Kept as an attachment, but nobody has looked inside: a finding, never a pass.
        problem = Problem(refusal.code, refusal.message)
        return name, DocumentText(name=name, media=_media(name), problems=(problem,))
    except Refused as refusal:
        raise Unacceptable(f"“{name}”：{refusal.message}") from refusal
    hostile = next((problem for problem in read.problems if problem.code in NEVER), None)
    if hostile is not None:
        raise Unacceptable(f"“{name}”：{hostile.message}")
    return name, read


def refuse_large(name: str, size: int, *, limit: int) -> None:
    """Raise Unacceptable for a file above the limit; to be asked before its bytes are taken into memory."""
    if size > limit:
        told = f"{size / MB:.0f} MB"
        raise Unacceptable(f"“{name}”有 {told}，超过 {limit // MB} MB 的上限。请压缩图片或拆成几个文件后再上传。")


def safe_name(name: str) -> str:
    """Return the file's own name without folders or characters that addresses and disks mistake."""
    last = PurePosixPath(name.replace("\\", "/")).name
    clean = MISTAKEN.sub("_", last).strip(" .") or "附件"
    stem, dot, ending = clean.rpartition(".")
    if len(clean) <= LONGEST_NAME:
        return clean
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}" if dot and len(ending) < 10 else clean[:LONGEST_NAME]


def shown_text(read: DocumentText) -> str:
    """Return what a reader of the file sees: the text that search may show to those who may read it."""
    return read.text


def _media(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    return ending if 0 < len(ending) <= 16 and ending.isalnum() else "unknown"
