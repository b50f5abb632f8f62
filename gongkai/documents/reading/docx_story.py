"""Walk one story of a Word document (body, header, note, text box) into blocks and unseen text."""

from collections import defaultdict
from dataclasses import dataclass, field

from lxml import etree

from gongkai.documents.blocks import Block, Cell, Heading, ListBlock, Table, paragraph, to_text
from gongkai.documents.reading.docx_styles import Numbering, Styles, is_hidden, number_of
from gongkai.documents.reading.outline import block_of
from gongkai.documents.reading.package import attribute, child, local

# What a `mode` of "" means: a reader sees it.
SEEN = ""
MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
PASSED = frozenset({"pPr", "rPr", "Fallback", "rt", "tblPr", "trPr", "tcPr", "tblGrid", "sectPr", "sdtPr", "sdtEndPr"})
TEXTS = {"t": SEEN, "delText": "deleted", "instrText": "field", "delInstrText": "field"}
REMOVED = frozenset({"del", "moveFrom"})
ADDED = frozenset({"ins", "moveTo"})
ALIGN = {"center": "center", "right": "right", "end": "right"}


@dataclass
class Span:
    """A table cell while later rows may still merge into it."""

    text: str
    columns: int
    rows: int = 1
    header: bool = False


@dataclass
class Story:
    """Blocks in reading order and unseen text by kind: hidden_text, deleted, field, alt, text_box."""

    styles: Styles
    numbering: Numbering
    unseen: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    revised: bool = False
    outside: int = 0

    def blocks(self, parent: etree._Element, mode: str = SEEN) -> list[Block]:
        """Walk the block-level children of an element."""
        result: list[Block] = []
        for item in parent:
            tag = local(item)
            if tag == "p":
                result += self.paragraph(item, mode)
            elif tag == "tbl":
                result += self.table(item, mode)
            elif tag == "altChunk":
                self.outside += 1
            elif tag in REMOVED:
                self.revised = True
                self.blocks(item, "deleted")
            elif tag not in PASSED:
                self.revised = self.revised or tag in ADDED
                result += self.blocks(item, mode)
        return _lists_joined(result)

    def paragraph(self, element: etree._Element, mode: str) -> list[Block]:
        """Read one paragraph; text boxes anchored in it follow it."""
        properties = child(element, "pPr")
        style = attribute(child(properties, "pStyle"), "val")
        if mode == SEEN and self.styles.hidden(style):
            mode = "hidden_text"
        line = _Line(self, mode)
        line.walk(element, mode)
        text = "".join(line.seen).strip(" \u3000\n")
        if not text:
            return line.boxes
        return [self.made(text, properties, style), *line.boxes]

    def made(self, text: str, properties: etree._Element | None, style: str) -> Block:
        """Make the block that style, outline and numbering ask for."""
        number = number_of(properties) or self.styles.number(style)
        label = self.numbering.label(*number) if number else ""
        if label == "•":
            return ListBlock(False, (paragraph(text),))
        text = label + text
        own = attribute(child(properties, "outlineLvl"), "val")
        level = int(own) + 1 if own.isdigit() and int(own) < 9 else self.styles.level(style)
        if level and len(text) <= 120:
            return Heading(min(level, 4), text.replace("\n", " "))
        align = ALIGN.get(attribute(child(properties, "jc"), "val"), "left")
        return paragraph(text, align=align) if align != "left" else block_of(text)

    def table(self, element: etree._Element, mode: str) -> list[Block]:
        """Read a table; a vertically merged cell spans rows and appears once."""
        rows: list[list[Span]] = []
        opened: dict[int, Span] = {}
        for row in _inside(element, "tr"):
            properties = child(row, "trPr")
            gone = "deleted" if child(properties, "del") is not None else mode
            gone = "hidden_text" if gone == SEEN and child(properties, "hidden") is not None else gone
            spans = self.row(row, gone, opened)
            if gone == SEEN:
                rows.append(spans)
        cells = [tuple(Cell(s.text, s.columns, s.rows, s.header) for s in row) for row in rows]
        return [Table(tuple(cells))] if any(cell.text for row in cells for cell in row) else []

    def row(self, row: etree._Element, mode: str, opened: dict[int, Span]) -> list[Span]:
        """Read one row; `opened` maps grid columns to the cells that continue from above."""
        properties = child(row, "trPr")
        header = child(properties, "tblHeader") is not None
        column = min(_number(child(properties, "gridBefore"), 0), 200)
        spans: list[Span] = []
        for cell in _inside(row, "tc"):
            width = min(max(_number(child(cell, "tcPr", "gridSpan"), 1), 1), 200)
            text = to_text(self.blocks(cell, mode)).strip()
            merge = child(cell, "tcPr", "vMerge")
            if merge is not None and attribute(merge, "val") != "restart" and column in opened:
                opened[column].rows += 1
                if text:
                    self.unseen["hidden_text"].append(text)
            else:
                spans.append(Span(text, width, header=header))
                opened.pop(column, None)
                if merge is not None:
                    opened[column] = spans[-1]
            column += width
        return spans


class _Line:
    """Collects the text of one paragraph, sorted into what is seen and what is not."""

    def __init__(self, story: Story, mode: str) -> None:
        self.story = story
        self.seen: list[str] = []
        self.boxes: list[Block] = []
        self.paragraph_mode = mode

    def walk(self, element: etree._Element, mode: str) -> None:
        apart: dict[str, list[str]] = defaultdict(list)
        self._walk(element, mode, apart)
        for kind, texts in apart.items():
            if "".join(texts).strip():
                self.story.unseen[kind].append("".join(texts).strip())

    def _walk(self, element: etree._Element, mode: str, apart: dict[str, list[str]]) -> None:
        for item in element:
            tag = local(item)
            if tag in TEXTS:
                kind = TEXTS[tag] or mode
                (apart[kind] if kind else self.seen).append(item.text or "")
            elif tag in MARKS:
                (apart[mode] if mode else self.seen).append(MARKS[tag])
            elif tag == "txbxContent":
                self.box(item, mode)
            elif tag not in PASSED and tag:
                self._walk(item, self.mode_in(item, tag, mode), apart)

    def mode_in(self, item: etree._Element, tag: str, mode: str) -> str:
        """Tell who sees the text inside: a deletion and hidden text hide it."""
        if tag in REMOVED or tag in ADDED:
            self.story.revised = True
            return "deleted" if tag in REMOVED else mode
        if tag == "docPr" and attribute(item, "descr"):
            self.story.unseen["alt"].append(attribute(item, "descr"))
        if tag == "r" and mode in (SEEN, "hidden_text"):
            properties = child(item, "rPr")
            own = is_hidden(properties)
            if own is None:
                own = self.story.styles.hidden(attribute(child(properties, "rStyle"), "val"))
                own = own or self.paragraph_mode == "hidden_text"
            return "hidden_text" if own else SEEN
        return mode

    def box(self, item: etree._Element, mode: str) -> None:
        blocks = self.story.blocks(item, mode)
        if blocks:
            self.story.unseen["text_box"].append(to_text(blocks))
            self.boxes += blocks


def _inside(element: etree._Element, tag: str) -> list[etree._Element]:
    """List rows or cells, also those wrapped in content controls or revisions."""
    found: list[etree._Element] = []
    for item in element:
        if local(item) == tag:
            found.append(item)
        elif local(item) in ("sdt", "sdtContent", "ins", "customXml", "smartTag"):
            found += _inside(item, tag)
    return found


def _number(element: etree._Element | None, default: int) -> int:
    value = attribute(element, "val")
    return int(value) if value.isdigit() else default


def _lists_joined(blocks: list[Block]) -> list[Block]:
    result: list[Block] = []
    for block in blocks:
        last = result[-1] if result else None
        if isinstance(block, ListBlock) and isinstance(last, ListBlock) and block.ordered == last.ordered:
            result[-1] = ListBlock(last.ordered, last.items + block.items)
        else:
            result.append(block)
    return result
