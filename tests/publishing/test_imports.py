"""Lists of postings and disclosures: nothing half, nothing twice, every fault named."""

import io
import json
from datetime import date

import pytest
from openpyxl import Workbook

from gongkai.bodies.lists import LISTS, Import
from gongkai.bodies.rows import ListRefused
from gongkai.catalogue import actions as catalogue
from gongkai.catalogue import coverage
from gongkai.catalogue.models import CatalogueItem
from gongkai.journal.models import JournalEntry
from gongkai.publishing.actions import drafting, release
from gongkai.publishing.models import Disclosure, Posting
from gongkai.web.commands import import_lists
from tests import make

pytestmark = pytest.mark.django_db
HEAD = "渠道,标题,发布日期,网址或位置,信息类别,公开事项\n"


@pytest.fixture
def school():
    return make.school()


def item(school, name, **facts):
    return CatalogueItem.objects.create(body=school, code=name[:8], name=name, adopted_on=date(2025, 1, 1), **facts)


def bring(kind, school, content, *, at, skip_bad=False, name="台账.csv"):
    data = content if isinstance(content, bytes) else content.encode()
    task = Import(kind=LISTS[kind], body=school, data=data, name=name)
    return task.run(by=make.actor("shiyan-clerk", school), at=at, skip_bad=skip_bad)


def test_a_list_imported_twice_changes_nothing(school, at):
    rows = HEAD + (
        "微信公众号,开学安排,2026-08-28,https://mp.weixin.qq.com/s/a1,动态,\n"
        "公开栏,食堂收支,2026年9月5日,校门口,财务,\n"
        "公开栏,食堂收支,2026/9/5,校门口,财务,\n"
    )
    first = bring("postings", school, rows, at=at)
    second = bring("postings", school, rows, at=at)
    assert (first.imported, first.unchanged) == (3, 0)
    assert (second.imported, second.unchanged) == (0, 3)
    assert Posting.objects.count() == 3


def test_one_bad_row_stops_the_whole_list_and_every_fault_is_named(school, at):
    item(school, "教育收费")
    item(school, "校车收费", retired_on=date(2026, 3, 1))
    rows = HEAD + (
        "微信公众号,一,2026-02-30,,,\n"
        "飞鸽传书,二,2月30日,,,\n"
        "公开栏,三,2026-03-01,,小道消息,\n"
        "公开栏,四,2026-03-01,,,没有的事项\n"
        "公开栏,五,2026-03-01,,,校车收费\n"
        f"公开栏,{'长' * 201},2026-03-01,,,\n"
        "公开栏,七,2027-03-01,,,\n"
        "公开栏,八,2026-03-01,,财务,教育收费\n"
    )
    outcome = bring("postings", school, rows, at=at)
    faults = [(f.row, f.column) for f in outcome.listing.rejected]
    assert faults == [
        (2, "发布日期"), (3, "渠道"), (3, "发布日期"), (4, "信息类别"), (5, "公开事项"),
        (6, "公开事项"), (7, "标题"), (8, "发布日期"),
    ]  # fmt: skip
    messages = [f.message for f in outcome.listing.rejected]
    assert messages[0] == "没有这一天：2 月没有 30 日，请写成 2026-03-05 这样的日期"
    assert messages[5] == "这个事项已于2026年3月1日停用。请改填现行事项，或者留空"
    assert messages[6] == "太长：201 字，最多 200 字"
    assert (outcome.imported, outcome.importable) == (0, 1)
    assert Posting.objects.count() == 0
    assert bring("postings", school, rows, at=at, skip_bad=True).imported == 1


def test_a_wechat_export_in_gb18030_with_a_mark_needs_no_channel_column(school, at):
    text = "\ufeff文章标题,发表时间,内容url,阅读数\n食堂开放日,2026-03-05 17:20:33,http://mp.weixin.qq.com/s?__biz=1&mid=2#rd,88\n"
    outcome = bring("postings", school, text.encode("gb18030"), at=at)
    posting = Posting.objects.get()
    assert outcome.listing.ignored == ["阅读数"]
    assert (posting.channel, posting.posted_on, posting.title) == ("wechat", date(2026, 3, 5), "食堂开放日")


def test_a_workbook_is_read_with_its_dates(school, at):
    book = Workbook()
    book.active.append(["2026年视频号发布台账"])
    book.active.append(["渠道", "标题", "发布日期"])
    book.active.append(["视频号", "校园一日", date(2026, 5, 6)])
    file = io.BytesIO()
    book.save(file)
    bring("postings", school, file.getvalue(), at=at, name="视频.xlsx")
    assert Posting.objects.get().posted_on == date(2026, 5, 6)


def test_twenty_thousand_rows_with_three_bad_ones_import_in_one_act(school, at):
    lines = [f"微信公众号,推文{n},2026-01-{n % 28 + 1:02d},https://mp.weixin.qq.com/s/{n},动态," for n in range(20_000)]
    for place in (5, 500, 19_000):
        lines[place] = f"微信公众号,坏行{place},2026-02-30,,动态,"
    before = JournalEntry.objects.count()
    refused = bring("postings", school, HEAD + "\n".join(lines), at=at)
    assert [f.row for f in refused.listing.rejected] == [7, 502, 19002]
    assert (Posting.objects.count(), JournalEntry.objects.count()) == (0, before)
    done = bring("postings", school, HEAD + "\n".join(lines), at=at, skip_bad=True)
    assert (done.imported, Posting.objects.count(), JournalEntry.objects.count()) == (19_997, 19_997, before + 1)


def test_imported_disclosures_stand_elsewhere_and_carry_their_postings(school, at):
    fees = item(school, "教育收费")
    rows = (
        "标题,公开事项,信息类别,来源,文号,成文日期,公开日期,公开范围,渠道,网址\n"
        "收费公示,教育收费,财务,原创,示〔2026〕3号,2026-08-20,2026-08-25,社会,政府门户网站、微信公众号,http://a.gov.cn/1.html\n"
        "岗位聘任,,公示,,,,2026-06-01,教职工,公开栏、公示牌,\n"
        "高考政策,,动态,省教育厅,,,2026-06-02,,,\n"
    )
    outcome = bring("disclosures", school, rows, at=at)
    assert outcome.imported == 3
    fee, inner, reprint = Disclosure.objects.order_by("pk")
    assert (fee.standing, fee.first_public_on, fee.current.kind) == ("elsewhere", date(2026, 8, 25), "finance")
    assert list(fee.current.items.all()) == [fees]
    assert sorted(fee.postings.values_list("channel", flat=True)) == ["government_portal", "wechat"]
    assert (inner.first_public_on, inner.current.kind) == (None, "notice")
    assert list(inner.postings.values_list("channel", "public")) == [("board", False)]
    assert reprint.current.reprinted_from == "省教育厅"
    assert not Disclosure.objects.public().exists()
    again = bring("disclosures", school, rows, at=at)
    assert (again.imported, again.unchanged, Posting.objects.count()) == (0, 3, 3)


def test_a_posting_list_that_names_the_same_address_is_linked_and_not_counted_twice(school, at):
    bring("postings", school, HEAD + "政府门户网站,收费公示,2026-08-25,http://a.gov.cn/1.html,,\n", at=at)
    bring(
        "disclosures",
        school,
        "标题,公开日期,渠道,网址\n收费公示,2026-08-25,政府门户网站,https://A.gov.cn/1.html/\n",
        at=at,
    )
    posting = Posting.objects.get()
    assert posting.disclosure == Disclosure.objects.get()


def test_what_was_public_elsewhere_meets_the_duties_of_its_item(school, at):
    catalogue.adopt(school, by=make.SYSTEM, at=make.AT, catalogue="K12")
    before = coverage.coverage(school, on=date(2026, 11, 21))
    bring("disclosures", school, "标题,公开事项,公开日期\n收费公示,K12-05,2026-09-10\n", at=at)
    bring("postings", school, HEAD + "公开栏,招生,2026-09-11,,,K12-02\n", at=at)
    after = coverage.coverage(school, on=date(2026, 11, 21))
    assert (before.never, after.never) == (11, 9)


def test_same_address_with_another_title_is_a_fault(school, at):
    rows = HEAD + "微信公众号,一,2026-03-01,http://x.cn/1,,\n微信公众号,二,2026-03-01,http://x.cn/1,,\n"
    outcome = bring("postings", school, rows, at=at)
    assert [f.message for f in outcome.listing.rejected] == ["和第 2 行网址相同、标题不同，请核对"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "文件是空的"),
        ("渠道,题目\n微信,x\n".encode(), "表头缺少「标题」、「发布日期」列"),
        (HEAD.encode(), "只有标题行"),
        (b"%PDF-1.7", "不是表格文件"),
        (b"PK\x03\x04 broken", "已损坏|不是表格"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_plain_words(school, at, content, message):
    with pytest.raises(ListRefused, match=message):
        bring("postings", school, content, at=at)


def test_the_command_prints_its_contract_and_writes_nothing_on_a_dry_run(school, tmp_path, capsys):
    file = tmp_path / "微信.csv"
    file.write_text(HEAD + "微信公众号,好,2026-03-01,,,\n微信公众号,坏,2月30日,,,\n", encoding="utf-8-sig")
    code = import_lists.main(["postings", str(file), "--body", "示范区实验小学", "--dry-run", "--json"])
    printed = json.loads(capsys.readouterr().out)
    assert code == 1
    assert (printed["read"], printed["imported"], printed["unchanged"], printed["importable"]) == (2, 0, 0, 1)
    assert printed["rejected"] == [
        {
            "row": 3,
            "column": "发布日期",
            "value": "2月30日",
            "message": "没有这一天：2 月没有 30 日，请写成 2026-03-05 这样的日期",
        }
    ]
    assert import_lists.main(["postings", str(file), "--skip-bad", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["imported"] == 1
    assert import_lists.main(["postings", str(file), "--body", "没有的学校"]) == 2


def test_what_was_public_elsewhere_becomes_a_page_of_ours_only_through_the_chain(school, at):
    bring("disclosures", school, "标题,公开日期,渠道\n收费公示,2026-03-02,政府门户网站\n", at=at)
    one = Disclosure.objects.get()
    edition = release.revise(one, by=make.actor("shiyan-clerk", school), at=at, reason="转为本平台网页")
    drafting.save(
        edition, by=make.actor("shiyan-clerk", school), at=at, version=edition.version,
        html="<p>每人 300 元</p>", change_note="迁入本平台", kind="document",
    )  # fmt: skip
    one.refresh_from_db()
    assert one.standing == "elsewhere"
    make.carry(make.issue(school, edition, at=at), at=at)
    one.refresh_from_db()
    assert (one.standing, one.first_public_on) == ("published", date(2026, 3, 2))
    assert one.index_number
