"""Pages made on request: search, and what signed-in readers may see."""

from datetime import date

import pytest
from django.test import Client

from gongkai.accounts.models import Person
from gongkai.bodies import actions as bodies
from gongkai.bodies.scope import audiences_of
from gongkai.portal.readers import audiences_everywhere
from gongkai.publishing.actions import drafting, release
from tests import make
from tests.portal.world import published, school

pytestmark = pytest.mark.django_db


def signed_in(username):
    client = Client()
    client.force_login(Person.objects.get(username=username))
    return client


@pytest.fixture
def body(db):
    return school()


@pytest.fixture
def parent(body):
    who = make.person("parent", "家长")
    bodies.admit(body, by=make.actor("shiyan-manager", body), at=make.AT, person=who, audience="PAR",
                 until_on=date(2030, 1, 1))  # fmt: skip
    return who


def test_anybody_finds_what_is_public_by_two_characters(body, client):
    published(body, title="2026年秋季学期收费公示", kind="finance", html="<p>住宿费五百元</p>")
    page = client.get("/g/shiyan/search/", {"q": "宿费"}).content.decode()
    assert "2026年秋季学期收费公示" in page
    assert "住<mark>宿费</mark>五百元" in page
    assert "找到 1 条" in page
    assert "没有找到" in client.get("/s/", {"q": "不存在的词"}).content.decode()


def test_filters_of_the_search_page_narrow_the_hits(body, client):
    published(body, title="食堂收费", kind="finance")
    published(body, title="收费通知", kind="dynamic")
    page = client.get("/s/", {"q": "收费", "kind": "finance", "body": "shiyan"}).content.decode()
    assert "食堂" in page
    assert "通知" not in page.split("hits")[1]


def test_strange_questions_to_the_search_are_answered(body, client):
    for asked in (
        {"q": "\x00"},
        {"q": "收费", "page": "99999"},
        {"q": "*", "year": "٣"},
        {"year": "0"},
        {"page": "-1"},
    ):
        assert client.get("/s/", asked).status_code == 200


def test_a_search_costs_few_queries(body, client, django_assert_max_num_queries):
    published(body, title="收费公示")
    with django_assert_max_num_queries(6):
        client.get("/g/shiyan/search/", {"q": "收费"})
    with django_assert_max_num_queries(6):
        client.get("/s/", {"q": "收费"})


def test_what_staff_alone_read_is_found_and_read_by_staff_alone(body, parent, django_assert_max_num_queries):
    one = published(body, title="教职工绩效方案", audiences=["STF"])
    address = f"/r/shiyan/d/{one.public_id}/"
    assert Client().get(address).status_code == 302
    assert signed_in("parent").get(address).status_code == 404
    assert "绩效" not in signed_in("parent").get("/g/shiyan/search/", {"q": "绩效"}).content.decode().split("hits")[-1]
    staff = signed_in("shiyan-dean")
    assert "教职工绩效方案" in staff.get("/r/shiyan/").content.decode()
    assert address in staff.get("/s/", {"q": "绩效"}).content.decode()
    with django_assert_max_num_queries(11):
        page = staff.get(address)
    assert "教职工绩效方案" in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_a_reader_of_one_body_reads_nothing_of_another(body, parent):
    other = school("other", name="另一所小学")
    one = published(other, title="家长通知", audiences=["PAR"])
    reader = signed_in("parent")
    assert reader.get(f"/r/other/d/{one.public_id}/").status_code == 404
    assert reader.get(f"/r/shiyan/d/{one.public_id}/").status_code == 404
    assert "您还不是这里的读者" in reader.get("/r/other/").content.decode()


def test_attachments_for_parents_are_downloaded_by_parents_alone(body, parent):
    edition = make.draft(body, title="班级名单", audiences=["PAR"])
    drafting.attach(edition, by=make.actor("shiyan-editor", body), at=make.AT, name="名单.txt", data="甲乙".encode())
    make.carry(make.issue(body, edition))
    address = f"/r/shiyan/d/{edition.disclosure.public_id}/files/名单.txt"
    answer = signed_in("parent").get(address)
    assert b"".join(answer.streaming_content).decode() == "甲乙"
    assert answer["Content-Disposition"].startswith("attachment")
    assert signed_in("shiyan-dean").get(address).status_code == 404
    assert signed_in("parent").get(address.replace("名单.txt", "..")).status_code == 404


def test_what_is_withdrawn_is_gone_for_readers_too(body):
    one = published(body, title="教职工绩效方案", audiences=["STF"])
    release.withdraw(one, by=make.actor("shiyan-clerk", body), at=make.AT, reason="wrong")
    staff = signed_in("shiyan-dean")
    assert staff.get(f"/r/shiyan/d/{one.public_id}/").status_code == 404
    assert "绩效" not in staff.get("/r/shiyan/").content.decode()


def test_a_public_disclosure_leads_signed_in_readers_to_its_public_page(body):
    one = published(body, title="公开的事")
    answer = signed_in("shiyan-dean").get(f"/r/shiyan/d/{one.public_id}/")
    assert answer["Location"] == f"/g/shiyan/d/{one.public_id}/"


@pytest.mark.parametrize("username", ["shiyan-dean", "parent"])
def test_the_audiences_of_a_person_are_those_of_their_scope(body, parent, username):
    person = Person.objects.get(username=username)
    found = audiences_everywhere(person, on=date(2026, 9, 1))["shiyan"] | {"SOC"}
    assert found == audiences_of(person, body, on=date(2026, 9, 1))


def test_a_disclosure_can_be_pasted_elsewhere_as_html_and_text(body):
    one = published(body, title="收费公示", html="<table><tr><td colspan=2>住宿费</td></tr></table>")
    clerk = signed_in("shiyan-clerk")
    page = clerk.get(f"/b/shiyan/paste/{one.pk}/").content.decode()
    assert "&lt;td colspan=&quot;2&quot;&gt;住宿费" in page
    text = clerk.get(f"/b/shiyan/paste/{one.pk}/", {"as": "txt"})
    assert text.content.decode().startswith("收费公示\n\n索引号：")
    other = school("other", name="另一所小学")
    assert clerk.get(f"/b/other/paste/{published(other).pk}/").status_code == 404


def test_a_restricted_page_asks_the_database_six_times_at_most(body, parent, django_assert_max_num_queries):
    item = body.catalogue_items.first()
    one = published(body, title="给家长的一封信", audiences=["PAR"], items=[item])
    client = signed_in("parent")
    with django_assert_max_num_queries(6):
        assert client.get(f"/r/shiyan/d/{one.public_id}/").status_code == 200
    with django_assert_max_num_queries(6):
        assert client.get("/r/shiyan/").status_code == 200


def test_a_restricted_page_links_to_what_puts_it_right(body, parent):
    wrong = published(body, title="有误的安排", audiences=["PAR"])
    published(body, title="更正后的安排", puts_right=wrong)
    page = signed_in("parent").get(f"/r/shiyan/d/{wrong.public_id}/").content.decode()
    assert "更正后的安排" in page
