"""The report drafts itself; whoever clicks 156 sees the 156."""

import pytest

from tests import make
from tests.browser.checks import assert_accessible, shot
from tests.browser.steps import follow, press
from tests.stories import replay

pytestmark = [pytest.mark.story, pytest.mark.browser]
YEAR = 2025


def year_of_lists():
    """Bring in a school's year as lists: 120 site items, 156 WeChat posts, 23 videos."""
    school = make.school(introduction="38个教学班,学生1824人,专任教师97人。")
    make.chains(school)
    site = replay.disclosures(YEAR, [("动态", 96), ("公告公示", 14), ("财务", 10)], channels=["网站"])
    replay.bring("disclosures", school, site, name="学校网站.csv")
    posts = replay.postings(YEAR, {"微信公众号": 156, "视频号": 23, "上级网站": 12})
    replay.bring("postings", school, posts, name="新媒体.csv")


@pytest.fixture
def build():
    """A school whose year came as lists."""
    return year_of_lists


def test_every_number_of_the_drafted_report_opens_to_as_many_records(window):
    page = window().sign_in("shiyan-clerk")
    follow(page.get_by_role("link", name="年度报告"))
    page.get_by_label("年度").fill(str(YEAR))
    press(page, "按记录拟稿")
    assert_accessible(page)
    shot(page, "story-report-draft")
    report = page.url
    numbers = page.locator("table.figures td.num a")
    assert "156" in page.locator("#section-proactive textarea").input_value()
    told = {numbers.nth(n).get_attribute("href"): numbers.nth(n).inner_text() for n in range(numbers.count())}
    assert "156 条" in told.values()
    for address, words in told.items():
        page.goto(report.split("/b/")[0] + address)
        assert f"{words.split()[0]}" in page.locator("h1, .lead, main").first.inner_text()
        assert counted(page) == int(words.split()[0]), address
    shot(page, "story-report-figure")


def counted(page):
    """Return how many records a figure's page lists, over all its pages."""
    total = page.locator("[data-member], tbody tr").count()
    while page.locator("a[rel=next]").count():
        follow(page.locator("a[rel=next]"))
        total += page.locator("[data-member], tbody tr").count()
    return total
