"""The office enters what came at the counter, by post, e-mail and fax."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.access.models import AccessRequest
from gongkai.bodies.staff import today
from tests import make
from tests.documents.files import plain_docx

pytestmark = pytest.mark.django_db
LETTER = {
    "stage": "enter", "who": "citizen", "title": "征地补偿方案", "wanted": "", "form_wanted": "paper",
    "way_wanted": "post", "accepts_other": "on", "name": "赵大爷", "address": "示范村三组",
}  # fmt: skip


@pytest.fixture
def page(client):
    make.school("jiaoyuju", name="示范区教育局", kind="edu_bureau")
    client.force_login(make.person("jiaoyuju-clerk"))
    return reverse("access_entry", args=["jiaoyuju"])


def html_of(answer):
    return answer.content.decode()


@pytest.mark.parametrize(
    ("channel", "days"),
    [
        ("counter", {"submitted_on"}),
        ("mail_signed", {"submitted_on", "signed_on"}),
        ("mail_plain", {"submitted_on", "arrived_on"}),
        ("mail_misdirected", {"submitted_on", "arrived_on"}),
        ("email", {"submitted_on", "arrived_on"}),
        ("fax", {"submitted_on"}),
    ],
)
def test_each_channel_asks_exactly_the_days_it_needs(client, page, channel, days):
    html = html_of(client.post(page, {"stage": "fill", "channel": channel, "who": "citizen"}))
    assert {name for name in ("submitted_on", "arrived_on", "signed_on") if f'name="{name}"' in html} == days
    given = LETTER | {"channel": channel} | dict.fromkeys(days, today().isoformat())
    client.post(page, given)
    case = AccessRequest.objects.get()
    confirmed_first = channel in ("counter", "mail_signed")
    assert case.state == ("received" if confirmed_first else "submitted")
    assert (case.channel, case.requester.name, case.wanted) == (channel, "赵大爷", "征地补偿方案")


def test_a_letter_without_a_card_is_entered_as_it_came_with_its_scan(client, page):
    files = [SimpleUploadedFile("来信.docx", plain_docx("请公开征地补偿方案"))]
    client.post(page, LETTER | {"channel": "counter", "submitted_on": today().isoformat(), "files": files})
    case = AccessRequest.objects.get()
    assert (case.requester.id_number, case.requester.id_kind) == ("", "")
    kept = case.files.get()
    assert "征地补偿方案" in kept.text
    address = reverse("access_file", args=["jiaoyuju", case.pk, kept.pk])
    given = client.get(address)
    assert given["Content-Disposition"].startswith("attachment")
    assert (given["Content-Type"], given["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")
    client.force_login(make.person("jiaoyuju-watch"))
    assert client.get(address).status_code == 404


def test_days_to_come_and_days_in_the_wrong_order_are_refused_and_nothing_is_lost(client, page):
    given = LETTER | {"channel": "mail_signed", "submitted_on": "2026-03-02", "signed_on": "2026-03-01"}
    html = html_of(client.post(page, given))
    assert "签收日期早于寄出日期" in html
    assert "示范村三组" in html
    html = html_of(client.post(page, given | {"signed_on": "2126-03-01"}))
    assert "签收日期不能晚于今天" in html
    assert "请填写签收日期" in html_of(client.post(page, given | {"signed_on": ""}))
    assert AccessRequest.objects.count() == 0


def test_changing_the_channel_keeps_what_was_typed(client, page):
    choosing = html_of(client.post(page, LETTER | {"channel": "fax", "stage": "choose"}))
    assert "示范村三组" in choosing
    filling = html_of(client.post(page, LETTER | {"channel": "email", "who": "organisation", "stage": "fill"}))
    assert "示范村三组" in filling
    assert "统一社会信用代码" in filling


def test_a_telephone_call_is_no_channel_and_only_the_office_enters(client, page):
    html = html_of(client.post(page, LETTER | {"channel": "phone"}))
    assert "怎样收到的" in html
    assert AccessRequest.objects.count() == 0
    client.force_login(make.person("jiaoyuju-editor"))
    assert client.get(page).status_code == 403
