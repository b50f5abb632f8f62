"""A reply: one outcome, read through the chain, signed with a number, served, counted once."""

from datetime import datetime

import pytest

from gongkai.access.signing import reply_of
from gongkai.statute.outcomes import choices
from tests import make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 1, 9, 0, tzinfo=make.SHANGHAI)
NEXT = datetime(2026, 9, 2, 9, 0, tzinfo=make.SHANGHAI)
KINDS = {"cn-ogi": "edu_bureau", "he-29": "college", "k12-15": "primary", "party-2017": "party_org"}
LATER = {"clarification", "clarification_lapsed", "fee_lapsed", "explanation", "repeats"}


def clerk(body):
    return make.actor(f"{body.code}-clerk", body)


@pytest.fixture
def bureau():
    return make.school("jyj", name="示范区教育局", kind="edu_bureau")


@pytest.mark.parametrize("regime", KINDS)
def test_every_outcome_that_needs_no_course_is_reached_through_the_chain(regime):
    body = make.school("danwei", kind=KINDS[regime])
    codes = [found.code for found in choices(regime) if LATER.isdisjoint(found.after)]
    for serial, code in enumerate(codes, 1):
        case = make.reply(make.request(body), code)
        assert (case.state, case.outcome, case.counted_outcome) == ("closed", code, code)
        assert (case.decided_on, case.served_on, case.counted_on) == (AT.date(), AT.date(), AT.date())
        assert (reply_of(case).state, reply_of(case).year, reply_of(case).serial) == ("served", 2026, serial)
