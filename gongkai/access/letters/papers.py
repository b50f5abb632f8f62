"""Turn a letter into paper: title lines, levels, attachments, table rows, and the files in both formats."""

import re
from collections.abc import Iterable

from django.conf import settings

from gongkai.access.letters.composing import ANNEX
from gongkai.access.letters.numbers import number_of, prefix_of
from gongkai.access.models import Letter, LetterState
from gongkai.documents.blobs import BlobStore
from gongkai.documents.writing.letter_docx import write_letter_docx
from gongkai.documents.writing.letters import Annex, LetterPaper, Line, Row, write_letter_pdf
from gongkai.frame.dates import cn_date
from gongkai.statute.letters import letter_kind

TITLE_LINE = 20  # characters of the second size on 156 mm
LEVELS = ((1, re.compile(r"[一二三四五六七八九十]{1,3}、")), (2, re.compile(r"（[一二三四五六七八九十]{1,3}）")))
HEADING = 26  # a longer numbered line is a paragraph, not a heading
ATTACHED = re.compile(r"附件：|　　　\d+\.")
LABEL = re.compile(r"([^：｜]{1,20})：(.*)", re.DOTALL)
TO_SIGN = ("意见", "审核", "审查", "审议", "签发", "签名（盖章）")
MARKS = {LetterState.DRAFT: "草稿", LetterState.CANCELLED: "作废"}


def files_of(letter: Letter) -> tuple[bytes, bytes]:
    """Return a letter as Word and PDF files: a sealed one as it was sealed, any other as it would read now."""
    if letter.pdf_sha256 and letter.state != LetterState.CANCELLED:
        store = BlobStore(settings.BLOB_ROOT)
        return store.get(letter.docx_sha256), store.get(letter.pdf_sha256)
    paper = paper_of(letter)
    return write_letter_docx(paper), write_letter_pdf(paper, fonts=tuple(settings.FONT_FOLDERS))


def pdf_of(letter: Letter) -> bytes:
    """Return a letter as PDF alone."""
    if letter.pdf_sha256 and letter.state != LetterState.CANCELLED:
        return BlobStore(settings.BLOB_ROOT).get(letter.pdf_sha256)
    return write_letter_pdf(paper_of(letter), fonts=tuple(settings.FONT_FOLDERS))


def paper_of(letter: Letter) -> LetterPaper:
    """Return what the letter shows on paper."""
    kind = letter_kind(letter.kind)
    mark = MARKS.get(LetterState(letter.state), "")
    if kind.form != "letter":
        rows = table_rows(letter.text)
        return LetterPaper(
            body_name=letter.body.name, number=number_of(letter), title=letter.title, dated=cn_date(letter.dated),
            rows=rows, tall=_to_sign(rows), note=letter.note, mark=mark,
        )  # fmt: skip
    text, *annexes = letter.text.split(f"\n{ANNEX}\n")
    said, attached = _attachments(text)
    return LetterPaper(
        body_name=letter.body.name, number=number_of(letter) or _number_to_come(letter, numbered=kind.number),
        title=title_lines(letter.title), dated=cn_date(letter.dated) or "　　年　月　日", addressee=letter.addressee,
        lines=_lines(said), attachments=attached, annexes=tuple(_annex(one) for one in annexes), note=letter.note,
        mark=mark, boxed=letter.state == LetterState.DRAFT,
    )  # fmt: skip


def title_lines(title: str) -> str:
    """Break a title that is too long for one line before its bracket, else in the middle."""
    if len(title) <= TITLE_LINE:
        return title
    at = title.find("（")
    if at < 0 or at > TITLE_LINE:
        at = (len(title) + 1) // 2
    return f"{title[:at]}\n{title[at:]}"


def table_rows(text: str) -> tuple[Row, ...]:
    """Read `标签：内容｜标签：内容` lines as rows; a line without a label goes on with the row before."""
    rows: list[Row] = []
    for line in text.splitlines():
        pairs = [LABEL.fullmatch(part.strip()) for part in line.split("｜")[:2]]
        found = tuple((pair[1].strip(), pair[2].strip()) for pair in pairs if pair)
        if found:
            rows.append(found)
        elif rows and line.strip():
            label, value = rows[-1][-1]
            rows[-1] = (*rows[-1][:-1], (label, f"{value}\n{line.strip()}"))
    return tuple(rows)


def _to_sign(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(row[0][0] for row in rows if len(row) == 1 and not row[0][1] and row[0][0].endswith(TO_SIGN))


def _number_to_come(letter: Letter, *, numbered: bool) -> str:
    year = letter.drafted_at.year if letter.drafted_at else ""
    return f"{prefix_of(letter.body)}〔{year}〕　号" if numbered else ""


def _attachments(text: str) -> tuple[list[str], tuple[str, ...]]:
    """Take the note of attachments off the end of a text."""
    lines = [line for line in text.splitlines() if line.strip()]
    end = len(lines)
    while end and ATTACHED.match(lines[end - 1]):
        end -= 1
    return lines[:end], tuple(lines[end:])


def _lines(lines: Iterable[str]) -> tuple[Line, ...]:
    return tuple(Line(line.strip(), _level(line.strip())) for line in lines)


def _level(line: str) -> int:
    if len(line) > HEADING or line.endswith(("。", "；")):
        return 0
    return next((level for level, mark in LEVELS if mark.match(line)), 0)


def _annex(text: str) -> Annex:
    title, *lines = [line for line in text.splitlines() if line.strip()] or [""]
    return Annex(title.strip(), _lines(lines))
