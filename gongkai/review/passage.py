"""One review read whole, in a fixed number of queries: its steps, items and what stands."""

from collections import defaultdict

from gongkai.review.models import (
    Decision,
    ItemState,
    Review,
    ReviewItem,
    ReviewStep,
    StepRole,
    Verdict,
    Voids,
)
from gongkai.review.seats import APART


class Passage:
    """Answer where every item of a review stands. Derived from its decisions, nothing is stored."""

    def __init__(self, review: Review) -> None:
        self.review = review
        self.steps = list(review.steps.order_by("order").prefetch_related("recusals"))
        items = review.items.select_related("department").prefetch_related("authors", "changes")
        self.items = list(items)
        self.decisions: dict[int, list[Decision]] = defaultdict(list)
        found = Decision.objects.filter(item__review=review).select_related("person", "meeting", "step")
        for decision in found.order_by("pk"):
            self.decisions[decision.item_id].append(decision)

    def item(self, pk: int) -> ReviewItem | None:
        """Return the item of this review with this key, or None."""
        return next((item for item in self.items if item.pk == pk), None)

    def add(self, decision: Decision) -> None:
        """Take in a decision just recorded."""
        self.decisions[decision.item_id].append(decision)

    def standing(self, item: ReviewItem, step: ReviewStep) -> Decision | None:
        """Return the approval of this very content at a step, if there is one."""
        for decision in self.decisions[item.pk]:
            stands = decision.voided_at is None and decision.verdict == Verdict.APPROVE
            if stands and decision.step_id == step.pk and decision.digest == item.digest:
                return decision
        return None

    def returned_by(self, item: ReviewItem) -> Decision | None:
        """Return the decision that sent the item back to its author, while it is with them."""
        found = [d for d in self.decisions[item.pk] if d.voided_at is None and d.verdict == Verdict.RETURN]
        return found[-1] if found and item.state == ItemState.RETURNED else None

    def current(self, item: ReviewItem) -> ReviewStep | None:
        """Return the first step without a standing approval; None when it passed or is with its author."""
        if item.state not in (ItemState.RUNNING, ItemState.APPROVED):
            return None
        return next((step for step in self.steps if self.standing(item, step) is None), None)

    def latest(self, item: ReviewItem, step: ReviewStep) -> Decision | None:
        """Return the last decision taken on the item at a step, standing or not."""
        found = [decision for decision in self.decisions[item.pk] if decision.step_id == step.pk]
        return found[-1] if found else None

    def went_back(self, item: ReviewItem) -> bool:
        """Tell whether the item was sent back or lost a decision: it follows alone, the others do not wait for it."""
        carried = {decision.carried_from_id for decision in self.decisions[item.pk]}
        return any(
            decision.verdict == Verdict.RETURN or (decision.voided_at is not None and decision.pk not in carried)
            for decision in self.decisions[item.pk]
        )

    def waiting(self, step: ReviewStep) -> list[ReviewItem]:
        """Return the items that wait at a step; the issue moves as a whole, so first passages wait for each other."""
        behind = [
            item
            for item in self.items
            if (now := self.current(item)) is not None and now.order < step.order and not self.went_back(item)
        ]
        here = [item for item in self.items if (now := self.current(item)) is not None and now.pk == step.pk]
        return [item for item in here if self.went_back(item)] if behind else here

    def wrote(self, item: ReviewItem, step: ReviewStep) -> frozenset[int]:
        """Return who wrote the text read at a step: its authors, and whoever changed it since.

        A department head who puts right what the department sends up may still answer for the department.
        """
        changed = {
            change.person_id
            for change in item.changes.all()
            if change.voids == Voids.CONTENT
            and change.person_id is not None
            and not (step.role == StepRole.DEPARTMENT and change.by_department_head)
        }
        return frozenset({person.pk for person in item.authors.all()} | changed)

    def opposite(self, step: ReviewStep) -> list[ReviewStep]:
        """Return the steps that another person than this step's decider must take."""
        return [other for other in self.steps if other.role == APART.get(step.role)]

    def decided_opposite(self, item: ReviewItem, step: ReviewStep) -> frozenset[int]:
        """Return who already decided for the other of the two groups."""
        found = (self.standing(item, other) for other in self.opposite(step))
        return frozenset(decision.person_id for decision in found if decision is not None)

    def stood_aside(self, step: ReviewStep) -> frozenset[int]:
        """Return who takes no part in a step by their own word."""
        return frozenset(recusal.person_id for recusal in step.recusals.all())
