"""Which acts a page offers a person on a case, and why one that is not offered cannot be done."""

from dataclasses import dataclass

from gongkai.access.foresight import Foresight, foresee
from gongkai.access.forms.acts import FORMS
from gongkai.access.models import AccessRequest
from gongkai.access.next_step import REPLY
from gongkai.access.policy import may_do
from gongkai.access.transitions import TABLE, Transition, possible
from gongkai.bodies.desk import address
from gongkai.bodies.scope import Scope
from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.statute.deadlines import Deadline

GROUPS = (
    ("答复", (REPLY, "seal", "serve", "reserve", "archive", "file_up")),
    ("收到和分工", ("confirm", "assign", "hand_over", "return_material", "split", "merge", "unmerge")),
    (
        "与申请人、第三方",
        (
            "ask_clarification", "receive_clarification", "ask_explanation", "receive_explanation", "consult",
            "deliver_consultation", "close_consultation", "weigh_interest", "propose_extension", "extend", "defer",
            "notify_fee", "pay_fee", "cancel_fee",
        ),
    ),
    ("更正和撤回", ("correct_event", "recall_reply", "withdraw", "void")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offer:
    """One act offered: its code, words, page, what it would do to the date, its article."""

    code: str
    label: str
    url: str
    ahead: Foresight | None
    cite: str


def refuse_act(scope: Scope, case: AccessRequest, code: str) -> Transition:
    """Return the act's row of the table. Raises NotAllowed or ActRefused, saying why it cannot be done now."""
    row = TABLE[code]
    subject = case
    if code == "return_material":
        subject = case.hand_overs.filter(returned_on=None).select_related("case").last() or case  # type: ignore[assignment]
    may_do(code)(scope.actor(*row.duties), subject, on=scope.on)
    if case.state not in row.froms:
        raise ActRefused(f"{case.number}号申请现在是「{case.get_state_display()}」，不能{row.label}。")
    if code in FORMS and (why := FORMS[code].lacking(case)):
        raise ActRefused(why)
    return row


def is_offered(scope: Scope, case: AccessRequest, code: str) -> bool:
    """Tell whether a person could do this now."""
    try:
        refuse_act(scope, case, code)
    except (ActRefused, NotAllowed):
        return False
    return True


def offers(scope: Scope, case: AccessRequest, *, now: Deadline | None) -> list[tuple[str, list[Offer], list[Offer]]]:
    """Return the acts a person can do now: name of the group, those that move the date, the others.

    `now` is the reply's deadline as things stand.
    """
    rows = [row for row in possible(case, scope.duties) if row.code in FORMS or row.code == REPLY]
    found = {row.code: _offer(scope, case, row, now) for row in rows if is_offered(scope, case, row.code)}
    groups = [(name, [found[code] for code in codes if code in found]) for name, codes in GROUPS]
    return [(name, [o for o in made if o.ahead], [o for o in made if not o.ahead]) for name, made in groups if made]


def _offer(scope: Scope, case: AccessRequest, row: Transition, now: Deadline | None) -> Offer:
    if row.code == REPLY:
        return Offer(row.code, row.label, address("access_reply", case.body.code, case.pk), None, row.cite)
    form = FORMS[row.code](case=case, scope=scope)
    ahead = foresee(case, form.happens(form.tentative()), now=now)
    return Offer(row.code, row.label, address("access_act", case.body.code, case.pk, row.code), ahead, row.cite)
