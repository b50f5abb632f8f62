"""Official letters lie on the page where GB/T 9704 puts them."""

import io
from itertools import pairwise

import pypdfium2 as pdfium
import pytest
from docx import Document
from docx.shared import Pt

from gongkai.documents.writing.letter_docx import write_letter_docx
from gongkai.documents.writing.letters import Annex, LetterPaper, Line, write_letter_pdf

MM = 72 / 25.4
FULL = "公" * 28 * 60
PAPER = LetterPaper(
    body_name="示范区教育局", number="示教公复〔2026〕12号", title="政府信息公开告知书", dated="2026年9月5日",
    addressee="张三丰", lines=(Line("一、予以公开的内容", 1), Line(FULL), Line("尾段")),
    attachments=("附件：课程表",), annexes=(Annex("意见回执", (Line("□ 同意公开"),)),), note="意思：可以公开。",
)  # fmt: skip


def characters(data, page):
    """Return the characters of a page as (character, left, top, right, bottom), millimetres from the top left."""
    document = pdfium.PdfDocument(data)
    sheet = document[page]
    text, (width, height) = sheet.get_textpage(), sheet.get_size()
    assert (round(width / MM), round(height / MM)) == (210, 297)
    found = []
    for n in range(text.count_chars()):
        char = text.get_text_range(n, 1)
        if char.strip():
            left, bottom, right, top = text.get_charbox(n)
            found.append((char, left / MM, (height - top) / MM, right / MM, (height - bottom) / MM))
    return found


def lines(chars):
    """Group characters into lines by where they stand, top to bottom."""
    rows, last = [], None
    for one in sorted(chars, key=lambda one: one[2] + one[4]):
        middle = (one[2] + one[4]) / 2
        if last is None or middle - last > 3:
            rows.append([])
            last = middle
        rows[-1].append(one)
    return [sorted(row, key=lambda one: one[1]) for row in rows]


def whole_page():
    return [one for one in characters(write_letter_pdf(PAPER), 1) if one[0] == "公"]


def test_a_full_page_has_22_lines_of_28_characters():
    rows = lines(whole_page())
    assert len(rows) == 22
    assert {len(row) for row in rows} == {28}


def test_the_type_area_is_156_by_225_millimetres_at_37_and_28():
    chars = whole_page()
    assert min(one[2] for one in chars) == pytest.approx(37, abs=1)
    assert min(one[1] for one in chars) == pytest.approx(28, abs=0.6)
    assert max(one[3] for one in chars) == pytest.approx(184, abs=0.8)
    assert max(one[4] for one in chars) <= 37 + 225


def test_the_lines_stand_a_twenty_second_of_225_millimetres_apart():
    tops = [min(one[2] for one in row) for row in lines(whole_page())]
    assert all(b - a == pytest.approx(10.23, abs=0.03) for a, b in pairwise(tops))


def test_the_letterhead_stands_35_millimetres_into_the_type_area_and_the_head_keeps_its_order():
    chars = characters(write_letter_pdf(PAPER), 0)
    head = [one for one in chars if one[4] - one[2] > 9][:6]
    assert "".join(one[0] for one in head) == "示范区教育局"
    assert min(one[2] for one in head) == pytest.approx(72, abs=2)
    number = next(one for one in chars if one[0] == "〔")
    title = next(one for one in chars if one[0] == "政")
    to = next(one for one in chars if one[0] == "张")
    assert head[0][4] < number[2] < title[2] < to[2]
    assert to[1] == pytest.approx(28, abs=0.6)
    middle = [one for one in chars if abs(one[2] - title[2]) < 2]
    assert (middle[0][1] + middle[-1][3]) / 2 == pytest.approx(106, abs=1)


def test_the_date_stands_four_characters_from_the_edge_and_the_body_is_centred_over_it():
    data = write_letter_pdf(PAPER)
    page = next(n for n in range(9) if any(one[0] == "尾" for one in characters(data, n)))
    rows = lines(characters(data, page))
    name = next(row for row in rows if "".join(c[0] for c in row) == "示范区教育局")
    day = next(row for row in rows if "".join(c[0] for c in row) == "2026年9月5日")
    assert 184 - day[-1][3] == pytest.approx(4 * 156 / 28, abs=1)
    assert (name[0][1] + name[-1][3]) / 2 == pytest.approx((day[0][1] + day[-1][3]) / 2, abs=1)
    attached = next(row for row in rows if row[0][0] == "附")
    assert attached[0][1] == pytest.approx(28 + 2 * 156 / 28, abs=0.8)


def test_odd_pages_are_numbered_at_the_right_even_ones_at_the_left_and_the_note_is_not():
    data = write_letter_pdf(PAPER)
    for page, near in ((0, 184), (1, 28)):
        number = [one for one in characters(data, page) if one[2] > 262]
        assert "".join(one[0] for one in number) == f"—{page + 1}—"
        edge = number[-1][3] if near == 184 else number[0][1]
        assert abs(edge - near) == pytest.approx(5, abs=1)
        assert number[0][2] == pytest.approx(262 + 7, abs=3)
    last = characters(data, len(pdfium.PdfDocument(data)) - 1)
    assert "".join(one[0] for one in last).startswith("通俗说明")
    assert not [one for one in last if one[2] > 262]


def test_the_same_letter_gives_the_same_bytes_in_both_formats():
    assert write_letter_pdf(PAPER) == write_letter_pdf(PAPER)
    assert write_letter_docx(PAPER) == write_letter_docx(PAPER)


def test_a_form_keeps_all_rows_on_the_page_and_gives_room_to_sign():
    rows = ((("申请编号", "2026-0001"), ("收到日期", "2026年9月1日")), (("理由", "甲" * 80),), (("保密审查意见", ""),))
    form = LetterPaper(
        body_name="示范区教育局", number="", title="审查表", dated="", rows=rows, tall=("保密审查意见",), mark="草稿"
    )
    text = "".join(one[0] for one in characters(write_letter_pdf(form), 0))
    assert "2026-0001" in text
    assert "签名：年月日" in text
    assert len(pdfium.PdfDocument(write_letter_pdf(form))) == 1


def test_the_word_file_has_the_same_page_and_the_office_fonts():
    document = Document(io.BytesIO(write_letter_docx(PAPER)))
    section = document.sections[0]
    assert round(section.top_margin.mm) == 37
    assert round(section.left_margin.mm) == 28
    assert round(section.page_height.mm) == 297
    body = next(p for p in document.paragraphs if p.text == FULL)
    assert body.paragraph_format.first_line_indent == Pt(31.6)
    assert document.styles["Normal"].paragraph_format.line_spacing == Pt(28.95)
    xml = body._p.xml
    assert "仿宋_GB2312" in xml
    assert xml.index("<w:spacing") < xml.index("<w:sz ")
    texts = [p.text for p in document.paragraphs]
    assert "张三丰：" in texts
    assert texts.index("示范区教育局") < texts.index("示教公复〔2026〕12号") < texts.index("2026年9月5日")


def test_hostile_text_goes_through_both_writers():
    hostile = 'A&B <公开> #set *text* $x$ @ref "引号" \\反斜线 \x0b镕喆'
    paper = LetterPaper(body_name=hostile, number=hostile, title=hostile, dated="", lines=(Line(hostile),))
    assert write_letter_pdf(paper).startswith(b"%PDF")
    assert "#set *text*" in "".join(p.text for p in Document(io.BytesIO(write_letter_docx(paper))).paragraphs)


@pytest.mark.parametrize("attachments", [(), ("附件：课程表",)])
@pytest.mark.parametrize("count", [3, 4, 5, 6, 7, 26, 27, 28, 29])
def test_the_signature_never_stands_on_a_page_without_a_line_of_the_text(count, attachments):
    body = (*(Line("段" * 20) for _ in range(count)), Line("尾" * 60))
    paper = LetterPaper(
        body_name="示范区教育局", number="示教公复〔2026〕12号", title="告知书", dated="2026年9月5日",
        addressee="张三丰", lines=body, attachments=attachments,
    )  # fmt: skip
    data = write_letter_pdf(paper)
    pages = [characters(data, n) for n in range(len(pdfium.PdfDocument(data)))]
    last = next(page for page in pages if any(one[0] == "月" for one in page))
    assert any(one[0] in "段尾附" for one in last)
