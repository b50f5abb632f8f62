"""Fixtures of the browser tests: Chromium, the running installation, a visitor."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.checks import DESK, PHONE
from tests.browser.live import make_template, running
from tests.browser.visitor import Visitor

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-prefers-reduced-motion",
    "--lang=zh-CN",
]
NO_CHROMIUM = "没有安装 Chromium:apt-get install chromium fonts-noto-cjk fontconfig"


def pytest_itemcollected(item):
    """Mark what uses a browser, and keep it on one worker."""
    if "chromium" in getattr(item, "fixturenames", ()):
        item.add_marker("browser")
        item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, started once."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip(NO_CHROMIUM)
    # Playwright keeps an event loop in this thread; Django would refuse the data base beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chinese = {**os.environ, "LANGUAGE": "zh_CN", "LANG": "zh_CN.UTF-8"}
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS, env=chinese)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def wsgi():
    """The application as it is served, the static public site in front of it included."""
    from gongkai.web.wsgi import application  # noqa: PLC0415 – after Django is set up

    return application


@pytest.fixture(scope="session")
def templates(chromium, django_db_blocker, tmp_path_factory):
    """Make (once) the folder of an installation in which a function has built a world: `templates(build)`."""
    made = {}

    def template(build):
        if build not in made:
            begin = None if build is nothing else template(nothing)
            with django_db_blocker.unblock():
                made[build] = make_template(tmp_path_factory.mktemp("world") / "installation", build, begin=begin)
        return made[build]

    return template


def nothing():
    """Build no world."""


@pytest.fixture
def build():
    """The function that builds the world of a test; a module overrides this fixture with its own."""
    return nothing


@pytest.fixture
def installation(_own_data, templates, build, wsgi, django_db_blocker, tmp_path):
    """A running installation of the test's own, in which `build` has been done."""
    with django_db_blocker.unblock(), running(templates(build), tmp_path / "live", wsgi) as found:
        yield found


@pytest.fixture
def window(chromium, installation):
    """Open a browser window: `window()` at a desk, `window(phone=True)`; its complaints fail the test."""
    opened = []

    def open_window(*, phone=False):
        context = chromium.new_context(
            viewport=PHONE if phone else DESK, has_touch=phone, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        context.set_default_timeout(10_000)
        visitor = Visitor(context.new_page(), installation.url)
        opened.append(visitor)
        return visitor

    yield open_window
    faults = [fault for visitor in opened for fault in visitor.faults]
    for visitor in opened:
        visitor.context.close()
    assert not faults, "浏览器报告了问题:\n" + "\n".join(faults)


@pytest.fixture
def visitor(window):
    """A visitor at a desk."""
    return window()
