"""Lists of bodies and people."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.bodies import actions
from gongkai.bodies.lists import LISTS, Import
from gongkai.bodies.models import Body, Post
from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.publishing.importing import bodies as _bodies  # noqa: F401 – enters the list of bodies
from gongkai.web.commands import import_lists
from tests import make

pytestmark = pytest.mark.django_db
BODIES = (
    "名称,类别,上级,地址,电话,邮箱\n"
    "示范二小,小学,示范区教育局,学府路,123,a@b.cn\n"
    "示范区教育局,教育局,,,,\n"
    "示范乡,乡镇,,,,\n"
)


def bring(kind, content, *, at, body=None, by=make.SYSTEM, skip_bad=False, link_known=False):
    task = Import(kind=LISTS[kind], body=body, data=content.encode(), name="表.csv", link_known=link_known)
    return task.run(by=by, at=at, skip_bad=skip_bad)


def test_bodies_come_in_with_their_superior_whatever_the_order(at):
    assert bring("bodies", BODIES, at=at).imported == 3
    school = Body.objects.get(name="示范二小")
    assert (school.kind, school.regimes[0], school.catalogue_items.count()) == ("primary", "k12-15", 11)
    assert list(Body.objects.children_of(Body.objects.get(kind="edu_bureau"), on=date(2026, 12, 1))) == [school]
    again = bring("bodies", BODIES, at=at)
    assert (again.imported, again.unchanged) == (0, 3)


def test_bad_bodies_are_named_and_nothing_is_entered(at):
    rows = (
        "名称,类别,上级,邮箱\n甲校,武馆,,\n乙校,小学,不存在的局,\n丙校,小学,丁校,\n丁校,小学,丙校,\n戊校,小学,,坏邮箱\n"
    )
    outcome = bring("bodies", rows, at=at)
    assert [(f.row, f.column) for f in outcome.listing.rejected] == [
        (2, "类别"), (3, "上级"), (4, "上级"), (5, "上级"), (6, "邮箱"),
    ]  # fmt: skip
    assert Body.objects.count() == 0


def test_people_come_in_with_several_posts_and_only_once(at):
    bring("bodies", BODIES, at=at)
    rows = (
        "姓名,登录名,单位,部门,岗位,任期起,任期止\n"
        "王芳,wang,示范二小,,办公室经办,2026-02-01,\n"
        "李强,li,示范二小,教务处,教务主任、领导小组成员,2026-02-01,2029-02-01\n"
    )
    assert bring("people", rows, at=at).imported == 2
    posts = Post.objects.filter(person__username="li").values_list("duty", "title", "department__name", "until_on")
    assert list(posts.order_by("duty")) == [
        ("department_head", "教务主任", "教务处", date(2029, 2, 1)),
        ("leading_member", "", "教务处", date(2029, 2, 1)),
    ]
    again = bring("people", rows, at=at)
    assert (again.imported, again.unchanged) == (0, 2)


def test_a_manager_imports_people_of_the_own_body_only(at):
    school = make.school()
    bring("bodies", BODIES, at=at)
    rows = "姓名,登录名,单位,岗位\n王芳,wang,示范二小,办公室经办\n"
    outcome = bring("people", rows, at=at, body=school, by=make.actor("shiyan-manager", school))
    assert [f.message for f in outcome.listing.rejected] == ["这里只能导入示范区实验小学的人员"]
    with pytest.raises(NotAllowed):
        bring("people", rows, at=at, body=school, by=make.actor("shiyan-clerk", school), skip_bad=True)


ELSEWHERE = "姓名,登录名,岗位\nerxiao-clerk,erxiao-clerk,校对\n王芳,sy-wang,校对\n王芳,sy-wang,保密审查员\n"


@pytest.fixture
def schools():
    make.school("erxiao", name="第二小学")
    return make.school()


def test_somebody_with_an_account_elsewhere_is_named_and_linked_only_when_confirmed(schools, at):
    manager = make.actor("shiyan-manager", schools)
    refused = bring("people", ELSEWHERE, at=at, body=schools, by=manager)
    assert [(f.row, f.value, f.message[:4]) for f in refused.listing.rejected] == [(2, "erxiao-clerk", "已有账号")]
    assert not Post.objects.filter(body=schools, person__username="erxiao-clerk").exists()
    told = bring("people", ELSEWHERE, at=at, body=schools, by=manager, link_known=True)
    assert (told.imported, [f.row for f in told.listing.known]) == (3, [2])
    again = bring("people", ELSEWHERE, at=at, body=schools, by=manager)
    assert (again.imported, again.unchanged, again.listing.known) == (0, 3, [])


def test_the_act_itself_links_no_account_that_nobody_confirmed(schools, at):
    task = Import(kind=LISTS["people"], body=schools, data=ELSEWHERE.encode(), name="表.csv", link_known=True)
    listing, _ = task._settled(at.date())
    listing.link_known = False
    with pytest.raises(ActRefused, match="没有确认是本人"):
        actions.import_people(schools, by=make.actor("shiyan-manager", schools), at=at, listing=listing)


def test_the_page_asks_for_a_tick_before_it_links(schools, client):
    client.force_login(make.person("shiyan-manager"))
    page, file = "/b/shiyan/import/people/", SimpleUploadedFile("表.csv", ELSEWHERE.encode())
    shown = client.post(page, {"check": "1", "file": file})
    assert "第 2 行：erxiao-clerk" in shown.content.decode()
    facts = {"confirm": "1", "digest": shown.context["digest"], "name": "表.csv"}
    client.post(page, facts | {"skip_bad": "1"})
    assert not Post.objects.filter(body=schools, person__username="erxiao-clerk").exists()
    shown = client.post(page, {"check": "1", "file": SimpleUploadedFile("表.csv", ELSEWHERE.encode())})
    client.post(page, facts | {"link_known": "1"})
    assert Post.objects.filter(body=schools, person__username="erxiao-clerk").exists()


def test_the_command_names_the_rows_and_links_on_request(schools, tmp_path, capsys):
    file = tmp_path / "人员.csv"
    file.write_text(ELSEWHERE, encoding="utf-8")
    asked = ["people", str(file), "--body", "shiyan", "--json"]
    assert import_lists.main(asked) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["imported"], told["known_accounts"]) == (0, [2])
    assert import_lists.main([*asked, "--link-existing"]) == 0
    assert Post.objects.filter(body=schools, person__username="erxiao-clerk").exists()
