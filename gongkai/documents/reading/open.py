"""Open a file of any kind in this process. Untrusted files go through `read_safely` instead."""

import importlib
from collections.abc import Callable
from pathlib import Path

from gongkai.documents.reading.document import DocumentText, Problem
from gongkai.documents.reading.outline import guess_title
from gongkai.documents.reading.refusal import EmptyFile, TooLarge, Unreadable
from gongkai.documents.reading.sniffing import sniff

LIMIT_MB = 50
# By dotted name, so that reading a text file does not load every parser.
READERS = {
    "docx": "gongkai.documents.reading.docx:read_docx",
    "xlsx": "gongkai.documents.reading.sheets:read_xlsx",
    "xls": "gongkai.documents.reading.sheets:read_xls",
    "pdf": "gongkai.documents.reading.pdf_pages:read_pdf",
    "html": "gongkai.documents.reading.web_page:read_html",
    "txt": "gongkai.documents.reading.plain:read_txt",
    "md": "gongkai.documents.reading.plain:read_md",
    "csv": "gongkai.documents.reading.plain:read_csv",
}
Reader = Callable[..., DocumentText]


def read(source: Path | str | bytes, *, name: str = "", limit_mb: int = LIMIT_MB) -> DocumentText:
    """Read a file; raises a Refused (EmptyFile, TooLarge, ZipBomb, EncryptedFile, Unreadable)."""
    name = name or ("" if isinstance(source, bytes) else Path(source).name)
    data = load(source, limit_mb=limit_mb)
    found = sniff(data, name=name)
    if found.media not in READERS:
        return _unread(found.media, name).with_problems(*found.problems)
    return reader_of(found.media)(data, name=name).with_problems(*found.problems)


def load(source: Path | str | bytes, *, limit_mb: int = LIMIT_MB) -> bytes:
    """Return the bytes, looking at the size before reading; raises EmptyFile, TooLarge, Unreadable."""
    try:
        size = len(source) if isinstance(source, bytes) else Path(source).stat().st_size
        if size > limit_mb * 1024 * 1024:
            shown = f"{size / 1024 / 1024:.0f}"
            raise TooLarge(f"文件有 {shown} MB,超过了 {limit_mb} MB 的上限。请压缩图片或拆成几个文件后再上传。")
        data = source if isinstance(source, bytes) else Path(source).read_bytes()
    except OSError as error:
        raise Unreadable("文件打不开。请检查文件是否还在、是否允许读取。") from error
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise (EmptyFile if not data else EmptyFile("这个文件里没有内容。请检查是否选错了文件,或重新保存后再上传。"))
    return data


def reader_of(media: str) -> Reader:
    """Load the reader of a medium."""
    module, function = READERS[media].split(":")
    reader: Reader = getattr(importlib.import_module(module), function)
    return reader


def _unread(media: str, name: str) -> DocumentText:
    problems: tuple[Problem, ...] = ()
    if media == "image":
        message = "图片里的文字无法自动检查,请另一人看图核对。"
        problems = (Problem("picture", message, "图片", "warning"),)
    return DocumentText(name=name, media=media, title=guess_title([], name=name), problems=problems)
