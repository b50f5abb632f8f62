import codecs

import pytest

from gongkai.documents.reading import EmptyFile, TooLarge, Unreadable, read, read_safely
from gongkai.documents.reading.decoding import decode
from tests.documents import files

SENTENCE = "常青小学关于公布2026年秋季学期收费标准的通知,请各位家长知悉。"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (SENTENCE.encode(), "utf-8"),
        (codecs.BOM_UTF8 + SENTENCE.encode(), "utf-8"),
        (SENTENCE.encode("gb18030"), "gb18030"),
        (b"\x84\x31\x95\x33" + SENTENCE.encode("gb18030"), "gb18030"),
        (codecs.BOM_UTF16_LE + SENTENCE.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + SENTENCE.encode("utf-16-be"), "utf-16-be"),
        ((SENTENCE + "\n").encode("utf-16-le"), "utf-16-le"),
        ((SENTENCE + "\n").encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_every_usual_encoding_reads_as_the_same_text(data, encoding):
    decoded = decode(data)
    assert decoded.text.strip() == SENTENCE
    assert decoded.encoding == encoding
    assert decoded.problems == ()


def test_a_file_of_two_encodings_is_read_line_by_line_and_the_lines_are_named():
    decoded = decode("上半部分是一种编码\n".encode() + "下半部分是另一种编码".encode("gb18030"))
    assert decoded.text == "上半部分是一种编码\n下半部分是另一种编码"
    assert decoded.problems[0].code == "encoding"
    assert "第2行" in decoded.problems[0].message


def test_one_broken_byte_in_utf8_does_not_turn_the_file_into_gibberish():
    decoded = decode(SENTENCE.encode() + b"\xe5\n" + SENTENCE.encode())
    assert decoded.text.count(SENTENCE) == 2
    assert "第1行" in decoded.problems[0].message


def test_html_in_gb2312_with_a_meta_tag_reads_right_and_loses_its_scripts():
    page = (
        "<html><head><meta charset=gb2312><title>收费公示</title><script>alert(1)</script></head>"
        "<body onload='x()'><h1>常青小学收费公示</h1><p>伙食费<b>每餐八元</b></p>"
        "<table><tr><th colspan=2>项目</th></tr><tr><td rowspan=2>餐费</td><td>8</td></tr>"
        "<tr><td>9</td></tr></table>"
        "<p style='display:none'>藏起来的话</p><!-- 内部备注 --><iframe src=x></iframe></body></html>"
    ).encode("gb18030")
    document = read_safely(page, name="公示.html")
    assert document.media == "html"
    assert document.title == "常青小学收费公示"
    assert "alert" not in document.html + document.text
    assert "藏起来" not in document.html
    assert "<strong>每餐八元</strong>" in document.html
    assert '<th colspan="2">项目</th>' in document.html
    assert '<td rowspan="2">餐费</td>' in document.html
    assert [part.text for part in document.parts if part.hidden] == ["藏起来的话", "内部备注"]
    assert document.has("script")
    assert document.has("picture")


def test_an_html_without_any_declaration_in_gb18030_reads_right():
    document = read(f"<div><p>{SENTENCE}</p></div>".encode("gb18030"), name="a.htm")
    assert document.text == SENTENCE


def test_a_line_of_ten_thousand_characters_gives_a_short_title_and_keeps_its_text():
    line = "关于公开" * 2_500
    document = read(line.encode(), name="a.txt")
    assert len(document.title) <= 80
    assert document.text == line


def test_markdown_keeps_headings_lists_and_tables():
    text = "# 常青小学公开指南\n\n- 甲\n- 乙\n\n| 项目 | 数 |\n|---|---|\n| 信件 | 3 |\n\n**加粗** & 正文"
    document = read(text.encode(), name="guide.md")
    assert document.media == "md"
    assert document.title == "常青小学公开指南"
    assert "<ul><li>甲</li><li>乙</li></ul>" in document.html
    assert "<th>项目</th>" in document.html
    assert "加粗 &amp; 正文" in document.html


def test_a_csv_becomes_a_table_whose_cells_know_their_column():
    document = read("姓名;电话\n张三;13800138000\n".encode("gb18030"), name="表.csv")
    assert document.media == "csv"
    assert "<td>张三</td>" in document.html
    assert [(part.where, part.context) for part in document.parts][-1] == ("表1第2行第2列", "电话 张三")


@pytest.mark.parametrize("data", [b"", b"  \r\n\t ", codecs.BOM_UTF8])
def test_an_empty_file_is_refused_in_plain_words(data):
    with pytest.raises(EmptyFile, match="请检查是否选错了文件"):
        read_safely(data, name="空.txt")


def test_a_file_above_the_limit_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "大.pdf"
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    with pytest.raises(TooLarge, match="文件有 200 MB,超过了 50 MB 的上限"):
        read_safely(path)


def test_a_missing_file_is_unreadable_with_a_message(tmp_path):
    with pytest.raises(Unreadable, match="文件打不开"):
        read_safely(tmp_path / "没有.txt")


def test_text_under_a_wrong_name_is_told_by_its_content():
    document = read_safely(files.plain_docx("正文在此"), name="通知.txt")
    assert document.media == "docx"
    assert document.has("mismatch")
    assert "内容却是Word 文档" in document.problems[0].message


def test_an_untitled_report_gets_its_title_from_the_first_sentences():
    text = "东城市常青小学,以书香为特色。\n"
    text += "2021年,我校开展信息公开,现将2021年度此项工作开展情况报告如下。\n一、概述"
    assert read(text.encode(), name="000_ab.txt").title == "东城市常青小学2021年度信息公开工作报告"


def test_a_sentence_that_is_no_title_yields_to_the_files_name():
    text = "为了做好工作,特制定本方案。\n一、目标"
    assert read(text.encode(), name="2026年校务公开方案.txt").title == "2026年校务公开方案"
