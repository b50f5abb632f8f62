"""The day a request counts as received, by the channel it came in (条例第三十一条), and a reply as given.

    receipt_on("email", submitted_on=…, confirmed_on=…) -> Receipt(on, accepted, words, ask, cite, confirm)
    answered_on("post", posted_on=…) -> Answered(on, words, ask, cite)
The channels are `law().intake`, the ways of delivery `law().deliveries`.
"""

from dataclasses import dataclass
from datetime import date

from gongkai.statute.events import WrongEvents, told
from gongkai.statute.load import law

ASKS = {
    "submitted": "请填写提交日期",
    "signed": "请填写签收日期",
    "confirmed": "请与申请人确认收到日期",
    "posted": "请填写交邮日期",
    "sent": "请填写发出日期",
}


class UnknownChannel(LookupError):
    """There is no such channel of intake or way of delivery."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The receipt date; None with `ask` while it is open, None and not accepted where there is no request at all.

    `confirm` = the office must confirm with the requester the day it arrived.
    """

    on: date | None
    accepted: bool
    words: str
    ask: str
    cite: str
    confirm: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """The day a reply counts as given; None with `ask` while it is open."""

    on: date | None
    words: str
    ask: str
    cite: str


def receipt_on(
    channel: str,
    *,
    submitted_on: date | None = None,
    signed_on: date | None = None,
    confirmed_on: date | None = None,
) -> Receipt:
    """Return the day a request counts as received. Raises UnknownChannel, WrongEvents."""
    rule = law().intake.get(channel)
    if rule is None:
        raise UnknownChannel(f"没有「{channel}」这种渠道,可用的有:{'、'.join(law().intake)}")
    for word, day in (("签收", signed_on), ("确认", confirmed_on)):
        if day and submitted_on and day < submitted_on:
            raise WrongEvents(f"{word}日期({told(day)})早于提交日期({told(submitted_on)}),请核对")
    days = {"submitted": submitted_on, "signed": signed_on, "confirmed": confirmed_on, "refused": None}
    on, accepted = days[rule.receipt], rule.receipt != "refused"
    ask = "" if on or not accepted else ASKS[rule.receipt]
    return Receipt(on, accepted, rule.words, ask, rule.cite, rule.confirm)


def answered_on(
    way: str, *, signed_on: date | None = None, posted_on: date | None = None, sent_on: date | None = None
) -> Answered:
    """Return the day a reply counts as given (答复时点). Raises UnknownChannel."""
    rule = law().deliveries.get(way)
    if rule is None:
        raise UnknownChannel(f"没有「{way}」这种送达方式,可用的有:{'、'.join(law().deliveries)}")
    on = {"signed": signed_on, "posted": posted_on, "sent": sent_on}[rule.answered]
    return Answered(on, rule.words, "" if on else ASKS[rule.answered], rule.cite)
