"""Catalogues, kinds, channels, bodies, the secrecy review and the report, found by code and by what people write."""

from datetime import date

from gongkai.statute import bodies, catalogues, channels, families, kinds, secrecy
from gongkai.statute.naming import plain


def codes(records):
    return [one.code for one in records]


def test_a_school_must_take_the_eleven_and_may_take_more():
    required, optional = catalogues.for_body_kind("primary")
    assert codes(required) == ["K12"]
    assert "STAFF_P6" in codes(optional)
    assert codes(catalogues.for_body_kind("township")[0]) == ["GOV20", "GOV21"]
    assert codes(catalogues.for_body_kind("kindergarten")[0]) == ["KG"]
    assert codes(catalogues.for_body_kind("college")[0]) == ["HE"]
    assert codes(catalogues.for_body_kind("edu_bureau")[0]) == ["GOV20", "EDUBUREAU"]


def test_an_item_says_who_when_where_and_why():
    item = catalogues.item("K12-05")
    assert item.audiences == ("SOC", "PAR")
    assert item.channels == ("board", "site", "letter")
    assert item.owner == ("总务处",)
    assert [t.kind for t in item.times] == ["LONG", "REG"]
    assert catalogues.item("G20-07").cite == "cn-ogi/20(7)"
    assert catalogues.catalogue("K12").regime == "k12-15"


def test_an_item_is_found_by_code_or_name_in_either_width():
    among = ["K12", "GOV20"]
    assert catalogues.find_item("k12-01", among=among).code == "K12-01"
    assert catalogues.find_item("学校经费收支情况\uff0c学校资产和受赠物的管理使用情况", among=among).code == "K12-09"
    assert catalogues.find_item("没有这样的事项", among=among) is None
    assert catalogues.find_item(" ", among=among) is None


def test_a_college_item_stands_in_one_of_the_ten_classes():
    assert catalogues.group_of(catalogues.item("HE-15")).name == "财务、资产及收费信息"
    assert catalogues.group_of(catalogues.item("HE-50")).number == 10
    assert catalogues.group_of(catalogues.item("K12-01")) is None


def test_equivalences_are_directed_and_stay_within_the_catalogues_of_a_body():
    among = ["K12", "STAFF_P6"]
    assert [e.to_item for e in catalogues.also_met_by("K12-05", among=among)] == ["P6-05"]
    assert [e.to_item for e in catalogues.also_met_by("P6-09", among=among)] == []
    assert [e.to_item for e in catalogues.also_met_by("K12-07", among=among)] == ["P6-09", "P6-10"]


def test_every_kind_and_channel_feeds_a_figure():
    assert kinds.find_kind("政策解读本级").code == "interpretation_own"
    assert kinds.find_kind("公示").code == "notice"
    assert kinds.find_kind("天气") is None
    assert kinds.figure_code("guide") == "kind.guide"
    assert kinds.kind("notice").notice
    assert channels.find_channel("微信公众号").code == "wechat"
    assert channels.figure_code("wechat") == "channel.wechat"
    assert channels.channel("site").own


def test_the_kinds_of_bodies_of_import_lists_are_understood():
    words = [
        "教育局",
        "小学",
        "中学",
        "九年一贯制学校",
        "完全中学",
        "中职",
        "特教",
        "幼儿园",
        "高校",
        "社区学院",
        "乡镇",
        "街道",
        "党组织",
        "直属单位",
    ]
    assert [bodies.find_body_kind(word).code for word in words] == [
        "edu_bureau", "primary", "middle", "nine_year", "full_secondary", "vocational", "special", "kindergarten",
        "college", "community_college", "township", "subdistrict", "party_org", "affiliate",
    ]  # fmt: skip


def test_a_school_may_choose_among_the_proactive_limits_known():
    offered = bodies.proactive_choices("primary", on=date(2026, 9, 1))
    assert codes(offered) == ["K-ACT-20", "K-ACT-30", "K-ACT-20CD"]
    assert bodies.body_kind("primary").family == "k12"


def test_the_secrecy_review_lists_what_is_unanswered_and_what_is_troubling():
    assert codes(secrecy.questions()) == [f"Q{n}" for n in range(1, 15)]
    fine = {f"Q{n}": "no" if n < 10 else "yes" for n in range(1, 15)}
    assert secrecy.unanswered(fine) == secrecy.troubles(fine) == []
    assert codes(secrecy.unanswered({**fine, "Q3": ""})) == ["Q3"]
    assert codes(secrecy.troubles({**fine, "Q6": "yes", "Q10": "no", "Q14": "unsure"})) == ["Q6", "Q10", "Q14"]
    assert [r.code for r in secrecy.results() if r.passes] == ["publish", "publish_redacted", "restrict"]


def test_the_school_report_has_six_sections_and_spells_out_its_figures():
    assert [s.heading for s in families.family("k12").sections] == [
        "概述",
        "主动公开情况",
        "依申请公开和不予公开情况",
        "对信息公开的评议情况",
        "因信息公开工作受到举报、复议、诉讼的情况",
        "存在问题和今后努力方向",
    ]
    figures = {f.code: f for f in families.figures("k12")}
    assert (figures["channel.wechat"].label, figures["channel.wechat"].unit) == ("微信公众号推文", "条")
    assert len([code for code in figures if code.startswith("channel.")]) == 13
    assert len([code for code in figures if code.startswith("kind.")]) == 10
    assert figures["requests.received"].access
    assert "proactive.total" in figures


def test_width_case_and_blanks_do_not_matter_to_a_name():
    assert plain("QQ 群\uff08家长\uff09") == "qq群(家长)"
