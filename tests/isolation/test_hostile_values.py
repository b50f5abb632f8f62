"""Hostile words in every field: nothing runs on any page, and no value makes a page fall over."""

import re
from html import unescape

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from gongkai.accounts.models import Person
from gongkai.bodies.models import Body
from gongkai.catalogue import actions as catalogue
from gongkai.journal import outbox, triggers
from gongkai.publishing.models import Disclosure
from gongkai.web.sweeping import sweep
from tests import make
from tests.isolation.ids import OBJECTS
from tests.isolation.test_walk import STAFF, addresses
from tests.portal.world import everything

pytestmark = pytest.mark.django_db

LONG = "\"'><svg/onload=gk()>{{7*7}}"
SHORT = "<x gk>"
RUNS = re.compile(rb"<svg/onload=gk|<x gk>")
# What names something else: a code, a state, a digest, an address. Hostile words cannot get there through a form.
NAMES = {
    "act", "audience", "by_subject", "catalogue", "channel", "cite", "code", "code_hash", "colour", "cycle",
    "digest", "duty", "effect", "email", "family", "fingerprint", "group", "html", "import_key", "index_number",
    "counted_outcome", "docx_sha256", "law_digest", "limit", "local", "outcome", "pdf_sha256", "proof_sha256", "ref",
    "same_person", "index_template", "key", "kind", "media", "met_by", "minutes_sha256", "number", "org_code", "origin",
    "password", "public_id", "query_code", "record", "regime", "renderer", "role", "route", "section",
    "severity", "sha256", "site_mode", "stage", "standing", "state", "subject", "timing", "tree", "username",
    "verdict", "via", "withdrawn_reason", "yearly",
}  # fmt: skip
ROOMS = ("access", "accounts", "bodies", "catalogue", "feedback", "publishing", "reporting", "review")


def poison():
    """Write hostile words into every field of words there is, as an attacker of every form would."""
    triggers.remove()  # opinions of decisions are words too; the test's end brings the triggers back
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            fields = [
                field
                for field in model._meta.concrete_fields
                if isinstance(field, models.CharField | models.TextField)
                and not (field.choices or field.unique or field.name in NAMES)
            ]
            words = {
                field.name: LONG if field.max_length is None or field.max_length >= len(LONG) else SHORT
                for field in fields
            }
            if words:
                model.objects.update(**words)


@pytest.fixture
def world():
    school = make.school(phone="0757-1")
    make.chains(school)
    catalogue.adopt(school, by=make.SYSTEM, at=make.AT, catalogue="K12")
    make.published(school, title="公开的", kind="document")
    ids = {name: make_one(school) for name, make_one in OBJECTS.items()}
    make.carry(make.issue(school, make.draft(school)), until="secrecy")
    return school, ids


def paths(ids):
    return [path for route, _ in STAFF for path in addresses(route, "shiyan", ids)]


def signed_in(username):
    client = Client(raise_request_exception=False)
    client.force_login(Person.objects.get(username=username))
    return client


def test_hostile_words_run_on_no_page_of_staff_readers_or_the_public(world):
    _, ids = world
    poison()
    seen = 0
    for role in ("clerk", "manager", "secrecy", "lead", "watch", "principal"):
        client = signed_in(f"shiyan-{role}")
        public = [
            "/s/?q=svg",
            "/t/limits/?regime=svg&limit=svg&received=svg",
            "/r/shiyan/",
            "/o/shiyan/",
            "/o/shiyan/status/",
            "/a/shiyan/",
            "/a/shiyan/status/",
        ]
        for path in [*paths(ids), "/desk/", *public]:
            answer = client.get(path)
            assert answer.status_code < 500, path
            if answer.status_code == 200 and "html" in answer["Content-Type"]:
                seen += 1
                assert not RUNS.search(answer.content), path
    assert seen > 100
    for body in Body.objects.all():
        outbox.put("body.changed", body=body.pk)
    for one in Disclosure.objects.filter(standing="published"):
        outbox.put("edition.published", edition=one.current_id)
    outbox.drain()
    sweep(make.AT)
    site = everything()
    assert any(b"gk()" in content for content in site.values())
    for path, content in site.items():
        if path.endswith((".html", ".xml")):
            assert not RUNS.search(content), path


VALUES = ["²", "-1", "9" * 40, "\x00甲", "甲" * 3000, "{x}%s</script>", "2026-02-30"]
FIELD = re.compile(r"<(?:input|select|textarea|button)\b[^>]*?\bname=\"([^\"]+)\"[^>]*>")
PRESSED = re.compile(r'<button\b[^>]*?\bname="([^"]+)"[^>]*?\bvalue="([^"]*)"')


def forms_of(page):
    """Return the names of all fields of a page and the buttons (name, value) one can press."""
    names = set(FIELD.findall(page)) - {"csrfmiddlewaretoken"}
    return names, [(unescape(name), unescape(value)) for name, value in PRESSED.findall(page)]


@pytest.mark.parametrize("role", ["clerk", "manager"])
def test_no_value_in_any_field_makes_a_page_fall_over(world, role):
    _, ids = world
    client = signed_in(f"shiyan-{role}")
    fallen = []
    for path in paths(ids):
        page = client.get(path)
        if page.status_code != 200 or "html" not in page["Content-Type"]:
            continue
        names, buttons = forms_of(page.content.decode())
        for value in VALUES:
            filled = dict.fromkeys(names, value)
            for name, pressed in {name: value for name, value in buttons}.items() or {"": ""}.items():
                verb = pressed.partition(":")[0]
                for sent in (pressed, f"{verb}:{value}"):
                    status = client.post(path, {**filled, **({name: sent} if name else {})}).status_code
                    if status >= 500:
                        fallen.append((status, path, name, sent[:40], value[:10]))
    assert fallen == []


@pytest.mark.parametrize("value", VALUES)
def test_no_value_in_an_address_makes_a_page_fall_over(world, value):
    _, ids = world
    asked = dict.fromkeys(
        ("page", "q", "state", "kind", "item", "year", "channel", "board", "paper", "catalogue", "puts_right", "step",
         "only", "act", "who", "start", "end", "as", "body", "effect", "order", "about", "next",
         "regime", "limit", "record", "received", "extended_days"), value,
    )  # fmt: skip
    fallen = []
    for username in ("shiyan-clerk", "shiyan-manager"):
        client = signed_in(username)
        public = [
            "/s/",
            "/t/limits/",
            "/g/shiyan/search/",
            "/o/shiyan/",
            "/a/shiyan/",
            "/r/shiyan/",
            "/look/large/",
            "/join/",
        ]
        for path in [*paths(ids), *public]:
            status = client.get(path, asked).status_code
            if status >= 500:
                fallen.append((status, path))
    assert fallen == []


def test_strangers_values_make_no_public_form_fall_over(world):
    client = Client(raise_request_exception=False)
    fallen = []
    forms = ("/o/shiyan/", "/o/shiyan/status/", "/a/shiyan/", "/a/shiyan/status/", "/join/")
    for path in (*forms, "/accounts/login/", "/accounts/first/"):
        names, _ = forms_of(client.get(path).content.decode())
        for value in VALUES:
            status = client.post(path, dict.fromkeys(names, value)).status_code
            if status >= 500:
                fallen.append((status, path, value[:10]))
    assert fallen == []


@pytest.mark.parametrize("value", VALUES)
def test_strangers_values_make_no_step_of_a_request_fall_over(world, value):
    client, fallen = Client(raise_request_exception=False), []
    for who in ("citizen", "parent", "organisation"):
        filling = client.post("/a/shiyan/", {"who": who, "stage": "fill"}).content.decode()
        names = forms_of(filling)[0] | {"once", "sealed", "sum", "altcha", "files"}
        for stage in ("choose", "fill", "edit", "check", "send", value):
            sent = dict.fromkeys(names, value) | {"who": who, "stage": stage}
            status = client.post("/a/shiyan/", sent).status_code
            fallen += [(status, who, stage[:10])] if status >= 500 else []
        status = client.post("/a/shiyan/suggest/", {"title": value, "wanted": value}).status_code
        fallen += [(status, "suggest")] if status >= 500 else []
    assert fallen == []
