"""`gongkai redate [--dry-run] [--json]`: open requests follow a changed calendar; 1 where one cannot."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from django.utils import timezone

from gongkai.access.actions.redating import EVERYWHERE, redate
from gongkai.access.redating import Redating, moves
from gongkai.journal.actor import Actor
from gongkai.statute import law
from gongkai.statute.load import add_calendars_from


def main(argv: list[str]) -> int:
    """Move the dates of all open requests in one transaction, or say what would move."""
    parser = argparse.ArgumentParser(prog="gongkai redate", description="按现有放假安排重算未办结申请的期限")
    parser.add_argument("--dry-run", action="store_true", help="只列出会变动的期限，不改")
    parser.add_argument("--calendars", metavar="文件夹", help="用这个文件夹里的日历试算，配合 --dry-run")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    args = parser.parse_args(argv)
    if args.calendars:
        if not args.dry_run:
            parser.error("--calendars 只能与 --dry-run 一起用；确认以后把文件放进 GONGKAI_DATA/calendars/")
        add_calendars_from(Path(args.calendars))
        for refused in law().refused_calendars:
            print(refused, file=sys.stderr)  # noqa: T201
    now = timezone.now()
    done = moves(at=now) if args.dry_run else redate(EVERYWHERE, by=Actor.system(), at=now)
    if args.json:
        print(json.dumps(asdict(done), ensure_ascii=False, default=str))  # noqa: T201
    else:
        _tell(done, dry_run=args.dry_run)
    return 1 if done.troubled else 0


def _tell(done: Redating, *, dry_run: bool) -> None:
    for one in (*done.moved, *done.troubled):
        print(one)  # noqa: T201
    told = "将变动" if dry_run else "变动"
    print(f"未办结申请 {done.cases} 件，{told}期限 {len(done.moved)} 个，不能计算的 {len(done.troubled)} 件。")  # noqa: T201
