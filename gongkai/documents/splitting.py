"""Split a collection of documents into drafts, and notice drafts that say the same."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.documents.blocks import Block, Heading, Paragraph, to_html, to_text
from gongkai.documents.hypertext import from_html
from gongkai.documents.reading.document import DocumentText
from gongkai.documents.reading.outline import DOCUMENT_WORD, guess_title, is_title, title_line

TITLE = re.compile(
    rf"(?=.*[\u4e00-\u9fff]{{4}})[^。,;::]{{4,40}}?(?P<word>{DOCUMENT_WORD})(?:[((][^()()]{{1,12}}[))])?"
)
DECLARED = re.compile(r"(?:汇总|精选|合集|集锦|共|范文|大全|通用|推荐|优秀|最新|实用|模板)\s*(\d{1,3})\s*篇")
PAGE_MARK = re.compile(r"(?<![\d/.])(\d{1,3})/(\d{1,3})(?![\d/.])")
MIN_PARTS = 3
MIN_BODY = 60


@dataclass(frozen=True)
class Draft:
    """A draft a clerk goes on with; the title is a guess and editable, the body lacks the title line."""

    title: str
    html: str
    text: str


def split_collection(document: DocumentText) -> list[Draft]:
    """Split a collection into its documents; anything else is one draft, its text untouched."""
    blocks = from_html(document.html)
    starts = _starts(blocks)
    if not starts:
        return [_single(document, blocks)]
    ends = [*starts[1:], len(blocks)]
    return [
        _draft(_line(blocks[start]), _without_page_marks(blocks[start + 1 : end]))
        for start, end in zip(starts, ends, strict=True)
    ]


def identical(drafts: Sequence[Draft]) -> list[tuple[int, ...]]:
    """List groups of positions (from 0) whose texts are the same but for white space."""
    groups: dict[str, list[int]] = defaultdict(list)
    for position, draft in enumerate(drafts):
        groups[re.sub(r"\s+", "", draft.text)].append(position)
    return [tuple(group) for key, group in groups.items() if key and len(group) > 1]


def _single(document: DocumentText, blocks: list[Block]) -> Draft:
    """Keep the whole document; only a title line of its own at the very top leaves the body."""
    title = document.title or guess_title(blocks, name=document.name)
    if blocks and title and _line(blocks[0]) == title == title_line(blocks):
        return _draft(title, blocks[1:])
    return Draft(title, document.html, document.text)


def _draft(title: str, blocks: Sequence[Block]) -> Draft:
    return Draft(title, to_html(blocks), to_text(blocks))


def _line(block: Block) -> str:
    return " ".join(block.text.split()) if isinstance(block, Heading | Paragraph) else ""


def _starts(blocks: Sequence[Block]) -> list[int]:
    """Find the title lines of a collection.

    They stand alone, end in one and the same word for a kind of document (or their number is declared,
    as in 汇总12篇), and each has a body of its own. A report's own lines do not pass this.
    """
    found = {position: match["word"] for position, block in enumerate(blocks) if (match := _title(block))}
    declared = DECLARED.search(to_text(blocks[:6]))
    positions = [place for place in found if not DECLARED.search(_line(blocks[place]))]
    if not declared or int(declared.group(1)) != len(positions):
        common = Counter(found[place] for place in positions).most_common(1)
        positions = [place for place in positions if found[place] == common[0][0]]
    if len(positions) < MIN_PARTS:
        return []
    bodies = zip(positions, [*positions[1:], len(blocks)], strict=True)
    return positions if all(len(to_text(blocks[a + 1 : b])) >= MIN_BODY for a, b in bodies) else []


def _title(block: Block) -> re.Match[str] | None:
    line = _line(block)
    return TITLE.fullmatch(line) if is_title(line) else None


def _without_page_marks(blocks: Sequence[Block]) -> list[Block]:
    """Strip page marks such as 3/10 when they run from 1 to their total; other fractions stay."""
    total = _pages(to_text(blocks))
    if not total:
        return list(blocks)
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            text = PAGE_MARK.sub(lambda mark: "" if mark.group(2) == total else mark.group(0), block.text)
            if text != block.text:
                result += from_html(to_html([_like(block, text)])) if re.search(r"\w", text) else []
                continue
        result.append(block)
    return result


def _like(block: Heading | Paragraph, text: str) -> Block:
    # What follows a stripped mark is often a heading: 1/10二、…
    return Heading(1, text) if re.match(r"[一二三四五六七八九十]+、.{2,34}$", text.strip()) else _plain(block, text)


def _plain(block: Heading | Paragraph, text: str) -> Block:
    if isinstance(block, Heading):
        return Heading(block.level, text)
    return Paragraph((type(block.runs[0])(text),), block.align)


def _pages(text: str) -> str:
    """Return the total that page marks count up to, when they do so without a gap."""
    marks: dict[str, list[int]] = defaultdict(list)
    for number, total in PAGE_MARK.findall(text):
        marks[total].append(int(number))
    for total, numbers in marks.items():
        if len(numbers) >= MIN_PARTS and numbers == list(range(1, int(total) + 1)):
            return total
    return ""
