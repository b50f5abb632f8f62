"""The pages of chains: managers lay them down, move steps without a script, and are told what is missing."""

import pytest

from gongkai.review.models import Chain
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(client):
    school = make.school()
    client.force_login(make.person("shiyan-manager"))
    return school


def rows(*roles, **more):
    """The chain form as a browser sends it."""
    data = {"name": "完整流程", "route": "full", "rows": ",".join(str(n) for n in range(len(roles))), **more}
    for n, role in enumerate(roles):
        data |= {f"s{n}-role": role, f"s{n}-name": "", f"s{n}-kind": "person", f"s{n}-days": "3"}
    return data


def shown_roles(answer):
    return [row["role"].value() for row in answer.context["rows"]]


def test_a_body_without_chains_is_offered_the_usual_ones(client, school):
    assert "采用通常的流程" in client.get("/b/shiyan/chains/").content.decode()
    client.post("/b/shiyan/chains/usual/")
    assert [chain.code for chain in Chain.objects.of(school)] == ["full", "short", "typo", "report", "reply"]
    assert "部门负责人审核" in client.get("/b/shiyan/chains/").content.decode()


def test_steps_are_added_moved_and_taken_out_before_anything_is_saved(client, school):
    address = "/b/shiyan/chains/new/"
    assert shown_roles(client.post(address, rows("office", "secrecy", press="up-1"))) == ["secrecy", "office"]
    assert shown_roles(client.post(address, rows("office", "secrecy", press="down-0"))) == ["secrecy", "office"]
    assert shown_roles(client.post(address, rows("office", "secrecy", press="out-0"))) == ["secrecy"]
    assert shown_roles(client.post(address, rows("office", press="add"))) == ["office", "office"]
    assert not Chain.objects.exists()


def test_saving_makes_a_new_version(client, school):
    make.chains(school)
    old = Chain.objects.get(code="full")
    client.post(f"/b/shiyan/chains/{old.pk}/", rows("department", "secrecy", "signature", save="1"))
    new = Chain.objects.get(code="full", version=2)
    assert [(step.name, step.days, step.checklist) for step in new.steps.all()] == [
        ("部门负责人审核", 3, ""), ("保密审查", 3, "secrecy"), ("签发", 3, ""),
    ]  # fmt: skip


def test_a_chain_that_cannot_be_carried_comes_back_with_what_is_missing_and_what_was_typed(client, school):
    answer = client.post("/b/shiyan/chains/new/", rows("department", "signature", save="1"))
    assert answer.status_code == 409
    assert "没有保密审查" in answer.content.decode()
    assert shown_roles(answer) == ["department", "signature"]


def test_a_chain_is_ended_only_where_another_stays(client, school):
    make.chains(school)
    full = Chain.objects.get(code="full")
    answer = client.post(f"/b/shiyan/chains/{full.pk}/end/", follow=True)
    assert "唯一的流程" in answer.content.decode()


def test_others_than_managers_are_told_who_does_this(client, school):
    client.force_login(make.person("shiyan-dean"))
    answer = client.get("/b/shiyan/chains/")
    assert answer.status_code == 403
    assert "单位管理员" in answer.content.decode()
