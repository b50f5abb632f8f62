"""Statutory tables as data: their lines are the printed ones, and their balances find what does not add up."""

import shutil
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute import families, law, load_law
from gongkai.statute.reading import RefusedRecord
from gongkai.statute.source import LAW_ROOT
from gongkai.statute.table_checks import KINDS
from gongkai.statute.tables import TESTS, check, tables

ROWS_2021 = [
    "R1", "R2", "R3.1", "R3.2", "R3.3.1", "R3.3.2", "R3.3.3", "R3.3.4", "R3.3.5", "R3.3.6", "R3.3.7", "R3.3.8",
    "R3.4.1", "R3.4.2", "R3.4.3", "R3.5.1", "R3.5.2", "R3.5.3", "R3.5.4", "R3.5.5", "R3.6.1", "R3.6.2", "R3.6.3",
    "R3.7", "R4",
]  # fmt: skip
COLUMNS = ["np", "biz", "res", "ngo", "law", "oth", "tot"]


def table(family, key):
    return next(one for one in tables(family) if one.key == key)


def requests(**rows):
    """Return a requests table in which every cell is 0 but those of natural persons given here (and the total)."""
    cells = {row: dict.fromkeys(COLUMNS, 0) for row in ROWS_2021}
    for row, count in rows.items():
        cells[row.replace("_", ".")] |= {"np": count, "tot": count}
    return {"requests": cells}


def told(family, cells, **more):
    return [(one.balance, one.row, one.column, one.said, one.should) for one in check(family, cells, **more)]


def test_the_requests_table_has_its_printed_lines_in_both_forms():
    form = table("cn-ogi-2021", "requests")
    assert [row.code for row in form.rows] == ROWS_2021
    assert [column.code for column in form.columns] == COLUMNS
    assert form.stub == "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    assert [row.code for row in table("cn-ogi-2019", "requests").rows][-3:] == ["R3.6", "R3.7", "R4"]
    labels = {row.code: row.label for row in form.rows}
    assert labels["R3.2"] == "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
    assert labels["R3.6.2"] == "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"


def test_the_proactive_tables_have_the_columns_of_their_form():
    def columns(family):
        return {one.key: [column.code for column in one.columns] for one in tables(family) if one.source == "stated"}

    assert columns("cn-ogi-2019") == {
        "20.1": ["made", "newly_public", "public_total"],
        "20.5": ["last_year_items", "delta", "decisions"],
        "20.6": ["last_year_items", "delta", "decisions"],
        "20.8": ["last_year_items", "delta"],
        "20.9": ["projects", "amount_wan"],
    }
    assert columns("cn-ogi-2021") == {
        "20.1": ["issued", "repealed", "in_force"],
        "20.5": ["decisions"],
        "20.6": ["decisions"],
        "20.8": ["amount_wan"],
    }


def test_the_six_headings_are_the_official_ones():
    assert [section.heading for section in families.family("cn-ogi-2021").sections] == [
        "总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况",
        "存在的主要问题及改进情况", "其他需要报告的事项",
    ]  # fmt: skip


def test_a_year_is_reported_in_the_form_of_that_year():
    assert families.usual("edu_bureau", year=2020).code == "cn-ogi-2019"
    assert families.usual("edu_bureau", year=2021).code == "cn-ogi-2021"
    assert families.in_year("cn-ogi-2021", year=2018) is None
    assert families.usual("middle", year=2020).code == "k12"
    assert families.usual("party_org", year=2021) is None
    assert families.limit_of(families.family("cn-ogi-2021"), kind="township").code == "G-REP-T"
    assert families.limit_of(families.family("cn-ogi-2021"), kind="middle").code == "G-REP-D"


def test_a_report_that_adds_up_has_no_discrepancy():
    cells = requests(R1=5, R2=1, R3_1=3, R3_2=1, R3_7=4, R4=2)
    cells["remedies"] = {"reconsideration": {"upheld": 1, "corrected": 0, "other": 0, "pending": 1, "total": 2}}
    assert check("cn-ogi-2021", cells, before=requests(R4=1)) == []


@pytest.mark.parametrize(
    ("cells", "before", "expected"),
    [
        (requests(R1=5, R3_1=3, R3_7=3, R4=1), None, [("C1", "R3.7", "np", 4, 5), ("C1", "R3.7", "tot", 4, 5)]),
        (requests(R1=4, R3_1=3, R3_7=4), None, [("C2", "R3.7", "np", 4, 3), ("C2", "R3.7", "tot", 4, 3)]),
        ({"requests": {"R1": {"np": 1, "biz": 1, "res": 0, "ngo": 0, "law": 0, "oth": 0, "tot": 3}}}, None,
         [("C3", "R1", "tot", 3, 2)]),
        ({"remedies": {"litigation_direct": {"upheld": 1, "corrected": 1, "other": 0, "pending": 0, "total": 3}}},
         None, [("C4", "litigation_direct", "total", 3, 2)]),
        (requests(R2=2, R3_1=2, R3_7=2), requests(R4=3), [("C6", "R2", "np", 2, 3), ("C6", "R2", "tot", 2, 3)]),
        ({"20.1": {"规章": {"issued": 2, "repealed": 1, "in_force": 5}}}, {"20.1": {"规章": {"in_force": 3}}},
         [("C7", "规章", "in_force", 5, 4)]),
    ],
)  # fmt: skip
def test_each_balance_names_the_cell_what_it_says_and_what_it_should_say(cells, before, expected):
    assert told("cn-ogi-2021", cells, before=before) == expected


def test_more_newly_public_than_public_is_a_warning_of_the_2019_form():
    found = check("cn-ogi-2019", {"20.1": {"规范性文件": {"made": 1, "newly_public": 9, "public_total": 4}}})
    assert [(one.balance, one.severity, one.said, one.should) for one in found] == [("C8", "warning", 9, 4)]


@pytest.mark.parametrize(
    ("value", "words"), [(-1, "小于零"), (Decimal("1.5"), "不是整数"), ("61.71万元", "不是数字"), (True, "不是数字")]
)
def test_a_cell_that_is_no_count_is_told(value, words):
    found = check("cn-ogi-2021", {"20.5": {"行政许可": {"decisions": value}}})
    assert [(one.balance, words in one.message) for one in found] == [("C5", True)]


def test_money_has_decimals_and_a_change_may_be_negative():
    cells = {"20.9": {"政府集中采购": {"projects": 9, "amount_wan": 61.71}}, "20.5": {"行政许可": {"delta": -35}}}
    assert check("cn-ogi-2019", cells) == []


def test_a_cell_that_is_not_stated_leaves_its_balances_unchecked():
    cells = requests(R1=5, R3_7=1)
    for row in cells["requests"].values():
        row["tot"] = None
    cells["requests"]["R4"]["np"] = None
    del cells["requests"]["R3.1"]["np"]
    assert check("cn-ogi-2021", cells, before={}) == []


@given(st.integers(0, 2**32))
def test_tables_filled_from_their_leaves_always_balance(seed):
    chance = Random(seed)  # noqa: S311 – numbers to fill a table with
    parts = [row for row in ROWS_2021 if row.startswith("R3.") and row != "R3.7"]
    cells = {row: {column: chance.randrange(50) for column in COLUMNS[:-1]} for row in [*parts, "R2", "R4"]}
    cells["R3.7"] = {column: sum(cells[row][column] for row in parts) for column in COLUMNS[:-1]}
    cells["R4"] = {column: cells["R2"][column] + chance.randrange(50) for column in COLUMNS[:-1]}
    cells["R1"] = {c: cells["R3.7"][c] + cells["R4"][c] - cells["R2"][c] for c in COLUMNS[:-1]}
    for row in cells.values():
        row["tot"] = sum(row.values())
    assert check("cn-ogi-2021", {"requests": cells}) == []


def test_every_kind_of_balance_has_its_test_and_every_line_of_the_requests_table_is_held_by_one():
    assert set(KINDS) == set(TESTS)
    for family in ("cn-ogi-2019", "cn-ogi-2021"):
        held = {code for one in law().balances.values() if one.table == "requests" for code in (*one.left, *one.right)}
        loose = [row.code for row in table(family, "requests").rows if row.code not in held and not row.part_of]
        assert loose == []


SPOILED = [
    ('left = ["R1", "R2"]', 'left = ["R1", "R9"]', "C1:栏次 'R9' 不存在"),
    ('kind = "carried"', 'kind = "magic"', "C6:勾稽关系 'magic' 不存在"),
    ('severity = "warning"', 'severity = "fatal"', "C7:严重程度 'fatal' 不存在"),
    ('table = "20.1"', 'table = "20.2"', "C7:表 '20.2' 不存在"),
    ('sums = ["requests.R1.tot"]', 'sums = ["requests.R1.all"]', "cn-ogi-2019:相加的数 'requests.R1.all' 不存在"),
    ('"20.9", "requests-2019"', '"requests-2019"', "没有体例使用表 20.9"),
    ('"20.9", "requests-2019"', '"20.9", "requests-2019", "requests-2021"', "cn-ogi-2019:同一张表出现两次"),
    ('"20.9", "requests-2019"', '"20.7", "requests-2019"', "cn-ogi-2019:表 '20.7' 不存在"),
    ('source = "remedies"', 'source = "luck"', "remedies:来源 'luck' 不存在"),
    ('{ code = "R2",', '{ code = "R1",', "requests-2019:行没有或重复"),
    ('part_of = "R3.7"', 'part_of = "R3.8"', "requests-2019:合计的行 'R3.8' 不存在"),
    ('code = "gov-proactive"', 'code = "gov-other2"', "cn-ogi-2019:部分 'gov-proactive' 不存在"),
]


@pytest.mark.parametrize(("old", "new", "message"), SPOILED, ids=[one[2] for one in SPOILED])
def test_tables_that_do_not_hold_are_refused(tmp_path, old, new, message):
    root = shutil.copytree(LAW_ROOT, tmp_path / "law")
    text = (root / "families.toml").read_text(encoding="utf-8")
    assert old in text
    (root / "families.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RefusedRecord) as refused:
        load_law(root)
    assert message in str(refused.value)
