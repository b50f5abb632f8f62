"""The fee of a case: one method, within the period, by an office that may charge at all."""

from datetime import date, datetime

import pytest

from gongkai.access.actions import fees
from gongkai.access.models import AccessSettings
from gongkai.access.paying import pieces_before
from gongkai.journal.acts import ActRefused, NotAllowed
from tests import make

pytestmark = pytest.mark.django_db
BY = make.SYSTEM


def at(month, day, year=2024):
    return datetime(year, month, day, 10, 0, tzinfo=make.SHANGHAI)


def on(month, day, year=2024):
    return date(year, month, day)


@pytest.fixture
def bureau():
    made = make.school("jiaoyuju", name="示范区教育局", kind="edu_bureau")
    AccessSettings.objects.create(body=made, charges_fees=True)
    made.posts.update(from_on=date(2020, 1, 1))
    return made


@pytest.fixture
def case(bureau):
    return make.request(bureau, at=at(9, 6))


def notify(case, when=None, **facts):
    when = when or at(10, 8)
    given = {"method": "page", "quantity": 101, "on": when.date(), **facts}
    return fees.notify_fee(case, by=BY, at=when, **given)


def test_scenario_d_the_fee_stops_the_period_and_its_payment_begins_it_anew(case):
    fee = notify(case)
    case.refresh_from_db()
    assert (fee.amount, fee.due_on, case.state, case.due_on) == (720, on(11, 4), "fee", None)
    assert case.clocks.get(kind="fee").due_on == on(11, 4)
    fees.pay_fee(fee, by=BY, at=at(10, 15), on=on(10, 15), receipt_number="粤财0001")
    case.refresh_from_db()
    assert (case.state, case.due_on, case.clocks.get(kind="fee").met_on) == ("received", on(11, 12), on(10, 15))
    with pytest.raises(ActRefused, match="不能登记缴费"):
        fees.pay_fee(fee, by=BY, at=at(10, 16), on=on(10, 16), receipt_number="粤财0002")


def test_a_fee_taken_back_leaves_the_period_as_if_it_had_never_been(bureau, case):
    fee = notify(case, at(9, 10))
    clerk, head = (make.actor(f"jiaoyuju-{who}", bureau, on=on(9, 12)) for who in ("clerk", "office"))
    with pytest.raises(NotAllowed, match="撤销收费"):
        fees.cancel_fee(fee, by=clerk, at=at(9, 12), reason="重新核算")
    fees.cancel_fee(fee, by=head, at=at(9, 12), reason="重新核算")
    case.refresh_from_db()
    assert (case.state, case.due_on) == ("received", on(10, 11))
    assert case.clocks.get(kind="fee").stopped_at == at(9, 12)
    assert notify(case, at(9, 13), quantity=31).amount == 10


def test_pieces_of_the_same_person_in_the_same_month_count_on(bureau):
    cases = [make.request(bureau, at=at(9, 6), id_number="440600199001011234") for _ in range(12)]
    make.request(bureau, at=at(9, 6), id_number="440600199001019999")
    assert [pieces_before(case) for case in cases] == list(range(12))
    with pytest.raises(ActRefused, match="免费"):
        notify(cases[9], method="piece", quantity=1)
    assert notify(cases[10], method="piece", quantity=1).amount == 100
    assert notify(cases[11], method="piece", quantity=20).amount == 2100
    next_month = make.request(bureau, at=at(10, 8), id_number="440600199001011234")
    assert pieces_before(next_month) == 0


@pytest.mark.parametrize(
    ("when", "facts", "says"),
    [
        (at(10, 12), {}, "2024年10月11日.*不能再收费"), (at(9, 9), {"on": on(9, 10)}, "不能晚于今天"),
        (at(9, 9), {"on": on(9, 5)}, "早于收到"), (at(9, 9), {"method": "hour"}, "按件计收还是按量"),
        (at(9, 9), {"quantity": 30}, "免费"), (at(9, 9), {"quantity": 0}, "核对件数"),
        (at(9, 9), {"quantity": 10_000_000}, "核对件数"),
    ],
)  # fmt: skip
def test_a_notice_that_cannot_be_is_refused(case, when, facts, says):
    with pytest.raises(ActRefused, match=says):
        notify(case, when, **facts)


def test_only_an_administrative_organ_that_has_opened_charging_charges(bureau, case):
    AccessSettings.objects.update(charges_fees=False)
    with pytest.raises(ActRefused, match="没有开通"):
        notify(case)
    with pytest.raises(ActRefused, match="学校和党组织不收"):
        notify(make.request(make.school(), at=at(9, 6)))


@pytest.mark.parametrize(
    ("day", "number", "says"),
    [(on(10, 7), "1", "早于通知送达"), (on(11, 5), "1", "逾期未缴费"), (on(10, 15), " ", "票据号")],
)
def test_a_payment_that_cannot_be_is_refused(case, day, number, says):
    fee = notify(case)
    with pytest.raises(ActRefused, match=says):
        fees.pay_fee(fee, by=BY, at=at(11, 6), on=day, receipt_number=number)
