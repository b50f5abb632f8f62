"""Letters on the screen and as files, the register, and the archive of a case."""

import io
import zipfile
from datetime import date, datetime

import pypdfium2 as pdfium
import pytest
from django.test import Client
from openpyxl import load_workbook

from gongkai.access.models import LetterState
from gongkai.access.signing import reply_of
from gongkai.accounts.models import Person
from tests import make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 1, 9, tzinfo=make.SHANGHAI)


@pytest.fixture
def bureau():
    return make.school("jiaoyu", name="示范区教育局", kind="edu_bureau", short_name="示教")


def client(body, role):
    browser = Client()
    browser.force_login(Person.objects.get(username=f"{body.code}-{role}"))
    return browser


def text_of(answer):
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return "".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(data))


def test_the_office_words_a_draft_anew_and_a_stale_page_overwrites_nothing(bureau):
    case = make.submitted_reply(make.request(bureau))
    letter = reply_of(case)
    page, office = f"/b/jiaoyu/letters/{letter.pk}/", client(bureau, "clerk")
    assert "政府信息公开告知书" in office.get(page).content.decode()

    told = {"text": "改过的正文。", "note": "改过的说明。", "version": letter.version}
    assert office.post(page, told).status_code == 302
    letter.refresh_from_db()
    assert (letter.text, letter.note) == ("改过的正文。", "改过的说明。")

    stale = office.post(page, {**told, "text": "旧页面的正文。"})
    assert "别人改过这份文书" in stale.content.decode()
    letter.refresh_from_db()
    assert letter.text == "改过的正文。"


def test_a_draft_is_marked_and_a_served_letter_is_not(bureau):
    case = make.submitted_reply(make.request(bureau))
    office, letter = client(bureau, "clerk"), reply_of(case)
    draft = text_of(office.get(f"/b/jiaoyu/letters/{letter.pk}/pdf/"))
    assert "草稿" in draft
    assert "（印章）" in draft

    case = make.reply(make.request(bureau))
    served = text_of(office.get(f"/b/jiaoyu/letters/{reply_of(case).pk}/pdf/"))
    assert "草稿" not in served
    assert "示教公复〔2026〕" in served
    word = office.get(f"/b/jiaoyu/letters/{reply_of(case).pk}/docx/")
    assert zipfile.ZipFile(io.BytesIO(word.content)).testzip() is None
    assert word["Cache-Control"] == "no-store"


def test_seal_and_service_are_entered_on_the_page_of_the_letter(bureau):
    case = make.decided_reply(make.request(bureau))
    letter, office = reply_of(case), client(bureau, "clerk")
    page = f"/b/jiaoyu/letters/{letter.pk}/"
    assert "用印" in office.get(page).content.decode()

    office.post(f"{page}do/seal/")
    asked = office.get(f"{page}do/serve/").content.decode()
    assert "张三丰" in asked
    assert "需要改正" not in asked
    refused = office.post(f"{page}do/serve/", {"way": "post", "served_on": "2026-09-01"})
    assert "邮政" in refused.content.decode()
    facts = {"way": "post", "served_on": "2026-09-01", "postal_number": "EA123456789CN"}
    assert office.post(f"{page}do/serve/", facts).status_code == 302
    letter.refresh_from_db()
    case.refresh_from_db()
    assert (letter.state, case.served_on) == (LetterState.SERVED, date(2026, 9, 1))
    slip = text_of(office.get(f"{page}slip/"))
    assert "EA123456789CN" in slip
    assert "送达回证" in slip


def test_who_neither_handles_the_case_nor_decides_on_it_finds_no_letter(bureau):
    case = make.reply(make.request(bureau))
    letter = reply_of(case)
    for form in ("", "pdf/", "docx/"):
        path = f"/b/jiaoyu/letters/{letter.pk}/{form}"
        assert client(bureau, "editor").get(path).status_code == 404
        assert client(bureau, "principal").get(path).status_code == 200
    assert client(bureau, "editor").get(f"/b/jiaoyu/requests/{case.pk}/sheets/F01/").status_code == 404
    assert client(bureau, "principal").get(f"/b/jiaoyu/requests/{case.pk}/sheets/F25/").status_code == 200
    assert client(bureau, "principal").get(f"/b/jiaoyu/requests/{case.pk}/sheets/F01/").status_code == 404


def test_forms_of_a_case_print_what_it_says(bureau):
    case = make.reply(make.request(bureau))
    office = client(bureau, "clerk")
    for kind, word in (("F01", "张三丰"), ("F02", "示教公复"), ("F03", case.query_code), ("F25", "审查表")):
        assert word in text_of(office.get(f"/b/jiaoyu/requests/{case.pk}/sheets/{kind}/"))
    assert office.get(f"/b/jiaoyu/requests/{case.pk}/sheets/F14/").status_code == 404


def test_the_register_holds_each_case_with_formulas_as_text_and_names_for_the_office_only(bureau):
    make.reply(make.request(bureau, title='=HYPERLINK("http://x")'))
    make.request(bureau, name="李四光")

    def rows(role):
        answer = client(bureau, role).get("/b/jiaoyu/requests/register.xlsx?year=2026")
        sheet = load_workbook(io.BytesIO(answer.content)).active
        return [[cell for cell in row] for row in sheet.iter_rows()]

    office = rows("clerk")
    assert [cell.value for cell in office[0]][:3] == ["申请编号", "收到申请之日", "提交日期"]
    assert [row[0].value for row in office[1:]] == ["2026-0001", "2026-0002"]
    assert office[1][7].value == '=HYPERLINK("http://x")'
    assert office[1][7].data_type == "s"
    assert {row[6].value for row in office[1:]} == {"张三丰", "李四光"}
    assert {row[6].value for row in rows("principal")[1:]} == {"张**", "李**"}
    assert client(bureau, "editor").get("/b/jiaoyu/requests/register.xlsx").status_code == 403


def test_the_archive_holds_every_paper_with_contents_and_digests(bureau):
    case = make.reply(make.request(bureau, files=[("申请表.txt", "我要申请公开".encode())]))
    office = client(bureau, "clerk")

    answer = office.get(f"/b/jiaoyu/requests/{case.pk}/archive.zip")
    packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))

    names = packed.namelist()
    for part in ("案卷.pdf", "1 申请/申请表.pdf", "1 申请/材料/申请表.txt", "2 办理/办理经过.xlsx", "3 审批/审查表.pdf",
                 "3 审批/审批记录.xlsx", "5 送达/01 送达回证.pdf", "目录.txt", "SHA256SUMS"):  # fmt: skip
        assert part in names, part
    assert any(name.startswith("4 文书/01 示教公复〔2026〕") and name.endswith(".pdf") for name in names)
    booklet = text_of(office.get(f"/b/jiaoyu/requests/{case.pk}/archive.pdf"))
    for word in ("依申请公开案卷", "卷内目录", "审批记录", "电子送达", case.number):
        assert word in booklet
    assert client(bureau, "principal").get(f"/b/jiaoyu/requests/{case.pk}/archive.zip").status_code == 403
