"""The editor in a real browser, under the content security policy that pages are served with."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.urls import path
from playwright.sync_api import Page, Route

from gongkai.frame.richtext import clean
from gongkai.web.urls import urlpatterns as real
from tests.frame import sample

KINDS = {".js": "text/javascript", ".css": "text/css"}
WORD = (Path(__file__).parent / "word_table.html").read_text("utf-8")
pytestmark = pytest.mark.urls("tests.frame.test_editor")


def show(request: HttpRequest) -> HttpResponse:
    return render(request, "frame/sample/desk.html", sample.staff() | {"form": sample.DraftForm()})


def elsewhere(request: HttpRequest) -> HttpResponse:
    return render(request, "frame/sample/wall.html", sample.wall())


def save(request: HttpRequest) -> HttpResponse:
    return HttpResponse('{"fields": {}}', content_type="application/json")


urlpatterns = [path("page/", show), path("autosave/", save), path("elsewhere/", elsewhere), *real]


class Site:
    """Answers the browser from this process, and remembers what it posted and complained about."""

    def __init__(self) -> None:
        self.client = Client()
        self.posted: list[dict[str, str]] = []
        self.complaints: list[str] = []
        self.down = False

    def answer(self, route: Route) -> None:
        where = urlsplit(route.request.url).path
        if where.startswith("/static/"):
            file = finders.find(where.removeprefix("/static/"))
            route.fulfill(path=file, content_type=KINDS.get(os.path.splitext(file)[1]))
        elif route.request.method == "POST" and self.down:
            route.abort()
        elif route.request.method == "POST":
            body, kind = route.request.post_data_buffer, route.request.headers["content-type"]
            reply = self.client.generic("POST", where, body, content_type=kind)
            self.posted.append(dict(reply.wsgi_request.POST.items()))
            route.fulfill(status=reply.status_code, headers=dict(reply.items()), body=reply.content)
        else:
            reply = self.client.get(where)
            route.fulfill(status=reply.status_code, headers=dict(reply.items()), body=reply.content)


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def page(chromium, site):
    context = chromium.new_context(locale="zh-CN")
    tab = context.new_page()
    tab.on("console", lambda said: site.complaints.append(said.text) if said.type == "error" else None)
    tab.on("pageerror", lambda error: site.complaints.append(str(error)))
    context.route("**/*", site.answer)
    tab.goto("https://gongkai.test/page/")
    tab.wait_for_selector(".rich .ProseMirror")
    yield tab
    context.close()


def paste(page: Page, html: str) -> str:
    """Paste HTML as an office program puts it on the clipboard and give what the form would send."""
    page.click(".rich .ProseMirror")
    page.evaluate(
        """(html) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/html", html);
            const event = new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true});
            document.querySelector(".ProseMirror").dispatchEvent(event);
        }""",
        html,
    )
    return page.input_value("textarea[name=text]")


def test_the_editor_starts_under_the_strict_policy_without_a_complaint(page, site):
    assert page.locator(".rich-bar button", has_text="标题").first.is_visible()
    assert site.complaints == []


def test_a_table_pasted_from_word_keeps_its_merged_cells(page):
    sent = clean(paste(page, WORD))
    assert 'colspan="2"' in sent
    assert 'rowspan="2"' in sent
    assert "课后服务费" in sent
    assert "mso" not in sent
    assert sent.startswith('<p class="align-center"><strong>收费项目和标准</strong></p>')


def test_typed_text_becomes_paragraphs_and_undo_takes_it_back(page):
    page.click(".rich .ProseMirror")
    page.keyboard.type("各位家长")
    page.click(".rich-bar >> text=加粗")
    page.keyboard.type("请看")
    assert page.input_value("textarea[name=text]") == "<p>各位家长<strong>请看</strong></p>"
    for _ in range(3):
        if page.locator(".rich-bar >> text=撤销").is_enabled():
            page.click(".rich-bar >> text=撤销")
    assert page.input_value("textarea[name=text]") == ""


def test_the_draft_is_saved_by_itself_and_says_when(page, site):
    page.fill("input[name=title]", "秋季收费公示")
    page.locator("[data-saved]", has_text="已自动保存").wait_for()
    assert site.posted[-1]["title"] == "秋季收费公示"


def test_what_was_written_while_the_network_was_lost_is_offered_back(page, site):
    site.down = True
    page.fill("input[name=title]", "没有存上的标题")
    page.locator("[data-saved]", has_text="网络不通").wait_for()
    page.on("dialog", lambda dialog: dialog.accept())
    site.down = False
    page.goto("https://gongkai.test/page/")
    page.get_by_role("button", name="取回").click()
    assert page.input_value("input[name=title]") == "没有存上的标题"


def test_a_submit_that_never_arrived_is_offered_back_and_one_that_did_is_forgotten(page, site):
    page.evaluate("document.querySelector('form[data-autosave]').noValidate = true")
    page.fill("input[name=title]", "没有送到的标题")
    site.down = True
    page.click("form[data-autosave] >> text=保存")
    page.wait_for_timeout(300)
    site.down = False
    page.goto("https://gongkai.test/page/")
    page.get_by_role("button", name="取回").click()
    assert page.input_value("input[name=title]") == "没有送到的标题"
    page.evaluate("document.querySelector('form[data-autosave]').noValidate = true")
    with page.expect_navigation():
        page.click("form[data-autosave] >> text=保存")
    page.goto("https://gongkai.test/elsewhere/")
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_question_is_asked_before_submitting_and_a_double_click_sends_once(page, site):
    page.evaluate("document.querySelector('form[data-autosave]').noValidate = true")
    page.click("text=提交审批")
    assert page.locator("dialog").get_by_text("提交第 11 期").is_visible()
    page.click("dialog >> text=取消")
    assert site.posted == []
    page.click("text=提交审批")
    with page.expect_navigation():
        page.dblclick("dialog >> text=提交审批")
    page.wait_for_timeout(300)
    assert len(site.posted) == 1


def test_large_type_is_remembered(page):
    page.click("text=大字版")
    page.goto("https://gongkai.test/page/")
    assert "large-type" in page.get_attribute("html", "class")
