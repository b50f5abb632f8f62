"""A clerk who has never seen the platform publishes a first item, following only what stands on the screen."""

import pytest

from tests.browser.checks import assert_accessible, assert_no_overflow, shot
from tests.browser.steps import approve_what_waits, follow, open_what_waits, press, write
from tests.browser.world import bodies

pytestmark = [pytest.mark.story, pytest.mark.browser]
TITLE = "第十二周校园动态"
TEXT = "本周四开展消防演练，全校师生在三分钟内疏散到操场。"


@pytest.fixture
def build():
    """A school that has published nothing."""
    return bodies


def test_the_clerk_publishes_a_first_item_and_everybody_reads_it(window):
    clerk = window()
    page = clerk.sign_in("shiyan-clerk")
    follow(page.get_by_role("link", name="起草公开信息"))
    press(page, "空白草稿")
    page.get_by_label("标题").fill(TITLE)
    write(page, TEXT)
    page.get_by_label("信息类别").select_option(label="动态")
    shot(page, "story-first-item-draft")
    press(page, "下一步：送审")
    shot(page, "story-first-item-send")
    press(page, "单独送审")
    for username in ("shiyan-office", "shiyan-secrecy"):
        colleague = window(phone=True)
        colleague.sign_in(username)
        open_what_waits(colleague.page, TITLE)
        assert_accessible(colleague.page)
        assert_no_overflow(colleague.page)
        shot(colleague.page, f"story-first-item-{username}")
        approve_what_waits(colleague.page)
        shot(colleague.page, f"story-first-item-{username}-after")
    parent = window(phone=True).open("/g/shiyan/")
    follow(parent.get_by_role("link", name=TITLE))
    assert TEXT in parent.locator("main").inner_text()
    shot(parent, "story-first-item-public")
