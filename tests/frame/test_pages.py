"""Every base template and sample page renders, and says what a reader needs."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.frame.sample import SignInForm, public, staff, wall

PUBLIC = ["home", "disclosure", "list", "request"]
NOTICES = {
    "400": "检查后重新提交",
    "403": "不能做这一步",
    "404": "没有找到",
    "410": "已经撤下",
    "500": "没有完成",
    "403_csrf": "打开太久",
    "refused": "没有生效",
    "disk_full": "磁盘",
    "offline": "维护",
}


@pytest.fixture
def visit(rf: RequestFactory):
    return lambda cookie="": rf.get("/page/", headers={"cookie": f"gk_look={cookie}"} if cookie else {})


def test_the_staff_sample_shows_every_component(visit):
    html = render_to_string("frame/sample/desk.html", staff(), visit())
    expected = [
        "我的待办",
        "已超期",
        "43/51",
        "审批环节",
        "还有",
        "示范区实验小学党支部",
        "<ins>",
        "34 KB",
        "同意",
    ]
    for words in expected:
        assert words in html
    assert "<h1>我的待办</h1>" in html
    assert '<div class="bar">' in html


def test_the_wall_shows_each_state_in_words(visit):
    html = render_to_string("frame/sample/wall.html", wall(), visit())
    assert "从未公开" in html
    assert 'class="aside"' not in html
    assert '<div class="bar">' not in html


@pytest.mark.parametrize("name", PUBLIC)
def test_public_samples_render_with_one_heading_and_no_staff_style(visit, name):
    html = render_to_string(f"frame/sample/{name}.html", public(), visit())
    assert html.count("<h1") == 1
    assert "bootstrap" not in html
    assert "gongkai.css" not in html


def test_the_entrance_is_one_card(visit):
    html = render_to_string("frame/sample/sign_in.html", {"form": SignInForm()}, visit())
    assert "<h1>登录</h1>" in html


@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_says_what_happened_and_what_to_do(visit, name):
    html = render_to_string(f"{name}.html", {}, visit())
    assert NOTICES[name] in html
    assert "href=" in html


def test_the_look_of_the_cookie_reaches_the_html_element(visit):
    html = render_to_string("frame/sample/desk.html", staff(), visit("large.contrast.nonsense"))
    assert '<html lang="zh-CN" class="high-contrast large-type">' in html
    assert "标准字号" in html


def test_no_page_carries_inline_script_or_style(visit):
    pages = [render_to_string("frame/sample/desk.html", staff(), visit())]
    pages += [render_to_string(f"frame/sample/{name}.html", public(), visit()) for name in PUBLIC]
    for html in pages:
        assert " style=" not in html
        assert "<style" not in html
        assert "<script>" not in html
        assert "onclick" not in html


def test_a_public_page_needs_less_than_fifty_kilobytes_of_style_and_script():
    folder = Path(finders.find("frame/public.css")).parent
    sizes = {name: (folder / name).stat().st_size for name in ("public.css", "look.js", "public.js")}
    assert sizes["public.css"] < 22_000
    assert sum(sizes.values()) < 50_000
