"""A parent finds the canteen accounts in three taps, leaves an opinion, and sees what was put right."""

import pytest

from gongkai.feedback.models import Opinion
from gongkai.publishing.models import Issue
from tests import make
from tests.browser.checks import assert_accessible, assert_no_overflow, shot
from tests.browser.steps import follow, open_what_waits, press, write
from tests.browser.world import TABLE, bodies, days_ago, item

pytestmark = [pytest.mark.story, pytest.mark.browser]
TITLE = "2026年10月食堂收支公示"
LETTER = "食材支出比上个月多了两万元,为什么?"
PUT_RIGHT = "说明:十月增加水果供应,并补记九月货款一笔。"
ANSWER = "十月增加了水果供应,并补记了九月的一笔货款;分月明细已重新公布。"


def with_accounts():
    """Publish the canteen accounts among other things."""
    _, school = bodies()
    make.published(
        school, title=TITLE, html=TABLE, kind="finance", at=days_ago(6), items=[item(school, "用餐")], by="clerk"
    )
    make.published(school, title="校园一周动态(第10周)", at=days_ago(3))


@pytest.fixture
def build():
    """A school that has published its canteen accounts."""
    return with_accounts


def test_the_canteen_accounts_are_three_taps_from_the_schools_home(window):
    page = window(phone=True).open("/g/shiyan/")
    follow(page.get_by_role("link", name="目录"))
    assert_no_overflow(page)
    follow(page.get_by_role("link", name="用餐"))
    assert_no_overflow(page)
    follow(page.get_by_role("link", name=TITLE))
    assert "176,912.50" in page.locator("main").inner_text()
    assert_accessible(page)
    assert_no_overflow(page)
    shot(page, "story-parent-accounts")


def test_an_opinion_is_answered_put_right_and_linked_both_ways(window):
    page = window(phone=True).open("/g/shiyan/")
    follow(page.get_by_role("link", name=TITLE))
    wrong = page.url
    follow(page.get_by_role("link", name="纠错"))
    page.get_by_label("标题").fill("食材支出为什么多了")
    page.get_by_label("内容").fill(LETTER)
    assert_accessible(page)
    shot(page, "story-opinion-form")
    press(page, "提交")
    shot(page, "story-opinion-receipt")
    opinion = Opinion.objects.get()
    assert opinion.text == LETTER
    assert opinion.query_code in page.locator("main").inner_text()
    clerk = window().sign_in("shiyan-clerk")
    open_what_waits(clerk, "食材支出为什么多了")
    clerk.get_by_text("需要整改并重新公布").click()
    clerk.get_by_label("要改什么").fill("补充水果供应和补记货款的说明")
    press(clerk, "开出整改草稿")
    shot(clerk, "story-opinion-put-right")
    follow(clerk.get_by_role("link", name="打开"))
    follow(clerk.get_by_role("link", name="改修订版"))
    write(clerk, PUT_RIGHT)
    press(clerk, "下一步：送审")
    press(clerk, "单独送审")
    make.carry(Issue.objects.latest("pk"), at=days_ago(0))
    clerk.goto(clerk.url.split("/b/")[0] + "/desk/")
    open_what_waits(clerk, "食材支出为什么多了")
    clerk.get_by_label("答复", exact=True).fill(ANSWER)
    press(clerk, "答复", exact=True)
    clerk.get_by_label("公开时的问题摘要").fill("十月食材支出为什么比九月多?")
    clerk.get_by_role("button", name="公开答复").click()
    press(clerk, "公开答复", within=clerk.get_by_role("dialog"))
    shot(clerk, "story-opinion-answered")
    page.goto(wrong)
    assert PUT_RIGHT in page.locator("main").inner_text()
    assert "根据群众意见修改" in page.locator("main").inner_text()
    follow(page.get_by_role("link", name="号意见的答复"))
    assert ANSWER in page.locator("main").inner_text()
    shot(page, "story-opinion-public-answer")
    follow(page.get_by_role("link", name=TITLE))
    assert page.url == wrong
    assert_accessible(page)
