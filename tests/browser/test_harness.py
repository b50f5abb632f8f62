"""The harness itself: what it must notice, it notices."""

import pytest

from tests.browser.checks import accessibility_faults, english_words, overflow_faults, small_targets

BAD = """<html lang="zh-CN"><head><title>坏页</title></head><body><main>
<h1>坏页</h1><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><p style="width:600px">Save changes 保存 PDF</p>
<button style="height:20px">小</button></main></body></html>"""


def test_a_bad_page_is_found_bad(window):
    visitor = window(phone=True)
    visitor.page.set_content(BAD)
    assert any(fault.startswith("image-alt") and "替代文本" in fault for fault in accessibility_faults(visitor.page))
    assert overflow_faults(visitor.page)
    assert english_words(visitor.page) == ["Save", "changes"]
    assert small_targets(visitor.page) == ["小 (20 px)"]


def test_a_missing_page_and_a_script_error_are_noticed(window):
    visitor = window()
    visitor.open("/no-such-page/")
    visitor.page.evaluate("() => { setTimeout(() => { throw new Error('broken') }) }")
    visitor.page.wait_for_timeout(50)
    assert any("HTTP 404" in fault for fault in visitor.faults)
    assert any("broken" in fault for fault in visitor.faults)
    visitor.faults.clear()


@pytest.mark.parametrize("path", ["/accounts/login/"])
def test_the_static_files_of_a_page_are_served(visitor, path):
    visitor.open(path)
    assert visitor.page.title()
