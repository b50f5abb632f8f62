"""Publishing, revising, withdrawing, ending – each whole or not at all."""

from datetime import date, timedelta

import pytest

from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.journal.models import OutboxItem
from gongkai.publishing.actions import drafting, issues, release
from gongkai.publishing.models import Edition, EditionState, PostingState, Standing
from gongkai.publishing.numbering import faults_of
from gongkai.publishing.sweep import sweep
from gongkai.search.models import Entry
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make.school(org_code="000014349")


def clerk(school):
    return make.actor("shiyan-clerk", school)


def events():
    return list(OutboxItem.objects.order_by("pk").values_list("kind", flat=True))


def test_publication_gives_number_date_search_entry_and_event(school):
    edition = make.published(school, title="食堂账目")
    disclosure = edition.disclosure
    assert disclosure.index_number == "000014349/2026-00001"
    assert disclosure.standing == Standing.PUBLISHED
    assert disclosure.first_public_on == date(2026, 9, 1)
    entry = Entry.objects.get()
    assert (entry.title, entry.for_society) == ("食堂账目", True)
    assert entry.address == f"/g/shiyan/d/{disclosure.public_id}/"
    assert events()[-1] == "edition.published"


def test_restricted_items_have_their_own_series_and_never_a_public_day(school):
    inner = make.published(school, audiences=["STF"])
    outer = make.published(school, title="对外")
    assert inner.disclosure.index_number == "内000014349/2026-00001"
    assert outer.disclosure.index_number == "000014349/2026-00001"
    assert inner.disclosure.first_public_on is None
    assert not Entry.objects.get(body_code="shiyan", title="校园一周动态").for_society


def test_planned_channels_become_to_dos_and_our_own_site_is_recorded(school):
    edition = make.published(school, channels=["site", "board", "wechat"])
    found = {p.channel: (p.state, p.posted_on) for p in edition.disclosure.postings.all()}
    assert found == {
        "site": (PostingState.POSTED, date(2026, 9, 1)),
        "board": (PostingState.PLANNED, None),
        "wechat": (PostingState.PLANNED, None),
    }


def test_an_edition_with_a_day_ahead_waits_and_the_sweep_publishes_it_exactly_once(school):
    edition = make.published(school, publish_on=date(2026, 9, 3))
    assert edition.state == EditionState.APPROVED
    assert sweep(make.AT).published == []
    assert sweep(make.AT + timedelta(days=5)).published == [edition.pk]
    assert sweep(make.AT + timedelta(days=5)).published == []
    edition.refresh_from_db()
    assert edition.state == EditionState.PUBLISHED


def test_publishing_twice_is_refused(school):
    edition = make.published(school)
    with pytest.raises(ActRefused, match="已经公开，不用再点"):
        release.publish(edition, by=clerk(school), at=make.AT)


def test_nothing_is_published_that_was_changed_behind_the_approval(school):
    edition = make.published(school, publish_on=date(2026, 9, 3))
    edition.renditions.update(html="<p>换过的内容</p>")
    swept = sweep(make.AT + timedelta(days=5))
    assert swept.published == []
    assert "与签发的内容不一致" in swept.refused[0][1]


def test_a_revision_leaves_the_published_edition_until_it_replaces_it(school):
    old = make.published(school, title="作息时间")
    new = release.revise(old.disclosure, by=clerk(school), at=make.AT, reason="夏令时", change_note="调整下午上课时间")
    drafting.save(new, by=clerk(school), at=make.AT, version=1, html="<p>下午两点上课</p>")
    old.disclosure.refresh_from_db()
    assert old.disclosure.current_id == old.pk
    make.carry(make.issue(school, new))
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, new.state) == (EditionState.SUPERSEDED, EditionState.PUBLISHED)
    assert new.disclosure.index_number == old.disclosure.index_number
    assert Entry.objects.get().text.endswith("下午两点上课")


def test_a_second_revision_points_at_the_one_under_way(school):
    old = make.published(school)
    release.revise(old.disclosure, by=clerk(school), at=make.AT, reason="更正")
    with pytest.raises(ActRefused, match="已经有一个修订版在办"):
        release.revise(old.disclosure, by=clerk(school), at=make.AT, reason="更正")


def test_a_revision_needs_its_public_note_before_it_is_submitted(school):
    old = make.published(school)
    new = release.revise(old.disclosure, by=clerk(school), at=make.AT, reason="更正")
    with pytest.raises(issues.NotReady, match="修订要写明改了什么"):
        make.issue(school, new)


def test_a_correction_takes_one_reader_and_plans_no_new_posting(school):
    old = make.published(school, channels=["site", "board"])
    new = release.revise(old.disclosure, by=clerk(school), at=make.AT, reason="错字", change_note="更正一个错字")
    drafting.save(
        new, by=clerk(school), at=make.AT, version=1, html="<p>现将本校本学期有关情况公开如下，欢迎监督！</p>"
    )
    issue = make.issue(school, new, route="typo")
    assert [step.role for step in issue.review.steps.all()] == ["reader"]
    make.carry(issue)
    new.refresh_from_db()
    assert new.state == EditionState.PUBLISHED
    assert old.disclosure.postings.count() == 2


def test_a_correction_may_not_widen_the_audience(school):
    old = make.published(school, audiences=["STF"])
    new = release.revise(old.disclosure, by=clerk(school), at=make.AT, reason="错字", change_note="更正")
    drafting.save(new, by=clerk(school), at=make.AT, version=1, audiences=["SOC", "STF"])
    with pytest.raises(issues.NotReady, match="还改了公开范围"):
        make.issue(school, new, route="typo")


def test_withdrawal_clears_everything_at_once(school):
    edition = make.published(school, channels=["site", "board", "wechat", "qq"])
    disclosure = edition.disclosure
    disclosure.postings.filter(channel__in=("board", "qq")).update(
        state=PostingState.POSTED, posted_on=date(2026, 9, 2)
    )
    release.revise(disclosure, by=clerk(school), at=make.AT, reason="更正")
    release.withdraw(disclosure, by=make.actor("shiyan-secrecy", school), at=make.AT, reason="personal")
    disclosure.refresh_from_db()
    assert disclosure.standing == Standing.WITHDRAWN
    assert not Entry.objects.exists()
    assert events()[-1] == "disclosure.withdrawn"
    states = {p.channel: (p.state, p.urgent) for p in disclosure.postings.all()}
    assert states == {
        "site": (PostingState.TAKEN_DOWN, False), "board": (PostingState.TAKEDOWN, True),
        "qq": (PostingState.TAKEDOWN, True), "wechat": (PostingState.SKIPPED, False),
    }  # fmt: skip
    assert not Edition.objects.filter(disclosure=disclosure, state=EditionState.DRAFT).exists()


def test_only_office_secrecy_and_a_superiors_supervisor_withdraw(school):
    bureau = make.body("jyj", name="示范区教育局", kind="edu_bureau")
    stranger = make.body("linqu", name="邻区教育局", kind="edu_bureau")
    school = make.school("erxiao", name="第二小学", parent=bureau)
    for where, name in ((bureau, "jyj-inspector"), (stranger, "linqu-inspector")):
        make.post(where, name, "supervisor")
    disclosure = make.published(school).disclosure
    for who, where in (("erxiao-editor", school), ("linqu-inspector", stranger)):
        with pytest.raises(NotAllowed, match="撤回由"):
            release.withdraw(disclosure, by=make.actor(who, where), at=make.AT, reason="wrong")
    release.withdraw(disclosure, by=make.actor("jyj-inspector", bureau), at=make.AT, reason="ordered")
    disclosure.refresh_from_db()
    assert disclosure.standing == Standing.WITHDRAWN


def test_a_reason_outside_the_list_is_refused(school):
    disclosure = make.published(school).disclosure
    with pytest.raises(ActRefused, match="从列表中选择"):
        release.withdraw(disclosure, by=clerk(school), at=make.AT, reason="随便")


def test_a_notice_ends_the_day_after_its_last_day_exactly_once(school):
    edition = make.published(
        school, title="聘任公示", kind="notice", notice_last_on=date(2026, 9, 8), channels=["site", "board"]
    )
    edition.disclosure.postings.filter(channel="board").update(state=PostingState.POSTED)
    assert sweep(make.AT.replace(day=8, hour=23)).ended == []
    assert sweep(make.AT.replace(day=9, hour=0)).ended == [edition.disclosure_id]
    assert sweep(make.AT.replace(day=9, hour=0)).ended == []
    disclosure = edition.disclosure
    disclosure.refresh_from_db()
    assert disclosure.standing == Standing.ENDED
    assert not Entry.objects.exists()
    assert disclosure.postings.get(channel="board").state == PostingState.TAKEDOWN


def test_ending_a_notice_early_needs_a_reason(school):
    edition = make.published(school, title="聘任公示", kind="notice", notice_last_on=date(2026, 9, 8))
    with pytest.raises(ActRefused, match="提前结束要写明原因"):
        release.end_notice(edition.disclosure, by=clerk(school), at=make.AT)


def test_repeal_marks_the_page_and_leaves_it(school):
    disclosure = make.published(school).disclosure
    with pytest.raises(ActRefused, match="请写明依据"):
        release.mark_effect(disclosure, by=clerk(school), at=make.AT, effect="repealed", explanation="")
    release.mark_effect(
        disclosure, by=clerk(school), at=make.AT, effect="repealed", explanation="由示小〔2026〕9号文废止"
    )
    disclosure.refresh_from_db()
    assert (disclosure.standing, disclosure.current.effect) == (Standing.PUBLISHED, "repealed")
    assert Entry.objects.get().effect == "repealed"
    assert events()[-1] == "edition.published"


def test_what_puts_another_right_links_both_ways(school):
    wrong = make.published(school, title="有误的账目").disclosure
    right = make.published(school, title="更正后的账目", puts_right=wrong).disclosure
    assert right.puts_right == wrong
    assert list(wrong.put_right_by.all()) == [right]


def test_a_party_branch_takes_its_own_route(school):
    branch = make.school("zhibu", name="示范区实验小学党支部", kind="party_org")
    edition = make.published(
        branch, title="发展党员公示", kind="notice", notice_last_on=date(2026, 9, 10), audiences=["PTY"]
    )
    assert edition.route == "party"
    assert edition.state == EditionState.PUBLISHED


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{org}/{year}", "必须有流水号"),
        ("{org.__class__}{serial}", "只能使用"),
        ("{serial", "只能使用"),
        ("{org}" * 20 + "{serial}", "最长"),
    ],
)
def test_an_index_template_that_cannot_give_unique_numbers_is_named(template, says):
    assert says in faults_of(template)[0]
