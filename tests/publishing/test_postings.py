"""Postings: recorded with proof, skipped, taken down; boards; meetings."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from gongkai.bodies.lists import LISTS
from gongkai.documents.tables import read_table
from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.publishing.actions import postings as acts
from gongkai.publishing.boards import board_states
from gongkai.publishing.models import Congress, Posting, PostingState
from gongkai.publishing.posting_forms import ManyFiles
from gongkai.publishing.proofs import ProofRefused, accept
from tests import make

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64
TODAY = date(2026, 11, 21)


@pytest.fixture
def school():
    return make.school()


@pytest.fixture
def clerk(school):
    return make.actor("shiyan-clerk", school)


def board(school, clerk, at, **facts):
    return acts.keep_board(school, by=clerk, at=at, name="校门口公开栏", keep_days=15, issues_a_year=4, **facts)


def planned(school, channel="board", **facts):
    return Posting.objects.create(
        body=school, channel=channel, title="食堂收支", state=PostingState.PLANNED, planned_on=TODAY, **facts
    )


def test_a_planned_posting_is_recorded_with_its_photo_and_kept_as_long_as_the_board_says(school, clerk, at):
    wall = board(school, clerk, at)
    photo = accept("公开栏.jpg", PNG)
    done = acts.record(planned(school), by=clerk, at=at, posted_on=date(2026, 11, 20), board=wall, proofs=[photo])
    assert (done.state, done.place, done.keep_until_on) == ("posted", "校门口公开栏", date(2026, 12, 5))
    assert list(done.proofs.values_list("name", "media")) == [("公开栏.jpg", "png")]
    with pytest.raises(ActRefused, match="不用再登记"):
        acts.record(done, by=clerk, at=at, posted_on=TODAY)


def test_a_posting_cannot_be_recorded_before_its_day_nor_by_an_outsider(school, clerk, at):
    one = planned(school)
    with pytest.raises(ActRefused, match="还没有到"):
        acts.record(one, by=clerk, at=at, posted_on=date(2026, 11, 22))
    with pytest.raises(NotAllowed):
        acts.record(one, by=make.actor("shiyan-secrecy", school), at=at, posted_on=TODAY)


def test_skipping_needs_a_reason(school, clerk, at):
    one = planned(school, "wechat")
    with pytest.raises(ActRefused, match="为什么"):
        acts.skip(one, by=clerk, at=at, reason=" ")
    assert acts.skip(one, by=clerk, at=at, reason="公众号停更").state == "skipped"


def test_a_sheet_taken_down_early_needs_a_reason_and_an_urgent_one_proof(school, clerk, at):
    wall = board(school, clerk, at)
    one = acts.enter(school, by=clerk, at=at, channel="board", title="公示", posted_on=date(2026, 11, 20), board=wall)
    with pytest.raises(ActRefused, match="应保留到2026年12月5日"):
        acts.take_down(one, by=clerk, at=at, taken_down_on=TODAY)
    Posting.objects.filter(pk=one.pk).update(state="takedown", urgent=True)
    with pytest.raises(ActRefused, match="紧急撤下"):
        acts.take_down(one, by=clerk, at=at, taken_down_on=TODAY)
    done = acts.take_down(one, by=clerk, at=at, taken_down_on=TODAY, proofs=[accept("a.png", PNG)])
    assert (done.state, done.proofs.get().of_takedown) == ("taken_down", True)


def test_a_board_says_what_hangs_and_how_many_issues_are_missing(school, clerk, at):
    wall = board(school, clerk, at)
    for day in (date(2025, 12, 1), date(2026, 3, 2), date(2026, 3, 2), date(2026, 9, 1)):
        acts.enter(school, by=clerk, at=at, channel="board", title="一期", posted_on=day, board=wall)
    (state,) = board_states(school, on=TODAY)
    assert (state.issues, state.missing, state.last_on) == (2, 2, date(2026, 9, 1))
    assert (len(state.hanging), len(state.over)) == (0, 4)
    assert acts.clear_board(wall, by=clerk, at=at, taken_down_on=TODAY) == 4
    assert board_states(school, on=TODAY)[0].over == []
    with pytest.raises(ActRefused, match="没有到期"):
        acts.clear_board(wall, by=clerk, at=at, taken_down_on=TODAY)


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.png", b"", "空文件"),
        ("a.png", b"<svg onload=x>", "不是照片"),
        ("a.jpg", b"\xff\xd8\xff" + b"0" * 11_000_000, "10 MB"),
    ],
)
def test_proof_is_told_by_its_content(name, data, why):
    with pytest.raises(ProofRefused, match=why):
        accept(name, data)


def test_a_congress_keeps_what_was_heard_and_deliberated(school, clerk, at, client):
    client.force_login(make.person("shiyan-clerk"))
    page = reverse("congress_new", args=["shiyan"])
    facts = {"name": "教职工大会", "held_on": "2026-03-10", "should_attend": 97, "attended": 98,
             "heard": "学校工作报告\n", "deliberated": "财务收支情况\n工会工作报告"}  # fmt: skip
    assert "实到人数不能多于应到人数" in client.post(page, facts).content.decode()
    client.post(page, facts | {"attended": 95})
    congress = Congress.objects.get()
    assert (congress.heard, congress.deliberated) == (["学校工作报告"], ["财务收支情况", "工会工作报告"])


def test_the_clerk_records_on_the_page_and_exports_the_ledger(school, clerk, at, client, settings):
    client.force_login(make.person("shiyan-clerk"))
    wall = board(school, clerk, at)
    one = planned(school)
    listing = reverse("postings", args=["shiyan"])
    assert "待登记 1" in client.get(listing).content.decode()
    page = reverse("posting", args=["shiyan", one.pk])
    assert "以后才找得到" in client.post(page, {"act": "record", "posted_on": "2026-11-20"}).content.decode()
    client.post(page, {"act": "record", "posted_on": "2026-11-20", "board": wall.pk})
    assert Posting.objects.get().state == "posted"
    assert "食堂收支" in client.get(listing).content.decode()
    data = b"".join(client.get(reverse("postings_export", args=["shiyan"])).streaming_content)
    table = read_table(data, name="a.xlsx")
    assert table.records()[0][1]["标题"] == "食堂收支"


def test_another_body_sees_nothing_of_it(school, clerk, at, client):
    other = make.school("erxiao", name="第二小学")
    one = planned(school)
    wall = board(school, clerk, at)
    client.force_login(make.person("erxiao-clerk"))
    assert client.get(reverse("posting", args=["shiyan", one.pk])).status_code == 404
    assert client.get(reverse("posting", args=["erxiao", one.pk])).status_code == 404
    assert client.get(reverse("board_edit", args=["erxiao", wall.pk])).status_code == 404
    assert "食堂收支" not in client.get(reverse("postings", args=[other.code])).content.decode()


@pytest.mark.parametrize(
    "page", ["postings", "posting_new", "boards", "board_new", "congresses", "congress_new", "imports"]
)
def test_every_page_opens_for_the_clerk(school, client, page):
    client.force_login(make.person("shiyan-clerk"))
    assert client.get(reverse(page, args=["shiyan"])).status_code == 200


def upload(name, text):
    return SimpleUploadedFile(name, text.encode())


def test_a_list_is_checked_shown_and_then_confirmed(school, client):
    client.force_login(make.person("shiyan-clerk"))
    page = reverse("import_list", args=["shiyan", "postings"])
    rows = "渠道,标题,发布日期\n微信公众号,好,2026-03-01\n微信公众号,坏,2月30日\n"
    shown = client.post(page, {"check": "1", "file": upload("微信.csv", rows)})
    html = shown.content.decode()
    assert "第 3 行" in html
    assert "2 月没有 30 日" in html
    assert Posting.objects.count() == 0
    given = {"confirm": "1", "digest": shown.context["digest"], "name": "微信.csv", "skip_bad": "1"}
    client.post(page, given)
    assert Posting.objects.get().imported == "微信.csv"
    client.post(page, given)
    assert Posting.objects.count() == 1


def test_a_digest_never_shown_cannot_be_confirmed(school, client):
    client.force_login(make.person("shiyan-clerk"))
    page = reverse("import_list", args=["shiyan", "postings"])
    assert client.post(page, {"confirm": "1", "digest": "0" * 64}).status_code == 302
    assert client.get(reverse("import_list", args=["shiyan", "people"])).status_code == 403


@pytest.mark.parametrize("kind", ["postings", "disclosures", "opinions"])
def test_every_sample_list_can_itself_be_imported(school, client, kind):
    client.force_login(make.person("shiyan-clerk"))
    sample = client.get(reverse("import_sample", args=["shiyan", kind])).content
    table = read_table(sample, name="a.csv")
    assert len(table.rows) == 2
    assert LISTS[kind].sample[0] == table.header


def test_files_sent_with_an_order_to_clear_them_are_taken_as_files():
    sent = SimpleUploadedFile("照片.png", b"x")
    asked = ManyFiles().value_from_datadict({"proofs-clear": "on"}, MultiValueDict({"proofs": [sent]}), "proofs")
    assert asked == [sent]
