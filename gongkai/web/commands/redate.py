"""`gongkai redate [--dry-run] [--json]`: open requests follow a changed calendar; 1 where one cannot."""

import argparse
import json
from dataclasses import asdict

from django.utils import timezone

from gongkai.access.actions.redating import EVERYWHERE, redate
from gongkai.access.redating import Redating, moves
from gongkai.journal.actor import Actor


def main(argv: list[str]) -> int:
    """Move the dates of all open requests in one transaction, or say what would move."""
    parser = argparse.ArgumentParser(prog="gongkai redate", description="按现有放假安排重算未办结申请的期限")
    parser.add_argument("--dry-run", action="store_true", help="只列出会变动的期限，不改")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    args = parser.parse_args(argv)
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
