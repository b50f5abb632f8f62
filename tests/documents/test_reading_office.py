import pytest

from gongkai.documents.reading import (
    EncryptedFile,
    TookTooLong,
    Unreadable,
    ZipBomb,
    read,
    read_safely,
)
from gongkai.documents.reading.document import DocumentText
from gongkai.documents.reading.safely import run_child
from tests.documents import files


def test_all_nine_marks_of_a_word_document_are_found_and_sorted():
    document = read_safely(files.nine_marks_docx(), name="方案.docx")
    found = {part.kind: part.text for part in document.parts if part.kind != "body"}
    assert document.text.split("\n") == [
        "常青小学校务公开方案",
        "一、总则",
        "看得见的正文插入的话",
        "框前",
        "框里的话",
        "合并的表头",
        "合并的行\t甲\t内表的字",
        "乙\t",
    ]
    assert found["header"] == "页眉的字"
    assert found["footer"] == "页脚的字"
    assert found["hidden_text"] == "看不见的话"
    assert found["deleted"] == "删掉的话"
    assert found["comment"] == "批注的话"
    assert {part.kind for part in document.parts if part.hidden} == {
        "hidden_text",
        "deleted",
        "comment",
        "properties",
    }
    assert document.has("revision")


def test_merged_cells_of_a_word_table_span_and_are_not_repeated():
    html = read(files.nine_marks_docx(), name="方案.docx").html
    assert '<td colspan="3">合并的表头</td>' in html
    assert '<td rowspan="2">合并的行</td>' in html
    assert html.count("合并的表头") == 1


def test_automatic_numbers_become_part_of_the_text():
    document = read(files.numbered_docx(), name="a.docx")
    assert document.text == "一、工作目标\n二、工作措施"
    assert document.html == "<h2>一、工作目标</h2>\n<h2>二、工作措施</h2>"


def test_a_macro_under_a_harmless_name_is_found():
    document = read_safely(files.marked_docx(), name="通知.docx")
    assert document.has("macro")
    assert "另存为不含宏的格式" in document.problems[0].message


def test_pictures_and_embedded_objects_are_reported_as_not_checked():
    data = files.repacked(files.plain_docx("文"), add={"word/media/image1.png": b"x", "word/embeddings/a.xlsx": b"y"})
    document = read(data, name="a.docx")
    assert document.has("picture")
    assert document.has("embedded")


def test_hidden_columns_rows_sheets_and_comments_of_a_workbook_are_told():
    document = read_safely(files.hidden_xlsx(), name="成绩.xlsx")
    hidden = {part.where: part.text for part in document.parts if part.hidden and part.kind != "properties"}
    assert hidden == {
        "sheet 成绩!C1 (hidden column)": "身份证号",
        "sheet 成绩!C2 (hidden column)": "440106199001011235",
        "sheet 成绩!A4 (hidden row)": "王五",
        "sheet 成绩!B4 (hidden row)": "隐藏行内容",
        "sheet 成绩!A2 (comment)": "家长电话待核",
        "sheet 草稿!A1 (hidden sheet)": "别公开",
        "sheet 深藏!A1 (hidden sheet)": "更别公开",
    }
    assert "440106" not in document.text + document.html
    assert "王五" not in document.html


def test_merged_cells_of_a_sheet_span():
    data = files.repacked(
        files.xlsx(["标题", None], ["甲", "乙"]),
        change={
            "xl/worksheets/sheet1.xml": (
                "</sheetData>",
                '</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
            )
        },
    )
    assert '<td colspan="2">标题</td>' in read(data, name="a.xlsx").html


def test_data_left_in_a_pivot_cache_is_a_hidden_part():
    cache = b'<pivotCacheDefinition><sharedItems><s v="13800138000"/></sharedItems></pivotCacheDefinition>'
    data = files.repacked(files.xlsx(["甲"]), add={"xl/pivotCache/pivotCacheDefinition1.xml": cache})
    cached = [part for part in read(data, name="a.xlsx").parts if part.kind == "cached"]
    assert cached[0].text == "13800138000"
    assert cached[0].hidden


def test_a_sheet_with_two_far_corners_is_read_without_building_a_grid():
    sheet = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>远角</t></is></c></row></sheetData>'
    data = files.repacked(files.xlsx(["近角"]), change={"xl/worksheets/sheet1.xml": ("</sheetData>", sheet)})
    assert read_safely(data, name="a.xlsx").text == "Sheet\n近角\t\n\t远角"


def test_a_pdf_gives_its_text_by_page_and_names_the_page_that_is_a_picture():
    document = read_safely(files.pdf("Report of the year 2026 (public)", "", "Third page text here"), name="a.pdf")
    assert document.media == "pdf"
    assert [part.where for part in document.parts] == ["第1页", "第3页"]
    assert [(problem.code, problem.where) for problem in document.problems] == [("scan", "第2页")]
    assert "可能是扫描件" in document.problems[0].message


def test_a_picture_is_read_as_a_picture_nobody_checked():
    document = read_safely(b"\x89PNG\r\n\x1a\n" + b"\0" * 50, name="扫描.png")
    assert document.media == "image"
    assert document.has("picture")


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le") + b"\0\0",
            "a.doc",
            "unsupported",
        ),
        (files.zipped({"a.txt": b"x"}), "a.zip", "archive"),
        (b"Rar!\x1a\x07\x00zzzz", "a.rar", "archive"),
        (b"MZ\x90\0" + b"\0" * 100, "a.pdf", "executable"),
        (b"{\\rtf1 x}", "a.rtf", "unsupported"),
        (b"\0\0\0\x18ftypmp42" + b"\0" * 50, "a.mp4", "unsupported"),
        (files.zipped({"OFD.xml": b"<x/>"}), "a.ofd", "unsupported"),
    ],
)
def test_what_cannot_be_read_says_so_instead_of_passing(data, name, code):
    document = read_safely(data, name=name)
    assert document.has(code)
    assert document.text == ""


def test_a_file_that_is_two_formats_at_once_is_reported():
    pdf_then_zip = files.pdf("Some honest text in here") + files.zipped({"a.exe": b"MZ"})
    assert read_safely(pdf_then_zip, name="a.pdf").has("polyglot")
    page = b"<html><body>text %PDF-1.4 text</body></html>"
    assert read_safely(page, name="a.html").has("polyglot")


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (files.bomb_docx, ZipBomb),
        (files.lying_bomb_docx, (ZipBomb, Unreadable)),
        (files.encrypted_docx, EncryptedFile),
        (files.password_ole, EncryptedFile),
        (lambda: files.plain_docx("正文")[:-300], Unreadable),
        (lambda: b"%PDF-1.7 broken", Unreadable),
        (lambda: files.zipped({"[Content_Types].xml": files.WORD_TYPE}), Unreadable),
    ],
)
def test_bad_files_are_refused_by_name_in_plain_chinese(make, refusal):
    with pytest.raises(refusal, match="请"):
        read_safely(make(), name="文件.docx")


def test_a_bomb_with_a_high_ratio_below_the_size_limit_is_refused_too():
    with pytest.raises(ZipBomb):
        read_safely(files.bomb_docx(60), name="a.docx")


def test_an_entity_bomb_is_refused():
    text = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    data = files.zipped(
        {
            "[Content_Types].xml": files.WORD_TYPE,
            "word/document.xml": (text + "<document><body><p><r><t>&c;</t></r></p></body></document>").encode(),
        }
    )
    assert "aaaa" not in read_safely(data, name="a.docx").text


def test_a_file_that_needs_too_much_time_or_memory_is_refused_and_leaves_no_process():
    data = files.xlsx(*[[f"第{n}行", n] for n in range(3_000)])
    with pytest.raises(TookTooLong, match="规定时间内读不完"):
        read_safely(data, name="a.xlsx", seconds=0.01)
    with pytest.raises((TookTooLong, Unreadable)):
        read_safely(data, name="a.xlsx", memory_mb=24)


def test_a_parser_that_aborts_its_process_is_an_unreadable_file():
    with pytest.raises(Unreadable):
        run_child("no-such-job", b"x", name="a", seconds=10, memory_mb=512)


def test_a_document_survives_the_way_through_json():
    document = read(files.nine_marks_docx(), name="方案.docx")
    assert DocumentText.from_data(document.as_data()) == document
