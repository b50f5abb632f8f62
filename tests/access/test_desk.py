"""The desk's lines of access requests: who sees which case, what is next, by when."""

from datetime import date, datetime

import pytest

from gongkai.access.actions import consulting, course, delivery
from gongkai.access.actions import letters as letter_acts
from gongkai.access.actions.settings import save_settings
from gongkai.access.desk import lines
from gongkai.access.models import AccessSettings
from gongkai.access.signing import reply_of
from gongkai.accounts.models import Person
from gongkai.bodies.desk import Rank
from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.workbench import desk
from tests import make

pytestmark = pytest.mark.django_db
AT = make.AT
DAY = date(2026, 9, 1)


def clerk(body):
    return make.actor(f"{body.code}-clerk", body)


@pytest.fixture
def bureau():
    return make.school("jyj", name="示范区教育局", kind="edu_bureau")


def told(body, who="clerk", *, on=DAY):
    found = lines(make.scope(f"{body.code}-{who}", body, on=on))
    return [(line.verb, line.state, line.due_on) for line in found]


def test_the_office_sees_each_case_with_its_next_step(bureau):
    make.request(bureau)
    make.request(bureau, channel="email", submitted_on=DAY, arrived_on=DAY)
    assert told(bureau) == [("登记确认", "soon", date(2026, 9, 2)), ("确定承办", "open", date(2026, 9, 29))]
    assert told(bureau, on=date(2026, 9, 3))[0] == ("登记确认", "late", date(2026, 9, 2))
    assert told(bureau, "editor") == []


def test_whoever_a_case_was_given_to_sees_it(bureau):
    case = make.request(bureau)
    department = bureau.departments.get()
    course.assign(case, by=clerk(bureau), at=AT, department=department)
    assert told(bureau, "editor") == [("拟写答复", "open", date(2026, 9, 29))]
    assert told(bureau, "dean") == [("拟写答复", "open", date(2026, 9, 29))]
    course.assign(case, by=clerk(bureau), at=AT, handler=Person.objects.get(username="jyj-dean"))
    assert told(bureau, "editor") == []


def test_a_line_follows_the_case_to_its_service(bureau):
    case = make.request(bureau)
    course.assign(case, by=clerk(bureau), at=AT, handler=Person.objects.get(username="jyj-clerk"))
    case = make.submitted_reply(case)
    assert told(bureau) == []
    assert told(bureau, on=date(2026, 9, 28)) == [("查看", "soon", date(2026, 9, 29))]
    waiting = desk.desk(make.scope("jyj-office", bureau))
    assert [line.text for line in waiting if line.key.startswith("review/")] == [
        "第2026-0001号申请的答复（予以公开）：部门负责人审核"
    ]
    case = make.decide_reply(case, verdict="return", opinion="请补充")
    assert [line[0] for line in told(bureau)] == ["修改答复"]
    case = make.decided_reply(case)
    assert [line[0] for line in told(bureau)] == ["登记用印"]
    letter = reply_of(case)
    letter_acts.seal(letter, by=clerk(bureau), at=AT)
    assert [line[0] for line in told(bureau)] == ["登记送达"]
    sent = delivery.serve(letter, by=clerk(bureau), at=AT, way="electronic", served_on=DAY)
    assert told(bureau) == []
    delivery.fail(sent, by=clerk(bureau), at=AT, on=DAY)
    assert [line[0] for line in told(bureau)] == ["重新送达"]


def test_what_waits_for_the_requester_is_shown_until_the_period_is_over(bureau):
    case = make.request(bureau)
    course.ask_clarification(case, by=clerk(bureau), at=AT, on=DAY, items="请写明年度。", days=15)
    assert told(bureau) == [("登记", "open", None)]
    assert told(bureau, on=date(2026, 9, 23)) == [("拟写答复", "open", None)]


def test_a_consultation_is_followed_from_dispatch_to_silence(bureau):
    case = make.request(bureau)
    asked = consulting.consult(
        case, by=clerk(bureau), at=AT, kind="third_party", addressee="示范公司", about="报价", on=DAY
    )
    assert [line[0] for line in told(bureau)] == ["登记送达"]
    consulting.deliver_consultation(asked, by=clerk(bureau), at=AT, on=DAY)
    assert [line[0] for line in told(bureau)] == ["登记意见"]
    assert told(bureau, on=date(2026, 10, 9))[0][1] == "late"


def test_approvers_see_proposed_extensions_and_helpers_what_they_were_asked_for(bureau):
    case = make.request(bureau)
    course.assign(case, by=clerk(bureau), at=AT, handler=Person.objects.get(username="jyj-clerk"))
    course.propose_extension(case, by=clerk(bureau), at=AT, days=20, reason="材料多")
    course.hand_over(
        case, by=clerk(bureau), at=AT, person=Person.objects.get(username="jyj-dean"), task="提供预算表",
        due_on=date(2026, 9, 4),
    )  # fmt: skip
    assert told(bureau, "principal") == [("批准延期", "waiting", date(2026, 9, 29))]
    assert told(bureau, "dean") == [("返回材料", "waiting", date(2026, 9, 4))]
    course.extend(
        case, by=make.actor("jyj-principal", bureau), at=datetime(2026, 9, 2, 9, 0, tzinfo=make.SHANGHAI),
        on=date(2026, 9, 2), days=20, reason="材料多",
    )  # fmt: skip
    assert told(bureau, "principal") == []


def test_a_school_without_a_chosen_limit_is_told_that_the_day_is_open():
    school = make.school()
    make.request(school)
    line = lines(make.scope("shiyan-clerk", school))[0]
    assert (line.due_on, line.about) == (None, "答复期限还不能确定，请先选择本地答复期限")


def test_a_party_organisation_is_told_to_file_answered_cases_up():
    branch = make.school("dzb", name="示范学校党支部", kind="party_org")
    make.reply(make.request(branch))
    assert [line[0] for line in told(branch)] == ["登记备案"]


def test_settings_are_saved_by_managers_within_their_ranges(bureau):
    head = make.actor("jyj-office", bureau)
    save_settings(bureau, by=head, at=AT, letter_prefix="示教公复", court="示范区人民法院", clarification_days=20)
    kept = AccessSettings.objects.get(body=bureau)
    assert (kept.letter_prefix, kept.court, kept.clarification_days, kept.keeps_years) == (
        "示教公复", "示范区人民法院", 20, 5,
    )  # fmt: skip
    for wrong, why in (
        ({"clarification_days": 0}, "5到60个工作日"),
        ({"keeps_years": 99}, "1到30年"),
        ({"charges_fees": True}, "写明缴费办法"),
        ({"letter_prefix": "字" * 21}, "太长"),
    ):
        with pytest.raises(ActRefused, match=why):
            save_settings(bureau, by=head, at=AT, **wrong)
    with pytest.raises(NotAllowed):
        save_settings(bureau, by=clerk(bureau), at=AT, shows_log=False)


def test_a_reply_past_or_near_its_legal_day_stands_above_what_the_catalogue_owes():
    body = make.school("xianju", name="示范县教育局", kind="edu_bureau")
    case = make.request(body)
    for day in (case.due_on, date(2026, 10, 20)):
        first = lines(make.scope("xianju-clerk", body, on=day))[0]
        assert (first.key, first.rank) == (f"request/{case.pk}", Rank.OWED)
