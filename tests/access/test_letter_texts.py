"""Every kind of letter under every regime says what it must, in the right words, and names nobody it must not."""

import re
from datetime import date

import pytest

from gongkai.access.letters import FactMissing, compose, leaks_in
from gongkai.access.models import (
    ClaimState,
    Consultation,
    ConsultationKind,
    CorrectionClaim,
    FeeMethod,
    FeeNotice,
    HandOver,
    Letter,
)
from gongkai.bodies.models import Department
from gongkai.statute import law
from tests import make

pytestmark = pytest.mark.django_db
ON = date(2026, 9, 15)
BODIES = {
    "cn-ogi": ("edu_bureau", "示范区教育局", "本机关"),
    "he-29": ("college", "示范师范学院", "本校"),
    "k12-15": ("primary", "示范区实验小学", "本校"),
    "party-2017": ("party_org", "示范镇党委", "本党组织"),
}
OUTCOMES = {
    "F12": "disclosed", "F13": "partial", "F14": "third_party_rights", "F15": "not_held", "F16": "not_held",
    "F17": "repeated", "F18": "needs_creation", "F19": "special_query", "F20": "still_unclear",
    "F21": "abandoned_no_correction",
}  # fmt: skip
ONLY_GOVERNMENT = ("F11", "F18", "F19")
TEXT = {
    "items": "一、请写明所需文件的年份。\n二、请写明所需文件的名称或者文号。", "until": date(2026, 10, 9), "count": 12,
    "reasons": "该信息的公开会使学生家庭情况为他人知悉，涉及个人隐私。", "extended": date(2026, 11, 3), "days": 20,
    "given": "2026年秋季学期课程表（随文附送）。", "withheld": "课程表中三名教师的病假记录。",
    "points_to": "示范区人力资源局，电话0000-1234567",
    "searched": "办公室于2026年9月8日检索了2019年以来的收发文登记簿。",
    "complaint": "学校没有公布食堂收费标准", "complaint_received": date(2026, 9, 2),
    "complaint_result": "经核查，食堂收费标准已于9月10日公布。", "question": "转学需要哪些材料？",
    "answer": "请携带户口簿和学籍证明到教务处办理。", "recipient": "张三丰", "place": "示范路1号",
}  # fmt: skip


def world(regime):
    kind, name, _ = BODIES[regime]
    facts = {"address": "示范路1号", "phone": "0000-7654321", "office_name": "办公室"}
    body = make.school(regime, name=name, kind=kind, short_name=name[:2], **facts)
    return make.request(body)


def composed(kind, case):
    """Compose a kind with everything it may ask for."""
    wants = set(law().letters[kind].must) | {"until", "extended", "days", "reasons", "points_to", "given"}
    facts = {name: TEXT[name] for name in wants & set(TEXT)}
    case.outcome = OUTCOMES.get(kind, "disclosed")
    case.grounds = ["third_party_rights"] if kind == "F13" else []
    return compose(kind, case, on=ON, **facts, **linked(kind, case))


def linked(kind, case):
    consultation = Consultation(
        case=case, kind=ConsultationKind.JOINT_AUTHOR if kind == "F09" else ConsultationKind.THIRD_PARTY,
        addressee="李第三", contact="13900000000", about="课程表中涉及个人的内容", sent_on=date(2026, 9, 10),
        public_interest="涉及学生人身安全，社会普遍关注。",
    )  # fmt: skip
    if kind in ("F07", "F08", "F09", "F22"):
        return {"consultation": consultation}
    if kind == "F11":
        fee = FeeNotice(case=case, method=FeeMethod.PIECE, quantity=12, amount=200, due_on=date(2026, 10, 20))
        return {"fee": fee}
    if kind == "F10":
        there = Department(body=case.body, name="教务处")
        return {"hand_over": HandOver(case=case, department=there, task="提供课程表", due_on=date(2026, 9, 20))}
    if kind == "F23":
        return {"claim": CorrectionClaim(
            body=case.body, year=2026, serial=3, requester=case.requester, state=ClaimState.CORRECTED,
            record="学籍表中的出生日期", wrong="出生日期应为2015年3月2日。", received_on=date(2026, 9, 3),
        )}  # fmt: skip
    if kind == "F24":
        letter = Letter(body=case.body, case=case, title="信息公开申请答复", year=2026, serial=12, addressee="张三丰")
        return {"letter": letter}
    return {}


EVERY = [(kind, regime) for kind in law().letters for regime in BODIES
         if regime == "cn-ogi" or kind not in ONLY_GOVERNMENT]  # fmt: skip


@pytest.mark.parametrize(("kind", "regime"), EVERY)
def test_every_kind_says_what_it_must_in_the_words_of_its_regime(kind, regime):
    case = world(regime)
    letter = composed(kind, case)
    whole = "\n".join((letter.title, letter.addressee, letter.text, letter.note))

    assert not re.search(r"[{}]|None|cn-ogi|k12-15", whole), whole
    assert ("政府信息公开" in whole) <= (regime == "cn-ogi"), whole
    for wrong in ("。。", "，。", "：。", "“”", "《》", "于，", "于收到"):
        assert wrong not in whole, whole
    for name in law().letters[kind].must:
        if name in TEXT and isinstance(TEXT[name], str):
            assert TEXT[name].rstrip("。").splitlines()[0] in whole, name
    if law().letters[kind].to == "requester":
        assert letter.addressee == "张三丰"
        assert "李第三" not in whole
        assert "13900000000" not in whole
    if law().letters[kind].to == "consulted":
        assert letter.addressee == "李第三"
        assert "张三丰" not in whole
        assert case.requester.phone not in whole
    if law().letters[kind].form == "letter" and law().letters[kind].to == "requester":
        assert BODIES[regime][2] in letter.text


def test_a_refusal_of_a_bureau_sends_to_reconsideration_first():
    case = world("cn-ogi")

    letter = composed("F14", case)

    assert letter.title == "政府信息公开告知书（不予公开）"
    assert "《中华人民共和国政府信息公开条例》第十五条" in letter.text
    assert "应当自收到本告知书之日起六十日内先向有管辖权的行政复议机关申请行政复议" in letter.text
    assert "2026年9月1日" in letter.text


def test_a_school_points_to_the_complaint_and_never_to_a_court():
    letter = composed("F14", world("k12-15"))

    assert letter.title == "信息公开告知书（不予公开）"
    assert "可以向主管教育行政部门申诉" in letter.text
    assert "复议" not in letter.text
    assert "法院" not in letter.text


def test_a_letter_without_its_reasons_is_not_made():
    case = world("cn-ogi")
    with pytest.raises(FactMissing, match=r"《政府信息公开申请延期答复告知书》还缺：理由"):
        compose("F06", case, on=ON, days=20, extended=date(2026, 11, 3))


def test_a_name_or_number_in_the_wrong_letter_is_said_before_it_goes_out():
    case = world("cn-ogi")
    case.consultations.create(
        kind=ConsultationKind.THIRD_PARTY, addressee="李第三", contact="13900000000", about="合同", sent_on=ON
    )
    told = {"body": case.body, "case": case, "note": ""}
    clean = Letter(kind="F14", text="涉及第三方的合法权益。", **told)
    leaking = Letter(kind="F14", text="李第三（身份证号11010519491231002X）不同意公开。", **told)
    to_third = Letter(kind="F07", text="张三丰申请公开下列合同。", **told)

    assert leaks_in(clean) == []
    first, second = leaks_in(leaking)
    assert first == "给申请人的文书里写到了第三方的姓名（名称）或者联系方式「李第三」，请改成“第三方”。"
    assert "110***********002X" in second
    assert leaks_in(to_third) == ["给别人的文书里写到了申请人的信息「张三丰」，请改成“申请人”。"]


def test_a_request_that_ends_with_a_stop_is_quoted_without_it():
    case = make.request(make.school("stops", kind="edu_bureau"), wanted="请公开全文。")

    letter = compose("F08", case, on=ON, consultation=linked("F08", case)["consultation"])

    assert "请公开全文”。" in letter.text
