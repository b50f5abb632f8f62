"""Reconsiderations and suits: their own clock, their result in table 4, and a lost case handled anew."""

from datetime import UTC, date, datetime

import pytest

from gongkai.access.actions import remedies
from gongkai.access.actions.remedies import Ruling
from gongkai.access.models import Clock, Remedy
from gongkai.journal.acts import ActRefused, NotAllowed
from tests import make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 1, 2, tzinfo=UTC)
LATER = datetime(2026, 11, 20, 2, tzinfo=UTC)


@pytest.fixture
def bureau():
    return make.school("jyj", name="示范区教育局", kind="edu_bureau")


@pytest.fixture
def refused(bureau):
    return make.reply(make.request(bureau, at=AT, name="张三丰"), "internal_affairs", at=AT)


def clerk(body):
    return make.actor(f"{body.code}-clerk", body)


def enter(body, case, **facts):
    given = {"kind": "reconsideration", "organ": "示范区人民政府", "filed_on": date(2026, 9, 10), **facts}
    return remedies.enter(body, by=clerk(body), at=LATER, case=case, **given)


def test_the_answer_is_due_ten_working_days_after_the_copy_and_five_in_the_simple_procedure(bureau, refused):
    one = enter(bureau, refused)
    one = remedies.receive_copy(one, by=clerk(bureau), at=LATER, on=date(2026, 9, 14))
    assert one.answer_due_on == date(2026, 9, 28)  # Sunday 20 September is worked, 25 to 27 September is not
    one = remedies.receive_copy(one, by=clerk(bureau), at=LATER, on=date(2026, 9, 14), simple=True)
    assert one.answer_due_on == date(2026, 9, 20)
    assert Clock.objects.get(case=refused, kind="remedy_answer").due_on == one.answer_due_on


def test_answering_stops_the_clock(bureau, refused):
    one = enter(bureau, refused, copy_received_on=date(2026, 9, 14))
    remedies.answer(one, by=clerk(bureau), at=LATER, on=date(2026, 9, 18))
    assert Clock.objects.get(case=refused, kind="remedy_answer").met_on == date(2026, 9, 18)


def test_a_lost_case_is_handled_anew_and_counted_once(bureau, refused):
    counted = (refused.counted_outcome, refused.counted_on)
    one = enter(bureau, refused)
    ruling = Ruling(on=date(2026, 11, 10), result="corrected", orders_new_reply=True, redo_by=date(2026, 12, 10))
    remedies.decide(one, by=clerk(bureau), at=LATER, ruling=ruling)
    refused.refresh_from_db()
    assert refused.state == "received"
    assert refused.due_on == date(2026, 12, 10)
    assert (refused.counted_outcome, refused.counted_on) == counted
    again = make.reply(refused, "disclosed", at=LATER)
    assert again.outcome == "disclosed"
    assert again.counted_outcome == "internal_affairs"


def test_upheld_orders_no_new_reply(bureau, refused):
    one = enter(bureau, refused)
    with pytest.raises(ActRefused, match="结果是维持的"):
        remedies.decide(
            one, by=clerk(bureau), at=LATER, ruling=Ruling(on=date(2026, 11, 1), result="upheld", orders_new_reply=True)
        )


def test_a_result_is_entered_once(bureau, refused):
    one = enter(bureau, refused)
    remedies.decide(one, by=clerk(bureau), at=LATER, ruling=Ruling(on=date(2026, 11, 1), result="upheld"))
    with pytest.raises(ActRefused, match="已经登记了结果"):
        remedies.decide(one, by=clerk(bureau), at=LATER, ruling=Ruling(on=date(2026, 11, 1), result="other"))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"filed_on": date(2026, 12, 1)}, "不能晚于今天"),
        ({"filed_on": date(2026, 8, 1)}, "早于这件申请的提交日期"),
        ({"organ": " "}, "请填写受理"),
        ({"kind": "litigation_after_reconsideration"}, "哪一件行政复议"),
        ({"copy_received_on": date(2026, 9, 1)}, "收到副本的日期"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(bureau, refused, facts, words):
    with pytest.raises(ActRefused, match=words):
        enter(bureau, refused, **facts)
    assert not Remedy.objects.exists()


def test_a_suit_follows_its_reconsideration(bureau, refused):
    first = enter(bureau, refused)
    suit = enter(
        bureau, refused, kind="litigation_after_reconsideration", follows=first, organ="示范区人民法院",
        filed_on=date(2026, 11, 15),
    )  # fmt: skip
    assert list(first.followed_by.all()) == [suit]


def test_only_the_office_enters_remedies(bureau, refused):
    with pytest.raises(NotAllowed):
        remedies.enter(
            bureau, by=make.actor("jyj-editor", bureau), at=LATER, case=refused, kind="reconsideration",
            organ="示范区人民政府", filed_on=date(2026, 9, 10),
        )  # fmt: skip
