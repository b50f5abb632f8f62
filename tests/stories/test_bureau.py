"""The bureau sees at a glance who has missed what, and gets to the very duty in two clicks."""

import pytest

from tests.browser.checks import assert_accessible, shot
from tests.browser.steps import follow
from tests.browser.world import district

pytestmark = [pytest.mark.story, pytest.mark.browser]


@pytest.fixture
def build():
    """The small district."""
    return district


def test_the_bureau_sees_which_school_has_missed_what(window):
    page = window().sign_in("sfq-super")
    row = page.locator("tbody tr", has_text="示范区实验小学").first
    assert "超期" in row.inner_text() or "项" in row.inner_text()
    shot(page, "story-bureau-desk")
    follow(row.get_by_role("link", name="示范区实验小学"))
    assert_accessible(page)
    follow(page.get_by_role("link", name="超期"))
    overdue = page.locator("tbody tr")
    assert overdue.count() >= 1
    shot(page, "story-bureau-overdue")
    page.goto(page.url.split("/b/")[0] + "/b/sfq/desk/")
    follow(page.get_by_role("link", name="单位和事项总表"))
    assert page.locator(".wall.matrix tbody tr", has_text="示范区实验小学").count() == 1
    shot(page, "story-bureau-matrix")
