"""The day a request counts as received, and a reply as given."""

from datetime import date

import pytest

from gongkai.statute import law
from gongkai.statute.events import WrongEvents
from gongkai.statute.intake import UnknownChannel, answered_on, receipt_on

SUBMITTED, SIGNED, CONFIRMED = date(2024, 9, 6), date(2024, 9, 9), date(2024, 9, 10)
DAYS = {"submitted_on": SUBMITTED, "signed_on": SIGNED, "confirmed_on": CONFIRMED}


@pytest.mark.parametrize(
    ("channel", "on"),
    [
        ("counter", SUBMITTED),
        ("mail_signed", SIGNED),
        ("mail_plain", CONFIRMED),
        ("mail_misdirected", CONFIRMED),
        ("web", CONFIRMED),
        ("email", CONFIRMED),
        ("fax", CONFIRMED),
        ("phone", None),
    ],
)
def test_the_channel_decides_which_day_is_the_receipt(channel, on):
    receipt = receipt_on(channel, **DAYS)
    assert (receipt.on, receipt.accepted, receipt.ask) == (on, on is not None, "")
    assert law().resolve(receipt.cite).summary


def test_a_day_still_missing_is_asked_for():
    assert receipt_on("email", submitted_on=SUBMITTED).ask == "请与申请人确认收到日期"
    assert receipt_on("mail_signed", submitted_on=SUBMITTED).ask == "请填写签收日期"
    assert receipt_on("counter").ask == "请填写提交日期"


def test_what_came_unsigned_or_by_fax_or_mail_is_confirmed_the_same_day():
    confirmed = [code for code in law().intake if receipt_on(code).confirm]
    assert confirmed == ["mail_plain", "mail_misdirected", "email", "fax"]


def test_the_telephone_is_no_way_to_request_and_says_what_to_do():
    assert receipt_on("phone", submitted_on=SUBMITTED).words.startswith("电话只能咨询,不能提出申请")


def test_a_signature_or_confirmation_before_the_sending_is_refused():
    with pytest.raises(WrongEvents, match="签收日期.*早于提交日期"):
        receipt_on("mail_signed", submitted_on=SIGNED, signed_on=SUBMITTED)
    with pytest.raises(WrongEvents, match="确认日期.*早于提交日期"):
        receipt_on("fax", submitted_on=SIGNED, confirmed_on=SUBMITTED)


@pytest.mark.parametrize(("way", "on"), [("direct", SIGNED), ("entrusted", SIGNED), ("post", SUBMITTED)])
def test_a_reply_counts_from_its_signature_or_its_posting(way, on):
    assert answered_on(way, signed_on=SIGNED, posted_on=SUBMITTED).on == on


def test_an_electronic_reply_counts_from_its_sending():
    assert answered_on("electronic", sent_on=CONFIRMED).on == CONFIRMED
    assert answered_on("electronic").ask == "请填写发出日期"


def test_an_unknown_channel_or_way_is_refused_with_the_known_ones():
    with pytest.raises(UnknownChannel, match="没有「pigeon」这种渠道,可用的有:counter"):
        receipt_on("pigeon")
    with pytest.raises(UnknownChannel, match="没有「pigeon」这种送达方式"):
        answered_on("pigeon")
