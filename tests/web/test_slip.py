"""The first person of a new installation comes in with a code printed on the command line."""

import pytest

from gongkai.web.commands import slip
from tests import make

pytestmark = pytest.mark.django_db


def test_a_code_is_printed_and_works_once(capsys, client):
    school = make.body()
    make.person("li", "李老师", password=None)
    make.post(school, "li", "manager")
    assert slip.main(["li", "--body", "示范区实验小学"]) == 0
    code = capsys.readouterr().out.split("一次性密码：")[1].split()[0]
    form = {"username": "li", "code": code, "password": "Shuyuan-2026-jie", "again": "Shuyuan-2026-jie"}
    client.post("/accounts/first/", form)
    client.logout()
    assert client.login(username="li", password="Shuyuan-2026-jie")


@pytest.mark.parametrize(("login", "body", "said"), [("nobody", "shiyan", "登录名"), ("li", "nowhere", "单位")])
def test_unknown_names_are_told(capsys, login, body, said):
    make.body()
    make.person("li")
    assert slip.main([login, "--body", body]) == 2
    assert said in capsys.readouterr().err
