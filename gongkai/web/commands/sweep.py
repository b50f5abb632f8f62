"""`gongkai sweep [--every SECONDS]`: do everything that is due, once or again and again."""

import argparse
import os
import sys
import time

from django.db import close_old_connections
from django.utils import timezone

from gongkai.web.sweeping import sweep


def main(argv: list[str]) -> int:
    """Sweep once (1 where something failed), or every so many seconds until the process that started it ends."""
    parser = argparse.ArgumentParser(prog="gongkai sweep", description="执行到期的后台任务，可重复执行")
    parser.add_argument("--every", type=int, default=0, help="每隔多少秒执行一遍；不写只执行一遍")
    every = parser.parse_args(argv).every
    if every <= 0:
        failed = sweep(timezone.now())
        for name in failed:
            print(f"没有完成：{name}（原因见日志）", file=sys.stderr)  # noqa: T201
        return 1 if failed else 0
    _again_and_again(every)
    return 0


def _again_and_again(every: int) -> None:
    parent = os.getppid()
    while os.getppid() == parent:
        sweep(timezone.now())
        close_old_connections()
        until = time.monotonic() + every
        while time.monotonic() < until and os.getppid() == parent:
            time.sleep(0.5)
