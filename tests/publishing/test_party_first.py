"""先党内后党外: members read first; others on the next working day, the day that was set, or at once with a reason."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.bodies import actions as bodies
from gongkai.catalogue import actions as catalogue
from gongkai.catalogue.models import CatalogueItem
from gongkai.journal import outbox
from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.portal.rebuild import rebuild
from gongkai.portal.verify import verify
from gongkai.publishing import gate
from gongkai.publishing.actions import drafting, findings, release
from gongkai.publishing.models import ContentFinding, Standing
from gongkai.publishing.sweep import sweep
from gongkai.publishing.writing import UnusableFacts
from gongkai.search import index
from gongkai.search.index import Filters
from tests import make
from tests.portal.world import everything, read

pytestmark = pytest.mark.django_db
FRIDAY = make.AT.replace(day=4)  # 2026年9月4日 is a Friday
BOTH = {"title": "党费使用情况", "audiences": ["PTY", "SOC"], "channels": ["meeting", "site", "board"]}


@pytest.fixture
def branch():
    made = make.school("zhibu", name="实验小学党支部", kind="party_org", regimes=["party-2017"])
    catalogue.adopt(made, by=make.SYSTEM, at=make.AT, catalogue="PARTYREG")
    return made


def published(body, **facts):
    edition = make.published(body, at=FRIDAY, **(BOTH | facts))
    outbox.drain()
    return edition.disclosure


def clerk(body):
    return make.actor(f"{body.code}-clerk", body)


def stranger(one):
    return read(f"/g/zhibu/d/{one.public_id}/")


def seen_by(username, one):
    client = Client()
    client.force_login(make.person(username))
    return client.get(f"/r/zhibu/d/{one.public_id}/").status_code


def found(word, **audiences):
    return index.query(word, filters=Filters(), audiences_by_body=audiences, order="newest", page=1, size=9).total


def test_members_read_it_first_and_others_on_the_next_working_day(branch):
    one = published(branch)
    assert (one.current.inside_only, one.current.outside_on) == (True, date(2026, 9, 7))
    assert (stranger(one), seen_by("somebody", one), seen_by("zhibu-editor", one)) == (None, 404, 200)
    assert (found("党费"), found("党费", zhibu={"PTY"}), found("党费", zhibu={"STF"})) == (0, 1, 0)
    assert not any("党费使用情况".encode() in content for content in everything().values())
    assert sweep(FRIDAY + timedelta(days=2)).opened_outside == []
    assert sweep(FRIDAY + timedelta(days=3)).opened_outside == [one.pk]
    outbox.drain()
    one.refresh_from_db()
    assert one.first_public_on == date(2026, 9, 7)
    assert (found("党费"), "党费使用情况" in stranger(one)) == (1, True)
    assert sweep(FRIDAY + timedelta(days=30)).opened_outside == []


def test_the_site_follows_from_the_records_before_and_after(branch):
    one = published(branch)
    assert (rebuild(), verify()) == ([], [])
    sweep(FRIDAY + timedelta(days=3))
    outbox.drain()
    assert (rebuild(), verify(), stranger(one) is not None) == ([], [], True)


def test_verify_names_a_page_that_should_not_stand_outside_yet(branch):
    one = published(branch, outside_why="上级要求当天同时公布")
    one.current.inside_only = True
    one.current.save()
    one.current.renditions.update(for_society=False)
    assert f"/g/zhibu/d/{one.public_id}/index.html 不应公开" in {fault.what for fault in verify()}


def test_the_day_outside_can_be_set_and_the_reason_to_go_out_at_once_be_written(branch):
    later = published(branch, outside_from=date(2026, 9, 15))
    at_once = published(branch, title="任前公示名单", outside_why="上级要求当天同时公布")
    assert (later.current.outside_on, at_once.current.inside_only) == (date(2026, 9, 15), False)
    assert (stranger(later), stranger(at_once) is not None) == (None, True)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"outside_from": date(2026, 9, 15), "outside_why": "上级要求同时公布"}, "只留一样"),
        ({"outside_from": date(2026, 9, 15), "publish_on": date(2026, 9, 15)}, "要晚于党内公开的日期"),
        ({"outside_why": "急"}, "请写明为什么"),
    ],
)
def test_what_cannot_be_is_refused_in_words(branch, facts, says):
    with pytest.raises(UnusableFacts, match=says):
        make.draft(branch, **(BOTH | facts))


def test_what_is_for_members_only_or_no_matter_of_the_party_does_not_wait(branch):
    school = make.school()
    assert not published(branch, audiences=["PTY"]).current.inside_only
    assert not published(school, audiences=["PTY", "SOC"]).current.inside_only


def test_a_party_item_in_a_schools_catalogue_keeps_the_order_too():
    school = make.school()
    item = CatalogueItem.objects.create(body=school, code="PTY-07", name="党风廉政建设情况",
                                        audiences=["PTY", "SOC"], adopted_on=date(2026, 1, 1))  # fmt: skip
    assert published(school, items=[item]).current.inside_only
    forgotten = make.draft(school, items=[item], audiences=["SOC"])
    assert "公开范围请同时选“党员”" in gate.lacks_of(forgotten, on=date(2026, 9, 4))[0].text


def test_staff_who_are_no_members_wait_like_society(branch):
    reader = make.person("helper")
    bodies.admit(branch, by=make.actor("zhibu-manager", branch), at=make.AT, person=reader, audience="STF",
                 until_on=date(2100, 1, 1))  # fmt: skip
    one = published(branch, audiences=["PTY", "STF"])
    assert (seen_by("helper", one), seen_by("zhibu-editor", one)) == (404, 200)
    sweep(FRIDAY + timedelta(days=3))
    assert seen_by("helper", one) == 200


def test_channels_and_duties_follow_the_same_order(branch):
    item = CatalogueItem.objects.get(body=branch, code="PR-05")
    inner = CatalogueItem.objects.get(body=branch, code="PR-04")
    one = published(branch, items=[item, inner])
    assert sorted(one.postings.values_list("channel", flat=True)) == ["meeting"]
    assert (inner.fulfilments.count(), item.fulfilments.count()) == (1, 0)
    sweep(FRIDAY + timedelta(days=3))
    assert sorted(one.postings.values_list("channel", flat=True)) == ["board", "meeting", "site"]
    assert (inner.fulfilments.count(), item.fulfilments.get().on) == (1, date(2026, 9, 7))


def test_a_revision_of_what_stands_outside_does_not_go_back_inside(branch):
    one = published(branch)
    sweep(FRIDAY + timedelta(days=3))
    at = FRIDAY + timedelta(days=4)
    edition = release.revise(one, by=clerk(branch), at=at, reason="数字有误", change_note="更正合计数")
    make.carry(make.issue(branch, edition, at=at), at=at)
    outbox.drain()
    one.refresh_from_db()
    assert (one.current.number, one.current.inside_only) == (2, False)
    assert "更正合计数" in stranger(one)


def test_what_members_have_read_for_days_may_go_outside_with_a_wider_edition(branch):
    one = published(branch, audiences=["PTY"])
    at = FRIDAY + timedelta(days=3)
    edition = release.revise(one, by=clerk(branch), at=at, reason="可以向社会公开", change_note="扩大公开范围")
    drafting.save(edition, by=clerk(branch), at=at, version=edition.version, audiences=["PTY", "SOC"])
    make.carry(make.issue(branch, edition, at=at), at=at)
    one.refresh_from_db()
    assert (one.current.number, one.current.inside_only) == (2, False)


def test_going_outside_early_is_the_offices_and_needs_a_reason(branch):
    one = published(branch)
    with pytest.raises(ActRefused, match="定于2026年9月7日向党外公开，提前要写明原因"):
        release.open_outside(one, by=clerk(branch), at=FRIDAY)
    with pytest.raises(NotAllowed):
        release.open_outside(one, by=make.actor("zhibu-editor", branch), at=FRIDAY, why="支部大会已通报")
    release.open_outside(one, by=clerk(branch), at=FRIDAY, why="支部大会已通报")
    with pytest.raises(ActRefused, match="不用再办"):
        release.open_outside(one, by=clerk(branch), at=FRIDAY, why="支部大会已通报")


def test_a_finding_reopened_meanwhile_keeps_it_inside(branch):
    edition = make.draft(branch, at=FRIDAY, **(BOTH | {"html": "<p>联系人手机 13812345678</p>"}))
    row = ContentFinding.objects.get(edition=edition, severity="error")
    findings.justify(row, by=make.actor("zhibu-secrecy", branch), at=FRIDAY, why="值班手机，本人同意公开")
    make.carry(make.issue(branch, edition, at=FRIDAY), at=FRIDAY)
    findings.reopen(row, by=clerk(branch), at=FRIDAY, why="本人说没有同意")
    refused = sweep(FRIDAY + timedelta(days=3)).refused
    assert "筛查发现没有处理" in refused[0][1]
    edition.refresh_from_db()
    assert edition.inside_only


def test_what_is_withdrawn_before_its_day_never_goes_outside(branch):
    one = published(branch)
    release.withdraw(one, by=clerk(branch), at=FRIDAY, reason="wrong")
    assert sweep(FRIDAY + timedelta(days=3)).opened_outside == []
    one.refresh_from_db()
    assert (one.standing, one.first_public_on, stranger(one)) == (Standing.WITHDRAWN, None, None)


def test_author_reviewer_and_office_see_the_order(branch, client):
    edition = make.draft(branch, by="clerk", **BOTH)
    client.force_login(make.person("zhibu-clerk"))
    form = client.get(reverse("publishing_edit", args=["zhibu", edition.pk])).content.decode()
    assert "先党内后党外" in form
    assert "党员先看，下一个工作日起向党外公开" in form
    one = published(branch)
    page = client.get(reverse("publishing_disclosure", args=["zhibu", one.pk])).content.decode()
    assert "现在只有党员能看，2026年9月7日向党外公开" in page
    assert "已在党内公开" in page
    assert "看公开的网页" not in page
    early = client.post(reverse("publishing_act", args=["zhibu", one.pk, "outside"]), {"why": "支部大会已通报"})
    assert early.status_code == 302
    outbox.drain()
    assert stranger(one) is not None


def test_a_party_body_is_told_when_it_passes_by_its_members(branch):
    draft = make.draft(branch, audiences=["SOC"])
    assert "没有选“党员”" in "".join(one.text for one in gate.warnings_of(draft, on=date(2026, 9, 4)))
