"""The gate: findings block society until gone or justified by somebody else."""

from datetime import date

import pytest

from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.publishing import gate
from gongkai.publishing.actions import drafting, findings, release
from gongkai.publishing.models import EditionState
from tests import make

pytestmark = pytest.mark.django_db
ID = "11010519491231002X"


@pytest.fixture
def school():
    return make.school()


def editor(school):
    return make.actor("shiyan-editor", school)


def test_a_resident_id_in_the_text_blocks_society_until_it_is_removed(school):
    edition = make.draft(school, html=f"<p>受助学生身份证号{ID}</p>")
    found = gate.blocking(edition)
    assert [one.code for one in found] == ["resident_id"]
    assert ID not in found[0].masked + found[0].message
    drafting.save(edition, by=editor(school), at=make.AT, version=1, html="<p>受助学生两名</p>")
    assert gate.blocking(edition) == []


def test_an_author_cannot_justify_and_somebody_else_can(school):
    edition = make.draft(school, html="<p>值班手机13800138000</p><p>张老师13912345678</p>")
    finding = gate.blocking(edition)[0]
    with pytest.raises(NotAllowed, match="作者不能为自己的文字说明理由"):
        findings.justify(finding, by=editor(school), at=make.AT, why="本人同意公开")
    findings.justify(finding, by=make.actor("shiyan-secrecy", school), at=make.AT, why="本人同意公开")
    assert gate.blocking(edition) == []


def test_a_clearance_stays_while_the_finding_does_and_falls_with_its_clearer_turned_author(school):
    edition = make.draft(school, html="<p>联系人手机13912345678</p>")
    dean = make.actor("shiyan-dean", school)
    findings.justify(gate.blocking(edition)[0], by=dean, at=make.AT, why="本人同意公开")
    drafting.save(edition, by=editor(school), at=make.AT, version=1, html="<p>新的一段</p><p>联系人手机13912345678</p>")
    assert gate.blocking(edition) == []
    drafting.save(edition, by=dean, at=make.AT, version=2, summary="摘要")
    assert len(gate.blocking(edition)) == 1


def test_what_is_only_for_staff_does_not_block(school):
    edition = make.draft(school, html=f"<p>证件{ID}</p>", audiences=["STF"])
    assert gate.blocking(edition) == []
    assert len(gate.open_findings(edition)) == 1


def test_a_picture_could_not_be_checked_and_is_never_a_pass(school):
    edition = make.draft(school)
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
    )  # noqa: E501 – one pixel
    drafting.attach(edition, by=editor(school), at=make.AT, name="照片.png", data=png)
    found = gate.blocking(edition)
    assert [one.kind for one in found] == ["unchecked"]
    assert "未能检查" in found[0].message
    assert found[0].where.startswith("附件“照片.png”")


def test_findings_stop_the_publication_and_with_it_the_last_decision(school):
    edition = make.draft(school, html=f"<p>证件{ID}</p>")
    issue = make.issue(school, edition)
    with pytest.raises(ActRefused, match="还有 1 处筛查发现没有处理"):
        make.carry(issue)
    edition.refresh_from_db()
    assert edition.state == EditionState.IN_REVIEW


def test_a_notice_needs_its_last_day_and_a_standing_board_does_not(school):
    notice = make.draft(school, title="岗位聘任公示", kind="notice")
    board = make.draft(school, title="教育收费公示栏", kind="notice")
    call = make.draft(school, title="招生公告", kind="notice")
    assert [one.field for one in gate.lacks_of(notice, on=date(2026, 9, 1))] == ["notice_last_on"]
    assert gate.lacks_of(board, on=date(2026, 9, 1)) == []
    assert gate.lacks_of(call, on=date(2026, 9, 1)) == []


def test_a_notice_period_shorter_than_usual_is_a_warning_with_the_earliest_day(school):
    notice = make.draft(school, title="岗位聘任公示", kind="notice", notice_last_on=date(2026, 9, 4))
    assert gate.lacks_of(notice, on=date(2026, 9, 1)) == []
    warned = [one.text for one in gate.warnings_of(notice, on=date(2026, 9, 1)) if one.field == "notice_last_on"]
    assert warned == ["公示期偏短：公示一般不少于 5 个工作日，从9月1日起公示，最后一天不应早于9月8日。"]


def test_an_empty_text_a_future_formation_and_a_wrong_route_are_named(school):
    edition = make.draft(school, title="制度", kind="document", html="", formed_on=date(2027, 1, 1), route="short")
    assert [one.field for one in gate.lacks_of(edition, on=date(2026, 9, 1))] == ["html", "formed_on", "route"]


def test_findings_of_a_file_are_carried_with_their_clearance_into_a_revision(school):
    edition = make.draft(school)
    drafting.attach(edition, by=editor(school), at=make.AT, name="名单.txt", data="王某某 13912345678".encode())
    findings.justify(gate.blocking(edition)[0], by=make.actor("shiyan-secrecy", school), at=make.AT, why="本人同意公开")
    make.carry(make.issue(school, edition))
    revised = release.revise(edition.disclosure, by=editor(school), at=make.AT, reason="更正", change_note="更正一处")
    assert gate.blocking(revised) == []
    assert revised.findings.get().cleared_by.username == "shiyan-secrecy"
