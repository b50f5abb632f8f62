"""The test of the loop: replay a source document's year, and its figures fall out, each opening to its members."""

import json
from datetime import date

import pytest

from gongkai.publishing.models import Congress
from gongkai.reporting.actions import writing as actions
from gongkai.reporting.figures import Period, compute
from gongkai.reporting.members import open_members
from gongkai.web.commands import report as command
from tests import make
from tests.stories import replay

pytestmark = [pytest.mark.django_db, pytest.mark.story]


@pytest.fixture
def primary():
    """A primary school with 38 classes whose year 2021 was kept in lists: 120 site items, 156 posts, 23 videos."""
    school = make.school("cpsy", name="示例实验小学", introduction="38个教学班,学生1824人,专任教师97人。")
    lists = replay.disclosures(2021, [("动态", 96), ("公告公示", 14), ("财务", 10)], channels=["网站"])
    replay.bring("disclosures", school, lists, name="学校网站.csv")
    posts = replay.postings(2021, {"微信公众号": 156, "视频号": 23, "上级网站": 12})
    replay.bring("postings", school, posts, name="新媒体.csv")
    Congress.objects.create(
        body=school, name="教职工大会暨工会会员代表大会", held_on=date(2021, 3, 5), should_attend=120, attended=113,
        heard=["学校工作报告"], deliberated=["2021年度财务收支情况及2021年度财务预算报告", "工会工作报告"],
    )  # fmt: skip
    return school


def figures(body, year, **span):
    period = Period(body, span.get("start", date(year, 1, 1)), span.get("end", date(year, 12, 31)))
    return {figure.code: figure for figure in compute(period, family="k12")}


def values(found, *codes):
    return [found[code].value for code in codes]


def test_the_primary_schools_year_gives_its_reports_figures_and_each_opens_to_its_members(primary):
    found = figures(primary, 2021)
    assert values(found, "channel.site", "channel.wechat", "channel.video", "proactive.total") == [120, 156, 23, 120]
    members = open_members(primary, found["channel.wechat"].members, public=True)
    assert len({member.name for member in members}) == 156
    assert all(member.title and member.on.year == 2021 for member in members)


def test_lists_imported_twice_leave_every_figure_as_it_was(primary):
    before = {code: figure.value for code, figure in figures(primary, 2021).items()}
    posts = replay.postings(2021, {"微信公众号": 156, "视频号": 23, "上级网站": 12})
    assert replay.bring("postings", primary, posts, name="新媒体.csv") == (0, 191)
    assert {code: figure.value for code, figure in figures(primary, 2021).items()} == before


def test_the_drafted_report_says_the_same_numbers_exactly_and_marks_what_it_cannot_know(primary):
    report = actions.open_report(
        primary,
        by=make.actor("cpsy-clerk", primary),
        at=make.AT,
        year=2021,
        start=date(2021, 1, 1),
        end=date(2021, 12, 31),
    )
    text = {section.code: section.text for section in report.sections.all()}
    assert len(text) == 6
    assert "微信公众号推文156条" in text["proactive"]
    assert "视频号视频23条" in text["proactive"]
    assert "余" not in text["proactive"]
    assert "听取了《学校工作报告》" in text["overview"]
    assert "【请补充" in text["requests"]
    actions.state_figure(
        report, by=make.actor("cpsy-clerk", primary), at=make.AT, code="requests.received", value=0, source="申请登记簿"
    )
    actions.redraft(report, by=make.actor("cpsy-clerk", primary), at=make.AT)
    assert "未收到信息公开申请" in report.sections.get(code="requests").text


def test_the_bureaus_counts_by_kind_portal_and_wechat_fall_out():
    bureau = make.body("xqjy", name="示例区教育局", kind="edu_bureau", site_mode="elsewhere")
    channels = ["政府门户网站"] * 26 + ["网站"] * 42
    lists = replay.disclosures(2017, [("动态", 56), ("指南", 4), ("文件", 8)], channels=channels)
    replay.bring("disclosures", bureau, lists)
    replay.bring("postings", bureau, replay.postings(2017, {"微信公众号": 169}))
    found = figures(bureau, 2017)
    assert values(found, "proactive.total", "kind.dynamic", "kind.guide", "kind.document") == [68, 56, 4, 8]
    assert values(found, "channel.government_portal", "channel.wechat") == [26, 169]
    assert found["requests.received"].value is None


def test_both_days_of_the_period_count_and_the_days_beside_it_do_not(primary):
    assert figures(primary, 2021, start=date(2021, 1, 1), end=date(2021, 1, 1))["channel.wechat"].value == 1
    assert figures(primary, 2021, start=date(2020, 1, 1), end=date(2020, 12, 31))["channel.wechat"].value == 0
    assert figures(primary, 2021, start=date(2021, 12, 31), end=date(2022, 8, 31))["channel.wechat"].value == 1


def test_the_command_prints_every_figure_with_its_members_as_json(primary, capsys):
    assert command.main(["cpsy", "--year", "2021", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["body"], printed["family"], printed["period"]) == (
        "示例实验小学", "k12", ["2021-01-01", "2021-12-31"],
    )  # fmt: skip
    by_code = {figure["code"]: figure for figure in printed["figures"]}
    assert by_code["channel.wechat"]["value"] == len(by_code["channel.wechat"]["members"]) == 156
    assert by_code["requests.received"]["value"] is None
    assert len(printed["sections"]) == 6
    assert printed["blanks"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere", "--year", "2021", "--json"], "没有代码为"),
        (["cpsy", "--year", "2021", "--family", "moon", "--json"], "报告体例"),
        (["cpsy", "--year", "2021", "--from", "2021-12-31", "--to", "2021-01-01", "--json"], "早于"),
    ],
)
def test_wrong_use_is_answered_in_chinese_with_exit_code_2(primary, capsys, arguments, said):
    assert command.main(arguments) == 2
    assert said in capsys.readouterr().err
