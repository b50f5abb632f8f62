"""Write Word documents in the layout of GB/T 9704, with the font names Chinese offices use."""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph as DocxParagraph
from docx.text.run import Run as DocxRun

from gongkai.documents.blocks import Block, Heading, ListBlock, Paragraph, Run, Table, placed
from gongkai.documents.writing.blocks import column_weights

ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.JUSTIFY,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
LATIN = "Times New Roman"
FORBIDDEN = {code: None for code in range(32) if chr(code) not in "\t\n"} | {0xFFFE: None, 0xFFFF: None}


@dataclass(frozen=True)
class Fonts:
    """Font names by use; a body with other licensed fonts passes its own."""

    title: str = "方正小标宋简体"
    body: str = "仿宋_GB2312"
    heading: str = "黑体"
    second: str = "楷体_GB2312"


OFFICE_FONTS = Fonts()


def write_docx(
    blocks: Iterable[Block],
    *,
    title: str,
    signature: tuple[str, ...] = (),
    fonts: Fonts = OFFICE_FONTS,
) -> bytes:
    """Write a document: title, blocks, signature lines (body, date) at the right, page numbers — 1 —."""
    document = Document()
    _page(document, fonts)
    document.core_properties.title = title.replace("\n", "").translate(FORBIDDEN)[:255]
    document.core_properties.author = ""
    document.core_properties.comments = ""
    head = document.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.paragraph_format.space_after = Pt(28)
    say(head, title, font=fonts.title, size=22)
    writer = _Writer(document, fonts)
    for block in blocks:
        writer.write(block)
    for place, line in enumerate(signature):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(32 if place == 0 else 64)
        paragraph.paragraph_format.space_before = Pt(28 if place == 0 else 0)
        say(paragraph, line, font=fonts.body, size=16)
    out = io.BytesIO()
    document.save(out)
    return dateless(out)


def _page(document: DocumentObject, fonts: Fonts) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    normal = document.styles["Normal"]
    normal.font.name = LATIN
    normal.font.size = Pt(16)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), fonts.body)
    normal.paragraph_format.line_spacing = Pt(29)
    normal.paragraph_format.space_after = Pt(0)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    say(footer, "— ", font="宋体", size=14)
    page_field(say(footer, "", font="宋体", size=14), "PAGE")
    say(footer, " —", font="宋体", size=14)


def page_field(run: DocxRun, code: str) -> None:
    """Put a field (PAGE) into a run."""
    for kind in ("begin", None, "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = code
        run._r.append(element)


def say(paragraph: DocxParagraph, text: str, *, font: str, size: float) -> DocxRun:
    """Add text to a paragraph in a Chinese font; characters no XML may hold are dropped."""
    run = paragraph.add_run(text.translate(FORBIDDEN))
    run.font.name = LATIN
    run.font.size = Pt(size)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


class _Writer:
    """Adds blocks to a document."""

    def __init__(self, document: DocumentObject, fonts: Fonts) -> None:
        self.document = document
        self.fonts = fonts

    def write(self, block: Block) -> None:
        if isinstance(block, Heading):
            self.heading(block)
        elif isinstance(block, Paragraph):
            self.paragraph(block.runs, block.align)
        elif isinstance(block, ListBlock):
            for number, item in enumerate(block.items, 1):
                mark = Run(f"{number}. " if block.ordered else "• ")
                self.paragraph((mark, *item.runs), "left")
        else:
            self.table(block)

    def heading(self, block: Heading) -> None:
        paragraph = self.document.add_heading(level=min(block.level, 4))
        paragraph.paragraph_format.first_line_indent = Pt(32)
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
        font = {1: self.fonts.heading, 2: self.fonts.second}.get(block.level, self.fonts.body)
        run = say(paragraph, block.text, font=font, size=16)
        run.font.bold = False
        # The heading styles of the built-in template are blue.
        run.font.color.rgb = None
        run._r.get_or_add_rPr().append(_black())

    def paragraph(self, runs: Iterable[Run], align: str) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = ALIGN[align]
        if align == "left":
            paragraph.paragraph_format.first_line_indent = Pt(32)
        for run in runs:
            say(paragraph, run.text, font=self.fonts.heading if run.bold else self.fonts.body, size=16)

    def table(self, block: Table) -> None:
        if not block.rows or not block.columns:
            return
        if block.caption:
            self.paragraph((Run(block.caption, bold=True),), "center")
        table = self.document.add_table(rows=len(block.rows), cols=block.columns, style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        weights = column_weights(block)
        for column, weight in zip(table.columns, weights, strict=True):
            column.width = Mm(156 * weight / sum(weights))
        grid = [list(row.cells) for row in table.rows]
        for row, column, cell in placed(block):
            last = grid[min(row + cell.rowspan, len(grid)) - 1][min(column + cell.colspan, block.columns) - 1]
            target = grid[row][column]
            if last is not target:
                target = target.merge(last)
            paragraph = target.paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.line_spacing = 1.0
            say(paragraph, cell.text, font=self.fonts.heading if cell.header else self.fonts.body, size=10.5)
        _repeat_header(table, block)


def _black() -> Any:
    color = OxmlElement("w:color")
    color.set(qn("w:val"), "000000")
    return color


def _repeat_header(table: DocxTable, block: Table) -> None:
    for row, cells in zip(table.rows, block.rows, strict=True):
        if not cells or not all(cell.header for cell in cells):
            return
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def dateless(packed: io.BytesIO) -> bytes:
    """Pack the parts again without the hour of packing: the same content always gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return out.getvalue()
