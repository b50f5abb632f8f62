"""What a case costs: its own pages, or its pieces after the requester's earlier ones of the same natural month."""

from django.db.models import Q

from gongkai.access.models import AccessRequest, FeeMethod, FeeNotice
from gongkai.statute import fees


def charge(case: AccessRequest, *, method: str, quantity: int) -> int:
    """Return the fee of a case in yuan. Raises fees.WrongQuantity."""
    already = pieces_before(case) if method == FeeMethod.PIECE else 0
    return fees.amount(method, quantity, already=already)


def pieces_before(case: AccessRequest) -> int:
    """Return how many pieces the same requester had asked this body for in the month of receipt before this case.

    Each case is a piece, or as many as a standing notice by the piece said of it.
    """
    day, key = case.received_on, case.requester.same_person
    if day is None or not key:
        return 0
    before = Q(received_on__lt=day) | Q(received_on=day, pk__lt=case.pk)
    cases = (
        AccessRequest.objects.filter(body=case.body_id)
        .counted()
        .filter(before, requester__same_person=key, received_on__gte=day.replace(day=1))
    )
    more = FeeNotice.objects.filter(case__in=cases.values("pk"), method=FeeMethod.PIECE, cancelled_on=None)
    return cases.count() + sum(quantity - 1 for quantity in more.values_list("quantity", flat=True))
