"""Deciding in a real browser: on a phone, by thumb, in under a minute; accessible at every step."""

from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.publishing.actions import drafting, release
from tests import make
from tests.browser.checks import (
    assert_accessible,
    assert_chinese,
    assert_no_overflow,
    shot,
    small_targets,
)
from tests.browser.steps import press

NAMES = {
    "clerk": "王敏", "office": "陈志远", "editor": "李晓梅", "dean": "黄建国", "secrecy": "赵静", "lead": "周立新",
    "deputy": "吴书怀", "watch": "孙桂芳", "watch2": "钱丽华", "principal": "郑文清", "vice": "冯宝山",
    "manager": "许可",
}  # fmt: skip
TABLE = (
    "<p>现将本学期收费项目公布如下。</p><table><tbody><tr><th>项目</th><th>标准</th></tr>"
    "<tr><td>午餐</td><td>{}元/餐</td></tr></tbody></table>"
)


def several(school, at, *titles, until, **facts):
    drafts = [make.draft(school, title=title, kind="document", at=at, **facts) for title in titles]
    return make.carry(make.issue(school, *drafts, at=at), at=at, until=until)


def build():
    """Issues waiting at every kind of step: 1 published, 2 department, 3 secrecy, 4 meeting, 5 signature, 6 a typo."""
    at = timezone.now() - timedelta(hours=3)
    school = make.school()
    for role, name in NAMES.items():
        person = make.person(f"shiyan-{role}")
        person.name = name
        person.save()
    make.post(school, "shiyan-deputy", "supervision_head")
    old = make.published(school, title="秋季学期收费说明", kind="document", html=TABLE.format(10), at=at)
    found = ("<p>咨询电话13812345678。</p>", "<p>证件号11010519491231002X。</p>")
    several(school, at, "招生简章", "评聘结果", "校车预案", until="department", html="".join(found))
    several(school, at, "食堂管理办法", "作息时间调整", until="secrecy")
    several(school, at, "校园安全工作总结", "教学常规检查", until="leading")
    several(school, at, *(f"工作简报第{n}期" for n in range(1, 11)), until="signature")
    clerk = make.actor("shiyan-clerk", school)
    new = release.revise(old.disclosure, by=clerk, at=at, reason="数字写错", change_note="更正午餐标准")
    drafting.save(new, by=clerk, at=at, version=new.version, html=TABLE.format(11))
    new.refresh_from_db()
    make.issue(school, new, route="typo", at=at)


@pytest.fixture(name="build")
def build_of_this_module():
    return build


PAGES = [
    ("dean", "publishing/issues/2/decide/", "decide-department"),
    ("secrecy", "publishing/issues/3/decide/", "decide-secrecy"),
    ("deputy", "publishing/issues/4/decide/", "decide-meeting"),
    ("principal", "publishing/issues/5/decide/", "decide-signature"),
    ("office", "publishing/issues/6/decide/", "decide-typo"),
    ("clerk", "reviews/4/", "review-course"),
    ("manager", "chains/", "chains"),
    ("manager", "chains/1/", "chain"),
]


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_every_deciding_page_is_accessible_chinese_and_fits(window, phone):
    for who, path, name in PAGES:
        visitor = window(phone=phone)
        visitor.sign_in(f"shiyan-{who}")
        page = visitor.open(f"/b/shiyan/{path}")
        for closed in page.locator("details:not([open]) > summary").all():
            if closed.is_visible():
                closed.click()
        assert_accessible(page)
        assert_chinese(page)
        assert small_targets(page) == []
        if phone:
            assert_no_overflow(page)
        shot(page, f"{name}-{'phone' if phone else 'desk'}")


def test_the_principal_approves_ten_items_on_a_phone_with_one_tap(window):
    visitor = window(phone=True)
    visitor.sign_in("shiyan-principal")
    page = visitor.open("/b/shiyan/publishing/issues/5/decide/")
    approve = page.get_by_role("button", name="同意")
    assert approve.is_visible()
    assert approve.bounding_box()["y"] < 740
    press(page, "同意")
    assert "10条走完全部环节，已公开" in page.content()


def test_one_item_is_sent_back_from_its_place_and_the_rest_go_on(window):
    visitor = window(phone=True)
    visitor.sign_in("shiyan-dean")
    page = visitor.open("/b/shiyan/publishing/issues/2/decide/")
    page.get_by_text("评聘结果").first.click()
    page.get_by_label("这一条单独退回").locator("visible=true").check()
    page.get_by_label("退回理由").locator("visible=true").fill("请删去证件号")
    press(page, "同意")
    told = page.content()
    assert "1条退回起草人修改" in told
    assert "2条到「办公室审核」" in told


def test_a_mistake_is_told_at_the_top_and_nothing_typed_is_lost(window):
    visitor = window(phone=True)
    visitor.sign_in("shiyan-lead")
    page = visitor.open("/b/shiyan/publishing/issues/4/decide/")
    page.get_by_label("实到人数").fill("1")
    page.get_by_label("会议结论").fill("一致同意")
    press(page, "同意")
    assert page.locator(".error-summary").is_visible()
    assert page.get_by_label("会议结论").input_value() == "一致同意"
    shot(page, "decide-mistake-phone")
