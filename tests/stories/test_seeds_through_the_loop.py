"""The five real source documents go from the file to the public page, through the screens a clerk uses."""

import io
import re
from html import escape, unescape
from pathlib import Path

import docx
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from gongkai.journal import chain, outbox
from gongkai.publishing import gate
from gongkai.publishing.models import Disclosure, Edition, Issue, IssueState, Standing
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.story, pytest.mark.seeds]

# The file's first digits, the kind of body it comes from, and the title a clerk finds already filled in.
REPORTS = [
    ("000", "primary", "东莞市常平实验小学2021年度信息公开工作报告"),
    ("001", "college", "杏鑫娱乐2021年度信息公开工作报告"),
    ("002", "middle", "太和中学2020年政府信息公开工作年度报告"),
    ("003", "edu_bureau", "2017年湘桥区教育局政府信息公开年报"),
]
FORMS = ["utf-8", "gb18030", "utf-16", "docx", "html"]


def original(seeds, number):
    """Return the text of a source document."""
    return next(Path(seeds).glob(f"{number}_*.txt")).read_text(encoding="utf-8")


def letters(text):
    """Return only what is read: no white space, no page marks."""
    return re.sub(r"\s+", "", text.replace("\ufeff", ""))


def shown(page):
    """Return the letters a page shows."""
    body = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.S)
    return letters(unescape(re.sub(r"<[^>]+>", "", body)))


def as_docx(text):
    """Return the text as a Word file with a table whose first row is one merged cell and whose column is another."""
    made = docx.Document()
    for line in text.splitlines():
        made.add_paragraph(line)
    table = made.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "公开渠道统计"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "校内"
    for row, name, count in ((1, "公开栏", "甲"), (2, "教代会", "乙")):
        table.cell(row, 1).text, table.cell(row, 2).text = name, count
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def as_html(text):
    """Return the text as an ordinary web page."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines())
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>网页</title></head><body>{lines}</body></html>'


def as_file(text, form):
    """Return an upload of the text in one of FORMS."""
    if form == "docx":
        return SimpleUploadedFile("年度报告.docx", as_docx(text))
    if form == "html":
        return SimpleUploadedFile("年度报告.html", as_html(text).encode())
    return SimpleUploadedFile("年度报告.txt", text.encode(form))


def school(code, kind="primary"):
    """Found a body of a kind with its cast and chains."""
    made = make.school(code, name=f"示范{code}", kind=kind)
    make.chains(made)
    return made


def justify_what_was_found(body, editions, as_):
    """Let the secrecy reviewer read every open finding and say why it may stay, on the page of findings."""
    for edition in editions:
        for finding in gate.open_findings(edition):
            page = f"/b/{body.code}/publishing/findings/{finding.pk}/justify/"
            as_(f"{body.code}-secrecy").post(page, {"why": "这是单位的公开联系方式,已经核对"})
        assert gate.open_findings(edition) == []


def carry_to_the_public(body, editions, as_):
    """Gather drafts in one issue on its page, submit it there and let the whole chain decide."""
    client = as_(f"{body.code}-clerk")
    client.post(f"/b/{body.code}/publishing/issues/", {"title": "来文公开", "route": "full"})
    issue = Issue.objects.get(body=body)
    page = f"/b/{body.code}/publishing/issues/{issue.pk}/"
    client.post(page, {"act": "add", "edition": [edition.pk for edition in editions]})
    assert "还差" not in client.get(page).content.decode()
    client.post(page, {"act": "submit"})
    issue.refresh_from_db()
    assert issue.state == IssueState.IN_REVIEW
    make.carry(issue, at=timezone.now())
    assert issue.state == IssueState.DONE
    outbox.drain()


def public_page(edition):
    """Return the published page of an edition."""
    one = Disclosure.objects.get(pk=edition.disclosure_id)
    assert one.standing == Standing.PUBLISHED
    place = settings.PUBLIC_ROOT / "g" / one.body.code / "d" / one.public_id / "index.html"
    return place.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("number", "kind", "title"), REPORTS)
def test_a_real_report_becomes_a_draft_with_its_title_and_every_word(seeds, as_, number, kind, title, form):
    school("shiyan", kind)
    text = original(seeds, number)
    answer = as_("shiyan-editor").post("/b/shiyan/publishing/new/file/", {"file": as_file(text, form)})
    assert answer.status_code == 302
    edition = Edition.objects.get()
    assert edition.title == title
    assert letters(text) in letters(edition.title + edition.renditions.get().text)


@pytest.mark.parametrize("form", ["utf-8", "docx"])
@pytest.mark.parametrize(("number", "kind", "title"), REPORTS)
def test_a_real_report_goes_through_the_chain_to_its_public_page(seeds, as_, number, kind, title, form):
    body = school("shiyan", kind)
    text = original(seeds, number)
    client = as_("shiyan-editor")
    page = client.post("/b/shiyan/publishing/new/file/", {"file": as_file(text, form)}).url
    edition = Edition.objects.get()
    told = make.typed(edition, kind="document", document_number="示〔2026〕3号", formed_on="2026年8月20日", act="save")
    assert client.post(page, told).status_code == 302
    edition.refresh_from_db()
    justify_what_was_found(body, [edition], as_)
    carry_to_the_public(body, [edition], as_)
    public = public_page(edition)
    for line in text.splitlines():
        assert letters(line) in shown(public), line
    if form == "docx":
        assert 'colspan="3"' in public
        assert 'rowspan="2"' in public
    assert list(chain.breaks()) == []


def test_the_collection_of_twelve_plans_becomes_eleven_disclosures_and_the_copy_is_noticed(seeds, as_):
    body = school("shiyan")
    text = original(seeds, "004")
    upload = SimpleUploadedFile("校务公开实施方案汇总12篇.txt", text.encode())
    client = as_("shiyan-editor")
    page = client.post("/b/shiyan/publishing/new/file/", {"file": upload})
    seen = page.content.decode()
    assert "文件里有 12 篇" in seen
    assert "与第 8 篇内容完全相同" in seen
    assert seen.count("内容完全相同</span>") == 1
    chosen = re.findall(r'name="part" value="(\d+)" checked', seen)
    assert chosen == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
    answer = client.post(
        "/b/shiyan/publishing/new/collection/", {"token": page.context["found"].token, "part": chosen}, follow=True
    )
    assert "起草 11 份草稿" in answer.content.decode()
    editions = list(Edition.objects.order_by("pk"))
    for edition in editions:
        client.post(
            f"/b/shiyan/publishing/editions/{edition.pk}/edit/",
            make.typed(edition, kind="document", title=f"{edition.title}({edition.pk})", act="save"),
        )
    justify_what_was_found(body, editions, as_)
    carry_to_the_public(body, editions, as_)
    drafts = page.context["found"].drafts
    for edition, draft in zip(editions, drafts, strict=False):
        assert letters(draft.text) in shown(public_page(edition))
    everything = "".join(letters(draft.text) for draft in drafts)
    for words in ("领导小组", "党务公开", "一、指导思想"):
        assert words in everything
    numbers = sorted(Disclosure.objects.values_list("index_number", flat=True))
    assert [number[-5:] for number in numbers] == [f"{n:05d}" for n in range(1, 12)]


@pytest.mark.parametrize("form", FORMS)
def test_the_collection_splits_alike_in_every_form(seeds, as_, form):
    school("shiyan")
    page = as_("shiyan-editor").post("/b/shiyan/publishing/new/file/", {"file": as_file(original(seeds, "004"), form)})
    found = page.context["found"]
    assert len(found.drafts) == 12
    assert found.twins.get(11, 7) == 7
    assert "党务公开工作实施方案" in page.content.decode()


def test_private_numbers_in_a_real_text_are_found_and_kept_from_the_public(seeds, as_):
    body = school("shiyan")
    text = original(seeds, "002") + "\n资助对象身份证号11010519491231002X。\n张老师手机13912345678。"
    client = as_("shiyan-editor")
    page = client.post("/b/shiyan/publishing/new/file/", {"file": as_file(text, "gb18030")}).url
    edition = Edition.objects.get()
    assert sorted(one.code for one in gate.blocking(edition)) == ["mobile", "resident_id"]
    seen = client.get(page).content.decode()
    assert "身份证" in seen
    without = edition.renditions.get().html.replace("资助对象身份证号11010519491231002X。", "资助对象一名。")
    picture = SimpleUploadedFile("公示照片.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 60)
    first = edition.renditions.get()
    told = make.typed(edition, html=without, kind="document", act=f"attach:{first.pk}")
    client.post(page, {**told, f"files{first.pk}": picture})
    edition.refresh_from_db()
    assert len(gate.blocking(edition)) == 2
    finding = gate.blocking(edition)[0]
    own = client.post(f"/b/shiyan/publishing/findings/{finding.pk}/justify/", {"why": "我自己觉得可以"})
    assert own.status_code == 403
    justify_what_was_found(body, [edition], as_)
    carry_to_the_public(body, [edition], as_)
    public = public_page(edition)
    assert "11010519491231002X" not in public
    assert "张老师手机13912345678" in shown(public)
    assert "公示照片.png" in public
