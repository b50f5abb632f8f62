"""After publication: sent up, received, filed as one folder."""

import hashlib
import io
import zipfile
from datetime import date

import pytest
from django.urls import reverse

from gongkai.documents.reading import read
from gongkai.documents.tables import read_table
from gongkai.feedback import actions as feedback
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.publishing import archive, sweep
from gongkai.publishing.actions import filing, postings
from gongkai.publishing.board_sheet import board_sheet
from gongkai.publishing.models import Issue
from gongkai.publishing.proofs import accept
from tests import make

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64
SITE = "https://gk.example"


@pytest.fixture
def bureau():
    made = make.body("jyj", name="示范区教育局", kind="edu_bureau")
    make.post(made, "jyj-filing", "filing")
    make.post(made, "jyj-editor", "editor")
    return made


@pytest.fixture
def school(bureau):
    return make.school(parent=bureau)


@pytest.fixture
def edition(school):
    return make.published(school, title="收费<公示>", html="<p>每人每月 300 元。</p>", channels=["site", "board"])


def clerk(school):
    return make.actor("shiyan-clerk", school)


def test_an_issue_goes_up_by_itself_and_is_received_without_holding_anything_up(school, bureau, edition, at):
    issue = edition.entry.issue
    issue.refresh_from_db()
    assert edition.disclosure.standing == "published"
    assert issue.sent_up_at == edition.published_at
    with pytest.raises(ActRefused, match="已经报备过"):
        filing.send_up(issue, by=clerk(school), at=at)
    with pytest.raises(NotAllowed):
        filing.receive(issue, by=clerk(school), at=at)
    with pytest.raises(NotAllowed):
        filing.receive(issue, by=make.actor("jyj-editor", bureau), at=at)
    done = filing.receive(issue, by=make.actor("jyj-filing", bureau), at=at)
    assert done.received_above_by == "示范区教育局 jyj-filing"


def test_what_is_public_only_later_goes_up_with_the_sweep(school, at):
    edition = make.published(school, title="收费公示", publish_on=date(2026, 12, 1), at=at)
    assert edition.entry.issue.sent_up_at is None
    day = at.replace(month=12, day=1)
    assert sweep.sweep(day).sent_up == [edition.entry.issue.pk]
    assert sweep.sweep(day).sent_up == []


def test_the_superior_sees_what_society_reads_and_only_the_number_of_the_rest(school, bureau, client):
    open_one = make.published(school, title="收费公示")
    make.published(school, title="内部绩效", audiences=["STF"])
    client.force_login(make.person("jyj-filing"))
    page = reverse("publishing_filings", args=["jyj"])
    html = client.get(page).content.decode()
    assert "收费公示" in html
    assert "另有 1 条只在内部公开" in html
    client.post(reverse("issues_receive", args=["jyj"]), {"issue": [open_one.entry.issue.pk]})
    assert Issue.objects.exclude(received_above_at=None).get() == open_one.entry.issue
    assert "已接收 1 期" in client.get(page).content.decode()
    assert client.get(reverse("archive", args=["shiyan"])).status_code == 404
    assert client.post(reverse("issues_receive", args=["shiyan"]), {"issue": [1]}).status_code == 404


def test_an_issue_is_one_folder_with_its_digests(school, edition, at):
    issue, by = edition.entry.issue, clerk(school)
    posting = edition.disclosure.postings.get(channel="board")
    photo = accept("公开栏.png", PNG)
    postings.record(posting, by=by, at=at, posted_on=date(2026, 11, 20), place="校门口", proofs=[photo])
    public = Actor.public(body_code=school.code, body_name=school.name)
    said = feedback.receive(
        school, by=public, at=at, title="太贵", text="请说明", about=edition.disclosure, writer_name="赵大爷"
    )
    feedback.answer(said, by=by, at=at, text="按文件执行")
    target = io.BytesIO()
    packed = archive.folder(issue, target, at=at, site_url=SITE)
    folder = zipfile.ZipFile(target)
    names = folder.namelist()
    assert {"案卷.pdf", "目录.txt", "SHA256SUMS", "2 审批/审批记录.xlsx", "3 发布/发布台账.xlsx"} <= set(names)
    assert "4 意见/意见与答复.xlsx" in names
    assert any(name.startswith("3 发布/证明/") for name in names)
    assert any(name.startswith("1 公开内容/01 收费") and name.endswith("正文（社会）.html") for name in names)
    for item in packed:
        assert hashlib.sha256(folder.read(item.path)).hexdigest() == item.sha256
    for name in names:
        assert "赵大爷".encode() not in folder.read(name)
    opinions = read_table(folder.read("4 意见/意见与答复.xlsx"), name="a.xlsx").records()
    assert "赵大爷" not in str(opinions)
    assert opinions[0][1]["答复"] == "按文件执行"


def test_filing_needs_a_finished_issue_and_happens_once(school, edition, client, at):
    client.force_login(make.person("shiyan-clerk"))
    page = reverse("archive_issue", args=["shiyan", edition.entry.issue.pk])
    assert client.get(page)["Content-Type"] == "application/zip"
    client.post(page)
    edition.entry.issue.refresh_from_db()
    assert edition.entry.issue.state == "filed"
    with pytest.raises(ActRefused, match="已归档"):
        filing.file(edition.entry.issue, by=clerk(school), at=at, contents=[])


def test_the_years_register_lists_disclosures_postings_and_meetings(school, edition, client):
    client.force_login(make.person("shiyan-clerk"))
    year = edition.published_at.year
    data = b"".join(client.get(reverse("archive_register", args=["shiyan", year])).streaming_content)
    first = read_table(data, name="a.xlsx").records()[0][1]
    assert (first["标题"], first["公开范围"], first["状态"]) == ("收费<公示>", "社会", "已公开")
    assert client.get(reverse("archive", args=["shiyan"])).status_code == 200
    assert client.get(reverse("archive_booklet", args=["shiyan", edition.entry.issue.pk])).status_code == 200


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_the_board_sheet_says_who_answers_until_when(school, edition, at, paper):
    board = postings.keep_board(school, by=clerk(school), at=at, name="公开栏", keep_days=15)
    data = board_sheet(edition.disclosure, paper=paper, board=board, on=date(2026, 11, 21), site_url=SITE)
    text = read(data, name="a.pdf").text.replace("\n", "")
    for words in ("收费<公示>", "每人每月", "不少于 15 天", "监督小组审查", "gk.example/o/shiyan/"):
        assert words in text
