"""What hangs on the board and went out on WeChat is recorded with a photo, and stands in the register."""

import base64

import pytest

from gongkai.publishing.models import Posting, PostingState
from tests import make
from tests.browser.checks import assert_accessible, shot
from tests.browser.steps import follow, no_fault, press
from tests.browser.world import bodies, days_ago

pytestmark = [pytest.mark.story, pytest.mark.browser]
TITLE = "十月食堂收支公示"
PHOTO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAYAAABytg0kAAAAFElEQVR4nGP8z8Dwn4GBgYGJAQoAHxcCAr7cWQQAAAAASUVORK5CYII="
)


def published_with_channels():
    """Publish one disclosure that is also meant for the board and WeChat."""
    _, school = bodies()
    make.published(school, title=TITLE, at=days_ago(2), channels=["site", "board", "wechat"])


@pytest.fixture
def build():
    """A school with something to hang up."""
    return published_with_channels


def record(page, channel, asked, place):
    """Open the to-do of one channel from the register and record it with a photo."""
    line = page.locator(".todo > li", has_text=TITLE).filter(has_text=channel)
    follow(line.get_by_role("link", name="登记发布"))
    page.get_by_label("发布日期").fill(days_ago(1).date().isoformat())
    page.get_by_label(asked).fill(place)
    page.locator("input[type=file]").first.set_input_files(
        {"name": "现场照片.png", "mimeType": "image/png", "buffer": PHOTO}
    )
    assert_accessible(page)
    shot(page, f"story-posted-{channel}")
    press(page, "登记发布")
    no_fault(page)


def test_the_clerk_records_board_and_wechat_with_a_photo(window):
    page = window().sign_in("shiyan-clerk")
    follow(page.get_by_role("link", name="信息公开"))
    follow(page.get_by_role("link", name="发布台账"))
    record(page, "公开栏", "位置", "南门公开栏")
    record(page, "微信", "网址", "https://example.invalid/wx/88")
    states = dict(Posting.objects.values_list("channel", "state"))
    assert states["board"] == states["wechat"] == PostingState.POSTED
    assert Posting.objects.get(channel="board").proofs.count() == 1
    assert page.locator("tbody tr", has_text=TITLE).filter(has_text="1 份").count() == 2
    shot(page, "story-posted-register")
