"""Signing in: by name, with a printed slip, and what is closed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.models import Person
from gongkai.bodies import actions as bodies
from gongkai.journal.acts import ActRefused
from gongkai.journal.models import JournalEntry
from tests import make

pytestmark = pytest.mark.django_db
STRONG = "秋天的银杏树2026"


@pytest.fixture
def school():
    return make.school()


def slip_for(body, username):
    person = Person.objects.get(username=username)
    return bodies.issue_slip(body, by=make.actor("shiyan-manager", body), at=timezone.now(), person=person)[1]


def first(client, **fields):
    data = {"username": "shiyan-new", "code": "", "password": STRONG, "again": STRONG, **fields}
    return client.post(reverse("account_first_password"), data)


@pytest.fixture
def newcomer(school):
    make.person("shiyan-new", "新老师", password=None)
    make.post(school, "shiyan-new", "editor", department="教务处")
    return slip_for(school, "shiyan-new")


def test_a_person_signs_in_by_name_and_reaches_the_desk(client, school):
    answer = client.post("/accounts/login/", {"login": "shiyan-clerk", "password": "gk-demo-2026"})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert client.get("/desk/")["Location"] == "/b/shiyan/desk/"


def test_the_sign_in_page_is_in_chinese_and_offers_the_slip(client):
    page = client.get("/accounts/login/").content.decode()
    assert "登录名" in page
    assert reverse("account_first_password") in page
    assert "Sign" not in page


def test_a_wrong_password_is_told_in_chinese(client, school):
    page = client.post("/accounts/login/", {"login": "shiyan-clerk", "password": "wrong"}).content.decode()
    assert "不正确" in page


def test_a_printed_slip_sets_the_first_password_once(client, school, newcomer):
    assert first(client, code=newcomer.lower())["Location"] == "/accounts/login/"
    assert Person.objects.get(username="shiyan-new").check_password(STRONG)
    assert "一次性码不对" in first(client, code=newcomer).content.decode()


def test_five_wrong_codes_lock_the_slip(client, school, newcomer):
    for _ in range(5):
        first(client, code="AAAA-BBBB-CCCC")
    assert "一次性码不对" in first(client, code=newcomer).content.decode()
    assert not Person.objects.get(username="shiyan-new").has_usable_password()


def test_an_unknown_name_hears_the_same_as_a_wrong_code_and_leaves_no_trace(client, school, newcomer):
    wrong = first(client, code="AAAA-BBBB-CCCC").content.decode()
    entries = JournalEntry.objects.count()
    unknown = first(client, username="nobody", code="AAAA-BBBB-CCCC").content.decode()
    message = "登录名或一次性码不对"
    assert message in wrong
    assert message in unknown
    assert JournalEntry.objects.count() == entries


def test_a_new_slip_lapses_the_older_one(client, school, newcomer):
    slip_for(school, "shiyan-new")
    assert "一次性码不对" in first(client, code=newcomer).content.decode()


def test_weak_passwords_are_refused_with_what_to_do(client, school, newcomer):
    page = first(client, code=newcomer, password="12345678", again="12345678").content.decode()
    assert "数字" in page


def test_a_manager_elsewhere_cannot_take_over_an_account_with_a_slip(school):
    other = make.school("erxiao")
    make.post(other, "shiyan-clerk", "clerk")
    clerk = Person.objects.get(username="shiyan-clerk")
    with pytest.raises(ActRefused, match="最早由示范区实验小学登记"):
        bodies.issue_slip(other, by=make.actor("erxiao-manager", other), at=make.AT, person=clerk)


def test_changing_the_password_keeps_the_session_and_is_journalled_without_it(client, school):
    client.force_login(Person.objects.get(username="shiyan-clerk"))
    fields = {"old": "gk-demo-2026", "password": STRONG, "again": STRONG}
    assert client.post("/accounts/password/", fields)["Location"] == "/desk/"
    assert client.get("/b/shiyan/desk/").status_code == 200
    entry = JournalEntry.objects.filter(act="person.password_changed").get()
    assert STRONG not in entry.text


@pytest.mark.parametrize(
    "path", ["signup", "email", "password/reset", "password/set", "reauthenticate", "confirm-email", "3rdparty"]
)
def test_the_librarys_other_pages_are_not_there(client, path):
    assert client.get(f"/accounts/{path}/").status_code == 404


def test_the_places_the_library_points_to_say_in_chinese_how_to_get_in(client):
    answer = client.get(reverse("account_signup"))
    assert answer.status_code == 404
    assert "不开放自行注册" in answer.content.decode()


def test_signing_out_asks_first_and_then_forgets(client, school):
    client.force_login(Person.objects.get(username="shiyan-clerk"))
    assert "退出" in client.get("/accounts/logout/").content.decode()
    client.post("/accounts/logout/")
    assert client.get("/b/shiyan/desk/").status_code == 302
