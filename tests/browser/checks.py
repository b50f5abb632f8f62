"""What every page must pass in a real browser: accessibility, width, language, keyboard."""

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

VENDOR = Path(__file__).parent / "vendor" / "axe-core"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
# Names and formats that stand in Latin letters on a Chinese screen, and the codes of the bodies in these tests.
ALLOWED_WORDS = {
    *("word", "wps", "excel", "pdf", "docx", "doc", "xlsx", "xls", "csv", "html", "htm", "txt", "zip", "rss", "json"),
    *("jpg", "jpeg", "png", "webp", "ofd", "utf", "gb18030", "gongkai", "kb", "mb", "gb", "led", "qq", "wechat"),
    *("a3", "a4", "id", "http", "https", "www", "com", "cn", "example", "url", "xml", "ctrl", "shiyan", "sfq"),
}
WORD = re.compile(r"[A-Za-z][A-Za-z0-9'’]*")
# Placeholders, addresses, codes (gk-demo-2026, cn-ogi/33.2) and what follows a file's dot are no words of a sentence.
NOT_WORDS = re.compile(r"\{[^{}]*\}|https?://\S+|[\w.+-]+@[\w.-]+|[A-Za-z0-9]+(?:[-_./:][A-Za-z0-9]+)+/?")
CODE = re.compile(r"[A-Z0-9]{8,12}")  # query and join codes
VISIBLE = """() => {
  const out = [document.title];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const el = walk.currentNode.parentElement;
    if (!el || el.closest('script,style,noscript,template,textarea,code')) continue;
    if (el.closest('[data-foreign],[lang]:not([lang^=zh])')) continue;
    if (el.checkVisibility()) out.push(walk.currentNode.nodeValue);
  }
  for (const el of document.querySelectorAll('[placeholder],[title],[aria-label],[alt],input[type=submit]'))
    for (const name of ['placeholder', 'title', 'aria-label', 'alt', 'value'])
      if (name !== 'value' || el.type === 'submit') out.push(el.getAttribute(name) || '');
  return out.map(t => t.trim()).filter(Boolean);
}"""
WIDER = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const over = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > room + 1);
  return [`${document.documentElement.scrollWidth} > ${room}`,
    ...over.slice(0, 6).map(e => `<${e.tagName} class="${e.className}"> ${(e.innerText || '').slice(0, 30)}`)];
}"""
SMALL = """() => [...document.querySelectorAll('button, a.button, input[type=submit], select, summary')]
  .filter(e => e.checkVisibility() && !e.closest('.prose'))
  .map(e => [e, e.getBoundingClientRect()])
  .filter(([e, box]) => box.width > 1 && box.height > 1 && box.height < 43)
  .map(([e, box]) => `${(e.innerText || e.name || e.tagName).slice(0, 20)} (${Math.round(box.height)} px)`)"""


@cache
def axe_source() -> str:
    """Return axe-core with its Chinese messages, ready to be evaluated in a page."""
    locale = (VENDOR / "zh_CN.json").read_text(encoding="utf-8")
    return f"{(VENDOR / 'axe.min.js').read_text(encoding='utf-8')};axe.configure({{locale: {locale}}});"


def settled(page: Page) -> Page:
    """Wait until a page just opened is read to its end (a click returns as soon as the address changes)."""
    page.wait_for_load_state("load")
    return page


def accessibility_faults(page: Page) -> list[str]:
    """Return axe's violations on the page as shown, one line each, in Chinese."""
    settled(page)
    if not page.evaluate("() => !!window.axe"):
        page.evaluate(f"() => {{ {axe_source()} }}")
    found: list[dict[str, Any]] = page.evaluate(
        "() => axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)"
    )
    return [
        f"{fault['id']}({fault['impact']}):{fault['help']} – {node['target']} {node['html'][:160]}"
        for fault in found
        for node in fault["nodes"][:4]
    ]


def overflow_faults(page: Page) -> list[str]:
    """Return what makes the page scroll sideways; empty when nothing does."""
    return settled(page).evaluate(WIDER)


def small_targets(page: Page) -> list[str]:
    """Return buttons and fields lower than a fingertip (44 px)."""
    return settled(page).evaluate(SMALL)


def english_words(page: Page) -> list[str]:
    """Return the Latin words a reader sees (page title, hints and labels included) that are not on the list."""
    words = [w for text in settled(page).evaluate(VISIBLE) for w in WORD.findall(NOT_WORDS.sub(" ", text))]
    return sorted({w for w in words if len(w) > 1 and w.lower() not in ALLOWED_WORDS and not CODE.fullmatch(w)})


def assert_accessible(page: Page) -> None:
    """Fail with axe's messages when the page has any violation."""
    faults = accessibility_faults(page)
    assert not faults, f"{page.url} 有无障碍问题:\n" + "\n".join(faults)


def assert_no_overflow(page: Page, *, width: int = 360) -> None:
    """Fail when the page scrolls sideways at a width (left at that width)."""
    page.set_viewport_size({"width": width, "height": PHONE["height"]})
    faults = overflow_faults(page)
    assert not faults, f"{page.url} 在 {width} 像素宽时横向溢出:\n" + "\n".join(faults)


def assert_chinese(page: Page) -> None:
    """Fail when the page shows an English word."""
    words = english_words(page)
    assert not words, f"{page.url} 出现英文：{words}"


def tab_to(page: Page, name: str, *, presses: int = 60) -> None:
    """Move the focus with the Tab key to the link, button or field of this name; fail when it is out of reach."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        reached = page.evaluate(
            """() => { const e = document.activeElement; const label = e.labels && e.labels[0];
            const text = (label && label.innerText) || e.innerText || e.value || '';
            return (e.getAttribute('aria-label') || text).trim(); }"""
        )
        if name in reached:
            visible = page.evaluate(
                """() => { const s = getComputedStyle(document.activeElement);
                return s.outlineStyle !== 'none' || s.boxShadow !== 'none'; }"""
            )
            assert visible, f"{page.url}：「{name}」得到焦点时看不出来"
            return
    raise AssertionError(f"{page.url}：按 {presses} 次 Tab 键到不了「{name}」")


def shot(page: Page, name: str) -> None:
    """Save a picture of the whole page as `name.png` in the folder GONGKAI_SHOTS names, when it is set."""
    folder = os.environ.get("GONGKAI_SHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def describe(faults: dict[str, list[str]]) -> str:
    """Lay out faults by page for a failure message."""
    return json.dumps(faults, ensure_ascii=False, indent=1)
