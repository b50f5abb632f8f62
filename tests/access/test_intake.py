"""A request comes in: which day counts, which number it gets, what is refused."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection

from gongkai.access.actions import intake
from gongkai.access.actions.intake import RequesterFacts, WantedFacts
from gongkai.access.models import AccessRequest, AccessSettings, CaseState, Clock, Requester
from gongkai.access.policy import knows_requester, masked
from gongkai.bodies.models import LocalRule
from gongkai.journal import chain
from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.journal.models import JournalEntry
from tests import make

FRIDAY = datetime(2024, 9, 6, 9, 0, tzinfo=make.SHANGHAI)
pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau():
    return make.school("jiaoyuju", name="示范区教育局", kind="edu_bureau")


def public(body):
    return make.Actor.public(body_code=body.code, body_name=body.name)


def test_a_request_at_the_counter_is_received_the_same_day_and_due_after_twenty_working_days(bureau):
    case = make.request(bureau, at=FRIDAY)
    assert (case.state, case.received_on, case.due_on) == (CaseState.RECEIVED, date(2024, 9, 6), date(2024, 10, 11))
    assert (case.number, case.provisional, case.regime) == ("2024-0001", False, "cn-ogi")
    assert case.clocks.get(kind="reply").cite == "cn-ogi/33.2"
    assert case.clocks.get(kind="clarification_notice").due_on == date(2024, 9, 18)


def test_the_receipt_shown_on_the_web_is_the_confirmation(bureau):
    case = make.request(bureau, at=FRIDAY, channel="web")
    assert (case.state, case.confirmed_on, case.received_on) == (CaseState.RECEIVED, *[date(2024, 9, 6)] * 2)
    assert [(e.kind, e.on) for e in case.events.all()] == [("received", date(2024, 9, 6))]


@pytest.mark.parametrize("channel", ["email", "fax", "mail_plain", "mail_misdirected"])
def test_what_must_be_confirmed_waits_and_is_overdue_after_one_working_day(bureau, channel):
    case = make.request(bureau, at=FRIDAY, channel=channel)
    clock = case.clocks.get(kind="confirm")
    assert (case.state, case.received_on, case.due_on) == (CaseState.SUBMITTED, None, None)
    assert (clock.begun_on, clock.due_on, clock.met_on) == (date(2024, 9, 6), date(2024, 9, 9), None)
    case = intake.confirm(case, by=make.SYSTEM, at=FRIDAY + timedelta(days=4), on=date(2024, 9, 9))
    assert (case.state, case.arrived_on, case.confirmed_on) == ("received", date(2024, 9, 6), date(2024, 9, 9))
    assert case.due_on == date(2024, 10, 12)
    assert case.clocks.get(kind="confirm").met_on == date(2024, 9, 9)


def test_registered_post_counts_from_the_day_it_was_signed_for(bureau):
    facts = {"submitted_on": date(2024, 9, 3), "signed_on": date(2024, 9, 5)}
    case = make.request(bureau, at=FRIDAY, channel="mail_signed", **facts)
    assert (case.received_on, case.arrived_on) == (date(2024, 9, 5), date(2024, 9, 5))
    with pytest.raises(ActRefused, match="请填写签收日期"):
        make.request(bureau, at=FRIDAY, channel="mail_signed")


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"submitted_on": date(2024, 9, 7)}, "不能晚于今天"),
        ({"channel": "email", "arrived_on": date(2024, 9, 7)}, "到达日期不能晚于今天"),
        ({"channel": "email", "arrived_on": date(2024, 9, 5)}, "早于提交或寄出日期"),
        ({"channel": "phone"}, "电话只能咨询"),
        ({"channel": "pigeon"}, "请选择提交方式"),
        ({"name": " "}, "姓名或者名称"),
        ({"title": "", "wanted": "x"}, "所需信息"),
        ({"address": "", "phone": ""}, "联系方式"),
        ({"kind": "martian"}, "请在列出的几项中选择"),
        ({"wanted": "长" * 10_001}, "最多10000字"),
        ({"name": "长" * 101}, "最多100字"),
        ({"files": [("空.txt", b"")]}, "空.txt"),
        ({"files": [("一.txt", b"x")] * 21}, "一次最多交20个文件"),
    ],
)
def test_what_cannot_be_is_refused_and_takes_no_number(bureau, facts, says):
    with pytest.raises(ActRefused, match=says):
        make.request(bureau, at=FRIDAY, **facts)
    assert AccessRequest.objects.count() == 0
    assert make.request(bureau, at=FRIDAY).serial == 1


def test_only_the_office_enters_requests(bureau):
    given = {"requester": make.requester(), "wanted": WantedFacts(title="甲", wanted="乙")}
    days = {"at": make.AT, "channel": "counter", "submitted_on": make.AT.date()}
    for role in ("editor", "secrecy", "principal", "manager"):
        with pytest.raises(NotAllowed):
            intake.enter(bureau, by=make.actor(f"jiaoyuju-{role}", bureau), **days, **given)
    assert intake.enter(bureau, by=make.actor("jiaoyuju-clerk", bureau), **days, **given).serial == 1


def test_a_form_is_used_once(bureau):
    given = {"requester": make.requester(), "wanted": WantedFacts(title="甲", wanted="乙"), "spent": ["form:1"]}
    intake.receive_online(bureau, by=public(bureau), at=FRIDAY, **given)
    with pytest.raises(IntegrityError):
        intake.receive_online(bureau, by=public(bureau), at=FRIDAY, **given)


def test_a_body_may_close_its_web_form(bureau):
    AccessSettings.objects.create(body=bureau, open_online=False)
    with pytest.raises(ActRefused, match="没有开通网上申请"):
        make.request(bureau, at=FRIDAY, channel="web")


def test_a_school_without_a_chosen_period_has_no_date_until_it_chooses_one(bureau):
    school = make.school()
    case = make.request(school, at=FRIDAY)
    assert (case.regime, case.due_on, case.provisional) == ("k12-15", None, True)
    LocalRule.objects.create(body=school, record="K-REPLY", from_on=date(2024, 1, 1))
    case = make.request(school, at=FRIDAY)
    assert (case.local, case.due_on, case.provisional) == ("K-REPLY", date(2024, 9, 23), False)


def test_only_a_party_member_asks_a_party_branch():
    branch = make.school("zhibu", name="示范支部", kind="party_org")
    assert make.request(branch, at=FRIDAY).regime == "party-2017"
    with pytest.raises(ActRefused, match="由党员提出"):
        make.request(branch, at=FRIDAY, identity="public")


def test_what_came_before_the_regulation_of_2019_falls_under_the_one_of_2008(bureau):
    case = make.request(bureau, at=datetime(2019, 3, 1, 9, tzinfo=make.SHANGHAI))
    assert (case.regime, case.due_on) == ("cn-ogi-2008", date(2019, 3, 22))


def test_a_request_that_never_was_one_is_set_aside_and_its_clock_stops(bureau):
    case = make.request(bureau, at=FRIDAY, channel="email")
    with pytest.raises(ActRefused, match="为什么"):
        intake.void(case, by=make.SYSTEM, at=FRIDAY, reason=" ")
    case = intake.void(case, by=make.SYSTEM, at=FRIDAY, reason="广告邮件")
    assert case.state == CaseState.VOID
    assert not Clock.objects.running().exists()
    with pytest.raises(ActRefused, match="未成立"):
        intake.confirm(case, by=make.SYSTEM, at=FRIDAY, on=FRIDAY.date())


def test_the_confirmation_lies_between_arrival_and_today(bureau):
    case = make.request(bureau, at=FRIDAY, channel="fax")
    for on, says in ((date(2024, 9, 5), "早于到达日期"), (date(2024, 9, 7), "晚于今天")):
        with pytest.raises(ActRefused, match=says):
            intake.confirm(case, by=make.SYSTEM, at=FRIDAY, on=on)


def test_the_journal_never_says_who_asked_or_what(bureau):
    secret = {f.name: f"秘{n}密13912345678" for n, f in enumerate(fields(RequesterFacts)) if f.name not in
              ("kind", "identity", "postcode", "org_code")}  # fmt: skip
    case = make.request(bureau, at=FRIDAY, channel="email", title="题秘密", wanted="文秘密", **secret)
    intake.confirm(case, by=make.SYSTEM, at=FRIDAY, on=FRIDAY.date())
    texts = [entry.text for entry in JournalEntry.objects.all() if "access." in entry.act]
    assert len(texts) == 2
    assert not any("秘" in text or "139" in text for text in texts)
    assert json.loads(texts[0])["details"]["number"] == "2024-0001"


def test_hostile_text_is_kept_as_text_and_null_bytes_are_dropped(bureau):
    case = make.request(bureau, at=FRIDAY, name="<script>\x00", wanted="'; DROP TABLE x;--\x00", title="\x00甲")
    assert (case.requester.name, case.wanted, case.title) == ("<script>", "'; DROP TABLE x;--", "甲")


def test_who_asked_is_known_to_the_office_and_who_handles_it(bureau):
    case = make.request(bureau, name="王小明")
    seen = {role: knows_requester(make.scope(f"jiaoyuju-{role}", bureau), case) for role in make.CAST}
    assert {role for role, knows in seen.items() if knows} == {"clerk", "office"}
    case.department = bureau.departments.get()
    assert knows_requester(make.scope("jiaoyuju-editor", bureau), case)
    other = make.school("other")
    assert not knows_requester(make.scope("other-clerk", other), case)
    assert masked(case.requester) == "王**"
    assert "公司" not in masked(Requester(kind="biz", name="某某公司"))


def test_fifty_requests_at_the_same_moment_get_fifty_numbers_without_a_gap(flushable):
    bureau = make.school("jiaoyuju", name="示范区教育局", kind="edu_bureau")

    def send(n):
        try:
            return make.request(bureau, at=FRIDAY, channel="web", name=f"申请人{n}").serial
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        serials = list(pool.map(send, range(50)))
    assert sorted(serials) == list(range(1, 51))
    assert list(chain.breaks()) == []


def test_five_hundred_requests_of_one_person_in_a_day_are_taken_in(bureau):
    for n in range(500):
        make.request(bureau, at=FRIDAY, channel="web", id_number="440600199001011234", title=f"第{n}项经费")
    assert AccessRequest.objects.of(bureau).filter(serial=500).exists()
    assert Requester.objects.values("same_person").distinct().count() == 1
