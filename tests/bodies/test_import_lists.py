"""Lists of bodies and people."""

from datetime import date

import pytest

from gongkai.bodies.lists import LISTS, Import
from gongkai.bodies.models import Body, Post
from gongkai.journal.acts import NotAllowed
from gongkai.publishing.importing import bodies as _bodies  # noqa: F401 – enters the list of bodies
from tests import make

pytestmark = pytest.mark.django_db
BODIES = (
    "名称,类别,上级,地址,电话,邮箱\n"
    "示范二小,小学,示范区教育局,学府路,123,a@b.cn\n"
    "示范区教育局,教育局,,,,\n"
    "示范乡,乡镇,,,,\n"
)


def bring(kind, content, *, at, body=None, by=make.SYSTEM, skip_bad=False):
    return Import(kind=LISTS[kind], body=body, data=content.encode(), name="表.csv").run(
        by=by, at=at, skip_bad=skip_bad
    )


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
