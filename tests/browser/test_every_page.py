"""Every page every role can reach: accessible, in Chinese, narrow enough for a phone, without an error."""

import pytest

from tests.browser.checks import describe
from tests.browser.crawl import Walk
from tests.browser.world import district

STARTS = {"shiyan-clerk": 2, "shiyan-principal": 1, "shiyan-manager": 1, "sfq-super": 1}


@pytest.fixture
def build():
    """The small district."""
    return district


def refuse(walk):
    """Fail with what is wrong, page by page."""
    if walk.faults:
        pytest.fail(f"{walk.role}:{len(walk.pages)} 页中有问题的:\n{describe(walk.faults)}", pytrace=False)


@pytest.mark.parametrize("role", STARTS)
def test_every_page_a_role_can_reach_is_in_order(window, role):
    visitor = window()
    visitor.sign_in(role)
    refuse(Walk(visitor, role, of_each=STARTS[role], within="/b/").go(["/desk/", "/accounts/password/"]))


def test_every_page_a_parent_can_reach_is_in_order(window):
    visitor = window()
    visitor.sign_in("shiyan-parent")
    walk = Walk(visitor, "parent", within="/r/").go(["/r/shiyan/"])
    refuse(walk)
    assert any("/d/" in path for path in walk.pages), walk.pages


def test_every_page_the_public_can_reach_is_in_order(window):
    refuse(Walk(window(), "public").go(["/", "/g/shiyan/", "/s/", "/accounts/login/", "/join/"]))
