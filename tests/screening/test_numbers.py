import pytest

from gongkai.screening import screen_html, screen_text

# The two worked examples of GB 11643.
ADULT = "11010519491231002X"
OLDEST = "440524188001010014"


def codes(text: str) -> list[tuple[str, str, str]]:
    return [(finding.kind, finding.severity, finding.masked) for finding in screen_text(text)]


@pytest.mark.parametrize(
    "text",
    [
        f"身份证{ADULT}号",
        f"张三{ADULT.lower()}",
        "11010519491231002X",
        "110105 19491231 002X",
        "110105-19491231-002X",
        "110105\n19491231002X",
        "姓名:张三,号码:110105194912\n31002X",
        f"序号1 {ADULT} 13",
        f"ID{ADULT}",
        f"张三_{ADULT}_2026.pdf",
    ],
)
def test_a_resident_id_number_is_found_however_it_is_written(text):
    assert ("resident_id", "error", "110***********002X") in codes(text)


def test_the_masked_value_keeps_three_and_four_places_only():
    (finding,) = screen_text(f"家长身份证号:{OLDEST}。", where="正文")
    assert finding.masked == "440***********0014"
    assert OLDEST not in finding.message + finding.quote
    assert finding.quote == "家长身份证号:440***********0014。"
    assert finding.where == "正文"


def test_a_fifteen_place_number_is_certain_with_its_word_and_doubtful_without():
    assert codes("身份证号码 110105491231002") == [("resident_id", "error", "110********1002")]
    assert codes("张三 110105491231002") == [("resident_id", "warning", "110********1002")]
    assert codes("订单号 110105491231002") == []


@pytest.mark.parametrize(
    "text",
    [
        "110105194912310021",  # check place wrong
        "11010519490231002X",  # 31 February
        f"A{ADULT}",
        f"{ADULT}B",
        f"{ADULT}9",
        "2021年1月1日至2021年10月30日,共计123456789012345678901234567890",
        "教办〔2014〕23号 0858-8681369",
        "3.1415926535897932384626",
    ],
)
def test_other_numbers_are_no_resident_ids(text):
    assert codes(text) == []


def test_a_mistyped_number_called_an_id_is_still_an_id():
    assert codes("身份证号:110105194912310021")[0][:2] == ("resident_id", "error")


@pytest.mark.parametrize(
    "text",
    [
        "请联系张老师13800138000",
        "手机:13800138000。",
        "手机138-0013-8000",
        "手机 138 0013 8000",
        "+86 13800138000",
        "Tel13800138000",
        "照片_13800138000_01.jpg",
        "+86-138-0013-8000",
        "8613800138000",
        "联系人李四(13800138000)",
        "2026-11-21 13800138000",
    ],
)
def test_a_mobile_number_is_found_next_to_chinese_and_in_any_grouping(text):
    assert codes(text) == [("mobile", "error", "138****8000")]


@pytest.mark.parametrize(
    "text",
    [
        "批次编号13800138000",
        "产品批号:13800138000",
        "订单号13800138000",
        "微信公众号文章 id=1380013800012",
        "监督电话:0769-83331234",
        "举报电话12345678901",
        "23800138000",
        "单价138.00元 138.00元",
        "QQ群13800138000",
        "比值0.13800138000",
        "预算13800138000元",
        "合计13800138000.00",
    ],
)
def test_serial_numbers_and_landlines_are_no_mobiles(text):
    assert codes(text) == []


@pytest.mark.parametrize("word", ["监督", "举报", "咨询", "招生咨询", "投诉"])
def test_an_office_mobile_is_a_note_only(word):
    assert codes(f"{word}电话:13800138000") == [("mobile", "note", "138****8000")]


def test_the_word_before_belongs_to_its_own_sentence():
    assert codes("监督电话83331234。张三13800138000")[0][1] == "error"
    assert codes("批次编号20210001,手机13800138000")[0][1] == "error"


def test_several_numbers_in_one_line_are_each_found_and_all_masked_in_every_quote():
    found = screen_text(f"张三{ADULT}电话13800138000;李四{OLDEST},13900139000")
    assert [finding.masked for finding in found] == [
        "110***********002X",
        "138****8000",
        "440***********0014",
        "139****9000",
    ]
    said = "".join(finding.quote + finding.message for finding in found)
    assert not any(value in said for value in (ADULT, OLDEST, "13800138000", "13900139000"))


def test_html_is_screened_where_a_reader_looks_and_where_not():
    page = "<p>您好</p><table><tr><td>监督电话</td><td>13800138000</td></tr></table>"
    found = screen_html(page + f"<p hidden>{ADULT}</p><p>138<b>00138</b>000</p>")
    assert [(f.code, f.where) for f in found] == [
        ("hidden_text", "正文隐藏内容1"),
        ("office_mobile", "正文表1第1行第2列"),
        ("mobile", "正文第2段"),
        ("resident_id", "正文隐藏内容1"),
    ]


def test_a_list_of_thousands_is_cut_off_and_counted():
    found = screen_text("\n".join(f"张三 13800{number:06d}" for number in range(2_000)))
    assert len(found) == 501
    assert "另有 1500 处" in found[-1].message
    assert found[-1].severity == "error"


@pytest.mark.parametrize("page", ["", "  ", "<!-- x -->", "&nbsp;", "<p></p>", "纯文字"])
def test_an_empty_page_is_no_finding_of_its_own(page):
    assert [finding.code for finding in screen_html(page) if finding.code != "comment"] == []


def test_text_nested_so_deep_that_it_cannot_be_read_never_passes():
    assert [finding.code for finding in screen_html("<div>" * 5_000 + "13800138000")] == ["unchecked"]
    hidden = screen_html("<table><tr><td>" * 300 + "13800138000")
    assert [finding.code for finding in hidden] == ["hidden_text", "mobile"]
