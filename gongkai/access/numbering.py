"""Numbers of cases: a year and a serial, one gap-free series a body."""

from django.db.models import Max

from gongkai.access.models import AccessRequest
from gongkai.bodies.models import Body


class Serials:
    """Give the next serials of a body; its row is locked until the running act is over, a refused act takes none."""

    def __init__(self, body: Body) -> None:
        self._body = Body.objects.select_for_update().get(pk=body.pk)
        self._last: dict[int, int] = {}

    def next(self, year: int) -> int:
        """Return the next serial of a year."""
        if year not in self._last:
            used = AccessRequest.objects.of(self._body).filter(year=year)
            self._last[year] = used.aggregate(last=Max("serial"))["last"] or 0
        self._last[year] += 1
        return self._last[year]
