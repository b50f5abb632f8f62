"""`gongkai slip LOGIN --body CODE`: print a one-time code, so that the first person of an installation can sign in."""

import argparse
import sys

from django.utils import timezone

from gongkai.accounts.models import Person
from gongkai.bodies.actions import issue_slip
from gongkai.bodies.importing import find_body
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused

WRONG_USE = 2


def main(argv: list[str]) -> int:
    """Issue a slip as the platform and print it; 2 with a message when the person or body is wrong."""
    parser = argparse.ArgumentParser(prog="gongkai slip", description="给一个人签发一次性密码条")
    parser.add_argument("login", help="登录名")
    parser.add_argument("--body", required=True, help="单位名称或代码")
    arguments = parser.parse_args(argv)
    person = Person.objects.filter(username=arguments.login).first()
    body = find_body(arguments.body)
    if person is None or body is None:
        missing = f"登录名「{arguments.login}」" if person is None else f"单位「{arguments.body}」"
        print(f"平台上没有{missing}，请核对，或先用 gongkai import 导入。", file=sys.stderr)  # noqa: T201
        return WRONG_USE
    by = Actor.system(body_code=body.code, body_name=body.name)
    try:
        slip, code = issue_slip(body, by=by, at=timezone.now(), person=person)
    except ActRefused as refused:
        print(str(refused), file=sys.stderr)  # noqa: T201
        return WRONG_USE
    until = timezone.localtime(slip.expires_at)
    print(f"{person.name}（{person.username}）的一次性密码：{code}")  # noqa: T201
    print(f"在登录页点「第一次登录，或者忘了密码」，{until:%Y}年{until.month}月{until.day}日前有效，只能用一次。")  # noqa: T201
    return 0
