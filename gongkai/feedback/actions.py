"""Acts on opinions: receive, assign, answer, open the answer, put right."""

from datetime import datetime
from typing import Any

from gongkai.bodies.lists import Counts
from gongkai.bodies.models import Body
from gongkai.bodies.policy import OFFICE, holds
from gongkai.bodies.rows import Listing, Row
from gongkai.feedback.answering import answer_by
from gongkai.feedback.models import Opinion, OpinionState
from gongkai.feedback.numbering import Numbers
from gongkai.journal.actor import Actor
from gongkai.journal.acts import act, note
from gongkai.publishing.importing.matching import new_rows

LOT = 500
office = holds(*OFFICE)


@act("opinion.imported", may=office)
def import_opinions(body: Body, *, by: Actor, at: datetime, listing: Listing) -> Counts:
    """Enter the opinions of a settled list; rows already here change nothing."""
    Body.objects.select_for_update().get(pk=body.pk)
    rows = new_rows(listing, known=Opinion.objects.of(body).import_keys())
    numbers = Numbers(body)
    in_order = sorted(rows, key=lambda row: (row.values["received_on"], row.number))
    opinions = [_imported(body, row, numbers, at=at, imported=listing.file[:200]) for row in in_order]
    Opinion.objects.bulk_create(opinions, batch_size=LOT)
    note(
        file=listing.file, digest=listing.digest, read=listing.read, imported=len(rows),
        unchanged=len(listing.rows) - len(rows), rejected=[fault.row for fault in listing.rejected][:200],
    )  # fmt: skip
    return Counts(len(rows), len(listing.rows) - len(rows))


def _imported(body: Body, row: Row, numbers: Numbers, *, at: datetime, imported: str) -> Opinion:
    values: dict[str, Any] = row.values
    due_on, provisional = answer_by(body, values["received_on"])
    return Opinion(
        body=body, number=numbers.next(values["received_on"].year), channel=values["channel"], kind=values["kind"],
        state=OpinionState.ANSWERED if values["answered_on"] else OpinionState.RECEIVED,
        received_on=values["received_on"], recorded_at=at, title=values["title"], text=values["text"],
        due_on=due_on, provisional=provisional, answer=values["answer"], answered_on=values["answered_on"],
        imported=imported, import_key=values["key"],
    )  # fmt: skip
