"""By when an opinion must be answered."""

from datetime import date

from gongkai.bodies.models import Body
from gongkai.statute.calendar import CalendarNotPublished
from gongkai.statute.load import law


def answer_by(body: Body, received_on: date) -> tuple[date | None, bool]:
    """Return the last day of the body's own term in working days, and whether it is provisional.

    (None, True) where the calendar does not reach that far.
    """
    try:
        counted = law().calendar.add_working_days(received_on, body.opinion_days)
    except CalendarNotPublished:
        return None, True
    return counted.on, counted.provisional
