"""Walk all pages a person can reach by links, a few of each kind, and say what is wrong with each."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Error, Page

from tests.browser.checks import (
    DESK,
    PHONE,
    accessibility_faults,
    english_words,
    overflow_faults,
    shot,
    small_targets,
)
from tests.browser.visitor import Visitor

NOT_PAGES = re.compile(r"/accounts/logout/|^/look/|\.(json|xml|zip|pdf|docx|xlsx|csv|txt|html|png|jpe?g|svg)$")
LINKS = """() => [...document.querySelectorAll('a[href]')].filter(a => !a.hasAttribute('download')).map(a => a.href)"""
ENOUGH = 3  # pages of one kind looked at closely in one session; further roles' pages are opened and read only
LOOKED: Counter[str] = Counter()
BROKEN = """() => [...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.src)"""


@dataclass
class Walk:
    """What one person met: the pages looked at and the faults by address.

    `of_each` is how many pages of one kind (address pattern) are looked at; `within` a prefix to stay in.
    """

    visitor: Visitor
    role: str
    of_each: int = 2
    within: str = "/"
    pages: list[str] = field(default_factory=list)
    faults: dict[str, list[str]] = field(default_factory=dict)

    def go(self, starts: Iterable[str], *, most: int = 120) -> "Walk":
        """Follow links breadth first from some addresses."""
        waiting, seen, kinds = list(starts), set(starts), Counter[str]()
        while waiting and len(self.pages) < most:
            path = waiting.pop(0)
            kind = kind_of(path)
            if kinds[kind] >= (1 if "?" in kind else self.of_each):
                continue
            kinds[kind] += 1
            self.pages.append(path)
            for found in self._look(path):
                if found not in seen and (found.startswith(self.within) or path in starts):
                    seen.add(found)
                    waiting.append(found)
        return self

    def _look(self, path: str) -> list[str]:
        """Look at one page at a desk and on a phone; return the addresses it links to."""
        page, before = self.visitor.page, len(self.visitor.faults)
        page.set_viewport_size(DESK)
        shown = self._open(path)
        told = self.visitor.faults[before:]
        del self.visitor.faults[before:]
        LOOKED[kind_of(path)] += 1
        if shown and LOOKED[kind_of(path)] > ENOUGH:
            told += language_faults(page)
        elif shown:
            name = re.sub(r"[^\w-]+", "_", path.strip("/")) or "home"
            told += faults_of(page)
            shot(page, f"{self.role}-{name}-desk")
            page.set_viewport_size(PHONE)
            told += [f"360 像素：{fault}" for fault in phone_faults(page)]
            shot(page, f"{self.role}-{name}-phone")
        if told:
            self.faults[path] = told
        return self._links() if shown else []

    def _open(self, path: str) -> bool:
        """Open a page; a file to download is only fetched. Returns whether there is a page to look at."""
        try:
            answer = self.visitor.page.goto(self.visitor.url + path)
        except Error as refused:
            if "Download is starting" not in str(refused) and "ERR_ABORTED" not in str(refused):
                raise
            answer = None
            status = self.visitor.context.request.get(self.visitor.url + path).status
            if status >= 400:
                self.visitor.faults.append(f"HTTP {status} {path}")
        return answer is not None and answer.status < 400 and "text/html" in answer.headers.get("content-type", "")

    def _links(self) -> list[str]:
        found = []
        for link in self.visitor.page.evaluate(LINKS):
            parts = urlsplit(urldefrag(link).url)
            if link.startswith(self.visitor.url) and not NOT_PAGES.search(parts.path):
                found.append(parts.path + (f"?{parts.query}" if parts.query else ""))
        return found


def faults_of(page: Page) -> list[str]:
    """Return what is wrong with a page at a desk."""
    return [
        *accessibility_faults(page),
        *overflow_faults(page),
        *language_faults(page),
        *(f"图片打不开：{src}" for src in page.evaluate(BROKEN)),
    ]


def language_faults(page: Page) -> list[str]:
    """Return the English words a reader of the page would meet."""
    words = english_words(page)
    return [f"英文：{words}"] if words else []


def phone_faults(page: Page) -> list[str]:
    """Return what is wrong with a page on a phone."""
    return [*overflow_faults(page), *accessibility_faults(page), *(f"太小：{name}" for name in small_targets(page))]


def kind_of(path: str) -> str:
    """Return the pattern of an address: its route's name, or the path with numbers and codes left out."""
    plain = urlsplit(path)
    try:
        return resolve(plain.path).route + ("?" if plain.query else "")
    except Resolver404:
        return re.sub(r"/[0-9A-Za-z-]*\d[0-9A-Za-z-]*", "/N", plain.path)
