"""The register and the page of a case: who sees what, what is next, what each act would do to the date."""

from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.access.models import AccessRequest
from gongkai.accounts.models import Person
from gongkai.bodies.scope import Scope
from gongkai.review.progress import current_step, may_decide
from gongkai.review.secrecy import without_trouble
from tests import make

pytestmark = pytest.mark.django_db


def ago(days):
    """Return ten in the morning in China that many days before today."""
    day = (timezone.now() - timedelta(days=days)).astimezone(make.SHANGHAI)
    return day.replace(hour=10, minute=0, second=0, microsecond=0)


@pytest.fixture
def bureau():
    return make.school("jiaoyuju", name="示范区教育局", kind="edu_bureau")


def page(client, username, path, **wanted):
    client.force_login(make.person(username))
    answer = client.get(f"/b/jiaoyuju/requests/{path}", wanted)
    return answer, answer.content.decode()


def test_the_register_lists_cases_with_their_day_and_filters_them(client, bureau):
    make.request(bureau, at=ago(60), title="食堂招标合同")
    make.request(bureau, at=ago(1), title="校车线路图")
    answer, text = page(client, "jiaoyuju-clerk", "")
    assert answer.status_code == 200
    assert "食堂招标合同" in text
    assert "校车线路图" in text
    assert "1 件已超期" in text
    _, late = page(client, "jiaoyuju-clerk", "", due="late")
    assert "食堂招标合同" in late
    assert "校车线路图" not in late
    _, found = page(client, "jiaoyuju-clerk", "", q="校车")
    assert "食堂招标合同" not in found
    assert "校车线路图" in found


def test_who_does_not_handle_the_case_reads_a_masked_name_only(client, bureau):
    case = make.request(bureau, at=ago(1), name="欧阳明月", phone="13900001111")
    _, mine = page(client, "jiaoyuju-clerk", f"{case.pk}/")
    assert "欧阳明月" in mine
    assert "13900001111" in mine
    _, signer = page(client, "jiaoyuju-principal", f"{case.pk}/")
    assert "欧**" in signer
    assert "欧阳明月" not in signer
    assert "13900001111" not in signer


def test_a_department_without_the_case_does_not_find_it(client, bureau):
    case = make.request(bureau, at=ago(1))
    assert page(client, "jiaoyuju-editor", f"{case.pk}/")[0].status_code == 404
    AccessRequest.objects.update(department=bureau.departments.get(name="教务处"))
    assert page(client, "jiaoyuju-editor", f"{case.pk}/")[0].status_code == 200


def test_from_above_only_number_state_and_days_are_seen(client, bureau):
    above = make.school("shijiaoyuju", name="市教育局", kind="edu_bureau")
    below = make.school("xia", name="下级教育局", kind="edu_bureau", parent=above)
    case = make.request(below, at=ago(1), title="秘而不宣的标题", name="欧阳明月")
    client.force_login(make.person("shijiaoyuju-clerk"))
    for path in ("/b/xia/requests/", f"/b/xia/requests/{case.pk}/"):
        text = client.get(path).content.decode()
        assert case.number in text
        assert "秘而不宣" not in text
        assert "欧" not in text


def test_the_page_says_what_each_act_would_do_to_the_date(client, bureau):
    case = make.request(bureau, at=ago(0))
    _, text = page(client, "jiaoyuju-clerk", f"{case.pk}/")
    assert "确定由谁承办" in text
    assert "收到补正后重新计算20个工作日。" in text
    assert "等意见的日子不计" in text
    assert "比现在晚20个工作日" in text


def test_an_act_that_cannot_be_done_now_says_why(client, bureau):
    case = make.request(bureau, at=ago(0))
    answer, text = page(client, "jiaoyuju-clerk", f"{case.pk}/do/receive_clarification/")
    assert answer.status_code == 409
    assert "办理中" in text
    answer, text = page(client, "jiaoyuju-clerk", f"{case.pk}/do/extend/")
    assert answer.status_code == 403
    assert "签发人" in text
    assert page(client, "jiaoyuju-clerk", f"{case.pk}/do/nothing/")[0].status_code == 404


def test_an_act_is_done_in_its_form_and_a_refusal_loses_nothing_typed(client, bureau):
    case = make.request(bureau, at=ago(3))
    client.force_login(make.person("jiaoyuju-clerk"))
    path = f"/b/jiaoyuju/requests/{case.pk}/do/ask_clarification/"
    future = (ago(-5)).date().isoformat()
    answer = client.post(path, {"on": future, "items": "请写明年度", "days": "15"})
    assert answer.status_code == 200
    assert "请写明年度" in answer.content.decode()
    assert "不能晚于今天" in answer.content.decode()
    answer = client.post(path, {"on": ago(0).date().isoformat(), "items": "请写明年度", "days": "15"})
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.state == "clarifying"


def test_a_look_at_the_date_changes_nothing(client, bureau):
    case = make.request(bureau, at=ago(3))
    client.force_login(make.person("jiaoyuju-clerk"))
    typed = {"on": ago(0).date().isoformat(), "items": "", "days": "5", "look": "1"}
    answer = client.post(f"/b/jiaoyuju/requests/{case.pk}/do/ask_clarification/", typed)
    assert "这样办以后" in answer.content.decode()
    assert "请填写" not in answer.content.decode()
    case.refresh_from_db()
    assert case.state == "received"


def test_the_register_of_twenty_thousand_asks_few_questions(client, bureau, django_assert_max_num_queries):
    for n in range(40):
        make.request(bureau, at=ago(n), title=f"第{n}件")
    client.force_login(make.person("jiaoyuju-clerk"))
    client.get("/b/jiaoyuju/requests/")
    with django_assert_max_num_queries(30):
        assert client.get("/b/jiaoyuju/requests/").status_code == 200


def decide_on_its_page(client, case):
    """Let the first person who may do so agree on the deciding page."""
    item = case.review.items.get()
    step = current_step(item)
    people = Person.objects.filter(posts__body=case.body).distinct().order_by("pk")
    fit = next(p for p in people if may_decide(Scope(p, case.body, ago(0).date()), step, item).allowed)
    client.force_login(fit)
    path = f"/b/jiaoyuju/requests/{case.pk}/decide/"
    shown = client.get(path).content.decode()
    assert case.title in shown
    answers = {"verdict": "approve", "digest": item.digest, "opinion": "同意", "result": "publish"}
    answers |= {code: given["answer"] for code, given in without_trouble().items() if code.startswith("Q")}
    answer = client.post(path, answers)
    assert answer.status_code == 302, answer.content.decode()
    case.refresh_from_db()


def test_a_reply_is_chosen_read_submitted_decided_sealed_and_served_on_its_pages(client, bureau):
    make.chains(bureau)
    case = make.request(bureau, at=ago(5), title="食堂招标合同", name="欧阳明月")
    here = f"/b/jiaoyuju/requests/{case.pk}/"
    client.force_login(make.person("jiaoyuju-clerk"))
    assert "选择处理结果" in client.get(f"{here}reply/").content.decode()
    assert client.post(f"{here}reply/", {"choose": "1", "outcome": "disclosed"}).status_code == 302
    saved = client.post(f"{here}reply/save/", {"given": "现提供合同全文"})
    assert saved.json() == {"fields": {}}
    shown = client.get(f"{here}reply/").content.decode()
    assert "现提供合同全文" in shown
    looked = client.post(f"{here}reply/", {"look": "1", "given": "现提供合同全文，见附件。"}).content.decode()
    assert "欧阳明月" in looked
    assert "答复书（还没有编号）" in looked
    assert "data-autosave" in looked
    empty = client.post(f"{here}reply/", {"submit": "1", "given": ""})
    assert "请填写公开的内容" in empty.content.decode()
    assert client.post(f"{here}reply/", {"submit": "1", "given": "现提供合同全文，见附件。"}).status_code == 302
    case.refresh_from_db()
    while case.state == "in_review":
        decide_on_its_page(client, case)
    client.force_login(make.person("jiaoyuju-clerk"))
    letter = case.letters.get(state="signed")
    assert client.post(f"{here}do/seal/", {"letter": letter.pk}).status_code == 302
    proof = {"letter": letter.pk, "way": "post", "served_on": ago(0).date().isoformat()}
    refused = client.post(f"{here}do/serve/", proof).content.decode()
    assert "邮件号" in refused
    assert client.post(f"{here}do/serve/", {**proof, "postal_number": "1234567890123"}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.counted_outcome) == ("closed", "disclosed")
    assert client.post(f"{here}do/archive/").status_code == 302


def test_a_letter_put_into_other_words_must_be_looked_at_again_when_the_reply_changes(client, bureau):
    make.chains(bureau)
    case = make.request(bureau, at=ago(5), title="食堂招标合同")
    here = f"/b/jiaoyuju/requests/{case.pk}/reply/"
    client.force_login(make.person("jiaoyuju-clerk"))
    client.post(here, {"choose": "1", "outcome": "disclosed"})
    looked = client.post(here, {"look": "1", "given": "现提供合同全文，见附件。"})
    words = looked.context["letter_text"] + "\n联系人：王老师。"
    typed = {
        "submit": "1",
        "given": "现提供合同摘要，见附件。",
        "letter_text": words,
        "looked": looked.context["looked"],
    }
    refused = client.post(here, typed).content.decode()
    assert "核对一遍" in refused
    assert "联系人：王老师。" in refused
    assert client.post(here, typed | {"given": "现提供合同全文，见附件。"}).status_code == 302
    assert case.letters.get().text.endswith("联系人：王老师。")


def test_a_letter_that_has_not_gone_out_comes_before_the_next_step(client, bureau):
    case = make.case_in("clarifying", bureau)
    answer, text = page(client, "jiaoyuju-clerk", f"{case.pk}/")
    assert "补正告知书》已签发，请打印用印，然后送达" in text
    assert f"/letters/{case.letters.get(kind='F04').pk}/" in text
    assert answer.context["step_url"].startswith("/b/jiaoyuju/letters/")


def test_the_history_of_a_case_tells_its_acts_and_keeps_a_corrected_date(client, bureau):
    case = make.case_in("clarifying", bureau)
    sent = case.events.get(kind="clarification_sent")
    client.force_login(make.person("jiaoyuju-clerk"))
    path = f"/b/jiaoyuju/requests/{case.pk}/do/correct_event/"
    looked = client.post(path, {"event": sent.pk, "on": "2026-09-02", "why": "", "look": "1"}).content.decode()
    assert "这样办以后" in looked
    typed = {"event": sent.pk, "on": "2026-09-02", "why": "录入时看错"}
    assert client.post(path, typed).status_code == 302
    _, text = page(client, "jiaoyuju-clerk", f"{case.pk}/")
    assert "不再计算：录入时看错" in text
    for words in ("登记申请", "告知补正", "更正日期"):
        assert words in text
