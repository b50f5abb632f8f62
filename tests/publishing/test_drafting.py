"""Drafts: what is kept, what is refused, and who is told."""

from datetime import date

import pytest

from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.journal.models import JournalEntry
from gongkai.publishing.actions import drafting
from gongkai.publishing.content import change_between, digest_of, snapshot_of
from gongkai.publishing.models import EditionState, Standing
from gongkai.publishing.writing import StaleDraft, UnusableFacts
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make.school()


def editor(school):
    return make.actor("shiyan-editor", school)


def test_a_draft_keeps_clean_text_and_its_author(school):
    edition = make.draft(school, title="食堂账目", html="<p onclick=x()>九月<script>alert(1)</script></p>")
    rendition = edition.renditions.get()
    assert rendition.html == "<p>九月</p>"
    assert rendition.text == "九月"
    assert rendition.audiences == ["SOC"]
    assert list(edition.authors.values_list("username", flat=True)) == ["shiyan-editor"]
    assert edition.digest == digest_of(edition)


def test_a_merged_cell_survives(school):
    table = '<table><tr><td colspan="2">收费项目</td></tr><tr><td>午餐</td><td>12元</td></tr></table>'
    edition = make.draft(school, html=table)
    assert 'colspan="2"' in edition.renditions.get().html


def test_a_title_above_200_characters_is_refused_with_its_length_and_the_draft_stays_as_it_was(school):
    edition = make.draft(school, title="食堂账目")
    with pytest.raises(UnusableFacts, match="标题最长 200 个字，现在有 10000 个字") as refusal:
        drafting.save(edition, by=editor(school), at=make.AT, version=1, title="长" * 10_000)
    assert set(refusal.value.faults) == {"title"}
    edition.refresh_from_db()
    assert edition.title == "食堂账目"


def test_a_notice_that_ends_before_it_was_formed_is_refused(school):
    with pytest.raises(UnusableFacts, match="公示最后一天早于成文日期"):
        make.draft(school, formed_on=date(2026, 9, 1), notice_last_on=date(2026, 8, 1))


def test_a_stale_form_is_told_who_saved_and_overwrites_nothing(school):
    edition = make.draft(school, title="食堂账目")
    dean = make.actor("shiyan-dean", school)
    drafting.save(edition, by=dean, at=make.AT, version=1, html="<p>负责人的改动</p>")
    with pytest.raises(StaleDraft, match="shiyan-dean已于2026年9月1日 09:00保存了这份草稿"):
        drafting.save(edition, by=editor(school), at=make.AT, version=1, html="<p>旧页面上的改动</p>")
    assert edition.renditions.get().text == "负责人的改动"


def test_people_of_another_department_may_not_change_a_draft(school):
    edition = make.draft(school)
    make.post(school, "shiyan-logistics", "editor", department="总务处")
    with pytest.raises(NotAllowed, match="这份草稿由教务处起草"):
        drafting.save(edition, by=make.actor("shiyan-logistics", school), at=make.AT, version=1, title="改")


def test_people_of_another_body_may_not_draft_here(school):
    other = make.school("erzhong", name="第二中学", kind="middle")
    with pytest.raises(NotAllowed):
        drafting.draft(school, by=make.actor("erzhong-clerk", other), at=make.AT, title="越界")


def test_items_and_departments_of_another_body_are_refused(school):
    other = make.school("erzhong", name="第二中学", kind="middle")
    with pytest.raises(UnusableFacts, match="只能选择本单位的部门"):
        make.draft(school, department=other.departments.first())


def test_change_kinds_follow_the_design(school):
    edition = make.draft(school)
    first = snapshot_of(edition)
    drafting.save(edition, by=editor(school), at=make.AT, version=1, channels=["site", "board"])
    edition.refresh_from_db()
    second = snapshot_of(edition)
    drafting.save(edition, by=editor(school), at=make.AT, version=2, summary="九月食堂收支")
    edition.refresh_from_db()
    third = snapshot_of(edition)
    assert change_between(first, second) == "metadata"
    assert change_between(second, third) == "content"
    assert change_between(third, third) == "none"


def test_society_and_staff_may_read_different_texts(school):
    edition = make.draft(school, title="绩效分配办法", html="<p>办法摘要</p>")
    inner = drafting.add_rendition(edition, by=editor(school), at=make.AT, audiences=["STF"])
    edition.refresh_from_db()
    drafting.save(
        edition,
        by=editor(school),
        at=make.AT,
        version=edition.version,
        renditions={inner.pk: {"html": "<p>办法全文</p>"}},
    )
    assert [one.text for one in edition.renditions.all()] == ["办法摘要", "办法全文"]
    assert [one.for_society for one in edition.renditions.all()] == [True, False]


def test_attachments_change_the_digest_and_can_be_taken_out(school):
    edition = make.draft(school)
    before = digest_of(edition)
    attachment = drafting.attach(
        edition, by=editor(school), at=make.AT, name="账目.csv", data="项目,金额\n午餐,12\n".encode()
    )
    assert attachment.media == "csv"
    assert "午餐" in attachment.text
    assert digest_of(edition) != before
    drafting.detach(edition, by=editor(school), at=make.AT, attachment=attachment)
    assert digest_of(edition) == before


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("空.docx", b"", "空的"),
        ("大.pdf", b"%PDF-1.4" + b"x" * (51 * 1024 * 1024), "超过 50 MB"),
        ("程序.exe", b"MZ" + b"\0" * 200, "程序"),
    ],
    ids=["empty", "too large", "program"],
)
def test_hostile_and_useless_files_are_refused_and_nothing_is_lost(school, name, data, says):
    edition = make.draft(school)
    with pytest.raises(ActRefused, match=says):
        drafting.attach(edition, by=editor(school), at=make.AT, name=name, data=data)
    assert edition.renditions.get().text
    assert not edition.renditions.get().attachments.exists()


def test_a_discarded_draft_is_kept_but_stands_nowhere(school):
    edition = make.draft(school)
    drafting.discard(edition, by=editor(school), at=make.AT, why="重复")
    edition.refresh_from_db()
    assert edition.state == EditionState.DISCARDED
    assert edition.disclosure.standing == Standing.DISCARDED
    with pytest.raises(ActRefused, match="已作废"):
        drafting.save(edition, by=editor(school), at=make.AT, version=1, title="再改")


def test_every_act_on_a_draft_is_in_the_journal(school):
    edition = make.draft(school)
    drafting.save(edition, by=editor(school), at=make.AT, version=1, title="改过的标题")
    acts = JournalEntry.objects.about(f"edition/{edition.pk}").values_list("act", flat=True)
    assert list(acts) == ["draft.saved"]
    assert JournalEntry.objects.filter(act="draft.begun").get().subject == f"body/{school.pk}"
