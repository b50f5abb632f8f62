"""Read the text of a PDF; a page without text is a picture somebody has to look at."""

import ctypes
import re

import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.documents.blocks import Block, to_html, to_text
from gongkai.documents.reading.document import DocumentText, Part, Problem
from gongkai.documents.reading.outline import block_of, guess_title, heading_level
from gongkai.documents.reading.plain import tidy
from gongkai.documents.reading.refusal import EncryptedFile, TooLarge, Unreadable

MAX_PAGES = 3_000
FEW = 10
SENTENCE_END = re.compile(r"[。;;!?!?::]$")
NEW_ITEM = re.compile(r"(?:第?[一二三四五六七八九十百]+[、章]|[((][一二三四五六七八九十\d]+[))]|\d{1,2}[.、.])")
PAGE_MARK = re.compile(r"[\s—–-]*\d{1,4}[\s—–-]*|第\s*\d+\s*页(?:\s*共\s*\d+\s*页)?")


def read_pdf(data: bytes, *, name: str) -> DocumentText:
    """Read a PDF; raises EncryptedFile, Unreadable, TooLarge."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        kind = EncryptedFile if "assword" in str(error) else Unreadable
        raise kind from error
    if len(pdf) > MAX_PAGES:
        raise TooLarge(f"PDF 超过 {MAX_PAGES} 页。请拆成几个文件后再上传。")
    pages, notes, problems = [], [], []
    for number in range(1, len(pdf) + 1):
        text, extra, problem = _page(pdf, number)
        pages.append(Part(f"第{number}页", text))
        notes += extra
        problems += problem
    blocks = [block for page in pages for block in paragraphs(page.text)]
    return DocumentText(
        name=name,
        media="pdf",
        title=guess_title(blocks, name=name),
        text=to_text(blocks),
        html=to_html(blocks),
        parts=(*(page for page in pages if page.text.strip()), *notes, *_properties(pdf)),
        problems=(*_scans(problems), *_attachments(pdf)),
    )


def _page(pdf: pypdfium2.PdfDocument, number: int) -> tuple[str, list[Part], list[Problem]]:
    try:
        page = pdf[number - 1]
        text = tidy(page.get_textpage().get_text_range()).replace("\ufffe", "")
        pictures = sum(1 for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4))
        notes = [Part(f"第{number}页批注或表单", note, "comment", True) for note in _annotations(page)]
    except pypdfium2.PdfiumError:
        message = f"第 {number} 页已损坏,无法检查。请重新导出 PDF 再上传。"
        return "", [], [Problem("unreadable_part", message, f"第{number}页")]
    if len(text.strip()) < FEW:
        return text, notes, [Problem("scan", "", f"第{number}页")]
    if pictures:
        return text, notes, [Problem("picture", "", f"第{number}页", "warning")]
    return text, notes, []


def _scans(problems: list[Problem]) -> list[Problem]:
    """Join the findings of many pages into one a kind."""
    result = [problem for problem in problems if problem.message]
    for code, severity, said in (
        ("scan", "error", "没有文字,可能是扫描件或图片,无法自动检查,请另一人看图核对"),
        ("picture", "warning", "有图片,图片里的文字无法自动检查,请另一人看图核对"),
    ):
        places = [problem.where for problem in problems if problem.code == code and not problem.message]
        if places:
            shown = "、".join(places[:6]) + (f"等 {len(places)} 页" if len(places) > 6 else "")
            result.append(Problem(code, f"{shown}{said}。", shown, severity))
    return result


def _annotations(page: pypdfium2.PdfPage) -> list[str]:
    """Read notes and form fields, which the page's text leaves out."""
    texts = []
    for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        for key in (b"Contents", b"V"):
            size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
            if size > 2:
                buffer = (ctypes.c_ushort * (size // 2))()
                pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
                texts.append(bytes(buffer).decode("utf-16-le", "replace").rstrip("\0"))
        pdfium.FPDFPage_CloseAnnot(annotation)
    return [text for text in texts if text.strip()]


def _properties(pdf: pypdfium2.PdfDocument) -> list[Part]:
    values = [value for value in pdf.get_metadata_dict().values() if value.strip()]
    return [Part("文档属性", "\n".join(values), "properties", True)] if values else []


def _attachments(pdf: pypdfium2.PdfDocument) -> list[Problem]:
    problems = []
    count = pdf.count_attachments()
    if count:
        message = f"PDF 里夹带了 {count} 个附件,无法自动检查。请去掉附件,或把附件单独上传。"
        problems.append(Problem("embedded", message, f"夹带附件 {count} 个"))
    if pdfium.FPDFDoc_GetJavaScriptActionCount(pdf.raw) > 0:
        problems.append(Problem("script", "PDF 里带有脚本,不能直接公开。请用“打印为 PDF”重新导出后再上传。"))
    return problems


def paragraphs(text: str) -> list[Block]:
    """Join the lines of a page into paragraphs: a full line that ends no sentence goes on."""
    lines = [line.strip() for line in text.split("\n") if line.strip() and not PAGE_MARK.fullmatch(line.strip())]
    full = max(sorted(len(line) for line in lines)[-max(len(lines) // 5, 1)] - 4, 12) if lines else 0
    joined: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on and not NEW_ITEM.match(line):
            joined[-1] += line
        else:
            joined.append(line)
        goes_on = len(line) >= full and not SENTENCE_END.search(line) and not heading_level(line)
    return [block_of(line) for line in joined]
