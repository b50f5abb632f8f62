"""Who may read a letter: who may know the requester, and whoever decides or has decided on the reply."""

from gongkai.access.models import AccessRequest, Letter
from gongkai.access.policy import knows_requester
from gongkai.bodies.models import Duty
from gongkai.bodies.policy import OFFICE
from gongkai.bodies.scope import Scope
from gongkai.review.models import Decision
from gongkai.review.progress import current_step, may_decide

# The forms of a case that are printed as it stands.
SHEETS = {"F01": "申请表", "F02": "登记表", "F03": "接收回执", "F25": "答复审查表"}


def may_read(scope: Scope, letter: Letter) -> bool:
    """Tell whether a person may read a letter of the body they work in."""
    if letter.body_id != scope.body.pk:
        return False
    if letter.case is None:
        return scope.has(*OFFICE, Duty.SIGNER, Duty.DEPUTY_SIGNER)
    return knows_requester(scope, letter.case) or decides_on(scope, letter.case)


def decides_on(scope: Scope, case: AccessRequest) -> bool:
    """Tell whether the reply waits for this person's decision, or has had one of theirs."""
    review = (case.merged_into or case).review
    if review is None or review.body_id != scope.body.pk:
        return False
    if Decision.objects.filter(step__review=review, person=scope.person).exists():
        return True
    steps = ((item, current_step(item)) for item in review.items.all())
    return any(step is not None and may_decide(scope, step, item).allowed for item, step in steps)
