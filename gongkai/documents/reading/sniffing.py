"""Tell what a file is from its content; its name is only compared with it."""

import io
import re
import zipfile
from dataclasses import dataclass

from gongkai.documents.reading.decoding import decode
from gongkai.documents.reading.document import Problem
from gongkai.documents.reading.package import Package
from gongkai.documents.reading.refusal import EncryptedFile

EXTENSIONS = {
    "docx": ("docx", "docm", "dotx"),
    "xlsx": ("xlsx", "xlsm", "xltx"),
    "xls": ("xls", "et", "xlsb"),
    "pdf": ("pdf",),
    "html": ("html", "htm", "xhtml"),
    "csv": ("csv", "tsv"),
    "md": ("md", "markdown"),
    "txt": ("txt", "text", "log"),
    "image": ("png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp", "svg", "heic", "ico"),
    "archive": ("zip", "rar", "7z", "gz", "tar", "tgz", "bz2", "xz"),
}
TEXTUAL = ("html", "csv", "md", "txt")
PICTURES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"\0\0\1\0",
)
ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"L\0\0\0\x01\x14\x02\0")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body|table|div|p|h[1-6]|meta|title|script|span|ul|ol)\b",
    re.I | re.S,
)
MACRO = "文件里带有宏程序,不能直接公开。请另存为不含宏的格式(.docx 或 .xlsx)后再上传。"


@dataclass(frozen=True)
class Sniffed:
    """The medium by content and what is suspicious about the wrapping."""

    media: str
    problems: tuple[Problem, ...] = ()


def sniff(data: bytes, *, name: str) -> Sniffed:
    """Tell the medium; raises EncryptedFile, ZipBomb, Unreadable for packages."""
    found = _by_content(data, name)
    extra = [*_mismatch(found, name), *_polyglot(data, found)]
    return Sniffed(found.media, found.problems + tuple(extra))


def extension(name: str) -> str:
    """Return the lower-case extension without its dot."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def _by_content(data: bytes, name: str) -> Sniffed:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data)
    if data.startswith(OLE):
        return _ole(data)
    if b"%PDF-" in data[:1024] and not _looks_like_html(data):
        return Sniffed("pdf")
    return _by_signature(data) or _text(data, name)


def _by_signature(data: bytes) -> Sniffed | None:
    if data.startswith(PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or data[4:8] == b"ftyp":
        moving = data[4:8] == b"ftyp" and data[8:12] not in (b"heic", b"mif1", b"avif")
        return _unsupported("音频或视频") if moving else Sniffed("image")
    if data.startswith(ARCHIVES):
        return Sniffed("archive", (_archive(),))
    if data.startswith(PROGRAMS):
        message = "这是可执行的程序,不是文档,不能公开。请选择要公开的文档。"
        return Sniffed("unknown", (Problem("executable", message),))
    if data.startswith(b"{\\rtf"):
        return _unsupported("RTF 文档")
    return None


def _zip(data: bytes) -> Sniffed:
    package = Package(data)
    if "[Content_Types].xml" not in package:
        if "OFD.xml" in package:
            return _unsupported("OFD 版式文件")
        return Sniffed("archive", (_archive(),))
    types = package.read("[Content_Types].xml").decode("utf-8", "replace")
    media = "unknown"
    for mark, kind in (
        ("wordprocessingml", "docx"),
        ("ms-word", "docx"),
        ("spreadsheetml", "xlsx"),
        ("ms-excel.sheet.macro", "xlsx"),
        ("ms-excel.sheet.binary", "xls"),
    ):
        if mark in types and re.search(re.escape(mark) + r"[^\"]*(?:main|template)", types, re.I):
            media = kind
            break
    macro = any(entry.lower().endswith("vbaproject.bin") for entry in package.names) or "vbaProject" in types
    problems = (Problem("macro", MACRO),) if macro else ()
    if media == "unknown":
        return Sniffed("unknown", (*_unsupported("演示文稿等").problems, *problems))
    return Sniffed(media, problems)


def _ole(data: bytes) -> Sniffed:
    """Tell old Office files apart by the stream names in their directory."""
    if _stream(data, "EncryptedPackage"):
        raise EncryptedFile
    macro = (Problem("macro", MACRO),) if _stream(data, "_VBA_PROJECT") else ()
    if _stream(data, "Workbook") or _stream(data, "Book"):
        return Sniffed("xls", macro)
    label = "旧版 Word 或 WPS 文字" if _stream(data, "WordDocument") else "旧版办公"
    return Sniffed("unknown", (*_unsupported(label).problems, *macro))


def _stream(data: bytes, name: str) -> bool:
    return name.encode("utf-16-le") + b"\0\0" in data


def _text(data: bytes, name: str) -> Sniffed:
    head = decode(data[:65_536])
    controls = sum(char < " " and char not in "\t\n\r\f\x0b\x1a" for char in head.text)
    if controls > 5 + len(head.text) // 50:
        return _unsupported("无法识别的")
    if HTML_START.match(head.text):
        return Sniffed("html")
    if re.match(r"\s*(?:<\?xml[^>]*>)?\s*(?:<!DOCTYPE svg[^>]*>\s*)?<svg\b", head.text, re.I):
        return Sniffed("image")
    by_name = next((media for media in TEXTUAL if extension(name) in EXTENSIONS[media]), "txt")
    return Sniffed(by_name)


def _looks_like_html(data: bytes) -> bool:
    return bool(HTML_START.match(data[:1024].decode("latin-1")))


def _unsupported(label: str) -> Sniffed:
    message = f"{label}文件的内容无法自动检查。请另存为 .docx、.xlsx 或 .pdf 再上传,或由另一人打开核对。"
    return Sniffed("unknown", (Problem("unsupported", message),))


def _archive() -> Problem:
    return Problem("archive", "压缩包里的内容没有检查。请解开后逐个上传,或由另一人打开核对。")


def _mismatch(found: Sniffed, name: str) -> list[Problem]:
    given = extension(name)
    expected = next((media for media, endings in EXTENSIONS.items() if given in endings), "")
    if not expected or expected == found.media or (expected in TEXTUAL and found.media in TEXTUAL):
        return []
    if found.media == "unknown" and any(problem.code == "unsupported" for problem in found.problems):
        shown = "别的格式"
    else:
        shown = LABELS[found.media]
    message = f"文件名以 .{given} 结尾,内容却是{shown}。请确认没有选错文件,并用办公软件另存一份。"
    return [Problem("mismatch", message, severity="warning")]


LABELS = {
    "docx": "Word 文档",
    "xlsx": "Excel 表格",
    "xls": "旧版 Excel 表格",
    "csv": "文本表格",
    "txt": "纯文本",
    "md": "纯文本",
    "html": "网页",
    "pdf": "PDF",
    "image": "图片",
    "archive": "压缩包",
    "unknown": "别的东西",
}


def _polyglot(data: bytes, found: Sniffed) -> list[Problem]:
    zipped = data.startswith(b"PK")
    double = (not zipped and _has_zip_inside(data)) or (found.media == "html" and b"%PDF-" in data[:1024])
    late_pdf = found.media == "pdf" and not data.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-")
    zip_and_pdf = zipped and b"%PDF-" in data[:1024]
    if not (double or late_pdf or zip_and_pdf):
        return []
    message = "这个文件同时是两种格式,可能夹带了别的内容。请用办公软件打开,另存一份再上传。"
    return [Problem("polyglot", message)]


def _has_zip_inside(data: bytes) -> bool:
    return b"PK\x05\x06" in data[-66_000:] and zipfile.is_zipfile(io.BytesIO(data))
