"""The report on paper: docx and PDF from the same content, frozen or live."""

from collections.abc import Sequence
from urllib.parse import quote

from gongkai.documents.blocks import Block, Cell, Heading, Table, paragraph
from gongkai.documents.writing.blocks import as_data, table
from gongkai.documents.writing.docx import write_docx
from gongkai.documents.writing.pdf import render_pdf
from gongkai.journal.chain import SHANGHAI
from gongkai.reporting.figures import Figure, Number
from gongkai.reporting.grids import Grid, GridCell, grid
from gongkai.reporting.models import AnnualReport, ReportSection, ReportState
from gongkai.statute import families

MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
ORDINALS = "一二三四五六七八九十"


def write(
    report: AnnualReport, figures: Sequence[Figure], form: str, *, sections: Sequence[ReportSection] | None = None
) -> bytes:
    """Return the report as docx or PDF bytes (`form`): sections in order, each with the table of its figures."""
    chosen = list(report.sections.all()) if sections is None else sections
    parts = [(heading_of(n, s), blocks_of(s, figures, report.family)) for n, s in enumerate(chosen)]
    if form == "docx":
        blocks: list[Block] = []
        for heading, found in parts:
            blocks += [Heading(1, heading), *found]
        return write_docx(blocks, title=report.title, signature=signature_of(report))
    signature = signature_of(report)
    data = {
        "title": report.title,
        "body_name": signature[0],
        "signed_on": signature[1] if len(signature) > 1 else "",
        "sections": [{"heading": heading, "blocks": as_data(blocks)} for heading, blocks in parts],
        "draft": report.state != ReportState.PUBLISHED,
    }
    return render_pdf("annual_report", data)


def heading_of(index: int, section: ReportSection) -> str:
    """Return a section's heading with its Chinese ordinal."""
    return f"{ORDINALS[index]}、{section.heading}" if index < len(ORDINALS) else section.heading


def signature_of(report: AnnualReport) -> tuple[str, ...]:
    """Return the body's name and, once published, the day."""
    if report.published_at is None:
        return (report.body.name,)
    day = report.published_at.astimezone(SHANGHAI).date()
    return (report.body.name, f"{day.year}年{day.month}月{day.day}日")


def blocks_of(section: ReportSection, figures: Sequence[Figure], family: str) -> list[Block]:
    """Return a section's paragraphs and its tables; the statutory form prints no other tables than its own."""
    blocks: list[Block] = [paragraph(line) for line in section.text.split("\n") if line.strip()]
    forms = families.tables(family)
    by_code = {figure.code: figure for figure in figures}
    for one in forms:
        if one.section == section.code:
            blocks.append(_printed(grid(one, by_code)))
    rows = [_row(figure) for figure in figures if figure.section == section.code and (figure.value or figure.stated)]
    if rows and not forms:
        blocks.append(table(["项目", "数量", "单位"], rows))
    return blocks


def _row(figure: Figure) -> list[str]:
    return [figure.label, written(figure.value), figure.unit]


def written(value: Number | None) -> str:
    """Write a number as it is printed; what nobody has stated is 未填."""
    return "未填" if value is None else str(value) if isinstance(value, int) else f"{value.normalize():f}"


def _printed(shown: Grid) -> Table:
    """Return a grid as the table of a document, narrow headings broken into short lines."""
    head = [tuple(_cell(one) for one in row) for row in shown.head]
    if shown.captioned:
        width = sum(cell.colspan for cell in shown.head[0])
        head.insert(0, (Cell(shown.table.caption, colspan=width, header=True),))
    body = [tuple(_cell(one) for one in row) for row in shown.body]
    return Table((*head, *body))


def _cell(one: GridCell) -> Cell:
    if one.figure is not None:
        return Cell(written(one.figure.value))
    text = _broken(one.text) if one.narrow else one.text
    return Cell(text, colspan=one.colspan, rowspan=one.rowspan, header=one.scope != "row")


def _broken(text: str) -> str:
    """Break a narrow heading into lines of two characters, its number on a line of its own."""
    number, mark, rest = text.partition("）") if "）" in text else text.partition("、")
    if not mark:
        number, rest = "", text
    lines = [rest[place : place + 2] for place in range(0, len(rest), 2)]
    return "\n".join([number + mark, *lines] if mark else lines)


def disposition(report: AnnualReport, form: str) -> str:
    """Return the Content-Disposition of a download, with its Chinese file name."""
    return f"attachment; filename=report.{form}; filename*=UTF-8''{quote(report.title)}.{form}"
