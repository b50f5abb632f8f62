"""Every duty × every state × every transition: allowed exactly where the table written out here says so."""

from datetime import timedelta

import pytest
from django.db import transaction

from gongkai.access.actions import consulting, course, events, fees, intake, splitting
from gongkai.access.actions.splitting import Matter
from gongkai.access.models import AccessRequest, CaseState, Consultation, FeeNotice
from gongkai.access.policy import may_do
from gongkai.access.transitions import ROWS, TABLE, enter, possible
from gongkai.bodies.models import Duty
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, NotAllowed
from tests import make

OFFICE = {"clerk", "office_head"}
HANDLERS = OFFICE | {"editor", "department_head"}
APPROVERS = {"office_head", "signer", "deputy_signer"}
UNDERWAY = {"received", "clarifying", "explaining", "fee"}
AFTER = {"closed", "archived"}
# transition: the states it is possible in, the state it leads to ("" = it stays), the duties that do it.
MATRIX = {
    "confirm": ({"submitted"}, "received", OFFICE),
    "void": ({"submitted"}, "void", OFFICE),
    "assign": (UNDERWAY | {"submitted"}, "", OFFICE),
    "hand_over": ({"received"}, "", OFFICE),
    "return_material": (UNDERWAY, "", HANDLERS),
    "split": ({"received"}, "", OFFICE),
    "merge": ({"received"}, "", OFFICE),
    "unmerge": ({"received"}, "", OFFICE),
    "ask_clarification": ({"received"}, "clarifying", OFFICE),
    "receive_clarification": ({"clarifying"}, "received", OFFICE),
    "ask_explanation": ({"received"}, "explaining", OFFICE),
    "receive_explanation": ({"explaining"}, "received", OFFICE),
    "consult": ({"received"}, "", OFFICE),
    "deliver_consultation": ({"received"}, "", OFFICE),
    "close_consultation": ({"received"}, "", OFFICE),
    "weigh_interest": ({"received"}, "", OFFICE),
    "propose_extension": ({"received"}, "", OFFICE),
    "extend": ({"received"}, "", APPROVERS),
    "defer": ({"received"}, "", APPROVERS),
    "notify_fee": ({"received"}, "fee", OFFICE),
    "pay_fee": ({"fee"}, "received", OFFICE),
    "cancel_fee": ({"fee"}, "received", APPROVERS),
    "correct_event": (UNDERWAY | {"in_review", "decided"}, "", OFFICE),
    "draft_reply": (UNDERWAY, "", OFFICE),
    "submit_reply": (UNDERWAY, "in_review", OFFICE),
    "return_reply": ({"in_review"}, "received", set()),
    "approve_reply": ({"in_review"}, "decided", set()),
    "recall_reply": ({"in_review", "decided"}, "received", APPROVERS),
    "seal": ({"decided"}, "", OFFICE),
    "serve": ({"decided"}, "closed", OFFICE),
    "withdraw": (UNDERWAY | {"in_review", "decided"}, "closed", OFFICE),
    "reserve": ({"closed"}, "", OFFICE),
    "reopen": (AFTER, "received", OFFICE),
    "file_up": (AFTER, "", OFFICE),
    "open_log": (AFTER, "", OFFICE),
    "archive": ({"closed"}, "archived", OFFICE),
}
ON = make.AT.date()
STATES = [state.value for state in CaseState]


def consultation(case):
    """A consultation of the case: a real one where one can be sent, else a row whose state must keep the act away."""
    asked = {"kind": "third_party", "addressee": "某公司", "about": "价格"}
    if case.state == "received":
        return consulting.consult(case, by=make.SYSTEM, at=make.AT, on=ON, **asked)
    return Consultation.objects.create(case=case, sent_on=ON, **asked)


def refused(case):
    """The consultation of the case, answered by a refusal."""
    one = consultation(case)
    Consultation.objects.filter(pk=one.pk).update(opinion="refuses", closed_on=ON)
    return one


def merged(case):
    """The case, carried together with another."""
    AccessRequest.objects.filter(pk=case.pk).update(merged_into=another(case))
    return case


def fee(case):
    facts = {"method": "page", "quantity": 101, "amount": 720, "notified_on": ON}
    return case.fees.last() or FeeNotice.objects.create(case=case, **facts)


def handed(case):
    given = {"department": case.body.departments.get(name="教务处"), "task": "提供材料", "due_on": ON}
    if case.state == "received":
        return course.hand_over(case, by=make.SYSTEM, at=make.AT, **given)
    return case.hand_overs.create(asked_on=ON, **given)


def another(case):
    return AccessRequest.objects.filter(body=case.body, state="received").exclude(pk=case.pk).latest("pk")


DO = {
    "confirm": lambda c, **by: intake.confirm(c, on=ON, **by),
    "void": lambda c, **by: intake.void(c, reason="不是申请", **by),
    "assign": lambda c, **by: course.assign(c, department=c.body.departments.get(name="教务处"), **by),
    "hand_over": lambda c, **by: course.hand_over(
        c, department=c.body.departments.get(name="教务处"), task="提供材料", due_on=ON, **by
    ),
    "return_material": lambda c, **by: course.return_material(handed(c), answer="见附件", **by),
    "split": lambda c, **by: splitting.split(c, matters=[Matter("甲", "甲"), Matter("乙", "乙")], **by),
    "merge": lambda c, **by: splitting.merge(c, cases=[another(c)], **by),
    "ask_clarification": lambda c, **by: course.ask_clarification(c, on=ON, items="年度", **by),
    "receive_clarification": lambda c, **by: course.receive_clarification(c, on=ON, text="2025年", **by),
    "ask_explanation": lambda c, **by: course.ask_explanation(c, on=ON, **by),
    "receive_explanation": lambda c, **by: course.receive_explanation(c, on=ON, text="写论文", **by),
    "consult": lambda c, **by: consulting.consult(c, kind="joint_author", addressee="某局", about="x", on=ON, **by),
    "deliver_consultation": lambda c, **by: consulting.deliver_consultation(consultation(c), on=ON, **by),
    "close_consultation": lambda c, **by: consulting.close_consultation(
        consultation(c), on=ON, opinion="agrees", **by
    ),
    "unmerge": lambda c, **by: splitting.unmerge(merged(c), **by),
    "weigh_interest": lambda c, **by: consulting.weigh_interest(refused(c), public_interest="关系学生安全", **by),
    "propose_extension": lambda c, **by: course.propose_extension(c, days=20, reason="检索", **by),
    "extend": lambda c, **by: course.extend(c, on=ON, days=20, reason="检索", **by),
    "notify_fee": lambda c, **by: fees.notify_fee(c, method="page", quantity=101, on=ON, **by),
    "pay_fee": lambda c, **by: fees.pay_fee(fee(c), on=ON, receipt_number="1", **by),
    "cancel_fee": lambda c, **by: fees.cancel_fee(fee(c), reason="不收了", **by),
    "correct_event": lambda c, **by: events.correct_event(
        c.events.filter(kind__in=("received", "arrived")).earliest("pk"), on=ON - timedelta(days=1), why="错了", **by
    ),
}  # fmt: skip


@pytest.fixture
def bureau(db):
    made = make.school("jiaoyuju", name="示范区教育局", kind="edu_bureau")
    for duty in Duty:
        make.post(made, f"d-{duty}", duty, department="教务处" if duty in ("editor", "department_head") else "")
    return made


@pytest.fixture
def cases(bureau):
    facts = {"submitted_on": ON - timedelta(days=3)}
    made = {state: make.case_in(state, bureau, **facts) for state in STATES}
    make.case_in("received", bureau, **facts)
    return {state: AccessRequest.objects.select_related("body").get(pk=case.pk) for state, case in made.items()}


def outcome(step, *args, **kwargs):
    """Return what came of a step, undone again: done, refused by its state, or not allowed."""
    try:
        with transaction.atomic():
            result = step(*args, **kwargs)
            transaction.set_rollback(True)
    except NotAllowed:
        return "not allowed"
    except ActRefused as refused:
        return "state" if "现在是「" in str(refused) else f"refused: {refused}"
    return result.state if isinstance(result, AccessRequest) else "done"


def test_the_table_is_the_one_written_out_here():
    assert {row.code for row in ROWS} == set(MATRIX)
    for row in ROWS:
        froms, to, duties = MATRIX[row.code]
        assert (set(row.froms), row.to, set(row.duties)) == (froms, to, duties), row.code


def test_a_case_is_carried_into_every_state_through_the_acts(cases):
    assert {state: case.state for state, case in cases.items()} == {state: state for state in STATES}


def test_every_transition_is_entered_exactly_from_its_states_and_leads_where_the_table_says(cases):
    for state, case in cases.items():
        for code, (froms, to, _) in MATRIX.items():
            assert outcome(enter, case, code) == ((to or state) if state in froms else "state"), (state, code)


def test_every_duty_may_do_exactly_what_the_table_gives_it_on_a_case_given_to_its_department(bureau):
    department = bureau.departments.get(name="教务处")
    case = course.assign(make.request(bureau), by=make.SYSTEM, at=make.AT, department=department)
    for duty in Duty:
        by = make.actor(f"d-{duty}", bureau)
        for code, (_, _, duties) in MATRIX.items():
            expected = "done" if duty in duties else "not allowed"
            assert outcome(may_do(code), by, case, on=ON) == expected, (duty, code)


def test_what_is_offered_is_what_would_be_let_through(cases):
    for state, case in cases.items():
        for duty in Duty:
            offered = {row.code for row in possible(case, [duty])}
            assert offered == {code for code, (froms, _, duties) in MATRIX.items() if state in froms and duty in duties}


def test_the_real_act_does_in_every_state_what_the_table_says(cases):
    for code, act in DO.items():
        froms, to, _ = MATRIX[code]
        for state, case in cases.items():
            came = outcome(act, case, by=make.SYSTEM, at=make.AT)
            assert came == "state" if state not in froms else came in ("done", to or state), (code, state, came)


def test_the_real_act_is_done_by_exactly_the_duties_of_the_table(bureau, cases):
    people = {duty: make.actor(f"d-{duty}", bureau) for duty in Duty}
    people[""] = Actor.public(body_code="jiaoyuju", body_name="")
    for code, act in DO.items():
        froms, _, duties = MATRIX[code]
        case = cases[min(froms)]
        for duty, by in people.items():
            came = outcome(act, case, by=by, at=make.AT)
            assert (came != "not allowed") == (duty in duties), (code, duty, came)
            assert not came.startswith("refused"), (code, duty, came)


def test_who_works_in_a_department_acts_only_on_what_was_given_to_it(bureau):
    case = make.request(bureau)
    for duty in ("editor", "department_head"):
        by = make.actor(f"d-{duty}", bureau)
        case.department = case.handler_id = None
        assert outcome(may_do("return_material"), by, case, on=ON) == "not allowed"
        case.department = bureau.departments.get(name="教务处")
        assert outcome(may_do("return_material"), by, case, on=ON) == "done"
        case.department, case.handler_id = None, by.person_id
        assert outcome(may_do("return_material"), by, case, on=ON) == "done"


def test_nobody_of_another_body_does_anything(bureau):
    case = make.request(bureau)
    other = make.school("other")
    for duty in ("clerk", "office", "principal"):
        by = make.actor(f"other-{duty}", other)
        for code in MATRIX:
            assert outcome(may_do(code), by, case, on=ON) == "not allowed"


def test_every_transition_has_a_name_and_no_code_twice():
    assert len(TABLE) == len(ROWS)
    assert all(row.label for row in ROWS)
