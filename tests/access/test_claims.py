"""Correction claims: taken in by number, answered with a reason, never by halves."""

from datetime import UTC, date, datetime

import pytest

from gongkai.access.actions import claims
from gongkai.access.models import CorrectionClaim, Requester
from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.journal.models import JournalEntry
from tests import make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 1, 2, tzinfo=UTC)
FACTS = {"record": "2025年资助名单", "wrong": "年级写错了", "evidence": "学籍证明复印件"}


@pytest.fixture
def school():
    return make.school()


def enter(school, **facts):
    given = {"received_on": date(2026, 9, 1), "requester": Requester(name="王小芳", kind="np"), **FACTS, **facts}
    return claims.enter(school, by=make.actor("shiyan-clerk", school), at=AT, **given)


def test_a_claim_gets_a_number_and_twenty_working_days(school):
    claim = enter(school)
    assert claim.number == "更2026-001"
    assert claim.due_on == date(2026, 9, 29)
    assert enter(school).number == "更2026-002"


def test_the_journal_names_no_claimant(school):
    enter(school)
    assert "王小芳" not in JournalEntry.objects.get(act="access.claim_entered").text


@pytest.mark.parametrize("missing", ["record", "wrong", "evidence"])
def test_a_claim_without_record_fault_or_evidence_is_refused(school, missing):
    with pytest.raises(ActRefused, match="哪里不准确"):
        enter(school, **{missing: " "})
    assert not CorrectionClaim.objects.exists()
    assert not Requester.objects.exists()


def test_a_claim_cannot_come_in_tomorrow(school):
    with pytest.raises(ActRefused, match="不能晚于今天"):
        enter(school, received_on=date(2026, 9, 2))


def test_passing_on_names_the_body_and_only_the_office_decides(school):
    claim = enter(school)
    clerk = make.actor("shiyan-clerk", school)
    with pytest.raises(ActRefused, match="哪个单位"):
        claims.decide(claim, by=clerk, at=AT, state="passed_on", reasons="学籍由教育局管理")
    with pytest.raises(NotAllowed):
        claims.decide(claim, by=make.actor("shiyan-lead", school), at=AT, state="refused", reasons="记录没有错误")
    done = claims.decide(
        claim, by=clerk, at=AT, state="passed_on", reasons="学籍由教育局管理", passed_to="示范区教育局"
    )
    assert done.decided_on == date(2026, 9, 1)
    letter = done.letters.get()
    assert (letter.kind, letter.state, letter.serial) == ("F23", "signed", 1)
    assert "示范区教育局" in letter.text
    assert letter.addressee == "王小芳"
    with pytest.raises(ActRefused, match="不能再改"):
        claims.decide(claim, by=clerk, at=AT, state="refused", reasons="记录没有错误")
