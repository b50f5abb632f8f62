"""Numbers of opinions: a year and a serial, one series a body."""

from gongkai.bodies.models import Body
from gongkai.feedback.models import Opinion


class Numbers:
    """Give the next numbers of a body (`2026-0001`); the body's row must be locked by the running act."""

    def __init__(self, body: Body) -> None:
        self._body = body
        self._last: dict[int, int] = {}

    def next(self, year: int) -> str:
        """Return the next number of a year."""
        if year not in self._last:
            used = Opinion.objects.of(self._body).filter(number__startswith=f"{year}-")
            self._last[year] = max((int(number[5:]) for number in used.values_list("number", flat=True)), default=0)
        self._last[year] += 1
        return f"{year}-{self._last[year]:04d}"
