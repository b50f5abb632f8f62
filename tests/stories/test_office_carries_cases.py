"""The office carries requests in the browser: from the counter to the reply served, on its legal day."""

import pytest

from gongkai.access.models import AccessRequest
from gongkai.accounts.models import Person
from gongkai.bodies.scope import Scope
from gongkai.review.progress import current_step, may_decide
from tests import make
from tests.browser.checks import assert_accessible, assert_chinese, assert_no_overflow, shot
from tests.browser.steps import answer_without_trouble, follow, no_fault, press
from tests.browser.world import days_ago

pytestmark = [pytest.mark.story, pytest.mark.browser]
HERE = "/b/sfq/requests/"
WANTED = "2025年秋季学期食堂大宗食材招标的中标通知书和合同。"
GIVEN = "现提供中标通知书和合同正文，见附件。"


def a_bureau():
    """A bureau with a request of six days ago, and one of a third party's concern."""
    bureau = make.school("sfq", name="示范区教育局", kind="edu_bureau")
    make.chains(bureau)
    make.request(bureau, at=days_ago(6), title="食堂招标合同", wanted=WANTED, name="欧阳明月", phone="13900001111")
    make.request(bureau, at=days_ago(9), title="民办学校审计报告", name="李雷")


@pytest.fixture
def build():
    """The bureau."""
    return a_bureau


def act(page, number, code):
    """Open the page of an act from the case's own page."""
    page.goto(page.url.split("/b/")[0] + f"{HERE}{number}/")
    follow(page.locator(f"a[href$='/do/{code}/']"))


def sign_in_who_decides(window, case):
    """Sign in on a phone as the first person who may decide the step at which a reply waits."""
    case.refresh_from_db()
    item = case.review.items.get()
    step = current_step(item)
    people = Person.objects.filter(posts__body=case.body).distinct().order_by("pk")
    fit = next(p for p in people if may_decide(Scope(p, case.body, days_ago(0).date()), step, item).allowed)
    return window(phone=True).sign_in(fit.username), step


def decide(window, case, *, name):
    """Let everybody whom the chain asks read the reply on a phone and agree."""
    while case.state == "in_review":
        phone, step = sign_in_who_decides(window, case)
        phone.goto(phone.url.split("/desk")[0].split("/b/")[0] + f"{HERE}{case.pk}/decide/")
        assert_no_overflow(phone)
        assert_accessible(phone)
        if phone.locator("#checklist").count():
            answer_without_trouble(phone)
        shot(phone, f"story-case-{name}-{step.role}")
        press(phone, "同意")
        no_fault(phone)
        case.refresh_from_db()


def test_a_request_is_clarified_answered_approved_sealed_and_served(window):
    page = window().sign_in("sfq-clerk")
    follow(page.get_by_role("link", name="依申请公开"))
    follow(page.get_by_role("link", name="食堂招标合同"))
    case = AccessRequest.objects.get(title="食堂招标合同")
    shot(page, "story-case-new")
    assert_accessible(page)
    follow(page.get_by_role("link", name="确定承办人"))
    press(page, "确定承办人")
    act(page, case.pk, "ask_clarification")
    page.get_by_label("需要补正的内容").fill("请写明哪一所学校。")
    press(page, "看看日期")
    assert "这样办以后" in page.locator("#ahead").inner_text()
    press(page, "告知补正")
    assert "待补正" in page.locator("main").inner_text()
    assert "打印用印，然后送达" in page.locator("main").inner_text()
    act(page, case.pk, "receive_clarification")
    page.get_by_label("补正的内容").fill("全区公办小学。")
    press(page, "收到补正")
    follow(page.get_by_role("link", name="拟写答复").first)
    page.get_by_label("予以公开", exact=True).check()
    press(page, "下一步")
    page.get_by_label("公开的内容").fill(GIVEN)
    press(page, "看看答复书")
    letter = page.get_by_label("正文").input_value()
    assert GIVEN in letter
    assert "欧阳明月" in page.locator("#letter").inner_text()
    page.get_by_label("正文").fill(letter + "\n联系电话：0757-82000003。")
    assert_accessible(page)
    assert_chinese(page)
    shot(page, "story-case-reply")
    press(page, "送审", exact=True)
    case.refresh_from_db()
    decide(window, case, name="disclosed")
    page.goto(page.url.split("/b/")[0] + f"{HERE}{case.pk}/")
    follow(page.get_by_role("link", name="登记用印"))
    page.get_by_label("文书").select_option(label="政府信息公开告知书（予以公开）（已签发待用印）")
    press(page, "用印")
    follow(page.get_by_role("link", name="登记送达"))
    page.get_by_label("邮寄送达").check()
    page.get_by_label("邮件号").fill("1234567890123")
    shot(page, "story-case-serve")
    press(page, "登记送达", exact=True)
    no_fault(page)
    case.refresh_from_db()
    assert "联系电话：0757-82000003。" in case.letters.get(state="served", kind="F12").text
    assert (case.state, case.counted_outcome, case.served_on) == ("closed", "disclosed", days_ago(0).date())
    shot(page, "story-case-closed")
    assert_no_overflow(page)


def test_a_third_party_is_asked_and_a_reply_is_sent_back_and_put_right(window):
    page = window().sign_in("sfq-clerk")
    case = AccessRequest.objects.get(title="民办学校审计报告")
    page.goto(page.url.split("/desk")[0].split("/b/")[0] + f"{HERE}{case.pk}/")
    act(page, case.pk, "assign")
    press(page, "确定承办人")
    act(page, case.pk, "consult")
    page.get_by_label("第三方", exact=True).check()
    page.get_by_label("名称或姓名").fill("阳光学校")
    page.get_by_label("涉及的内容").fill("审计报告中的财务数据")
    press(page, "征求意见")
    no_fault(page)
    act(page, case.pk, "deliver_consultation")
    press(page, "登记征求意见书送达")
    act(page, case.pk, "close_consultation")
    page.get_by_label("不同意公开").check()
    page.get_by_label("对方的理由").fill("含有未公开的经营数据。")
    press(page, "登记反馈的意见")
    no_fault(page)
    follow(page.get_by_role("link", name="拟写答复").first)
    page.get_by_label("保护第三方合法权益").check()
    press(page, "下一步")
    page.get_by_label("理由", exact=True).fill("学校秘密")
    press(page, "送审", exact=True)
    assert "理由" in page.locator(".error-summary").inner_text()
    reasons = "审计报告含有第三方的商业秘密，已书面征求意见，第三方不同意公开，公开会损害其合法权益。"
    page.get_by_label("理由", exact=True).fill(reasons)
    press(page, "送审", exact=True)
    case.refresh_from_db()
    assert case.state == "in_review"
    phone, _ = sign_in_who_decides(window, case)
    phone.goto(phone.url.split("/desk")[0].split("/b/")[0] + f"{HERE}{case.pk}/decide/")
    phone.get_by_label("意见").fill("请写明哪几页属于商业秘密。")
    press(phone, "退回")
    page.goto(page.url.split("/b/")[0] + f"{HERE}{case.pk}/")
    assert "答复被退回" in page.locator("main").inner_text()
    follow(page.get_by_role("link", name="拟写答复").first)
    assert "请写明哪几页" in page.locator("main").inner_text()
    assert page.get_by_label("理由", exact=True).input_value() == reasons
    page.get_by_label("理由", exact=True).fill(reasons + "第3至5页为报价明细。")
    press(page, "送审", exact=True)
    case.refresh_from_db()
    decide(window, case, name="refused")
    assert case.letters.filter(state="signed").exists()
