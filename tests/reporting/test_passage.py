"""A report is frozen, goes through the body's chain and is published; while anything is missing it stays a draft."""

from datetime import date, timedelta

import pytest

from gongkai.journal.acts import ActRefused
from gongkai.journal.models import OutboxItem
from gongkai.reporting.actions import passage, writing
from gongkai.reporting.freezing import whats_missing
from gongkai.reporting.models import AnnualReport
from gongkai.review import actions as review
from gongkai.review.progress import current_step
from gongkai.review.secrecy import without_trouble
from tests import make

pytestmark = pytest.mark.django_db
DECIDERS = {
    "office": "office", "secrecy": "secrecy", "leading": "lead", "supervision": "watch", "signature": "principal",
}  # fmt: skip
CODES = ("requests.received", "reconsideration.total", "litigation.total")


@pytest.fixture
def school():
    made = make.school()
    review.adopt_default_chains(made, by=make.SYSTEM, at=make.AT)
    return made


@pytest.fixture
def clerk(school):
    return make.actor("shiyan-clerk", school)


@pytest.fixture
def draft(school, clerk):
    return writing.open_report(school, by=clerk, at=make.AT, year=2025, start=date(2025, 1, 1), end=date(2025, 12, 31))


def complete(report, clerk):
    for code in CODES:
        writing.state_figure(report, by=clerk, at=make.AT, code=code, value=0, source="登记簿")
    for section in report.sections.all():
        text = f"{section.heading}的正文。"
        writing.write_section(report, by=clerk, at=make.AT, code=section.code, text=text)


def carry(report, *, until=None):
    """Take a report through its chain; returns the step it stopped at."""
    hour = 0
    while (step := current_step(report.review.items.get())) is not None:
        if step.role == until:
            return step
        hour += 1
        at = make.AT + timedelta(hours=hour)
        item = report.review.items.get()
        who = {
            "office": "office",
            "secrecy": "secrecy",
            "leading": "lead",
            "supervision": "watch",
            "signature": "principal",
        }
        by = make.actor(f"shiyan-{who[step.role]}", report.body)
        meeting = None
        if step.is_meeting:
            meeting = review.hold_meeting(
                report.body, by=by, at=at, name="领导小组会议", held_on=make.AT.date(), should_attend=3, attended=3,
                in_favour=3, summary="同意公开。",
            )  # fmt: skip
        passage.decide(
            report, by=by, at=at, step=step, verdict="approve", items=[item.pk], digests={item.pk: item.digest},
            checklist=without_trouble() if step.checklist else {}, meeting=meeting,
        )  # fmt: skip
        report.refresh_from_db()
    return None


def test_a_report_with_blanks_or_unstated_numbers_cannot_be_frozen(draft, clerk):
    assert "「收到信息公开申请」还没有填写数量和来源" in whats_missing(draft)
    with pytest.raises(ActRefused, match="还不能冻结"):
        writing.freeze(draft, by=clerk, at=make.AT)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_stated_number_needs_its_source_and_a_counted_one_cannot_be_typed_in(draft, clerk):
    with pytest.raises(ActRefused, match="来源"):
        writing.state_figure(draft, by=clerk, at=make.AT, code="requests.received", value=0, source=" ")
    with pytest.raises(ActRefused, match="由记录自动统计"):
        writing.state_figure(draft, by=clerk, at=make.AT, code="channel.wechat", value=999, source="估计")


def test_a_frozen_report_goes_through_the_chain_and_is_published_by_the_last_approval(draft, clerk):
    complete(draft, clerk)
    writing.freeze(draft, by=clerk, at=make.AT)
    passage.submit(draft, by=clerk, at=make.AT)
    assert carry(draft) is None
    assert draft.state == "published"
    assert OutboxItem.objects.filter(kind="report.published", payload={"report": draft.pk}).count() == 1


def test_a_returned_report_goes_back_to_writing_and_is_counted_anew(draft, clerk, school):
    complete(draft, clerk)
    writing.freeze(draft, by=clerk, at=make.AT)
    passage.submit(draft, by=clerk, at=make.AT)
    step, item = carry(draft, until="secrecy"), draft.review.items.get()
    passage.decide(
        draft, by=make.actor("shiyan-secrecy", school), at=make.AT + timedelta(hours=9), step=step, verdict="return",
        items=[item.pk], digests={item.pk: item.digest}, opinion="第二部分写错了学期",
    )  # fmt: skip
    draft.refresh_from_db()
    assert draft.state == "returned"
    passage.thaw(draft, by=clerk, at=make.AT + timedelta(hours=10))
    assert (draft.state, draft.figures.count(), draft.review) == ("draft", 0, None)
    writing.freeze(draft, by=clerk, at=make.AT + timedelta(hours=11))
    passage.submit(draft, by=clerk, at=make.AT + timedelta(hours=12))
    assert draft.state == "in_review"


def test_opening_the_same_year_twice_gives_the_same_report(draft, clerk, school):
    again = writing.open_report(school, by=clerk, at=make.AT, year=2025, start=date(2025, 1, 1), end=date(2025, 12, 31))
    assert again.pk == draft.pk
    assert AnnualReport.objects.count() == 1
