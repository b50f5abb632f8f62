"""A body extends the list of kinds; its own kinds count in the report line it named."""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.bodies.models import OwnKind
from gongkai.publishing.routes import chain_for, usual_route
from gongkai.reporting.figures import Period, compute
from gongkai.review.models import Chain
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make.school()


def page(client, data=None, user="shiyan-clerk"):
    client.login(username=user, password="gk-demo-2026")
    address = reverse("publishing_kinds", args=["shiyan"])
    return client.post(address, data, follow=True) if data else client.get(address)


def test_a_kind_is_added_on_the_page_and_counts_in_its_line(client, school):
    page(client, {"name": "家校共育", "counts_as": "dynamic"})
    own = OwnKind.objects.get()
    make.published(school, kind=own.code, title="家长学校开课")
    period = Period(school, date(2026, 1, 1), date(2026, 12, 31))
    figures = {figure.code: figure for figure in compute(period, family="k12")}
    assert (figures["kind.dynamic"].value, figures["proactive.total"].value) == (1, 1)


def test_a_name_taken_and_a_kind_in_use_are_refused_in_words(client, school):
    assert "已经有「动态」这个类别" in page(client, {"name": "动态", "counts_as": "dynamic"}).content.decode()
    page(client, {"name": "教研活动", "counts_as": "news"})
    own = OwnKind.objects.get()
    make.draft(school, kind=own.code)
    assert "不能删去" in page(client, {"remove": own.code}).content.decode()
    assert OwnKind.objects.count() == 1


def test_an_unused_kind_can_be_removed(client, school):
    page(client, {"name": "教研活动", "counts_as": "news"})
    page(client, {"remove": OwnKind.objects.get().code})
    assert not OwnKind.objects.exists()


def test_the_list_is_kept_by_the_office_only(client, school):
    assert page(client, user="shiyan-editor").status_code == 403


def chain_form(**more):
    step = {"s0-role": "secrecy", "s0-name": "", "s0-kind": "person", "s0-days": "3"}
    return {"name": "教研动态", "route": "short", "rows": "0", "save": "1", **step, **more}


def test_a_chain_can_be_laid_down_for_a_kind_of_the_bodys_own(client, school):
    page(client, {"name": "教研活动", "counts_as": "dynamic"})
    own = OwnKind.objects.get()
    foreign = OwnKind.objects.create(body=make.body("erxiao"), code="own-x", name="别校的类别", counts_as="dynamic")
    client.force_login(make.person("shiyan-manager"))
    address = reverse("review_chain_new", args=["shiyan"])
    shown = client.get(address).content.decode()
    assert ("教研活动" in shown, "别校的类别" in shown) == (True, False)
    client.post(address, chain_form(kinds=[foreign.code]))
    assert not Chain.objects.exists()
    client.post(address, chain_form(kinds=[own.code]))
    chain = Chain.objects.get(name="教研动态")
    assert chain.kinds == [own.code]
    make.chains(school)
    assert chain_for(school, "short", [own.code], on=date(2099, 1, 1)) == chain
    client.force_login(make.person("shiyan-clerk"))
    refused = client.post(reverse("publishing_kinds", args=["shiyan"]), {"remove": own.code}, follow=True)
    assert "审批流程「教研动态」写明用于「教研活动」" in refused.content.decode()


def test_a_kind_of_the_bodys_own_goes_the_way_of_the_kind_it_counts_as(client, school):
    page(client, {"name": "教研活动", "counts_as": "dynamic"})
    make.chains(school)
    own = OwnKind.objects.get()
    assert usual_route(school, own.code) == "short"
    assert chain_for(school, "short", [own.code, "dynamic"], on=make.AT.date()).name == "动态简易流程"
