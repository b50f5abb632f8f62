import codecs
from datetime import date, datetime

import pytest

from gongkai.documents.reading import EmptyFile, EncryptedFile, Unreadable, ZipBomb
from gongkai.documents.tables import Row, Table, read_table
from tests.documents import files

TEXT = "标题, 发布日期 ,网址\n开学通知,2026-09-01,https://example.cn/a\n收费公示,2026-09-02,\n,,\n\n"
READ = Table(
    ("标题", "发布日期", "网址"),
    (Row(2, ("开学通知", "2026-09-01", "https://example.cn/a")), Row(3, ("收费公示", "2026-09-02", ""))),
)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("gb18030"),
        b"\x84\x31\x95\x33" + TEXT.encode("gb18030"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.replace(",", "\t").encode("gb18030"),
        TEXT.replace(",", ";").encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        "常青小学公众号文章清单\n".encode() + TEXT.encode(),
    ],
)
def test_every_usual_csv_reads_as_the_same_list(data):
    table = read_table(data, name="清单.csv")
    assert table.header == READ.header
    assert [row.cells for row in table.rows] == [row.cells for row in READ.rows]


def test_lines_are_those_of_the_file_also_after_a_quoted_line_break():
    table = read_table('标题,内容\n甲,"一\n二"\n\n乙,三\n'.encode(), name="a.csv")
    assert [(row.line, row.cells) for row in table.rows] == [(2, ("甲", "一\n二")), (5, ("乙", "三"))]


def test_a_spreadsheet_gives_its_row_numbers_dates_and_whole_numbers():
    data = files.xlsx(
        ["序号", "标题 ", "日期", "时间", "电话", "比例"],
        [1, "开学", date(2026, 9, 1), datetime(2026, 9, 1, 8, 30), 13800138000, 0.5],
        [None] * 6,
        [2.0, "放假", date(2027, 1, 20), None, "0769-83331234", None],
        [None, " ", None, None, None, None],
    )
    assert read_table(data, name="a.xlsx") == Table(
        ("序号", "标题", "日期", "时间", "电话", "比例"),
        (
            Row(2, ("1", "开学", "2026-09-01", "2026-09-01 08:30", "13800138000", "0.5")),
            Row(4, ("2", "放假", "2027-01-20", "", "0769-83331234", "")),
        ),
    )


def test_twenty_thousand_rows_arrive_complete():
    rows = [["标题", "日期", "渠道"]] + [[f"第{number}条", date(2026, 1, 1), "微信"] for number in range(20_000)]
    table = read_table(files.xlsx(*rows), name="a.xlsx")
    assert len(table.rows) == 20_000
    assert table.rows[-1] == Row(20_001, ("第19999条", "2026-01-01", "微信"))
    lines = "\n".join(",".join(map(str, row)) for row in rows).encode("gb18030")
    assert len(read_table(lines, name="a.csv").rows) == 20_000


def test_records_name_their_columns_and_the_first_of_two_equal_names_counts():
    table = read_table("标题,标题,数\n甲,乙,1\n丙\n".encode(), name="a.csv")
    assert table.records() == [(2, {"标题": "甲", "数": "1"}), (3, {"标题": "丙", "数": ""})]


def test_cells_beyond_the_header_are_left_out():
    assert read_table("甲,乙\n1,2,3,4\n".encode(), name="a.csv").rows == (Row(2, ("1", "2")),)


@pytest.mark.parametrize(
    ("make", "refusal", "said"),
    [
        (lambda: b"", EmptyFile, "这个文件是空的"),
        (lambda: b"%PDF-1.4 x", Unreadable, "不是表格文件"),
        (lambda: files.plain_docx("文"), Unreadable, "不是表格文件"),
        (files.password_ole, EncryptedFile, "取消密码"),
        (lambda: files.bomb_docx(60), ZipBomb, "异常庞大"),
        (lambda: "标题,日期\n甲,".encode() + "乙丙丁戊己".encode("gb18030") + b"\n", Unreadable, "第2行"),
        (lambda: ('标题,日期\n"甲,1\n' + "很长的内容,2\n" * 5_000).encode(), Unreadable, "引号"),
        (lambda: "<table><tr><td>甲</td></tr></table>".encode(), Unreadable, "这是网页"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_plain_words(make, refusal, said):
    with pytest.raises(refusal, match=said):
        read_table(make(), name="清单.csv")


def test_a_list_without_rows_has_none():
    assert read_table("标题,日期\n".encode(), name="a.csv") == Table(("标题", "日期"), ())
