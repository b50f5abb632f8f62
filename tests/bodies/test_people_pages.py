"""People, posts, slips, absences, exceptions, readers: the pages of the settings."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from gongkai.accounts.models import Person
from gongkai.bodies import actions as bodies
from gongkai.bodies.models import Body, JoinCode, Membership, Post
from gongkai.bodies.scope import audiences_of
from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.journal.models import JournalEntry
from tests import make

pytestmark = pytest.mark.django_db
CODE = re.compile(r"\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b")


@pytest.fixture
def school():
    return make.school()


@pytest.fixture
def manager(client, school):
    client.force_login(make.person("shiyan-manager"))
    return client


def new_colleague(client, **facts):
    data = {"name": "新老师", "username": "xin", "duty": "secrecy", "from_on": "2026-09-01", **facts}
    return client.post("/b/shiyan/settings/people/add/", data)


def test_a_manager_enters_a_colleague_and_hands_over_a_slip(manager, school):
    page = new_colleague(manager)["Location"]
    assert "新老师" in manager.get(page).content.decode()
    slip = manager.post(page + "slip/")
    assert CODE.search(slip.content.decode())
    assert "no-store" in slip["Cache-Control"]


def test_a_slip_can_be_had_as_pdf(manager, school):
    page = new_colleague(manager)["Location"]
    assert manager.post(page + "slip/", {"as": "pdf"}).content[:5] == b"%PDF-"


def test_a_login_name_of_another_person_is_not_taken_over(manager, school):
    make.person("xin", "另一位老师")
    answer = new_colleague(manager)
    assert "姓名不同" in answer.content.decode()
    assert not Post.objects.filter(person__username="xin").exists()


def test_the_same_person_works_in_two_bodies_with_one_login_name(manager, school):
    make.post(make.body("erxiao", name="第二小学"), "xin", "clerk")
    Person.objects.filter(username="xin").update(name="新老师")
    new_colleague(manager)
    assert Post.objects.filter(person__username="xin").count() == 2


def test_a_departments_duty_needs_the_department(manager, school):
    assert "请选部门" in new_colleague(manager, duty="editor").content.decode()


def test_ending_a_post_takes_the_duty_away_from_that_day(manager, school):
    post = Post.objects.get(person__username="shiyan-secrecy")
    manager.post(f"/b/shiyan/settings/posts/{post.pk}/end/", {"until_on": timezone.localdate().isoformat()})
    assert not Post.objects.held(on=timezone.localdate()).filter(pk=post.pk).exists()
    client = type(manager)()
    client.force_login(post.person)
    assert client.get("/b/shiyan/desk/").status_code == 404


def test_groups_name_who_sits_in_both_and_where_nobody_sits(manager, school):
    make.post(school, "shiyan-deputy", "supervision_head")
    Post.objects.filter(duty="secrecy").update(until_on=date(2026, 1, 1))
    page = manager.get("/b/shiyan/settings/groups/").content.decode()
    assert "同时在领导小组和监督小组" in page
    assert "没有人" in page


def test_a_clerk_records_an_own_absence_but_not_a_colleagues(client, school):
    client.force_login(make.person("shiyan-clerk"))
    today = timezone.localdate()
    data = {"person": make.person("shiyan-clerk").pk, "delegate": make.person("shiyan-office").pk,
            "from_on": today.isoformat(), "until_on": (today + timedelta(days=3)).isoformat()}  # fmt: skip
    client.post("/b/shiyan/settings/absences/", data)
    assert school.absences.get().delegate.username == "shiyan-office"
    refused = client.post("/b/shiyan/settings/absences/", {**data, "person": make.person("shiyan-dean").pk})
    assert refused.status_code == 200
    assert school.absences.count() == 1


def test_the_small_school_exception_may_name_somebody_of_the_superior_but_not_of_a_sister(manager, school):
    bureau = make.school("jiaoyuju", name="教育局", kind="edu_bureau")
    school.parent_links.create(parent=bureau, from_on=date(2025, 1, 1))
    make.school("erxiao", name="第二小学", parent=bureau)
    form = manager.get("/b/shiyan/settings/exceptions/").context["form"]
    offered = set(form.fields["reader"].queryset.values_list("username", flat=True))
    assert "jiaoyuju-clerk" in offered
    assert "erxiao-clerk" not in offered


def test_parents_join_with_a_printed_code_once_and_read_as_parents(manager, client, school):
    until = (timezone.localdate() + timedelta(days=400)).isoformat()
    slips = manager.post(
        "/b/shiyan/settings/join-codes/",
        {"audience": "PAR", "label": "三年级2班", "count": "2", "member_until_on": until},
    ).content.decode()
    code = CODE.findall(slips)[0]
    parent = type(manager)()
    data = {
        "code": code,
        "name": "家长甲",
        "username": "13800000000",
        "password": "秋天的银杏树下见面",
        "again": "秋天的银杏树下见面",
    }
    assert parent.post("/join/", data)["Location"] == "/desk/"
    person = Person.objects.get(username="13800000000")
    assert audiences_of(person, school, on=timezone.localdate()) == {"SOC", "PAR"}
    other = type(manager)().post("/join/", {**data, "username": "13900000000"}).content.decode()
    assert "已经用过" in other
    assert parent.get("/b/shiyan/desk/").status_code == 404
    assert "可以查看的单位" in parent.get("/desk/").content.decode()


def test_the_journal_keeps_nothing_of_who_the_parents_are(school):
    [code] = bodies.issue_join_codes(
        school, by=make.actor("shiyan-clerk", school), at=make.AT, audience="PAR", count=1, label="",
        member_until_on=date(2027, 7, 1),
    )  # fmt: skip
    by = make.SYSTEM.public(body_code="shiyan", body_name="")
    bodies.redeem_join_code(
        JoinCode.objects.get(), by=by, at=make.AT, person=None, username="13800000000", name="家长甲", password=code
    )
    entry = JournalEntry.objects.get(act="body.code_redeemed")
    assert "家长甲" not in entry.text
    assert "13800000000" not in entry.text


def test_somebody_signed_in_adds_a_membership_to_the_same_account(client, school):
    [code] = bodies.issue_join_codes(
        school, by=make.actor("shiyan-clerk", school), at=timezone.now(), audience="PAR", count=1, label="",
        member_until_on=date(2030, 7, 1),
    )  # fmt: skip
    client.force_login(make.person("jiaoshi"))
    client.post("/join/", {"code": code.lower().replace("-", " ")})
    assert Membership.objects.get().person.username == "jiaoshi"


def test_a_bureau_founds_a_school_with_its_catalogues_and_a_slip_for_the_manager(client):
    make.school("jiaoyuju", name="教育局", kind="edu_bureau")
    client.force_login(make.person("jiaoyuju-manager"))
    data = {"name": "新建小学", "code": "xinjian", "kind": "primary", "manager_name": "钱老师", "manager_login": "qian"}
    page = client.post("/b/jiaoyuju/settings/found/", data).content.decode()
    assert CODE.search(page)
    made = Body.objects.get(code="xinjian")
    assert (made.catalogue_items.count(), made.regimes) == (11, ["k12-15", "staff", "party-2017"])
    assert client.get("/b/xinjian/catalogue/").status_code == 200
    assert client.get("/b/xinjian/settings/people/").status_code == 404


def test_once_a_school_has_staff_its_superior_no_longer_keeps_its_catalogue_nor_appoints(school):
    bureau = make.school("jiaoyuju", name="教育局", kind="edu_bureau")
    school.parent_links.create(parent=bureau, from_on=date(2025, 1, 1))
    with pytest.raises(NotAllowed):
        bodies.appoint(
            school, by=make.actor("jiaoyuju-manager", bureau), at=make.AT, person=make.person("x"), duty="manager"
        )


def test_a_superiors_manager_helps_a_schools_only_manager_who_forgot_the_password(school):
    bureau = make.school("jiaoyuju", name="教育局", kind="edu_bureau")
    school.parent_links.create(parent=bureau, from_on=date(2025, 1, 1))
    by = make.actor("jiaoyuju-manager", bureau)
    _, code = bodies.issue_slip(school, by=by, at=make.AT, person=make.person("shiyan-manager"))
    assert CODE.fullmatch(code)


def test_nobody_founds_a_body_under_a_body_that_is_not_theirs(school):
    bureau = make.school("jiaoyuju", name="教育局", kind="edu_bureau")
    with pytest.raises(NotAllowed, match="本单位之下"):
        bodies.found(
            Body(code="x", name="x", kind="primary"), by=make.actor("shiyan-manager", school), at=make.AT, parent=bureau
        )


def test_body_facts_refuse_a_pale_colour_and_a_template_without_serial(manager, school):
    form = manager.get("/b/shiyan/settings/body/").context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    page = manager.post("/b/shiyan/settings/body/", {**data, "colour": "#ffee00", "index_template": "{org}"})
    assert "太浅" in page.content.decode()
    assert "流水号" in page.content.decode()
    manager.post("/b/shiyan/settings/body/", {**data, "phone": "0000-1234567", "colour": "#7a1f1f"})
    assert Body.objects.get(code="shiyan").phone == "0000-1234567"


def test_a_person_without_the_duty_is_told_why(client, school):
    client.force_login(make.person("shiyan-editor"))
    answer = client.get("/b/shiyan/settings/people/")
    assert answer.status_code == 403
    assert "单位管理员" in answer.content.decode()


def test_a_join_code_that_lapsed_is_refused_in_plain_words(school):
    bodies.issue_join_codes(
        school, by=make.actor("shiyan-clerk", school), at=make.AT, audience="PAR", count=1, label="",
        member_until_on=date(2030, 7, 1),
    )  # fmt: skip
    by = make.SYSTEM.public(body_code="shiyan", body_name="")
    with pytest.raises(ActRefused, match="已经过期"):
        bodies.redeem_join_code(JoinCode.objects.get(), by=by, at=make.AT + timedelta(days=61), person=make.person("x"))
