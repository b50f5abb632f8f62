"""The act with which open cases follow a changed law or calendar."""

from datetime import datetime

from gongkai.access.redating import Redating, recomputed
from gongkai.bodies.models import Body
from gongkai.journal.actor import Actor
from gongkai.journal.acts import act, note, system_only
from gongkai.statute.load import law

MOST_NAMED = 500
EVERYWHERE = "access"


@act("access.redated", may=system_only)
def redate(scope: Body | str, *, by: Actor, at: datetime) -> Redating:
    """Compute the dates of every open case anew, of one body or (EVERYWHERE) of all, in one transaction."""
    done = recomputed(scope if isinstance(scope, Body) else None, at=at)
    note(
        law=law().digest, cases=done.cases, count=len(done.moved), troubled=done.troubled[:MOST_NAMED],
        moved=[str(one) for one in done.moved[:MOST_NAMED]],
    )  # fmt: skip
    return done
