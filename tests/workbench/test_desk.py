"""The desk: what waits for whom, in which order, and why."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from gongkai.bodies.desk import Rank, days_to, timed
from gongkai.catalogue import actions
from gongkai.catalogue.models import CatalogueItem
from gongkai.workbench.desk import desk
from tests import make

pytestmark = pytest.mark.django_db
SEPTEMBER = datetime(2026, 9, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def school():
    body = make.school()
    actions.adopt(body, by=make.actor("shiyan-clerk", body), at=SEPTEMBER, catalogue="K12")
    return body


def lines(body, username, on):
    return desk(make.scope(username, body, on=on))


def test_a_body_without_a_catalogue_is_asked_to_adopt_one_with_the_article():
    body = make.school()
    [line] = lines(body, "shiyan-clerk", date(2026, 9, 1))
    assert (line.text, line.verb, line.why.cite) == ("还没有采用公开目录", "去采用", "cn-ogi/12")


def test_what_is_overdue_comes_first_with_its_day_and_its_basis(school):
    first = lines(school, "shiyan-clerk", date(2026, 10, 9))[0]
    assert (first.rank, first.state, first.due_on) == (Rank.LATE, "late", date(2026, 9, 29))
    assert first.about == "应于9月29日前公开，已超期 3 个工作日"
    assert first.why.cite == "k12-local"


def test_what_comes_up_within_two_weeks_is_shown_and_later_things_are_not(school):
    assert {line.rank for line in lines(school, "shiyan-clerk", date(2026, 9, 16))} >= {Rank.SOON}
    assert Rank.SOON not in {line.rank for line in lines(school, "shiyan-clerk", date(2026, 9, 1))}


def test_a_department_sees_its_own_items_only(school):
    assert lines(school, "shiyan-dean", date(2026, 10, 9)) == []
    rules = CatalogueItem.objects.get(body=school, code="K12-02")
    department = school.departments.get(name="教务处")
    actions.adapt(rules, by=make.actor("shiyan-clerk", school), at=SEPTEMBER, owner=department)
    assert [line.text for line in lines(school, "shiyan-dean", date(2026, 10, 9))] == [f"{rules.brief}：首次公开"]


def test_what_the_body_must_settle_is_asked_once_for_all_items(school):
    asked = [line for line in lines(school, "shiyan-clerk", date(2026, 9, 1)) if line.state == "unchecked"]
    assert sorted(line.text.split("（")[0] for line in asked) == ["请填写学期起止日期", "请选定公开周期"]


def test_days_are_counted_as_working_days():
    assert days_to(date(2026, 10, 9), on=date(2026, 9, 30)) == "还剩 2 个工作日"
    assert timed(date(2026, 9, 30), on=date(2026, 9, 30)) == (Rank.SOON, "soon", "今天到期")


def test_the_page_shows_lines_reasons_and_coverage(client, school):
    client.force_login(make.person("shiyan-clerk"))
    page = client.get("/b/shiyan/desk/").content.decode()
    assert "为什么在这里" in page
    assert "公开覆盖率" in page
    assert "0/11" in page


def test_a_teacher_in_two_schools_switches_in_the_header(client, school):
    make.post(make.body("erxiao", name="第二小学"), "shiyan-clerk", "clerk")
    client.force_login(make.person("shiyan-clerk"))
    assert 'href="/b/erxiao/desk/"' in client.get("/b/shiyan/desk/").content.decode()


def test_somebody_without_a_post_is_told_so_in_plain_words(client):
    client.force_login(make.person("reader"))
    assert "没有在任岗位" in client.get("/desk/").content.decode()


def test_a_superior_sees_its_schools_on_the_desk_the_worst_first(client):
    bureau = make.school("jiaoyuju", name="示范区教育局", kind="edu_bureau")
    now = timezone.now()
    for code in ("shiyan", "erxiao"):
        body = make.school(code, name=f"{code}小学", parent=bureau)
        actions.adopt(
            body, by=make.actor(f"{code}-clerk", body), at=now - timedelta(days=90 if code == "erxiao" else 0),
            catalogue="K12",
        )  # fmt: skip
    client.force_login(make.person("jiaoyuju-clerk"))
    page = client.get("/b/jiaoyuju/desk/").content.decode()
    assert page.index("erxiao小学") < page.index("shiyan小学")
    assert client.get("/b/jiaoyuju/below/").status_code == 200
    assert "A3" in client.get("/b/jiaoyuju/below/matrix/").content.decode()
    assert client.get("/b/erxiao/catalogue/").status_code == 200
    assert client.get("/b/erxiao/desk/").status_code == 404
