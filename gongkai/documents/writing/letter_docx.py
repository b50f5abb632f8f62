"""Write official letters as Word files in the layout of GB/T 9704, to be edited in the office."""

import io
from typing import Any

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run as DocxRun

from gongkai.documents.writing.docx import FORBIDDEN, LATIN, OFFICE_FONTS, Fonts, dateless, page_field, say
from gongkai.documents.writing.letters import LetterPaper, Line

PITCH = 28.95  # 225 mm on 22 lines, in the steps Word knows
INDENT = Pt(31.6)  # two characters
TIGHTER = "-5"  # twentieths of a point: 28 characters on 156 mm
RED = RGBColor(0xD7, 0x00, 0x0F)
# The schema fixes the order of properties; Word calls a file damaged that has another.
AFTER_BORDER = ("w:shd", "w:fitText", "w:vertAlign", "w:rtl", "w:cs", "w:em", "w:lang")
AFTER_SPACING = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:bdr", *AFTER_BORDER)
AFTER_EDGES = ("w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")
LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def write_letter_docx(paper: LetterPaper, *, fonts: Fonts = OFFICE_FONTS) -> bytes:
    """Write a letter or its table form as .docx; the same letter gives the same bytes."""
    document = Document()
    _properties(document, paper)
    _page(document, fonts)
    writer = _Writer(document, fonts)
    if paper.rows:
        writer.form(paper)
    else:
        writer.letter(paper)
    out = io.BytesIO()
    document.save(out)
    return dateless(out)


def _properties(document: DocumentObject, paper: LetterPaper) -> None:
    properties = document.core_properties
    properties.title = paper.title.replace("\n", "").translate(FORBIDDEN)[:255]
    properties.author = properties.comments = ""


def _page(document: DocumentObject, fonts: Fonts) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(24)
    normal = document.styles["Normal"]
    normal.font.name = LATIN
    normal.font.size = Pt(16)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), fonts.body)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    normal.paragraph_format.line_spacing = Pt(PITCH)
    normal.paragraph_format.space_after = Pt(0)
    document.settings.odd_and_even_pages_header_footer = True
    _numbers(section.footer.paragraphs[0], RIGHT)
    _numbers(section.even_page_footer.paragraphs[0], LEFT)


def _numbers(footer: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
    footer.alignment = side
    footer.paragraph_format.left_indent = footer.paragraph_format.right_indent = Pt(14)
    say(footer, "— ", font="宋体", size=14)
    page_field(say(footer, "", font="宋体", size=14), "PAGE")
    say(footer, " —", font="宋体", size=14)


class _Writer:
    """Adds the parts of a letter to a document."""

    def __init__(self, document: DocumentObject, fonts: Fonts) -> None:
        self.document = document
        self.fonts = fonts

    def letter(self, paper: LetterPaper) -> None:
        self.mark(paper.mark)
        self.head(paper)
        if paper.addressee:
            self.plain("")
            self.plain(f"{paper.addressee}：")
        for line in paper.lines:
            self.line(line)
        for place, name in enumerate(paper.attachments):
            if place == 0:
                self.plain("")
            self.line(Line(name))
        self.signature(paper)
        self.annexes(paper)
        self.note(paper.note)

    def plain(self, words: str, *, at: WD_ALIGN_PARAGRAPH = LEFT, font: str = "", size: float = 16) -> Paragraph:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = at
        _tighten(say(paragraph, words, font=font or self.fonts.body, size=size))
        return paragraph

    def mark(self, words: str) -> None:
        """Say on top of every page that this is a draft."""
        if not words:
            return
        section = self.document.sections[0]
        for header in (section.header, section.even_page_header):
            header.paragraphs[0].alignment = CENTRE
            run = say(header.paragraphs[0], f"〔{words}，不得送出〕", font=self.fonts.heading, size=16)
            run.font.color.rgb = RGBColor(0x99, 0x99, 0x99)

    def head(self, paper: LetterPaper) -> None:
        name = self.plain("", at=CENTRE)
        name.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        name.paragraph_format.space_before = Mm(35)
        size = min(42, int(150 / 0.3528 / max(len(paper.body_name), 1)))
        say(name, paper.body_name, font=self.fonts.title, size=size).font.color.rgb = RED
        number = self.plain(paper.number, at=CENTRE)
        number.paragraph_format.space_before = Pt(2 * PITCH)
        _red_line(number)
        for place, words in enumerate(paper.title.split("\n")):
            title = self.plain(words, at=CENTRE, font=self.fonts.title, size=22)
            title.paragraph_format.line_spacing = Pt(35)
            title.paragraph_format.space_before = Pt(2 * PITCH if place == 0 else 0)

    def line(self, line: Line) -> None:
        font = {1: self.fonts.heading, 2: self.fonts.second}.get(line.level, self.fonts.body)
        paragraph = self.plain(line.text, font=font)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = INDENT

    def signature(self, paper: LetterPaper) -> None:
        """Write the body centred over the date, which stands four characters from the edge."""
        inset = 4 * 15.8
        half = (_wide(paper.dated) - _wide(paper.body_name)) / 2
        name = self.plain(paper.body_name, at=RIGHT)
        name.paragraph_format.space_before = Pt(2 * PITCH)
        name.paragraph_format.right_indent = Pt(max(inset + half, 0))
        name.paragraph_format.keep_with_next = True
        if paper.boxed:
            run = say(name, "（印章）", font=self.fonts.body, size=16)
            run.font.color.rgb = RED
            run._r.get_or_add_rPr().insert_element_before(_border(), *AFTER_BORDER)
        dated = self.plain(paper.dated, at=RIGHT)
        dated.paragraph_format.right_indent = Pt(inset)

    def annexes(self, paper: LetterPaper) -> None:
        for number, annex in enumerate(paper.annexes, 1):
            first = self.plain("")
            first.add_run().add_break(WD_BREAK.PAGE)
            several = len(paper.annexes) > 1
            say(first, f"附件{number if several else ''}", font=self.fonts.heading, size=16)
            title = self.plain(annex.title, at=CENTRE, font=self.fonts.title, size=22)
            title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(PITCH)
            for line in annex.lines:
                if line.text.endswith("：") and not line.text.startswith("□"):
                    self.plain(line.text)
                else:
                    self.line(line)

    def note(self, words: str) -> None:
        """Put the plain-language note on an unnumbered page of its own."""
        if not words:
            return
        _without_numbers(self.document.add_section())
        self.plain("通俗说明", at=CENTRE, font=self.fonts.heading, size=20)
        told = self.plain("随文书附送，帮助理解，不是文书的一部分；以文书为准", at=CENTRE, size=12)
        told.paragraph_format.space_after = Pt(PITCH)
        for line in words.split("\n"):
            self.plain(line, font=self.fonts.heading, size=14)

    def form(self, paper: LetterPaper) -> None:
        self.mark(paper.mark)
        title = self.plain(paper.title.replace("\n", ""), at=CENTRE, font=self.fonts.title, size=20)
        title.paragraph_format.space_after = Pt(8)
        self.plain(f"{paper.body_name}　　{paper.number}".rstrip(), size=12)
        table = self.document.add_table(rows=len(paper.rows), cols=4, style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        for column, width in zip(table.columns, (32, 46, 32, 46), strict=True):
            column.width = Mm(width)
        for row, pairs in zip(table.rows, paper.rows, strict=True):
            cells = list(row.cells)
            if len(pairs) == 1:
                cells = [cells[0], cells[1].merge(cells[3])]
                if pairs[0][0] in paper.tall:
                    row.height = Mm(24)
            for cell, (words, font) in zip(cells, _faces(pairs, self.fonts), strict=True):
                cell.paragraphs[0].paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
                say(cell.paragraphs[0], words, font=font, size=12)
        if paper.dated:
            self.plain(paper.dated, at=RIGHT, size=12)
        for line in paper.note.split("\n") if paper.note else ():
            self.plain(line, size=11)


def _faces(pairs: tuple[tuple[str, str], ...], fonts: Fonts) -> list[tuple[str, str]]:
    return [face for label, value in pairs for face in ((label, fonts.heading), (value, fonts.body))]


def _tighten(run: DocxRun) -> None:
    spacing: Any = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), TIGHTER)
    run._r.get_or_add_rPr().insert_element_before(spacing, *AFTER_SPACING)


def _border() -> Any:
    border = OxmlElement("w:bdr")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "D7000F")):
        border.set(qn(f"w:{name}"), value)
    return border


def _red_line(paragraph: Paragraph) -> None:
    """Draw the red line 4 mm under the number."""
    edges: Any = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "11"), ("color", "D7000F")):
        line.set(qn(f"w:{name}"), value)
    edges.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(edges, *AFTER_EDGES)


def _without_numbers(section: Section) -> None:
    for footer in (section.footer, section.even_page_footer):
        footer.is_linked_to_previous = False


def _wide(words: str) -> float:
    """Estimate the width of a line of 16 pt text in points: digits half as wide as characters."""
    return sum(15.8 if char > "\u2e7f" else 8 for char in words)
