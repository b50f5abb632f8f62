"""The preview leads on: attachments, the sheet to print, the text and the QR code open before anything is public."""

import re
from html import unescape
from urllib.parse import unquote

import pytest

from gongkai.publishing.actions import drafting
from tests import make
from tests.portal.world import everything, school

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    body = school()
    made = make.draft(body, title="部门决算")
    drafting.attach(made, by=make.actor("shiyan-editor", body), at=make.AT, name="决算|总表.txt", data="甲".encode())
    return made


def links(page):
    return [unescape(one) for one in re.findall(r'(?:href|src)="(/b/shiyan/preview/[^"]+)"', page)]


@pytest.mark.parametrize("username", ["shiyan-editor", "shiyan-secrecy", "shiyan-principal"])
def test_every_link_of_a_preview_opens_for_author_and_reviewers(edition, client, username):
    before = everything()
    client.force_login(make.person(username))
    address = f"/b/shiyan/preview/{edition.renditions.get().pk}/"
    found = links(client.get(address).content.decode())
    assert {unquote(one).rsplit("/", 1)[1] for one in found} == {
        "决算_总表.txt", "print.html", "text.txt", "qr.svg", "index.json",
    }  # fmt: skip
    assert {client.get(one).status_code for one in found} == {200}
    assert everything() == before


def test_an_attachment_of_a_preview_is_a_download_only(edition, client):
    client.force_login(make.person("shiyan-secrecy"))
    answer = client.get(f"/b/shiyan/preview/{edition.renditions.get().pk}/files/决算_总表.txt")
    assert b"".join(answer.streaming_content) == "甲".encode()
    assert answer["Content-Disposition"].startswith("attachment;")
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "application/octet-stream")


def test_what_is_not_there_and_what_is_anothers_do_not_exist(edition, client):
    make.school("erzhong", name="第二中学")
    pk = edition.renditions.get().pk
    client.force_login(make.person("shiyan-clerk"))
    assert client.get(f"/b/shiyan/preview/{pk}/files/别的.txt").status_code == 404
    assert client.get(f"/b/shiyan/preview/{pk}/secrets.html").status_code == 404
    client.force_login(make.person("erzhong-clerk"))
    for part in ("", "print.html", "files/决算_总表.txt"):
        assert client.get(f"/b/erzhong/preview/{pk}/{part}").status_code == 404
