"""`gongkai demo [--serve] [--port N]`: the demonstration district, built through the acts themselves."""

import argparse
import os
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from gongkai.web.commands import serve
from gongkai.web.demo.build import PASSWORD, NotADemonstration, build, sign_ins

NAME = "云溪区信息公开平台"


def main(argv: list[str]) -> int:
    """Build the district where it does not stand yet, print how to sign in, and serve it when asked."""
    parser = argparse.ArgumentParser(prog="gongkai demo", description="建立示范区数据")
    parser.add_argument("--serve", action="store_true", help="建好以后启动网站")
    parser.add_argument("--port", type=int, default=8000, help="端口，默认 8000")
    arguments = parser.parse_args(argv)
    if name_installation(settings.DATA / "gongkai.env", port=arguments.port):
        os.execv(sys.executable, [sys.executable, "-m", "gongkai.cli", "demo", *argv])  # noqa: S606
    call_command("migrate", verbosity=0)
    try:
        build(timezone.now(), say=_say)
    except NotADemonstration as refused:
        print(str(refused), file=sys.stderr)  # noqa: T201
        return 2
    _say_how_to_sign_in(arguments.port)
    return serve.main(["--port", str(arguments.port)]) if arguments.serve else 0


def name_installation(path: Path, *, port: int) -> bool:
    """Write the demonstration's name and address where every later command reads them; False when they stand there.

    Pages carry both, so `gongkai verify` must know them as `make run` did.
    """
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"DISTRICT_NAME={NAME}\nSITE_URL=http://127.0.0.1:{port}\n", encoding="utf-8")
    return True


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def _say_how_to_sign_in(port: int) -> None:
    _say(f"\n公开网站      http://127.0.0.1:{port}/")
    _say(f"工作人员登录  http://127.0.0.1:{port}/accounts/login/   密码都是 {PASSWORD}\n")
    for body, username, who in sign_ins():
        _say(f"  {username:<18} {who}  {body}")
