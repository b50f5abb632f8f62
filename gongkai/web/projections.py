"""Which projections follow from which events: the one place where rooms below meet the public site above them."""

from gongkai.journal import outbox
from gongkai.portal import project

# What changes pages that show several records of a body; those pages are written once for all that happened together.
SHOWN_TOGETHER = (
    "body.changed", "catalogue.changed", "obligations.changed", "opinion.published", "objections.changed",
    "access.logged", "report.published",
)  # fmt: skip


def wire_all() -> None:
    """Connect the events of the rooms to what follows from them; called once when the installation starts."""
    outbox.wire(
        "edition.published", before=project.stage_edition, after=project.release_edition, finish=project.refresh
    )
    for kind in ("disclosure.withdrawn", "disclosure.ended"):
        outbox.wire(kind, before=project.take_down, after=project.confirm_down, finish=project.refresh)
    for kind in SHOWN_TOGETHER:
        outbox.wire(kind, finish=project.refresh)
