"""Consultations of third parties and other bodies: the days the answer limit does not count (条例第三十三条第三款)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.statute.calendar import WorkCalendar
from gongkai.statute.events import Happened, WrongEvents, of_kind, told
from gongkai.statute.limits import ended
from gongkai.statute.records import Limit


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count: after `sent_on` up to and including `ends_on` (None: no end is known).

    `closed` = the consultation was closed; `estimated` = its delivery is not recorded, so its end is a guess.
    """

    sent_on: date
    ends_on: date | None
    ref: str = ""
    closed: bool = True
    estimated: bool = False

    @property
    def why(self) -> str:
        """Say in Chinese what the pause is and how far it reaches."""
        name = f"征求意见({self.ref})" if self.ref else "征求意见"
        if self.ends_on is None:
            return f"{name}自{told(self.sent_on)}发出,尚未结束,期限停止计算"
        text = f"{told(self.sent_on)}之后至{told(self.ends_on)}{name},不计算在内"
        if self.closed:
            return text
        return text + ("(送达日期未登记,按发出日估算)" if self.estimated else "(意见尚未收到,计到对方的期限届满)")


def consultations(events: Sequence[Happened], *, own: Limit | None, calendar: WorkCalendar) -> list[Pause]:
    """Return the pause of each consultation, by the day it was sent.

    One lasts until it is closed, at most until its own limit from the delivery is over; an open one of unknown
    delivery is counted from its sending. Raises WrongEvents for one closed or delivered before it was sent.
    """
    sent = of_kind(events, "consultation_sent")
    delivered = _matched(sent, of_kind(events, "consultation_delivered"), "送达")
    closed = _matched(sent, of_kind(events, "consultation_closed"), "结束")
    return [_pause(one, delivered[i], closed[i], own, calendar) for i, one in enumerate(sent)]


def _matched(sent: Sequence[Happened], answers: Sequence[Happened], word: str) -> list[Happened | None]:
    """Give each letter the answer that bears its ref, the earlier letter the earlier one."""
    found: list[Happened | None] = [None] * len(sent)
    for answer in answers:
        place = _letter(sent, found, answer)
        if place is None:
            named = f"(编号 {answer.ref})" if answer.ref else ""
            raise WrongEvents(f"{told(answer.on)}的征求意见{word}{named}没有对应的发出日期,请先登记发出日期")
        if answer.on < sent[place].on:
            raise WrongEvents(f"征求意见{word}({told(answer.on)})早于发出({told(sent[place].on)}),请核对这两个日期")
        found[place] = answer
    return found


def _letter(sent: Sequence[Happened], found: Sequence[Happened | None], answer: Happened) -> int | None:
    free = [i for i, one in enumerate(sent) if found[i] is None]
    same = [i for i in free if sent[i].ref == answer.ref]
    return next(iter(same or ([] if answer.ref else free)), None)


def _pause(
    sent: Happened, delivered: Happened | None, closed: Happened | None, own: Limit | None, calendar: WorkCalendar
) -> Pause:
    end = closed.on if closed else None
    if own is not None and (delivered or not closed):
        latest = ended(own, own.n, begun_on=(delivered or sent).on, calendar=calendar).on
        end = min(end, latest) if end else latest
    estimated = own is not None and not delivered and not closed
    return Pause(sent.on, end, sent.ref, closed is not None, estimated)


def united(pauses: Iterable[Pause]) -> list[tuple[date, date]]:
    """Return the pauses as spans (day before the first, last), overlapping ones made one."""
    spans: list[tuple[date, date]] = []
    for sent_on, ends_on in sorted((p.sent_on, p.ends_on) for p in pauses if p.ends_on and p.ends_on > p.sent_on):
        if spans and sent_on <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], ends_on))
        else:
            spans.append((sent_on, ends_on))
    return spans
