"""A person at a browser: opens pages, signs in, and notices whatever the browser complains of."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

PASSWORD = "gk-demo-2026"


@dataclass
class Visitor:
    """One browser window on an installation, with what went wrong in it so far."""

    page: Page
    url: str
    faults: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url} 脚本出错：{error}"))
        self.page.on("request", self._request)
        self.page.on("response", self._response)

    @property
    def context(self) -> BrowserContext:
        """Return the window's cookie jar."""
        return self.page.context

    def open(self, path: str) -> Page:
        """Go to an address of the installation."""
        self.page.goto(self.url + path)
        return self.page

    def sign_in(self, username: str, password: str = PASSWORD) -> Page:
        """Sign in through the form, as a person does."""
        self.open("/accounts/login/")
        self.page.locator("input[name=login]").fill(username)
        self.page.locator("input[name=password]").fill(password)
        self.page.locator("main button[type=submit], form button[type=submit]").last.click()
        self.page.wait_for_url(lambda url: "/accounts/login" not in url)
        return self.page

    def sign_out(self) -> None:
        """Forget who is signed in."""
        self.context.clear_cookies()

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        """Let answers of these statuses pass (a page that is meant to be gone or refused)."""
        names = [f"HTTP {status}" for status in statuses]
        self.forgiven += names
        try:
            yield
        finally:
            for name in names:
                self.forgiven.remove(name)

    def _note(self, text: str) -> None:
        if not any(part in text for part in self.forgiven):
            self.faults.append(text)

    def _console(self, message: ConsoleMessage) -> None:
        # A failed answer is noted with its address by `_response`.
        if message.type == "error" and not re.match("Failed to load resource", message.text):
            self._note(f"{self.page.url} 控制台：{message.text}")

    def _request(self, request: Request) -> None:
        if request.url.startswith(("http:", "https:", "ws:", "wss:")) and not request.url.startswith(self.url):
            self._note(f"{self.page.url} 向外请求：{request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not response.url.endswith("/favicon.ico"):
            self._note(f"HTTP {response.status} {response.url}（来自 {self.page.url}）")
