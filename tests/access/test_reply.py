"""A reply: one outcome, refused where law or course forbid it, read through the chain, signed with a number."""

from datetime import date, datetime, timedelta

import pytest

from gongkai.access.actions import closing, consulting, course, fees, letters, settings, splitting
from gongkai.access.actions import reply as replying
from gongkai.access.letters import number_of
from gongkai.access.models import AccessRequest, Draft, Letter
from gongkai.access.signing import reply_of
from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.journal.models import JournalEntry
from gongkai.review.models import Chain, Decision
from gongkai.statute.outcomes import choices
from tests import make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 1, 9, 0, tzinfo=make.SHANGHAI)
LATER_ON = datetime(2026, 11, 2, 9, 0, tzinfo=make.SHANGHAI)
KINDS = {"cn-ogi": "edu_bureau", "he-29": "college", "k12-15": "primary", "party-2017": "party_org"}
LATER = {"clarification", "clarification_lapsed", "fee_lapsed", "explanation", "repeats"}


def clerk(body):
    return make.actor(f"{body.code}-clerk", body)


@pytest.fixture
def bureau():
    return make.school("jyj", name="示范区教育局", kind="edu_bureau")


def submit(case, outcome="disclosed", *, at=AT, **facts):
    return make.submitted_reply(case, outcome, at=at, **facts)


def clarified(case, *, at=AT):
    course.ask_clarification(case, by=clerk(case.body), at=at, on=at.date(), items="请写明年度。", days=15)
    return course.receive_clarification(case, by=clerk(case.body), at=at, on=at.date(), text="2025年度")


@pytest.mark.parametrize("regime", KINDS)
def test_every_outcome_is_reached_through_the_chain(regime):
    body = make.school("danwei", kind=KINDS[regime])
    make.chains(body)
    if regime == "cn-ogi":
        settings.save_settings(body, by=make.actor("danwei-office", body), at=AT, charges_fees=True, fee_account="窗口")
    for code in [found.code for found in choices(regime)]:
        case, at = prepared(make.request(body), code)
        case = make.reply(case, code, at=at)
        assert (case.state, case.outcome, case.counted_outcome) == ("closed", code, code)
        assert (case.decided_on, case.served_on, case.counted_on) == (at.date(), at.date(), at.date())
        numbered = body.letters.filter(year=2026).count()  # those of the course before it took numbers too
        assert (reply_of(case).state, reply_of(case).year, reply_of(case).serial) == ("served", 2026, numbered)


def prepared(case, code):
    """Bring about what an outcome needs to have happened; return the case and when to reply."""
    by = clerk(case.body)
    if code == "still_unclear":
        return clarified(case), AT
    if code == "abandoned_no_correction":
        course.ask_clarification(case, by=by, at=AT, on=AT.date(), items="请写明年度。", days=15)
        return case, LATER_ON
    if code == "abandoned_no_fee":
        fees.notify_fee(case, by=by, at=AT, method="page", quantity=120, on=AT.date())
        return case, LATER_ON
    if code == "excessive":
        course.ask_explanation(case, by=by, at=AT, on=AT.date(), days=10)
        return course.receive_explanation(case, by=by, at=AT, on=AT.date(), text="没有说明。"), AT
    if code == "repeated":
        earlier = case.body.access_requests.exclude(served_on=None).order_by("pk").first()
        return course.mark_repeat(case, by=by, at=AT, of=earlier), AT
    return case, AT


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        ("still_unclear", "申请人还没有补正过"),
        ("abandoned_no_correction", "没有告知过补正"),
        ("abandoned_no_fee", "没有通知过缴费"),
        ("excessive", "还没有要求申请人说明理由"),
        ("repeated", "请先登记重复的是哪一件申请"),
    ],
)
def test_an_outcome_is_refused_before_what_it_rests_on_happened(bureau, outcome, told):
    with pytest.raises(ActRefused, match=told):
        submit(make.request(bureau), outcome)
    assert AccessRequest.objects.get().state == "received"
    assert not Letter.objects.exists()


def test_giving_up_is_not_assumed_before_the_requesters_period_is_over(bureau):
    case = make.request(bureau)
    course.ask_clarification(case, by=clerk(bureau), at=AT, on=AT.date(), items="请写明年度。", days=15)
    last = datetime(2026, 9, 21, 9, 0, tzinfo=make.SHANGHAI)
    with pytest.raises(ActRefused, match="申请人补正的期限到2026年9月21日为止"):
        submit(case, "abandoned_no_correction", at=last)
    assert submit(case, "abandoned_no_correction", at=last + timedelta(days=1)).state == "in_review"


def test_a_request_can_only_repeat_one_that_was_answered(bureau):
    first, second = make.request(bureau), make.request(bureau)
    course.mark_repeat(second, by=clerk(bureau), at=AT, of=first)
    with pytest.raises(ActRefused, match="2026-0001号还没有答复，不能算重复申请"):
        submit(second, "repeated")


def test_while_a_fee_is_open_nothing_else_is_replied(bureau):
    settings.save_settings(bureau, by=make.actor("jyj-office", bureau), at=AT, charges_fees=True, fee_account="窗口")
    case = make.request(bureau)
    fees.notify_fee(case, by=clerk(bureau), at=AT, method="page", quantity=120, on=AT.date())
    with pytest.raises(ActRefused, match="已经通知申请人缴费"):
        submit(case)


def consulted(case, opinion, **facts):
    asked = consulting.consult(
        case, by=clerk(case.body), at=AT, kind="third_party", addressee="示范公司", about="报价明细", on=AT.date()
    )
    consulting.deliver_consultation(asked, by=clerk(case.body), at=AT, on=AT.date())
    return consulting.close_consultation(asked, by=clerk(case.body), at=AT, on=AT.date(), opinion=opinion, **facts)


def test_third_party_rights_need_a_consultation_or_a_word_why_there_was_none(bureau):
    told = {"reasons": "该信息涉及示范公司的商业秘密，公开会损害其合法权益。"}
    case = make.request(bureau)
    with pytest.raises(ActRefused, match="要先书面征求第三方意见"):
        submit(case, "third_party_rights", **told)
    asked = consulting.consult(
        case, by=clerk(bureau), at=AT, kind="third_party", addressee="示范公司", about="报价明细", on=AT.date()
    )
    with pytest.raises(ActRefused, match="向示范公司征求意见还没有结束"):
        submit(case, "third_party_rights", **told)
    consulting.close_consultation(asked, by=clerk(bureau), at=AT, on=AT.date(), opinion="refuses")
    assert submit(case, "third_party_rights", **told).state == "in_review"


def test_disclosing_against_a_third_partys_will_needs_the_public_interest(bureau):
    case = make.request(bureau)
    consulted(case, "refuses", reasons="涉及商业秘密")
    with pytest.raises(ActRefused, match="不同意公开。仍要公开的"):
        submit(case)
    other = make.request(bureau)
    consulted(other, "refuses", reasons="涉及商业秘密", public_interest="涉及食品安全，家长需要知道供应商。")
    assert submit(other).state == "in_review"


def test_school_secrets_and_contradictions_are_refused_by_the_act():
    school = make.school()
    case = make.request(school)
    for outcome, facts, told in (
        ("three_safeties_one_stability", {"reasons": "该信息属于学校秘密，不能对外提供。"}, "不是法定的不公开理由"),
        ("internal_affairs", {}, "不能在本单位适用的制度下选择"),
        ("not_held", {"reasons": "该信息不存在，也不属于政府信息。"}, "不能同时说"),
        ("partial", {"withheld": ""}, "要写明不公开的部分"),
        ("disclosed", {"grounds": ["state_secret"]}, "一份答复只归一种处理结果"),
    ):
        said = facts if outcome == "internal_affairs" else make.reply_facts("k12-15", outcome, **facts)
        with pytest.raises(ActRefused, match=told):
            replying.submit_reply(case, by=clerk(school), at=AT, **{"outcome": outcome, **said})


def test_a_body_without_a_reply_chain_is_told_where_to_get_it(bureau):
    make.chains(bureau)
    Chain.objects.of(bureau).filter(route="reply").delete()
    facts = make.reply_facts("cn-ogi", "disclosed")
    with pytest.raises(ActRefused, match="采用依申请答复流程"):
        replying.submit_reply(make.request(bureau), by=clerk(bureau), at=AT, **facts)


def test_a_draft_is_kept_until_it_is_submitted(bureau):
    case = make.request(bureau)
    replying.save_draft(
        case, by=clerk(bureau), at=AT, facts={"outcome": "disclosed", "given": "见附件", "wrong": 1},
        files=[("预算.txt", "预算".encode()), ("旧稿.txt", "旧".encode())],
    )  # fmt: skip
    assert Draft.objects.get().facts == {"outcome": "disclosed", "given": "见附件"}
    old = case.files.get(name="旧稿.txt")
    case = submit(case, without=[old.pk])
    assert not Draft.objects.exists()
    assert [file.name for file in case.files.filter(purpose="reply")] == ["预算.txt"]
    assert "附件：预算" in reply_of(case).text


def test_the_chain_of_a_bureau_decides_and_the_letter_is_numbered_once_signed(bureau):
    case = submit(make.request(bureau))
    assert (reply_of(case).state, reply_of(case).serial) == ("draft", None)
    assert [step.role for step in case.review.steps.all()] == ["department", "legal", "secrecy", "signature"]
    case = make.decided_reply(make.request(bureau))
    letter = reply_of(case)
    assert (case.state, letter.state, number_of(letter)) == ("decided", "signed", "示范区教育局公复〔2026〕1号")
    assert (letter.signed_by_name, letter.dated) == ("jyj-principal", AT.date())
    assert Decision.objects.filter(item__review=case.review).count() == 4


def test_nobody_decides_their_own_reply(bureau):
    case = submit(make.request(bureau))
    item = case.review.items.get()
    step = case.review.steps.first()
    with pytest.raises(NotAllowed):
        replying.decide_reply(
            case, by=clerk(bureau), at=AT, step=step, verdict="approve", digests={item.pk: item.digest}
        )


def test_a_returned_reply_is_put_right_and_goes_on(bureau):
    case = submit(make.request(bureau))
    case = make.decide_reply(case)
    case = make.decide_reply(case, verdict="return", opinion="请写明网址。")
    assert (case.state, case.outcome, Draft.objects.get().facts["outcome"]) == ("received", "", "disclosed")
    again = submit(case, given="网址：https://example.gov.cn/1")
    assert again.review_id == case.review_id
    while again.state == "in_review":
        again = make.decide_reply(again)
    assert (again.state, Letter.objects.count()) == ("decided", 1)


def test_a_word_changed_in_the_letter_lets_fall_what_was_decided_on_it(bureau):
    case = make.decide_reply(make.decide_reply(submit(make.request(bureau))))
    letter = reply_of(case)
    before = case.review.items.get().digest
    letters.revise_text(letter, by=clerk(bureau), at=AT, text=letter.text + "\n联系电话：0757-82000000。")
    item = case.review.items.get()
    assert item.digest != before
    standing = Decision.objects.standing().filter(item=item)
    assert [found.step.role for found in standing if found.digest == item.digest] == []
    letter.refresh_from_db()
    assert letter.version == 2


def test_a_signed_letter_is_not_revised_but_recalled_and_keeps_its_number(bureau):
    case = make.decided_reply(make.request(bureau))
    letter = reply_of(case)
    with pytest.raises(ActRefused, match="已经签发，正文不能再改"):
        letters.revise_text(letter, by=clerk(bureau), at=AT, text="另一种说法")
    with pytest.raises(NotAllowed):
        replying.recall_reply(case, by=clerk(bureau), at=AT, why="写错了")
    case = replying.recall_reply(case, by=make.actor("jyj-principal", bureau), at=AT, why="网址写错了")
    letter.refresh_from_db()
    assert (case.state, case.outcome, case.review, case.decided_on) == ("received", "", None, None)
    assert (letter.state, letter.serial) == ("cancelled", 1)
    case = make.reply(case, "not_held")
    assert [(one.state, one.serial) for one in Letter.objects.order_by("pk")] == [("cancelled", 1), ("served", 2)]
    assert case.counted_outcome == "not_held"


def test_a_reply_under_review_can_be_recalled_and_submitted_anew(bureau):
    case = make.decide_reply(submit(make.request(bureau)))
    case = replying.recall_reply(case, by=make.actor("jyj-office", bureau), at=AT, why="补充附件")
    assert case.state == "received"
    assert make.reply(case).state == "closed"
    assert Letter.objects.get().serial == 1


def test_merged_cases_are_decided_together_and_served_each(bureau):
    lead, other = make.request(bureau), make.request(bureau, name="李四光", kind="biz")
    splitting.merge(lead, by=clerk(bureau), at=AT, cases=[other])
    with pytest.raises(ActRefused, match="第2026-0002号已并入第2026-0001号办理"):
        submit(other)
    lead = make.decided_reply(lead, files=[("预算.txt", b"1")])
    other.refresh_from_db()
    assert (lead.state, other.state, other.outcome) == ("decided", "decided", "disclosed")
    assert [(one.case_id, one.serial, one.addressee) for one in Letter.objects.order_by("serial")] == [
        (lead.pk, 1, "张三丰"), (other.pk, 2, "李四光"),
    ]  # fmt: skip
    assert other.files.filter(purpose="reply").count() == 1
    make.serve_reply(lead)
    other.refresh_from_db()
    assert other.state == "decided"
    assert make.serve_reply(other).state == "closed"


def test_a_merged_case_whose_lead_was_withdrawn_is_answered_by_itself(bureau):
    lead, other = make.request(bureau), make.request(bureau, name="李四光", kind="biz")
    splitting.merge(lead, by=clerk(bureau), at=AT, cases=[other])
    closing.withdraw(lead, by=clerk(bureau), at=AT, on=AT.date(), note="来信撤回。")
    other.refresh_from_db()
    assert make.reply(other).state == "closed"


def test_a_merged_case_can_be_recalled_once_its_lead_was_served(bureau):
    lead, other = make.request(bureau), make.request(bureau, name="李四光", kind="biz")
    splitting.merge(lead, by=clerk(bureau), at=AT, cases=[other])
    lead = make.decided_reply(lead)
    head = make.actor("jyj-office", bureau)
    other.refresh_from_db()
    with pytest.raises(ActRefused, match="随第2026-0001号一起答复"):
        replying.recall_reply(other, by=head, at=AT, why="附件有误")
    lead = make.serve_reply(lead)
    other.refresh_from_db()
    other = replying.recall_reply(other, by=head, at=AT, why="附件有误")
    lead.refresh_from_db()
    assert (lead.state, lead.review is None, other.state) == ("closed", False, "received")
    assert make.reply(other).state == "closed"


def test_letters_of_the_course_are_numbered_without_a_gap_with_the_replies(bureau):
    case = make.request(bureau)
    on = AT.date()
    first = letters.issue(case, "F04", by=clerk(bureau), at=AT, on=on, items="请写明年度。", days=15)
    with pytest.raises(ActRefused, match="答复书要送审签发"):
        letters.issue(case, "F12", by=clerk(bureau), at=AT, on=on)
    with pytest.raises(ActRefused, match="成文日期不能晚于今天"):
        letters.issue(case, "F04", by=clerk(bureau), at=AT, on=date(2026, 9, 2), items="请写明年度。")
    letters.cancel(first, by=clerk(bureau), at=AT, why="项目写错")
    second = letters.issue(case, "F04", by=clerk(bureau), at=AT, on=on, items="请写明年份。", days=15)
    reply_ = reply_of(make.decided_reply(case))
    first.refresh_from_db()
    assert [(one.state, one.serial) for one in (first, second, reply_)] == [
        ("cancelled", 1), ("signed", 2), ("signed", 3),
    ]  # fmt: skip


def test_the_school_reply_names_the_complaint_and_the_bureau_reply_reconsideration_first(bureau):
    told = reply_of(make.decided_reply(make.request(bureau), "state_secret")).text
    assert "先向有管辖权的行政复议机关申请行政复议" in told
    school = make.school()
    assert "向主管教育行政部门申诉" in reply_of(make.decided_reply(make.request(school), "state_secret")).text


def test_the_journal_keeps_no_name_of_the_requester(bureau):
    make.reply(make.request(bureau, name="欧阳明月", phone="13912345678"))
    told = "".join(JournalEntry.objects.values_list("text", flat=True))
    assert "欧阳明月" not in told
    assert "13912345678" not in told
