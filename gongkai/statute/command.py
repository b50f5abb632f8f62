"""The command `gongkai due`: when a limit ends, for one question or for a stream of them."""

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

from gongkai.statute.deadlines import Deadline, deadline
from gongkai.statute.events import Happened, WrongEvents, told
from gongkai.statute.limits import UnknownLimit, in_words
from gongkai.statute.load import add_calendars_from, law
from gongkai.statute.queries import WrongQuery, answer_line, as_data, day, days_of, moment
from gongkai.statute.records import Limit

USAGE = """用法:gongkai due --regime 制度 --limit 期限 --event 事件=日期[:天数][#编号] … [--local 编号] [--json]
      gongkai due --json -            从标准输入逐行读 JSON,逐行回答
      gongkai due --list [--regime 制度]  列出制度、期限和可选的地方规定
例:gongkai due --regime cn-ogi --limit answer --event received=2024-09-06 --event extended=2024-10-08:20"""
EVENT = re.compile(r"(\w+)=(\d{4}-\d\d-\d\d)(T[\d:]{5,8}(?:Z|[+-]\d\d:\d\d)?)?(?::(\d{1,6}))?(?:#(.{1,200}))?")
VALUED = ("--regime", "--limit", "--event", "--local")
DATA = Path(__file__).resolve().parents[2] / "var"


def main(argv: list[str]) -> int:
    """Answer; 0 answered, 1 some lines were wrong, 2 wrong use."""
    try:
        return _main(argv)
    except BrokenPipeError:
        # Whoever reads has enough; without this the interpreter complains once more while closing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def point_to_added_calendars() -> Path:
    """Let the law take calendar years from GONGKAI_DATA/calendars too; returns that folder."""
    folder = Path(os.environ.get("GONGKAI_DATA") or DATA) / "calendars"
    add_calendars_from(folder)
    return folder


def _main(argv: list[str]) -> int:
    point_to_added_calendars()
    try:
        given, flags = _options(argv)
        if "-" in flags:
            return _stream()
        if "--list" in flags:
            return _said(_listed(given["--regime"]))
        if not given["--regime"] or not given["--limit"]:
            raise WrongQuery(USAGE)
        due = deadline(
            given["--limit"][-1],
            [_event(text) for text in given["--event"]],
            regime=given["--regime"][-1],
            local=next(iter(given["--local"]), None),
        )
    except (WrongQuery, WrongEvents, UnknownLimit) as wrong:
        print(wrong, file=sys.stderr)  # noqa: T201
        return 2
    if "--json" not in flags:
        return _said(_words(due))
    data = as_data(due) | ({"days": days_of(due)} if due.code else {})
    return _said(json.dumps(data, ensure_ascii=False))


def _said(text: str) -> int:
    print(text)  # noqa: T201
    return 0


def _options(argv: list[str]) -> tuple[dict[str, list[str]], set[str]]:
    given: dict[str, list[str]] = {name: [] for name in VALUED}
    flags, rest = set(), list(argv)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if name in VALUED:
            if not equals and not rest:
                raise WrongQuery(f"{name} 之后要写值\n{USAGE}")
            given[name].append(value if equals else rest.pop(0))
        elif word in ("--json", "--list", "-"):
            flags.add(word)
        else:
            raise WrongQuery(USAGE if word in ("-h", "--help") else f"没有这个选项:{word}\n{USAGE}")
    if "-" in flags and "--json" not in flags:
        raise WrongQuery(f"从标准输入读要写 --json -\n{USAGE}")
    return given, flags


def _event(text: str) -> Happened:
    found = EVENT.fullmatch(text)
    if found is None:
        raise WrongQuery(f"事件应写成 事件=日期,如 received=2024-09-06、extended=2024-10-08:20,现为 {text!r}")
    kind, on, at, days, ref = found.groups()
    when = moment(on + at, f"事件 {kind} ") if at else None
    return Happened(kind, when.date() if when else day(on, f"事件 {kind} "), int(days or 0), ref or "", when)


def _stream() -> int:
    """Answer line by line as they come; a wrong line does not stop the others."""
    wrong = False
    for line in sys.stdin.buffer:
        told_ = answer_line(line)
        wrong = wrong or "error" in told_
        print(json.dumps(told_, ensure_ascii=False), flush=True)  # noqa: T201
    return 1 if wrong else 0


def _words(due: Deadline) -> str:
    """Say the answer in Chinese, with every day."""
    if due.due_on is None:
        return "\n".join(["没有确定的到期日。", *([due.ask] if due.ask else []), *due.notes])
    last = due.due_at.strftime("%H:%M") if due.due_at else "星期" + "一二三四五六日"[due.due_on.weekday()]
    lines = [f"到期日 {told(due.due_on)} {last}" + ("(暂定)" if due.provisional else "")]
    basis = law().resolve(due.cite)
    lines.append(f"依据 {basis.title}:{basis.summary}")
    lines.append(f"{due.words},从{told(due.begun_on)}的次日起算" if due.begun_on else due.words)
    lines += [*(pause.why for pause in due.pauses), *due.notes, *([due.ask] if due.ask else [])]
    return "\n".join([*lines, "", *(_day(one) for one in due.days)])


def _day(one: Any) -> str:
    return f"{one.n:>5}  {one.why}" if one.counted else f"   不计  {one.why}"


def _listed(regimes: list[str]) -> str:
    lines = []
    for code, regime in law().regimes.items():
        if not regimes or code in regimes:
            lines.append(f"{code}  {regime.name}")
            lines += [_line(one) for one in law().limits.values() if one.regime in (code, "any") and one.begins_with]
    if not lines:
        raise UnknownLimit(f"没有「{regimes[0]}」这种制度,可用的有:{'、'.join(law().regimes)}")
    return "\n".join(lines)


def _line(one: Limit) -> str:
    local = f" [--local {one.code}:{one.local}]" if one.local not in ("", "默认") else ""
    return f"  {one.kind:<34}{one.code:<14}{one.name},{in_words(one)},从 {'、'.join(one.begins_with)} 起算{local}"
