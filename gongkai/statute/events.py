"""What happened to a case or a text, as far as limits care: typed, dated events, checked before they are counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from gongkai.statute.checks import EVENTS
from gongkai.statute.records import Limit

MOST_DAYS = 10_000
CASE_EVENTS = frozenset(
    {
        "clarification_sent",
        "clarification_served",
        "clarification_received",
        "reasons_asked",
        "consultation_sent",
        "consultation_delivered",
        "consultation_closed",
        "extended",
        "deferred",
        "fee_notified",
        "fee_paid",
        "decided",
        "served",
        "reopened",
    }
)


class WrongEvents(ValueError):
    """The events cannot have happened so, or do not give what the limit needs; the message says which."""


@dataclass(frozen=True, slots=True)
class Happened:
    """One event: its kind, its day (Asia/Shanghai), days where it grants some, the letter it belongs to, its moment."""

    kind: str
    on: date
    days: int = 0
    ref: str = ""
    at: datetime | None = None


def told(day: date) -> str:
    """Write a day in Chinese."""
    return f"{day.year}年{day.month}月{day.day}日"


def in_order(events: Iterable[Happened]) -> list[Happened]:
    """Return the events by day, as given within a day. Raises WrongEvents for an unknown kind or days out of range."""
    for event in events:
        if event.kind not in EVENTS:
            raise WrongEvents(f"不认识的事件「{event.kind}」,可用的有:{'、'.join(EVENTS)}")
        if not 0 <= event.days <= MOST_DAYS:
            raise WrongEvents(f"{EVENTS[event.kind]}的天数应在 0 到 {MOST_DAYS} 之间,现为 {event.days}")
    return sorted(events, key=attrgetter("on"))


def of_kind(events: Sequence[Happened], *kinds: str) -> list[Happened]:
    """Return the events of these kinds, in their order."""
    return [event for event in events if event.kind in kinds]


def beginning(rule: Limit, events: Sequence[Happened]) -> tuple[Happened, bool]:
    """Return the event a limit begins with, the latest of several, and whether it had to be estimated.

    A limit in hours takes a single moment whatever it is called. Raises WrongEvents when there is none,
    or a request was received twice.
    """
    if len(events) == 1 and events[0].kind in rule.begins_with:
        return events[0], False
    found = of_kind(events, *rule.begins_with)
    if len(found) > 1 and rule.begins_with == ("received",):
        raise WrongEvents("收到日期只能有一个,请核对")
    if found:
        return found[-1], False
    if rule.unit == "hour" and len(events) == 1 and events[0].at:
        return events[0], False
    estimated = of_kind(events, *rule.estimated_from)
    if estimated:
        return estimated[-1], True
    wanted = "或".join(f"{EVENTS[kind]}({kind})" for kind in rule.begins_with)
    raise WrongEvents(f"缺少起算的日期:{wanted}")


def refuse_before_receipt(received: Happened, events: Sequence[Happened]) -> None:
    """Refuse a step of a case dated before the request was received. Raises WrongEvents."""
    for event in events:
        if event.on < received.on and event.kind in CASE_EVENTS:
            raise WrongEvents(
                f"{EVENTS[event.kind]}({told(event.on)})早于收到申请({told(received.on)}),请核对这两个日期"
            )
