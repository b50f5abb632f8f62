"""What falls due by itself after and beside the cases: reminders and their letters, erasure by schedule."""

from collections import defaultdict
from datetime import datetime

from gongkai.access import mailing
from gongkai.access.actions import reminding, retention
from gongkai.access.models import Requester
from gongkai.access.reminders import Owed, owed
from gongkai.access.retaining import misdated
from gongkai.bodies.models import Body
from gongkai.journal.actor import Actor
from gongkai.journal.chain import SHANGHAI


def sweep(at: datetime) -> None:
    """Remind, send and erase, each body in a transaction of its own; repeating it does nothing twice."""
    on = at.astimezone(SHANGHAI).date()
    by_body: dict[Body, list[Owed]] = defaultdict(list)
    for one in owed(on=on):
        by_body[one.clock.case.body].append(one)
    for body, found in by_body.items():
        reminding.remind(body, by=_platform(body), at=at, owed=found)
    mailing.send_waiting(at)
    for body in Body.objects.filter(pk__in=misdated().values("body")):
        retention.schedule(body, by=_platform(body), at=at)
    for body in Body.objects.filter(pk__in=Requester.objects.to_erase(on=on).values("body")):
        retention.erase(body, by=_platform(body), at=at)


def _platform(body: Body) -> Actor:
    return Actor.system(body_code=body.code, body_name=body.name)
