"""An independent reckoning of the answer limit: walks through the days one by one, with another calendar."""

from datetime import timedelta

import chinese_calendar

DAY = timedelta(days=1)
WORKS = {}


class Late(Exception):
    """An extension came after the limit was over."""


def works(day):
    if day not in WORKS:
        WORKS[day] = chinese_calendar.is_workday(day)
    return WORKS[day]


def third_party_ends(delivered):
    """Return the fifteenth working day after a letter was delivered."""
    day, left = delivered, 15
    while left:
        day += DAY
        left -= works(day)
    return day


def answer_due(received, *, letters=(), extensions=(), restarts=(), need=20):
    """Return the day of the last working day that counts.

    `letters` are (sent, delivered or None, closed or None) days, `extensions` (day, days), `restarts` days.
    """
    closing = {number: _closing(*letter) for number, letter in enumerate(letters)}
    days = sorted({received, *restarts, *(on for on, _ in extensions)})
    day, counted, needed, over, begun = received, 0, need, None, received
    last = max([*days, *closing.values()]) + 200 * DAY
    while day < last:
        if day in restarts:
            counted, needed, over, begun = 0, need, None, day
        for on, more in extensions:
            if on == day:
                if over is not None and day > over:
                    raise Late
                needed, over = needed + more, None if counted < needed + more else over
        if day > begun and over is None and works(day) and not _paused(day, begun, letters, closing):
            counted += 1
            if counted == needed:
                over = day
        day += DAY
    return over


def _closing(_sent, delivered, closed):
    ends = [closed] if closed else []
    return min(ends + ([third_party_ends(delivered)] if delivered else []))


def _paused(day, begun, letters, closing):
    return any(sent < day <= closing[n] for n, (sent, _d, _c) in enumerate(letters) if sent >= begun)
