"""A parent asks on a phone, finds what is public already, gets a receipt, and sees how it stands."""

from pathlib import Path

import pytest

from gongkai.access.actions import course
from gongkai.access.models import AccessRequest
from gongkai.bodies.models import Body
from gongkai.catalogue.actions.settling import choose_rule
from tests import make
from tests.browser.checks import DESK, PHONE, assert_accessible, assert_chinese, assert_no_overflow, shot, small_targets
from tests.browser.steps import follow, press
from tests.browser.world import TABLE, bodies, days_ago, item

pytestmark = [pytest.mark.story, pytest.mark.browser]
ACCOUNTS = "2026年10月食堂收支公示"


def school_with_accounts():
    """Found the school, let it choose its reply period, publish the canteen accounts."""
    _, school = bodies()
    choose_rule(school, by=make.SYSTEM, at=days_ago(40), record="K-REPLY-15", kind="answer")
    make.published(
        school, title=ACCOUNTS, html=TABLE, kind="finance", at=days_ago(6), items=[item(school, "用餐")], by="clerk"
    )


@pytest.fixture
def build():
    """A school that has published its canteen accounts."""
    return school_with_accounts


def in_order(page, name):
    """Look at a page at a phone's width: accessible, Chinese, narrow enough, nothing too small to touch."""
    assert_no_overflow(page)
    assert_accessible(page)
    assert_chinese(page)
    assert small_targets(page) == []
    shot(page, f"request-{name}-phone")
    page.set_viewport_size(DESK)
    shot(page, f"request-{name}-desk")
    page.set_viewport_size(PHONE)


def fill_in(page):
    page.get_by_label("所需信息的名称").fill("今年各班春游费用的收支")
    page.get_by_label("内容描述").fill("2026年春季各班春游的收费标准和支出明细")
    page.get_by_label("自行领取").check()
    page.get_by_label("姓名", exact=True).fill("张三丰")
    page.get_by_label("学生姓名、班级").fill("张小丰，三（2）班")
    page.get_by_label("电话").fill("13800000001")


def test_a_parent_asks_on_a_phone_and_follows_the_request(window):
    page = window(phone=True).open("/g/shiyan/")
    follow(page.get_by_role("link", name="依申请公开").first)
    in_order(page, "choose")
    press(page, "下一步")
    assert "请选择您是谁" in page.locator("main").inner_text()
    page.get_by_label("家长").check()
    press(page, "下一步")
    page.get_by_label("所需信息的名称").press_sequentially("想知道食堂的收支", delay=20)
    page.locator("#already a", has_text=ACCOUNTS).first.wait_for()
    in_order(page, "fill")
    press(page, "下一步：核对")
    assert "请填写姓名" in page.locator(".error-summary").inner_text()
    in_order(page, "errors")
    fill_in(page)
    press(page, "下一步：核对")
    in_order(page, "check")
    press(page, "提交申请")
    in_order(page, "receipt")
    case = AccessRequest.objects.get()
    said = page.locator("main").inner_text()
    assert case.number in said
    assert case.query_code in said
    assert (case.requester.name, case.identity, case.way_wanted) == ("张三丰", "parent", "pick_up")
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="打印回执").is_visible()
    shot(page, "request-receipt-print")
    page.emulate_media(media="screen")
    follow(page.get_by_role("link", name="查看办理情况"))
    in_order(page, "status-ask")
    page.get_by_label("申请编号").fill(case.number)
    page.get_by_label("查询码").fill(case.query_code)
    press(page, "查看")
    assert "正在办理" in page.locator("main").inner_text()
    in_order(page, "status")


def test_without_script_the_whole_way_works_too(chromium, installation):
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{installation.url}/a/shiyan/")
    page.get_by_label("家长").check()
    press(page, "下一步")
    fill_in(page)
    page.get_by_label("所需信息的名称").fill("食堂收支")
    press(page, "下一步：核对")
    assert ACCOUNTS in page.locator("main").inner_text()
    press(page, "返回修改")
    page.get_by_label("邮编").fill("100000")
    press(page, "下一步：核对")
    press(page, "提交申请")
    assert AccessRequest.objects.get().query_code in page.locator("main").inner_text()
    context.close()


def test_the_office_enters_an_email_and_a_letter(window):
    page = window().sign_in("shiyan-clerk")
    page.goto(page.url.split("/desk/")[0].split("/b/")[0] + "/b/shiyan/requests/new/")
    in_order(page, "entry-choose")
    page.get_by_label("电子邮件").check()
    page.get_by_label("社会公众").check()
    press(page, "下一步")
    in_order(page, "entry-fill")
    page.get_by_label("所需信息的名称").fill("校舍安全鉴定报告")
    page.get_by_label("姓名", exact=True).fill("李四")
    page.locator("#id_email").fill("lisi@example.cn")
    press(page, "登记", exact=True)
    case = AccessRequest.objects.get()
    assert (case.channel, case.state, case.requester.email) == ("email", "submitted", "lisi@example.cn")
    in_order(page, "entry-done")


def test_the_guide_and_the_page_of_requests_say_how_and_by_when(window):
    page = window(phone=True).open("/g/shiyan/request/")
    said = page.locator("main").inner_text()
    assert "15 个工作日" in said
    assert "主管教育行政部门申诉" in said
    in_order(page, "static")
    page = window(phone=True).open("/g/shiyan/guide/")
    assert "依申请公开" in page.locator("main").inner_text()
    in_order(page, "guide")


def test_what_is_asked_for_is_added_on_the_phone_with_number_and_code(window):
    school = Body.objects.get(code="shiyan")
    case = make.request(school, channel="web", identity="parent", pupil="三（2）班", at=days_ago(2))
    course.ask_clarification(case, by=make.SYSTEM, at=days_ago(1), on=days_ago(1).date(), items="请写明哪一年。")
    page = window(phone=True).open("/a/shiyan/status/")
    page.get_by_label("申请编号").fill(case.number)
    page.get_by_label("查询码").fill(case.query_code.lower())
    press(page, "查看")
    assert "等您补充申请内容" in page.locator("main").inner_text()
    in_order(page, "status-clarify")
    page.get_by_label("补充的内容").fill("2025年的")
    page.locator("input[type=file]").set_input_files(
        {"name": "说明.txt", "mimeType": "text/plain", "buffer": "二〇二五年".encode()}
    )
    press(page, "提交补充的内容")
    assert "补充的内容已经收到" in page.locator("main").inner_text()
    in_order(page, "status-clarified")
    assert AccessRequest.objects.get(pk=case.pk).state == "received"


def test_an_electronic_reply_is_fetched_with_number_and_code(window):
    school = Body.objects.get(code="shiyan")
    case = make.request(school, channel="web", identity="parent", pupil="三（2）班", at=days_ago(3))
    make.reply(case, at=days_ago(1))
    page = window(phone=True).open("/a/shiyan/status/")
    page.get_by_label("申请编号").fill(case.number)
    page.get_by_label("查询码").fill(case.query_code)
    press(page, "查看")
    assert "已经答复" in page.locator("main").inner_text()
    in_order(page, "status-answered")
    for format, begins in (("PDF", b"%PDF"), ("Word", b"PK"), ("PDF", b"%PDF")):
        with page.expect_download() as given:
            page.get_by_role("button", name=f"下载 {format}").first.click()
        assert Path(given.value.path()).read_bytes().startswith(begins)
