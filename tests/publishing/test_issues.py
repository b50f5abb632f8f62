"""Issues: numbers, members, what may be submitted, what an edit does."""

from datetime import date

import pytest

from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.publishing.actions import drafting, issues
from gongkai.publishing.actions.issues import NotReady
from gongkai.publishing.models import EditionState, IssueState
from gongkai.review.models import Decision
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make.school()


def clerk(school):
    return make.actor("shiyan-clerk", school)


def test_issues_are_numbered_from_one_each_year(school):
    later = make.AT.replace(year=2027)
    numbers = [issues.open_issue(school, by=clerk(school), at=at).number for at in (make.AT, make.AT, later)]
    assert numbers == [1, 2, 1]


def test_an_issue_of_several_goes_through_the_chain_together(school):
    editions = [make.draft(school, title=f"第{n}条", kind="document") for n in range(3)]
    issue = make.issue(school, *editions)
    assert [step.role for step in issue.review.steps.all()] == [
        "department", "office", "secrecy", "leading", "supervision", "signature",
    ]  # fmt: skip
    make.carry(issue)
    assert issue.state == IssueState.DONE
    assert {edition.state for edition in (e.edition for e in issue.entries.all())} == {EditionState.PUBLISHED}


def test_a_double_submit_is_told_and_changes_nothing(school):
    issue = make.issue(school)
    with pytest.raises(ActRefused, match="已经送审，不用再点"):
        issues.submit(issue, by=clerk(school), at=make.AT)
    assert issue.review.items.count() == 1


def test_what_is_not_ready_is_named_member_by_member(school):
    fine, empty = make.draft(school, title="好的"), make.draft(school, title="空的", html="")
    with pytest.raises(NotReady, match="还差 1 处才能送审：《空的》正文还是空的") as refusal:
        make.issue(school, fine, empty)
    assert [edition.title for edition in refusal.value.lacks] == ["空的"]
    fine.refresh_from_db()
    assert fine.state == EditionState.DRAFT


def test_a_retired_item_stops_the_submission(school):
    item = school.catalogue_items.create(
        code="K01", name="旧事项", adopted_on=date(2025, 1, 1), retired_on=date(2026, 8, 1)
    )
    edition = make.draft(school, items=[item])
    with pytest.raises(NotReady, match="公开事项“旧事项”已停用"):
        make.issue(school, edition)


def test_a_draft_is_in_one_issue_only(school):
    edition = make.draft(school)
    make.issue(school, edition)
    other = issues.open_issue(school, by=clerk(school), at=make.AT)
    with pytest.raises(ActRefused, match="审批中，不能加入"):
        issues.add(other, by=clerk(school), at=make.AT, editions=[edition])


def test_a_document_cannot_take_the_short_route(school):
    edition = make.draft(school, title="制度", kind="document")
    with pytest.raises(NotReady, match="不能走动态简易流程"):
        make.issue(school, edition, route="short")


def test_an_edit_of_the_text_voids_from_the_secrecy_review_on(school):
    edition = make.draft(school, title="制度", kind="document")
    issue = make.issue(school, edition)
    make.carry(issue, until="supervision")
    edition.refresh_from_db()
    drafting.save(
        edition, by=make.actor("shiyan-dean", school), at=make.AT, version=edition.version, html="<p>新文</p>"
    )
    standing = Decision.objects.standing().order_by("step__order").values_list("step__role", flat=True)
    assert list(standing) == ["department", "office"]


def test_a_change_of_channel_before_the_signature_voids_nothing_and_is_recorded_against_the_new_hash(school):
    edition = make.draft(school, title="制度", kind="document")
    issue = make.issue(school, edition)
    make.carry(issue, until="signature")
    edition.refresh_from_db()
    drafting.save(edition, by=clerk(school), at=make.AT, version=edition.version, channels=["site", "board"])
    edition.refresh_from_db()
    standing = Decision.objects.standing()
    assert standing.count() == 5
    assert set(standing.values_list("digest", flat=True)) == {edition.digest}


def test_a_returned_member_is_put_right_and_follows_the_others(school):
    first, second = (make.draft(school, title=title) for title in ("甲", "乙"))
    issue = make.issue(school, first, second, route="short")
    step = issue.review.steps.get(role="department")
    make.decide_step(issue, step, verdict="return", opinion="请补充数据")
    first.refresh_from_db()
    assert first.state == EditionState.RETURNED
    drafting.save(first, by=make.actor("shiyan-editor", school), at=make.AT, version=first.version, html="<p>补充</p>")
    for edition in (first, second):
        issues.resubmit(edition, by=make.actor("shiyan-editor", school), at=make.AT)
    make.carry(issue)
    first.refresh_from_db()
    assert first.state == EditionState.PUBLISHED
    assert issue.state == IssueState.DONE


def test_a_member_taken_out_of_a_running_issue_is_a_draft_again_and_the_rest_goes_on(school):
    first, second = (make.draft(school, title=title) for title in ("甲", "乙"))
    issue = make.issue(school, first, second, route="short")
    with pytest.raises(ActRefused, match="要写明原因"):
        issues.take_out(issue, by=clerk(school), at=make.AT, edition=first)
    issues.take_out(issue, by=clerk(school), at=make.AT, edition=first, why="数据未定")
    make.carry(issue)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (EditionState.DRAFT, EditionState.PUBLISHED)


def test_a_body_without_a_chain_is_told_where_to_lay_one_down(school):
    issue = issues.open_issue(school, by=clerk(school), at=make.AT)
    issues.add(issue, by=clerk(school), at=make.AT, editions=[make.draft(school)])
    with pytest.raises(ActRefused, match="审批流程"):
        issues.submit(issue, by=clerk(school), at=make.AT)


def test_one_draft_can_be_submitted_alone(school):
    make.issue(school)
    edition = make.draft(school, title="单独一条", kind="dynamic")
    issue = issues.submit_alone(edition, by=make.actor("shiyan-editor", school), at=make.AT)
    assert (issue.route, issue.number, issue.title) == ("short", 2, "单独一条")


def test_people_without_a_writing_post_cannot_submit(school):
    issue = issues.open_issue(school, by=clerk(school), at=make.AT)
    with pytest.raises(NotAllowed):
        issues.submit(issue, by=make.actor("shiyan-principal", school), at=make.AT)
