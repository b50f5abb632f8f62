"""What a superior sees of the bodies below it: coverage, what is overdue, what waits – states, never drafts."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from gongkai.bodies.models import Body, Duty
from gongkai.bodies.scope import Scope
from gongkai.catalogue.coverage import Coverage, matrix
from gongkai.feedback.models import Opinion
from gongkai.publishing.models import Issue

WATCHING = (Duty.SUPERVISOR, Duty.FILING, Duty.MANAGER, Duty.OFFICE_HEAD, Duty.CLERK)


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One body below, as one line of its superior's desk."""

    body: Body
    coverage: Coverage
    filings: int
    opinions_late: int

    @property
    def order(self) -> tuple[int, int, str]:
        """Return what rows are sorted by: the worst first."""
        return -self.coverage.late - self.opinions_late, self.coverage.share, self.body.code


def bodies_below(body: Body, *, on: date) -> QuerySet[Body]:
    """Return the bodies below this one in the administrative tree that exist on a day, party bodies left out."""
    return Body.objects.all().subtree_of(body, on=on).open_on(on).exclude(kind="party_org").order_by("pk")


def watches(scope: Scope) -> bool:
    """Tell whether this person looks after bodies below this one."""
    return scope.has(*WATCHING) and scope.body.child_links.exists()


def rows(body: Body, *, on: date) -> list[BodyRow]:
    """Return every body below with its figures: six queries, whatever their number."""
    below = list(bodies_below(body, on=on))
    ids = [one.pk for one in below]
    filings = _counted(Issue.objects.filter(body__in=ids, sent_up_at__isnull=False, received_above_at=None))
    opinions = _counted(Opinion.objects.filter(body__in=ids).overdue(on=on))
    return [
        BodyRow(line.body, line.coverage, filings.get(line.body.pk, 0), opinions.get(line.body.pk, 0))
        for line in matrix(below, on=on)
    ]


def worst(body: Body, *, on: date, count: int) -> list[BodyRow]:
    """Return the bodies below that need looking after most."""
    return sorted(rows(body, on=on), key=lambda row: row.order)[:count]


def _counted(records: QuerySet) -> dict[int, int]:  # type: ignore[type-arg]
    return dict(records.order_by().values_list("body_id").annotate(n=Count("pk")))
