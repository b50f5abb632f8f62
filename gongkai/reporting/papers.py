"""The report on paper: docx and PDF from the same content, frozen or live."""

from collections.abc import Sequence
from urllib.parse import quote

from gongkai.documents.blocks import Block, Heading, paragraph
from gongkai.documents.writing.blocks import as_data, table
from gongkai.documents.writing.docx import write_docx
from gongkai.documents.writing.pdf import render_pdf
from gongkai.journal.chain import SHANGHAI
from gongkai.reporting.figures import Figure
from gongkai.reporting.models import AnnualReport, ReportSection, ReportState

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
    parts = [(heading_of(n, s), blocks_of(s, figures)) for n, s in enumerate(chosen)]
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


def blocks_of(section: ReportSection, figures: Sequence[Figure]) -> list[Block]:
    """Return a section's paragraphs and the table of the figures that belong to it."""
    blocks: list[Block] = [paragraph(line) for line in section.text.split("\n") if line.strip()]
    rows = [_row(figure) for figure in figures if figure.section == section.code and (figure.value or figure.stated)]
    if rows:
        blocks.append(table(["项目", "数量", "单位"], rows))
    return blocks


def _row(figure: Figure) -> list[str]:
    return [figure.label, "未填" if figure.value is None else str(figure.value), figure.unit]


def disposition(report: AnnualReport, form: str) -> str:
    """Return the Content-Disposition of a download, with its Chinese file name."""
    return f"attachment; filename=report.{form}; filename*=UTF-8''{quote(report.title)}.{form}"
