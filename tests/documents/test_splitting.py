import re
from pathlib import Path

import pytest

from gongkai.documents.reading import read
from gongkai.documents.splitting import identical, split_collection

SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"


def plan(title: str, body: str) -> str:
    return f"{title}\n{body}\n一、目标。\n" + body * 3 + "\n"


def seed(number: str):
    return read(next(SEEDS.glob(f"{number}_*.txt")))


COLLECTION = (
    "范文站\n校务公开实施方案(汇总3篇)\n"
    + plan("校务公开实施方案", "为了推进校务公开,结合实际制定本方案,请认真执行。")
    + plan("政务公开工作方案", "为了推进政务公开,1/3结合实际2/3制定本方案,请认真执行3/3。")
    + plan("党务公开方案", "为了推进党务公开,结合实际制定本方案,比例为2/5,请认真执行。")
)


def test_a_collection_splits_at_its_titles_and_drops_the_preamble():
    drafts = split_collection(read(COLLECTION.encode(), name="a.txt"))
    assert [draft.title for draft in drafts] == ["校务公开实施方案", "政务公开工作方案", "党务公开方案"]
    assert drafts[0].text.startswith("为了推进校务公开")
    assert "<h2>一、目标。</h2>" in drafts[0].html
    assert "范文站" not in "".join(draft.text for draft in drafts)


def test_a_report_with_its_title_on_top_is_one_draft_without_the_title_line():
    drafts = split_collection(read("常青小学2026年度报告\n一、概述\n本年公开信息106条。".encode(), name="a.txt"))
    assert [draft.title for draft in drafts] == ["常青小学2026年度报告"]
    assert drafts[0].html == "<h2>一、概述</h2>\n<p>本年公开信息106条。</p>"


def test_a_report_that_lists_three_plans_by_name_is_not_split():
    text = "常青小学2026年度报告\n本年公开:\n招生工作方案\n教学工作方案\n安全工作方案\n以上共三件。"
    assert len(split_collection(read(text.encode(), name="a.txt"))) == 1


def test_fractions_that_do_not_run_from_one_to_their_total_stay():
    body = "出席2/3以上通过。" * 10
    text = "".join(f"第{n}号工作方案\n{body}\n" for n in "甲乙丙")
    drafts = split_collection(read(text.encode(), name="a.txt"))
    assert all("2/3以上" in draft.text for draft in drafts)
    assert identical(drafts) == [(0, 1, 2)]


@pytest.mark.seeds
@pytest.mark.skipif(not SEEDS.is_dir(), reason="the source documents are not beside the project")
def test_the_collection_of_twelve_plans_splits_into_twelve_and_two_are_identical():
    drafts = split_collection(seed("004"))
    assert [draft.title for draft in drafts] == [
        "党务公开工作实施方案",
        "校务公开实施方案",
        "校务公开实施方案",
        "政务公开工作实施方案",
        "校务公开实施方案",
        "校务公开实施方案",
        "校务公开实施方案",
        "学校校务信息公开实施方案",
        "学校校务信息公开实施方案",
        "校务公开实施方案",
        "校务公开实施方案",
        "学校校务信息公开实施方案",
    ]
    assert identical(drafts) == [(7, 11)]
    assert not re.search(r"\d/10", drafts[3].text)
    assert "<h2>二、围绕促进经济发展推进公开。</h2>" in drafts[3].html
    assert drafts[3].text.endswith("适时通报结果。")
    assert "范文网" not in drafts[0].text


@pytest.mark.seeds
@pytest.mark.skipif(not SEEDS.is_dir(), reason="the source documents are not beside the project")
@pytest.mark.parametrize(
    ("number", "title", "kept"),
    [
        ("000", "东莞市常平实验小学2021年度信息公开工作报告", "东莞市常平实验小学,以尚美主题"),
        ("001", "杏鑫娱乐2021年度信息公开工作报告", "如对本报告有任何疑问"),
        ("002", "太和中学2020年政府信息公开工作年度报告", "用微信扫描二维码分享至好友和朋友圈"),
        ("003", "2017年湘桥区教育局政府信息公开年报", "稿件作者"),
    ],
)
def test_each_report_is_one_draft_with_a_sensible_title_and_its_text_left_alone(number, title, kept):
    drafts = split_collection(seed(number))
    assert [draft.title for draft in drafts] == [title]
    assert kept in drafts[0].text
    assert kept in drafts[0].html
