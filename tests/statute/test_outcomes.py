"""Outcomes of a request: one leaf each, lawful grounds only, no contradictions, the right remedy."""

from dataclasses import dataclass
from datetime import date

import pytest

from gongkai.statute import law
from gongkai.statute.outcomes import (
    Reply,
    choices,
    faults,
    grounds,
    letter_of,
    outcome,
    remedy_cite,
    remedy_words,
    row_of,
)

ROWS = {
    "already_public": ("R3.1", "R3.1"),
    "disclosed": ("R3.1", "R3.1"),
    "partial": ("R3.2", "R3.2"),
    "state_secret": ("R3.3.1", "R3.3.1"),
    "prohibited_by_law": ("R3.3.2", "R3.3.2"),
    "three_safeties_one_stability": ("R3.3.3", "R3.3.3"),
    "third_party_rights": ("R3.3.4", "R3.3.4"),
    "internal_affairs": ("R3.3.5", "R3.3.5"),
    "process_info": ("R3.3.6", "R3.3.6"),
    "enforcement_file": ("R3.3.7", "R3.3.7"),
    "special_query": ("R3.3.8", "R3.3.8"),
    "not_held": ("R3.4.1", "R3.4.1"),
    "needs_creation": ("R3.4.2", "R3.4.2"),
    "still_unclear": ("R3.4.3", "R3.4.3"),
    "petition_complaint": ("R3.5.1", "R3.5.1"),
    "repeated": ("R3.5.2", "R3.5.2"),
    "published_book": ("R3.5.3", "R3.5.3"),
    "excessive": ("R3.5.4", "R3.5.4"),
    "confirm_or_reissue": ("R3.5.5", "R3.5.5"),
    "abandoned_no_correction": ("R3.6", "R3.6.1"),
    "abandoned_no_fee": ("R3.6", "R3.6.2"),
    "other_withdrawn_transferred": ("R3.6", "R3.6.3"),
}
REASONS = "该信息公开后可能危及校园安全稳定，故不予提供，依据见上。"


@dataclass
class Organs:
    reconsideration_organ: str = "示范区人民政府"
    court: str = "示范区人民法院"
    complaint_organ: str = "示范区教育局"


def test_every_outcome_counts_in_its_row_of_either_form() -> None:
    assert {code: (row_of(code, year=2020), row_of(code, year=2021)) for code in law().outcomes} == ROWS


def test_each_regime_offers_its_own_outcomes() -> None:
    assert len(choices("cn-ogi")) == 22
    assert [found.code for found in grounds("cn-ogi")] == [
        "state_secret", "prohibited_by_law", "three_safeties_one_stability", "third_party_rights",
        "internal_affairs", "process_info", "enforcement_file",
    ]  # fmt: skip
    assert [found.label for found in grounds("he-29")] == [
        "属于国家秘密", "法律法规规章和学校规定不予公开", "涉及商业秘密或者个人隐私",
    ]  # fmt: skip
    assert [found.label for found in grounds("k12-15")] == [
        "属于国家秘密", "法律法规规定免予公开的其他情形", "可能危及校园安全稳定", "涉及个人隐私",
    ]  # fmt: skip
    assert [found.code for found in choices("party-2017")] == [
        "already_public", "disclosed", "partial", "state_secret", "prohibited_by_law", "third_party_rights",
        "not_held", "still_unclear", "petition_complaint", "repeated", "abandoned_no_correction",
        "other_withdrawn_transferred",
    ]  # fmt: skip


def test_an_outcome_a_regime_does_not_know_cannot_be_chosen() -> None:
    with pytest.raises(KeyError):
        outcome("process_info", regime="k12-15")
    assert faults(Reply(outcome="process_info", reasons=REASONS), regime="k12-15") == [
        "这种处理结果不能在本单位适用的制度下选择，请另选一种。"
    ]
    assert faults(Reply(outcome="school_secret", reasons=REASONS), regime="k12-15")
    assert faults(Reply(outcome=""), regime="k12-15") == ["请选择一种处理结果。"]


def test_school_secrets_alone_are_no_reason() -> None:
    alone = Reply(outcome="three_safeties_one_stability", reasons="该信息属于学校秘密，不能对外提供。")
    assert faults(alone, regime="k12-15") == [
        "“学校秘密”不是法定的不公开理由。请按所选的“可能危及校园安全稳定”写明理由，或者改选处理结果。"
    ]
    assert faults(Reply(outcome="internal_affairs", reasons="属于本局内部资料，不对外公开。"), regime="cn-ogi")
    both = Reply(outcome="three_safeties_one_stability", reasons="虽标注学校秘密，公开会危及校园安全，因此不予公开。")
    assert faults(both, regime="k12-15") == []


def test_a_reply_cannot_say_two_things_that_exclude_each_other() -> None:
    absent = Reply(outcome="not_held", reasons="经检索不存在，而且不属于政府信息。", searched="档案室、办公系统均无。")
    assert faults(absent, regime="cn-ogi")[0].startswith("信息不存在和“不属于政府信息”不能同时说")
    secret = Reply(outcome="state_secret", reasons="该文件属于国家秘密，且该信息不存在。")
    assert faults(secret, regime="cn-ogi")[0].startswith("不予公开的前提是信息存在")


def test_a_partial_reply_says_what_is_given_what_is_not_and_why() -> None:
    bare = faults(Reply(outcome="partial"), regime="cn-ogi")
    assert [line.split("。")[0] for line in bare] == [
        "“部分公开”要写明公开的内容", "“部分公开”要写明不公开的部分",
        "“部分公开”要写明不公开部分属于哪种情形", "“部分公开”要写明理由",
    ]  # fmt: skip
    told = {"given": "名单", "withheld": "身份证号", "reasons": "其余部分涉及个人隐私，公开会损害第三方。"}
    assert faults(Reply(outcome="partial", grounds=("third_party_rights",), **told), regime="cn-ogi") == []
    for wrong in ("special_query", "not_held", "disclosed"):
        assert faults(Reply(outcome="partial", grounds=(wrong,), **told), regime="cn-ogi") == [
            "不公开的部分只能选择法定的不予公开情形，请在列出的情形中选择。"
        ]


def test_grounds_belong_to_a_partial_reply_only() -> None:
    two = Reply(outcome="disclosed", given="文件全文", grounds=("state_secret",))
    assert faults(two, regime="cn-ogi") == ["只有部分公开才另选不公开部分的情形；一份答复只归一种处理结果。"]


def test_what_is_not_held_says_who_searched_or_who_has_it() -> None:
    assert faults(Reply(outcome="not_held", reasons="本机关没有制作或者保存。"), regime="cn-ogi")
    assert letter_of("not_held", searched="档案室检索") == "F15"
    assert letter_of("not_held", points_to="示范区财政局，电话 0000") == "F16"
    assert letter_of("disclosed") == "F12"


@pytest.mark.parametrize(
    ("code", "on", "cite"),
    [
        ("state_secret", date(2023, 12, 31), "litigation/46"),
        ("state_secret", date(2024, 1, 1), "reconsideration/23"),
        ("partial", date(2026, 11, 2), "reconsideration/23"),
        ("not_held", date(2026, 11, 2), "litigation/46"),
        ("special_query", date(2026, 11, 2), "litigation/46"),
    ],
)
def test_reconsideration_comes_first_for_refusals_since_2024(code: str, on: date, cite: str) -> None:
    assert remedy_cite(code, "cn-ogi", on) == cite


def test_the_remedy_names_the_organs_of_the_body() -> None:
    on = date(2026, 11, 2)
    assert remedy_words("state_secret", "cn-ogi", on, Organs()) == (
        "如对本答复不服，应当自收到本告知书之日起六十日内先向示范区人民政府申请行政复议；"
        "对行政复议决定不服的，可以自收到复议决定书之日起十五日内向示范区人民法院提起行政诉讼。"
    )
    assert remedy_words("disclosed", "cn-ogi", on) == (
        "如对本答复不服，可以自收到本告知书之日起六十日内向有管辖权的行政复议机关申请行政复议，"
        "也可以自收到本告知书之日起六个月内向有管辖权的人民法院提起行政诉讼。"
    )
    for regime in ("k12-15", "he-29"):
        assert remedy_words("partial", regime, on, Organs()) == (
            "如认为本答复不符合信息公开的规定，可以向示范区教育局申诉。"
        )
    assert remedy_words("disclosed", "party-2017", on) == "如对本答复有不同意见，可以向上级党组织反映。"
