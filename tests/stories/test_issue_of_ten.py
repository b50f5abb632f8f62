"""An issue of ten items goes round the whole chain; the principal approves it on a phone, in one screen."""

import pytest

from gongkai.publishing.models import Disclosure, Standing
from tests import make
from tests.browser.checks import PHONE, assert_accessible, assert_no_overflow, shot
from tests.browser.steps import approve_what_waits, follow, hold_the_meeting, open_what_waits, press
from tests.browser.world import bodies, days_ago

pytestmark = [pytest.mark.story, pytest.mark.browser]
TITLES = [f"{subject}公开说明" for subject in (
    "食堂收支", "秋季收费", "课后服务", "教师培训", "图书采购",
    "校车线路", "营养餐", "体质监测", "作息时间", "资助名额",
)]  # fmt: skip
BEFORE_THE_PRINCIPAL = ("dean", "office", "secrecy", "lead", "watch")


def ten_drafts():
    """Let the teaching office write ten drafts."""
    _, school = bodies()
    for title in TITLES:
        make.draft(school, title=title, at=days_ago(1), kind="notice")


@pytest.fixture
def build():
    """A school whose teaching office has ten drafts."""
    return ten_drafts


def test_an_issue_of_ten_goes_round_and_the_principal_approves_on_one_screen(window):
    page = window().sign_in("shiyan-clerk")
    follow(page.get_by_role("link", name="信息公开"))
    follow(page.get_by_role("link", name="各期"))
    page.get_by_label("主题").fill("十一月校务公开")
    press(page, "新开一期")
    for title in TITLES:
        page.get_by_label(title).check()
    press(page, "加入本期")
    shot(page, "story-issue-gathered")
    press(page, "送审本期 10 条")
    for role in BEFORE_THE_PRINCIPAL:
        colleague = window(phone=True).sign_in(f"shiyan-{role}")
        open_what_waits(colleague, "10 条")
        assert_accessible(colleague)
        hold_the_meeting(colleague)
        shot(colleague, f"story-issue-{role}")
        approve_what_waits(colleague)
    principal = window(phone=True).sign_in("shiyan-principal")
    open_what_waits(principal, "10 条")
    assert principal.locator(".sheet").count() == 10
    approve = principal.get_by_role("button", name="同意")
    box = approve.bounding_box()
    assert box["y"] + box["height"] <= PHONE["height"], "不滚动就能按到“同意”"
    assert_accessible(principal)
    assert_no_overflow(principal)
    shot(principal, "story-issue-principal")
    press(principal, "同意")
    shot(principal, "story-issue-principal-after")
    assert Disclosure.objects.filter(standing=Standing.PUBLISHED).count() == 10
    public = window(phone=True).open("/g/shiyan/")
    assert public.get_by_role("link", name=TITLES[0]).count() >= 1
