"""Screen content: text, HTML, a document as read, or a file."""

from collections.abc import Iterator
from pathlib import Path

from gongkai.documents.reading import DocumentText, Refused, read_safely
from gongkai.documents.reading.document import Part
from gongkai.documents.reading.web_page import from_text
from gongkai.screening.detectors import DOCUMENT_DETECTORS, TEXT_DETECTORS
from gongkai.screening.finding import Finding
from gongkai.screening.numbers import Hit

AROUND = 16
# A list of thousands is one finding too many for any reader: the rest is counted.
SHOWN = 500


def screen(document: DocumentText) -> tuple[Finding, ...]:
    """Return all findings of a document as read, those about the whole file first."""
    facts = [finding for detector in DOCUMENT_DETECTORS for finding in detector(document)]
    found = [finding for part in document.parts for finding in _in_part(part)]
    return (*facts, *_capped(found))


def screen_text(text: str, *, where: str = "正文") -> tuple[Finding, ...]:
    """Return the findings of a plain text, such as a title or a summary."""
    return tuple(_capped(list(_in_part(Part(where, text)))))


def screen_html(html: str, *, where: str = "正文") -> tuple[Finding, ...]:
    """Return the findings of an HTML text; places are counted within it (正文第3段)."""
    document = from_text(html, name=where)
    parts = tuple(
        Part(f"{where}{part.where}", part.text, part.kind, part.hidden, context=part.context) for part in document.parts
    )
    return screen(DocumentText(name=where, media="html", parts=parts, problems=document.problems))


def screen_file(source: Path | str | bytes, *, name: str = "") -> tuple[Finding, ...]:
    """Read a file safely and return its findings; a file that is refused is a finding 未能检查."""
    try:
        return screen(read_safely(source, name=name))
    except Refused as refusal:
        return (unchecked(refusal),)


def unchecked(refusal: Refused) -> Finding:
    """Say that nothing in the file was checked, and why."""
    return Finding("unchecked", "unchecked", "error", "整个文件", "", f"未能检查:{refusal.message}")


def _in_part(part: Part) -> Iterator[Finding]:
    hits = [hit for detector in TEXT_DETECTORS for hit in detector(part.text, part.context)]
    if not hits:
        return
    hits.sort(key=lambda hit: hit.start)
    shown = _Starred(part.text, hits)
    line, counted = 1, 0
    for hit, place in zip(hits, shown.places, strict=True):
        line += part.text.count("\n", counted, hit.start)
        counted = hit.start
        where, said = part.where, part.place or part.where
        if part.kind == "lines":
            where = said = f"{part.where}第{line}行"
        quote = " ".join(shown.text[max(0, place - AROUND) : place + len(hit.masked) + AROUND].split())
        message = f"{said}:{hit.message}" if said else hit.message
        yield Finding(hit.code, hit.kind, hit.severity, where, hit.masked, message, quote)


class _Starred:
    """The text with every hit masked, and where each hit stands in it: quotes show no raw value."""

    def __init__(self, text: str, hits: list[Hit]) -> None:
        pieces: list[str] = []
        self.places: list[int] = []
        end = length = 0
        for hit in hits:
            pieces += [text[end : max(end, hit.start)], hit.masked]
            length += len(pieces[-2])
            self.places.append(length)
            length += len(hit.masked)
            end = max(end, hit.end)
        self.text = "".join(pieces) + text[end:]


def _capped(findings: list[Finding]) -> list[Finding]:
    if len(findings) <= SHOWN:
        return findings
    rest = findings[SHOWN:]
    worst = next((f for f in rest if f.severity == "error"), rest[0])
    message = f"另有 {len(rest)} 处同类内容没有逐一列出,请先处理已列出的,再检查一次。"
    return [*findings[:SHOWN], Finding("more", worst.kind, worst.severity, worst.where, "", message)]
