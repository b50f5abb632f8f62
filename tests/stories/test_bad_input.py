"""Bad files, texts, dates and lists meet a plain Chinese sentence; what was there before stays as it was."""

import io
import re
import resource

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.utils import timezone

from gongkai.bodies.models import Body
from gongkai.catalogue import actions as catalogue
from gongkai.documents.blobs import BlobStore
from gongkai.feedback.models import Opinion
from gongkai.journal import chain, outbox
from gongkai.journal.models import JournalEntry
from gongkai.publishing.models import Attachment, Congress, Disclosure, Edition, Issue, Posting
from gongkai.publishing.numbering import faults_of
from tests import make
from tests.documents import files

pytestmark = [pytest.mark.django_db, pytest.mark.story]

FILE = "/b/shiyan/publishing/new/file/"
MB = 1024 * 1024


@pytest.fixture
def school():
    made = make.school(phone="0757-88880001")
    make.chains(made)
    return made


def edit_page(edition):
    return f"/b/shiyan/publishing/editions/{edition.pk}/edit/"


def attach(client, edition, name, data):
    """Attach a file on the edit page; return what the page then says."""
    first = edition.renditions.all()[0]
    edition.refresh_from_db()
    told = make.typed(edition, act=f"attach:{first.pk}")
    sent = {**told, f"files{first.pk}": SimpleUploadedFile(name, data)}
    return client.post(edit_page(edition), sent, follow=True).content.decode()


# Files -----------------------------------------------------------------------------------------------------------


def test_a_text_put_together_from_two_encodings_is_read_whole_and_the_lines_are_named(school, as_):
    text = (
        "校务公开情况说明\n".encode()
        + "食堂收支每月公开一次,接受家长监督。\n".encode("gb18030")
        + "收费项目张贴在校门口。\n".encode()
    )
    page = as_("shiyan-editor").post(FILE, {"file": SimpleUploadedFile("说明.txt", text)}, follow=True)
    assert "文件里的文字编码不一致或有损坏(第2行)" in page.content.decode()
    read = Edition.objects.get().renditions.get().text
    assert "食堂收支每月公开一次,接受家长监督。" in read
    assert "收费项目张贴在校门口。" in read


def test_a_page_that_declares_the_wrong_encoding_is_read_rightly(school, as_):
    html = (
        '<html><head><meta charset="utf-8"><title>通知</title></head><body><p>秋季学期收费公示如下。</p></body></html>'
    )
    upload = SimpleUploadedFile("通知.html", html.encode("gb18030"))
    as_("shiyan-editor").post(FILE, {"file": upload})
    assert "秋季学期收费公示如下" in Edition.objects.get().renditions.get().text


def test_text_broken_in_the_middle_says_from_which_line_on(school, as_):
    data = b"\xff\xfe" + "第一行完好\n第二行".encode("utf-16-le") + b"\x00\xd8\x41"
    page = as_("shiyan-editor").post(FILE, {"file": SimpleUploadedFile("坏.txt", data)}, follow=True)
    assert "第2行起有无法识别的文字" in page.content.decode()
    assert "第一行完好" in Edition.objects.get().renditions.get().text + Edition.objects.get().title


REFUSED_FILES = [
    ("空.txt", lambda: b"", "空的"),
    ("空白.txt", lambda: b"\xef\xbb\xbf \r\n\t\n", "没有内容"),
    ("宏.docx", files.marked_docx, "带有宏程序,不能直接公开。请另存为不含宏的格式"),
    ("炸弹.docx", lambda: files.bomb_docx(220), "解开后异常庞大"),
    ("炸弹.xlsx", lambda: files.bomb_docx(220), "解开后异常庞大"),
    ("程序.docx", lambda: b"MZ" + b"\0" * 400, "程序"),
]


@pytest.mark.parametrize(("name", "make_file", "says"), REFUSED_FILES)
def test_a_file_that_must_not_be_taken_is_refused_for_drafting_with_what_to_do(school, as_, name, make_file, says):
    page = as_("shiyan-editor").post(FILE, {"file": SimpleUploadedFile(name, make_file())})
    assert says in "".join(page.context["form"].errors["file"])
    assert says in page.content.decode()
    assert not Edition.objects.exists()
    assert not JournalEntry.objects.filter(act="draft.begun").exists()


@pytest.mark.parametrize(("name", "make_file", "says"), REFUSED_FILES[2:])
def test_a_file_that_must_not_be_taken_is_refused_as_attachment_and_the_draft_keeps_its_text(
    school, as_, name, make_file, says
):
    edition = make.draft(school, title="食堂账目", html="<p>写了很久的正文</p>")
    shown = attach(as_("shiyan-editor"), edition, name, make_file())
    assert says in shown
    assert "写了很久的正文" in shown
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [("密码.docx", files.encrypted_docx()), ("密码.doc", files.password_ole()), ("坏.docx", b"PK\x03\x04" + b"x" * 90)],
)
def test_what_cannot_be_read_begins_no_empty_draft_and_as_attachment_blocks_until_somebody_looked(
    school, as_, name, data
):
    client = as_("shiyan-editor")
    page = client.post(FILE, {"file": SimpleUploadedFile(name, data)})
    assert page.status_code == 200
    assert page.context["form"].errors["file"]
    assert not Edition.objects.exists()
    edition = make.draft(school)
    attach(client, edition, name, data)
    finding = edition.findings.get()
    assert finding.severity == "error"
    assert "未能检查" in finding.message or "无法" in finding.message


class Streamed(io.RawIOBase):
    """A request body of so many bytes of which only head and tail exist in memory."""

    def __init__(self, head, zeros, tail):
        self.head, self.zeros, self.tail = head, zeros, tail

    def __len__(self):
        return len(self.head) + self.zeros + len(self.tail)

    def read(self, size=-1):
        if self.head:
            part, self.head = self.head[:size], self.head[size:]
            return part
        if self.zeros:
            count = min(size, self.zeros)
            self.zeros -= count
            return bytes(count)
        part, self.tail = self.tail[:size], self.tail[size:]
        return part


def send_large(client, path, megabytes):
    """Send a file of so many megabytes as a browser does; return status, page and growth of memory in MB."""
    mark = b"----gongkai"
    disposition = 'Content-Disposition: form-data; name="file"; filename="录像.docx"'
    head = b"--" + mark + b"\r\n" + disposition.encode() + b"\r\nContent-Type: application/octet-stream\r\n\r\n"
    body = Streamed(head, megabytes * MB, b"\r\n--" + mark + b"--\r\n")
    sent = {
        "REQUEST_METHOD": "POST", "PATH_INFO": path, "wsgi.input": body, "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": f"multipart/form-data; boundary={mark.decode()}",
    }  # fmt: skip
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer = client.request(**sent)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return answer.status_code, answer.content.decode(), grown


def test_a_file_of_200_megabytes_is_refused_by_its_size_without_filling_the_memory(school, as_):
    client = as_("shiyan-editor")
    status, page, grown = send_large(client, FILE, 200)
    assert status == 200
    assert "有 200 MB" in page
    assert "请压缩图片或拆成几个文件" in page
    assert grown < 120
    assert not Edition.objects.exists()


def test_more_than_one_request_may_carry_is_refused_before_anything_is_read(school, as_):
    status, page, grown = send_large(as_("shiyan-editor"), FILE, 4000)
    assert status == 413
    assert "共有 4000 MB" in page
    assert grown < 20


def test_a_list_of_200_megabytes_is_refused_by_its_size(school, as_):
    status, page, grown = send_large(as_("shiyan-clerk"), "/b/shiyan/import/postings/", 200)
    assert status == 200
    assert "文件有 200 MB" in page
    assert grown < 120


def test_a_page_with_scripts_keeps_its_words_and_loses_what_runs(school, as_):
    html = (
        "<html><head><title>通知</title><script>alert(1)</script></head><body onload=alert(2)>"
        "<p onclick=alert(3)>缴费时间是九月一日</p><iframe src=//evil.example></iframe>"
        "<img src=x onerror=alert(4)><a href='javascript:alert(5)'>链接文字</a><svg onload=alert(6)></svg>"
        "<form action=//evil.example><input name=q></form><style>*{display:none}</style></body></html>"
    )
    client = as_("shiyan-editor")
    client.post(FILE, {"file": SimpleUploadedFile("通知.html", html.encode())})
    edition = Edition.objects.get()
    client.post(edit_page(edition), make.typed(edition, html=html.replace("九月", "十月"), kind="dynamic"))
    edition.refresh_from_db()
    make.carry(make.issue(school, edition, route="short", at=timezone.now()), at=timezone.now())
    outbox.drain()
    stored = edition.renditions.get().html
    public = settings.PUBLIC_ROOT / "g" / "shiyan" / "d" / edition.disclosure.public_id / "index.html"
    for page in (stored, public.read_text(encoding="utf-8")):
        assert "缴费时间是十月一日" in page
        assert "链接文字" in page
        for bad in ("alert(", "javascript:", "onerror", "onload", "<iframe", "evil.example", "display:none"):
            assert bad not in page


# Texts and dates --------------------------------------------------------------------------------------------------

LONG = "长" * 10_000


def test_a_title_of_ten_thousand_characters_in_a_file_becomes_a_draft_that_can_be_named(school, as_):
    upload = SimpleUploadedFile("长.docx", files.plain_docx(LONG, "正文在这里"))
    answer = as_("shiyan-editor").post(FILE, {"file": upload})
    assert answer.status_code == 302
    edition = Edition.objects.get()
    assert len(edition.title) <= 200
    assert LONG in edition.title + edition.renditions.get().text
    assert "正文在这里" in edition.renditions.get().text


PAGES_WITH_TITLES = [
    ("/b/shiyan/publishing/issues/", {"title": LONG, "route": "full"}, Issue),
    (
        "/b/shiyan/postings/new/",
        {"channel": "wechat", "title": LONG, "posted_on": "2026-09-01", "place": "x", "kind": "dynamic"},
        Posting,
    ),
    ("/b/shiyan/congresses/new/", {"name": LONG, "held_on": "2026-09-01", "should_attend": "5"}, Congress),
    (
        "/b/shiyan/opinions/new/",
        {"channel": "box", "received_on": "2026-09-01", "kind": "opinion", "title": LONG, "text": "内容"},
        Opinion,
    ),
]


@pytest.mark.parametrize(("page", "form", "model"), PAGES_WITH_TITLES)
def test_a_title_of_ten_thousand_characters_is_named_in_every_form_and_nothing_is_cut(school, as_, page, form, model):
    answer = as_("shiyan-clerk").post(page, form)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert re.search(r"最(?:多|长) ?\d+ ?个?字|不能超过 ?\d+|不超过 ?\d+", shown)
    assert LONG in shown
    assert not model.objects.exists()


def test_the_thirtieth_of_february_is_named_in_every_form(school, as_):
    client = as_("shiyan-clerk")
    edition = make.draft(school)
    pages = [
        (edit_page(edition), make.typed(edition, html="<p>正文还在</p>", formed_on="2026年2月30日")),
        (
            "/b/shiyan/postings/new/",
            {"channel": "wechat", "title": "推文", "posted_on": "2026-02-30", "kind": "dynamic"},
        ),
        ("/b/shiyan/congresses/new/", {"name": "教代会", "held_on": "2026-02-30", "should_attend": "5"}),
        (
            "/b/shiyan/opinions/new/",
            {"channel": "box", "received_on": "2026-02-30", "kind": "opinion", "title": "题", "text": "内容"},
        ),
        ("/b/shiyan/settings/absences/", {"person": 1, "from_on": "2026-02-30", "until_on": "2026-03-05"}),
    ]
    for page, form in pages:
        answer = client.post(page, form)
        assert answer.status_code == 200, page
        assert re.search(r"没有 ?30 ?日|日期", answer.content.decode()), page
    edition.refresh_from_db()
    assert edition.formed_on is None
    assert not Posting.objects.exists()
    assert not Congress.objects.exists()


def test_a_catalogue_item_retired_meanwhile_is_named_and_the_text_stays(school, as_):
    catalogue.adopt(school, by=make.SYSTEM, at=make.AT, catalogue="K12")
    item = school.catalogue_items.order_by("pk").first()
    edition = make.draft(school, title="收费公示栏", kind="document", items=[item])
    manager = make.actor("shiyan-office", school)
    catalogue.retire(item, by=manager, at=make.AT, reason="合并到别的事项")
    client = as_("shiyan-clerk")
    assert client.post("/b/shiyan/publishing/new/", {"item": item.pk}).status_code == 404
    shown = client.get(f"/b/shiyan/publishing/editions/{edition.pk}/send/").content.decode()
    assert f"公开事项“{item.name}”已停用" in shown
    client.post(f"/b/shiyan/publishing/editions/{edition.pk}/send/", {"act": "full"})
    edition.refresh_from_db()
    assert edition.state == "draft"
    assert list(edition.items.all()) == [item]
    other = make.draft(school, title="另一份", kind="document")
    refused = client.post(edit_page(other), make.typed(other, items=[item.pk], html="<p>正文不丢</p>"))
    assert refused.status_code == 200
    assert "正文不丢" in refused.content.decode()
    assert other.items.count() == 0


def test_a_school_that_cannot_be_founded_whole_is_not_founded_at_all(as_):
    bureau = make.school("jyj", name="示范区教育局", kind="edu_bureau")
    form = {
        "name": "第九小学",
        "code": "jiuxiao",
        "kind": "primary",
        "manager_login": "jyj-clerk",
        "manager_name": "别人",
    }
    answer = as_("jyj-manager").post("/b/jyj/settings/found/", form)
    assert "已经有人使用" in answer.content.decode()
    assert list(Body.objects.all()) == [bureau]


@pytest.mark.parametrize("template", ["{serial:{org}}", "{serial:>99999999}", "{org.__class__}{serial}", "{0}{serial}"])
def test_an_index_template_cannot_ask_for_what_it_should_not(template):
    assert faults_of(template) == ["索引号样式只能使用 {org}、{year}、{month}、{serial}，流水号位数写作 {serial:05d}。"]


# Lists ------------------------------------------------------------------------------------------------------------

HEAD = "渠道,标题,发布日期,网址或位置,信息类别"


def wechat(rows, *, bad=()):
    """Return a list of WeChat posts; rows named in `bad` get an impossible date."""
    lines = [HEAD]
    for n in range(1, rows + 1):
        day = "2025-02-30" if n in bad else f"2025-{n % 12 + 1:02d}-{n % 28 + 1:02d}"
        lines.append(f"微信,第{n}篇推文,{day},https://mp.example.invalid/s/{n},动态")
    return "\n".join(lines)


def upload_list(client, data, name="台账.csv"):
    return client.post("/b/shiyan/import/postings/", {"file": SimpleUploadedFile(name, data), "check": "1"})


def test_a_list_of_20000_rows_with_three_bad_ones_is_tried_first_and_names_them(school, as_):
    client = as_("shiyan-clerk")
    page = upload_list(client, wechat(20_000, bad=(7, 9_999, 20_000)).encode())
    shown = page.content.decode()
    outcome = page.context["outcome"]
    assert [fault.row for fault in outcome.listing.rejected] == [8, 10_000, 20_001]
    for row in (8, 10_000, 20_001):
        assert str(row) in shown
    assert "没有这一天：2 月没有 30 日" in shown
    assert not Posting.objects.exists()
    digest = page.context["digest"]
    refused = client.post("/b/shiyan/import/postings/", {"confirm": "1", "digest": digest}, follow=True)
    assert "没有写入" in refused.content.decode()
    assert not Posting.objects.exists()
    page = upload_list(client, wechat(20_000, bad=(7, 9_999, 20_000)).encode())
    done = client.post(
        "/b/shiyan/import/postings/", {"confirm": "1", "digest": page.context["digest"], "skip_bad": "1"}, follow=True
    )
    assert "导入 19997 行" in done.content.decode()
    assert Posting.objects.count() == 19_997
    again = upload_list(client, wechat(20_000, bad=(7, 9_999, 20_000)).encode())
    assert again.context["outcome"].unchanged == 19_997
    assert Posting.objects.count() == 19_997


def test_a_wechat_export_in_gb18030_with_a_byte_order_mark_is_read(school, as_):
    data = b"\x84\x31\x95\x33" + wechat(156).encode("gb18030")
    page = upload_list(as_("shiyan-clerk"), data, name="公众号导出.csv")
    outcome = page.context["outcome"]
    assert outcome.listing.rejected == []
    assert outcome.imported == 156
    assert "第1篇推文" in {row.values["title"] for row in outcome.listing.rows}


def test_confirming_a_list_twice_counts_it_once(school, as_):
    client = as_("shiyan-clerk")
    page = upload_list(client, wechat(40).encode())
    confirm = {"confirm": "1", "digest": page.context["digest"]}
    client.post("/b/shiyan/import/postings/", confirm)
    again = client.post("/b/shiyan/import/postings/", confirm, follow=True)
    assert "重新上传" in again.content.decode()
    assert Posting.objects.count() == 40
    assert JournalEntry.objects.filter(act="posting.imported").count() == 1


def test_what_is_no_list_at_all_is_refused_in_words(school, as_):
    client = as_("shiyan-clerk")
    for name, data, says in [
        ("空.csv", b"", "空"),
        ("照片.xlsx", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, ""),
        ("别的.csv", "甲,乙\n1,2\n".encode(), "表头缺少"),
        ("炸弹.xlsx", files.bomb_docx(220), "异常庞大"),
        ("只有表头.csv", HEAD.encode(), "只有标题行"),
    ]:
        page = upload_list(client, data, name)
        faults = "".join(page.context["form"].errors.get("file", []))
        assert re.search(r"[\u4e00-\u9fff]", faults), name
        assert says in faults, name
    assert not Posting.objects.exists()


# Stores and journal -----------------------------------------------------------------------------------------------


def test_after_all_refusals_the_journal_holds_and_nothing_half_done_is_left(school, as_):
    edition = make.draft(school)
    client = as_("shiyan-editor")
    for name, make_file, _ in REFUSED_FILES:
        client.post(FILE, {"file": SimpleUploadedFile(name, make_file())})
        attach(client, edition, name, make_file())
    assert list(chain.breaks()) == []
    assert Disclosure.objects.count() == 1
    with override_settings(BLOB_ROOT=settings.BLOB_ROOT):
        assert not [place for place in BlobStore(settings.BLOB_ROOT).root.rglob("tmp*") if place.is_file()]
