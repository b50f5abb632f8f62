"""`gongkai import`: lists of bodies, people, disclosures, postings and opinions."""

import argparse
import json
import sys
from pathlib import Path

from django.utils import timezone

from gongkai.bodies.importing import find_body
from gongkai.bodies.lists import LISTS, Import, ListKind, Outcome
from gongkai.bodies.models import Body
from gongkai.bodies.rows import SHANGHAI, ListRefused
from gongkai.feedback import importing as opinions
from gongkai.journal.actor import Actor
from gongkai.publishing.importing import bodies, disclosures, postings

ROOMS = (bodies, disclosures, postings, opinions)  # importing them enters their lists
SHOWN = 50


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command's arguments."""
    parsed = argparse.ArgumentParser(prog="gongkai import", description="导入台账(CSV 或 XLSX)。")
    parsed.add_argument("kind", choices=list(LISTS), help="单位、人员、公开信息、发布记录、意见")
    parsed.add_argument("file", type=Path)
    parsed.add_argument("--body", default="", help="单位名称或代码")
    parsed.add_argument("--dry-run", action="store_true", help="只检查,不写入")
    parsed.add_argument("--skip-bad", action="store_true", help="跳过有问题的行,导入其余")
    parsed.add_argument("--link-existing", action="store_true", help="已核对:已有账号的就是本人,把岗位加给现有账号")
    parsed.add_argument("--json", action="store_true", help="以 JSON 输出结果")
    return parsed


def main(argv: list[str]) -> int:
    """Import one list; 0 done, 1 rows rejected, 2 wrong use."""
    args = parser().parse_args(argv)
    kind = LISTS[args.kind]
    try:
        body = _body(kind, args.body)
        data, name = args.file.read_bytes(), args.file.name
        task = Import(kind=kind, body=body, data=data, name=name, link_known=args.link_existing)
        outcome = _carry(task, body, args)
    except OSError:
        return _refuse(f"打不开文件:{args.file}")
    except (ListRefused, LookupError) as refused:
        return _refuse(str(refused.args[0]))
    _print(outcome, as_json=args.json)
    return 1 if outcome.listing.rejected and not args.skip_bad else 0


def _carry(task: Import, body: Body | None, args: argparse.Namespace) -> Outcome:
    now = timezone.now()
    if args.dry_run:
        return task.look(on=now.astimezone(SHANGHAI).date(), skip_bad=args.skip_bad)
    by = Actor.system(body_code=body.code if body else "", body_name=body.name if body else "")
    return task.run(by=by, at=now, skip_bad=args.skip_bad)


def _body(kind: ListKind, name: str) -> Body | None:
    if name:
        body = find_body(name)
        if body is None:
            raise LookupError(f"平台上没有这个单位:{name}。请核对名称,或先导入单位。")
        return body
    if not kind.of_body or kind.code == "people":
        return None
    bodies = list(Body.objects.all()[:2])
    if len(bodies) != 1:
        raise LookupError("请用 --body 指明是哪个单位的台账。")
    return bodies[0]


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)  # noqa: T201
    return 2


def _print(outcome: Outcome, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(outcome.as_json(), ensure_ascii=False))  # noqa: T201
        return
    facts = outcome.as_json()
    print(f"读到 {facts['read']} 行,导入 {facts['imported']} 行,已有未变 {facts['unchanged']} 行,"  # noqa: T201
          f"有问题 {len({fault.row for fault in outcome.listing.rejected})} 行")  # fmt: skip
    for fault in outcome.listing.rejected[:SHOWN]:
        print(f"  第 {fault.row} 行「{fault.column}」{fault.value}:{fault.message}", file=sys.stderr)  # noqa: T201
    if outcome.listing.known:
        rows = "、".join(str(fault.row) for fault in outcome.listing.known[:SHOWN])
        print(f"  已有账号的行:{rows}。核对确是本人后,加 --link-existing 再导入", file=sys.stderr)  # noqa: T201
    if len(outcome.listing.rejected) > SHOWN:
        print(f"  …另有 {len(outcome.listing.rejected) - SHOWN} 处,用 --json 可看到全部", file=sys.stderr)  # noqa: T201
