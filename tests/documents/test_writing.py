import hashlib
import io
import subprocess
import threading
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from gongkai.documents.reading import read
from gongkai.documents.writing import archive, qr
from gongkai.documents.writing.blocks import (
    Cell,
    Heading,
    ListBlock,
    Paragraph,
    Run,
    Table,
    as_data,
    from_html,
    paragraph,
    table,
    to_html,
)
from gongkai.documents.writing.docx import write_docx
from gongkai.documents.writing.pdf import UnknownTemplate, picture, render_pdf
from gongkai.documents.writing.xlsx import SheetRows, write_xlsx

HTML = """<h2>一、收费项目</h2><p>凭<strong>有效证明</strong>申请,见<a href="https://example.cn/a">说明</a>。</p>
<ul><li>甲</li><li>乙</li></ul>
<table><tr><th rowspan="2">类别</th><th colspan="2">标准</th></tr><tr><th>小学</th><th>初中</th></tr>
<tr><td>餐费</td><td>8</td><td>9</td></tr></table><p style="text-align:right">常青小学</p>"""
BLOCKS = from_html(HTML)
HOSTILE = 'A&B <公开> #set *text* $x$ @ref "引号" \\反斜线 镕喆堃玥'


def pdf_text(data: bytes) -> str:
    return read(data, name="a.pdf").text.replace("\n", "")


def test_clean_html_becomes_blocks():
    assert [
        Heading(1, "一、收费项目"),
        Paragraph(
            (
                Run("凭"),
                Run("有效证明", bold=True),
                Run("申请,见"),
                Run("说明", href="https://example.cn/a"),
                Run("。"),
            )
        ),
        ListBlock(False, (paragraph("甲"), paragraph("乙"))),
        Table(
            (
                (Cell("类别", rowspan=2, header=True), Cell("标准", colspan=2, header=True)),
                (Cell("小学", header=True), Cell("初中", header=True)),
                (Cell("餐费"), Cell("8"), Cell("9")),
            )
        ),
        paragraph("常青小学", align="right"),
    ] == BLOCKS


def test_blocks_and_html_are_two_spellings_of_one_thing():
    assert from_html(to_html(BLOCKS)) == BLOCKS


def test_our_own_alignment_class_is_an_alignment():
    assert from_html('<p class="align-right">常青小学</p>') == [paragraph("常青小学", align="right")]


def test_a_javascript_address_is_no_link():
    assert from_html('<p><a href="javascript:x()">点</a></p>') == [paragraph("点")]


def test_a_board_sheet_says_everything_a_board_must_say():
    data = {
        "body_name": "东城市常青小学",
        "issue": "2026年第3期",
        "title": "秋季学期收费公示",
        "blocks": as_data([*BLOCKS, paragraph(HOSTILE)]),
        "period": "2026年11月21日至2026年12月5日",
        "responsible": [["责任部门", "总务处"], ["负责人", "李某某"]],
        "feedback": [["意见箱", "校门口东侧"]],
        "qr_svg": qr.qr_svg("https://example.cn/g/cq/1"),
    }
    for paper in ("a4", "a3"):
        text = pdf_text(render_pdf("board_sheet", {**data, "paper": paper})).replace(" ", "")
        for words in (
            "2026年第3期",
            "秋季学期收费公示",
            "2026年11月21日至2026年12月5日",
            "总务处",
            "校门口东侧",
            "餐费",
        ):
            assert words in text
        assert "#set*text*$x$@ref" in text


def test_a_png_code_and_no_code_both_make_a_sheet():
    code = picture(qr.qr_png("https://example.cn"))
    assert render_pdf("board_sheet", {"title": "题", "qr_png": code}).startswith(b"%PDF")
    assert render_pdf("board_sheet", {"title": "题"}).startswith(b"%PDF")


def test_an_annual_report_has_page_numbers_between_dashes_and_a_draft_mark():
    section = {
        "heading": "一、概述",
        "blocks": as_data([paragraph("本年度公开信息。" * 400), table(["甲", "乙"], [["1", "2"]])]),
    }
    data = {
        "title": "常青小学2026年度报告",
        "body_name": "常青小学",
        "signed_on": "2027年1月20日",
        "sections": [section],
    }
    document = read(render_pdf("annual_report", {**data, "draft": True}), name="a.pdf")
    assert len(document.parts) > 2
    assert "— 1 —" in document.parts[0].text
    assert "草 稿" in document.parts[0].text
    assert "2027年1月20日" in document.text.replace(" ", "")


def test_an_issue_file_lists_contents_decisions_postings_and_opinions():
    data = {
        "title": "2026年第3期",
        "contents": [{"name": "正文.pdf", "about": "审定", "size": "1 KB", "sha256": "ab" * 32}],
        "decisions": [
            {"step": "保密审查", "person": "王某", "result": "同意", "at": "2026年11月20日", "digest": "cd" * 8}
        ],
        "postings": [{"channel": "公开栏", "on": "2026年11月21日", "place": "校门口", "proof": "照片"}],
        "opinions": [{"received": "2026年11月22日", "channel": "意见箱", "about": "建议", "answered": "已答复"}],
        "documents": [{"title": "收费公示", "blocks": as_data(BLOCKS)}],
    }
    text = pdf_text(render_pdf("issue_file", data)).replace(" ", "")
    for words in ("卷内目录", "正文.pdf", "abababababababab", "保密审查", "校门口", "已答复", "收费公示"):
        assert words in text


def test_a_slip_shows_the_code_and_how_to_use_it():
    slip = {
        "body": "常青小学",
        "person": "李明",
        "login": "liming",
        "code": "7K4M-92QP",
        "valid_until": "2026年11月28日",
    }
    data = {"slips": [{**slip, "how": ["打开网址。"]}] * 4}
    document = read(render_pdf("slip", data), name="a.pdf")
    assert document.text.count("7K4M-92QP") == 4
    assert [part.where for part in document.parts] == ["第1页", "第2页", "文档属性"]


def test_the_same_data_gives_the_same_bytes_from_any_thread():
    expected = render_pdf("board_sheet", {"title": "题"})
    results: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: results.append(render_pdf("board_sheet", {"title": "题"}))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 4


def test_an_unknown_template_is_refused():
    with pytest.raises(UnknownTemplate):
        render_pdf("../secret", {})


def test_a_word_report_reads_back_with_its_merged_cells_and_fonts():
    blocks = [*BLOCKS, Heading(2, "(一)办法"), paragraph(HOSTILE + "\x01")]
    data = write_docx(blocks, title="收费公示", signature=("常青小学", "2027年1月20日"))
    document = read(data, name="a.docx")
    assert document.title == "收费公示"
    assert HOSTILE in document.text
    assert '<th rowspan="2">类别</th><th colspan="2">标准</th>' in document.html.replace("td", "th")
    assert "2027年1月20日" in document.text
    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert 'w:eastAsia="仿宋_GB2312"' in xml
    assert 'w:eastAsia="黑体"' in xml
    assert [part.text for part in document.parts if part.kind == "footer"] == ["—  —"]


def test_a_list_keeps_dates_numbers_and_harmless_formulas():
    rows = [
        ["=1+2", date(2026, 9, 1), 7, datetime(2026, 9, 1, 8, 30), True],
        ["-cmd", None, 1.5, None, False],
        ["坏\x07字", None, None, None, None],
    ]
    data = write_xlsx(
        SheetRows("台账[1]", ["标题", "日期", "数", "时间", "是否"], rows), SheetRows("台账[1]", ["甲"], [])
    )
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    assert book.sheetnames == ["台账 1", "台账 1_2"]
    assert sheet.freeze_panes == "A2"
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["A2"].quotePrefix) == ("=1+2", "s", True)
    assert (sheet["A3"].value, sheet["A4"].value) == ("-cmd", "坏字")
    assert sheet["B2"].value == datetime(2026, 9, 1)
    assert [cell.value for cell in sheet[2]][2:] == [7, datetime(2026, 9, 1, 8, 30), "是"]


def test_an_archive_lists_its_files_and_their_digests_check(tmp_path):
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"jpeg" * 1000)
    entries = [
        archive.Entry("正文/公示.txt", "公示".encode(), "审定文本"),
        archive.Entry("../../etc/passwd", b"x"),
        archive.Entry("正文/公示.txt", b"second"),
        archive.Entry("照片.jpg", photo),
    ]
    path = tmp_path / "档案.zip"
    with path.open("wb") as target:
        packed = archive.write_archive(target, entries, title="2026年第3期", at=datetime(2026, 12, 6, 9, 0))
    assert [item.path for item in packed] == ["正文/公示.txt", "etc/passwd", "正文/公示(2).txt", "照片.jpg"]
    assert packed[3].sha256 == hashlib.sha256(b"jpeg" * 1000).hexdigest()
    with zipfile.ZipFile(path) as opened:
        listed = opened.read("目录.txt").decode("utf-8-sig")
        opened.extractall(tmp_path / "out")
    assert "整理时间:2026年12月6日" in listed
    assert "1. 正文/公示.txt(审定文本)" in listed
    subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=tmp_path / "out", check=True)


def test_the_same_archive_is_written_byte_for_byte_again():
    def packed() -> bytes:
        out = io.BytesIO()
        archive.write_archive(out, [archive.Entry("a.txt", b"x")], title="题", at=datetime(2026, 12, 6, 9, 0))
        return out.getvalue()

    assert packed() == packed()


def test_a_very_long_name_is_cut_and_keeps_its_extension():
    assert archive.safe_path("长" * 10_000 + ".pdf") == "长" * 65 + ".pdf"
    assert archive.safe_path("..") == "未命名"


def test_codes_are_pictures():
    assert qr.qr_svg("https://example.cn").startswith("<svg")
    assert qr.qr_png("https://example.cn").startswith(b"\x89PNG")


def test_a_word_document_says_nothing_of_the_hour_it_was_written():
    with zipfile.ZipFile(io.BytesIO(write_docx(BLOCKS, title="收费公示"))) as packed:
        assert {info.date_time for info in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
