"""Walk all pages a person can reach by links, a few of each kind, and say what is wrong with each."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page

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

OF_EACH = 2  # pages of one kind (address pattern) that are looked at
NOT_PAGES = re.compile(r"/accounts/logout/|^/look/|\.(json|xml|zip|pdf|docx|xlsx|csv|txt|html|png|jpe?g|svg)$")
LINKS = """() => [...document.querySelectorAll('a[href]')].filter(a => !a.hasAttribute('download')).map(a => a.href)"""
BROKEN = """() => [...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.src)"""


@dataclass
class Walk:
    """What one person met: the pages looked at and the faults by address."""

    visitor: Visitor
    role: str
    pages: list[str] = field(default_factory=list)
    faults: dict[str, list[str]] = field(default_factory=dict)

    def go(self, starts: Iterable[str], *, most: int = 80) -> "Walk":
        """Follow links breadth first from some addresses."""
        waiting, seen, kinds = list(starts), set(starts), Counter[str]()
        while waiting and len(self.pages) < most:
            path = waiting.pop(0)
            kind = kind_of(path)
            if kinds[kind] >= OF_EACH:
                continue
            kinds[kind] += 1
            for found in self._look(path):
                if found not in seen:
                    seen.add(found)
                    waiting.append(found)
        return self

    def _look(self, path: str) -> Iterator[str]:
        """Look at one page at a desk and on a phone; yield the addresses it links to."""
        page, before = self.visitor.page, len(self.visitor.faults)
        page.set_viewport_size(DESK)
        answer = page.goto(self.visitor.url + path)
        self.pages.append(path)
        told = self.visitor.faults[before:]
        del self.visitor.faults[before:]
        if answer is not None and answer.status < 400:
            told += faults_of(page)
        name = re.sub(r"[^\w-]+", "_", path.strip("/")) or "home"
        shot(page, f"{self.role}-{name}-desk")
        page.set_viewport_size(PHONE)
        if answer is not None and answer.status < 400:
            told += [f"360 像素:{fault}" for fault in phone_faults(page)]
        shot(page, f"{self.role}-{name}-phone")
        if told:
            self.faults[path] = told
        for link in page.evaluate(LINKS):
            parts = urlsplit(urldefrag(link).url)
            if link.startswith(self.visitor.url) and not NOT_PAGES.search(parts.path):
                yield parts.path + (f"?{parts.query}" if parts.query else "")


def faults_of(page: Page) -> list[str]:
    """Return what is wrong with a page at a desk."""
    words = english_words(page)
    return [
        *accessibility_faults(page),
        *overflow_faults(page),
        *([f"英文:{words}"] if words else []),
        *(f"图片打不开:{src}" for src in page.evaluate(BROKEN)),
    ]


def phone_faults(page: Page) -> list[str]:
    """Return what is wrong with a page on a phone."""
    return [*overflow_faults(page), *accessibility_faults(page), *(f"太小:{name}" for name in small_targets(page))]


def kind_of(path: str) -> str:
    """Return the pattern of an address: its route's name, or the path with numbers and codes left out."""
    plain = urlsplit(path)
    try:
        return resolve(plain.path).route + ("?" if plain.query else "")
    except Resolver404:
        return re.sub(r"/[0-9A-Za-z-]*\d[0-9A-Za-z-]*", "/N", plain.path)
