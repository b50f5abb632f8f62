"""`gongkai simulate --cases N --year Y --seed S [--json]`: a synthetic year of requests, lived and checked.

The command line gives it an installation of its own that is thrown away; it never touches the user's data. Many
cases are lived in parts, each with bodies and an installation of its own, several at once; the same numbers and
seed give the same year.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from gongkai.web.simulation.account import added
from gongkai.web.simulation.places import NotEmpty
from gongkai.web.simulation.year import simulate

YEARS = (2020, 2100)
PART = 1000
CHECKED = ("acts", "moves", "dates", "refusals")


def main(argv: list[str]) -> int:
    """Simulate, print the result; exit 0 when nothing was found, 1 with violations, 2 for wrong use."""
    arguments = _parser().parse_args(argv)
    if arguments.cases < 1 or not YEARS[0] <= arguments.year <= YEARS[1]:
        print(f"件数要大于 0，年度在{YEARS[0]}和{YEARS[1]}之间", file=sys.stderr)  # noqa: T201
        return 2
    begun = time.perf_counter()
    try:
        found = _in_parts(arguments) if arguments.cases > PART else _here(arguments)
    except NotEmpty:
        print("模拟只在空的临时库里进行；这个库里已经有单位。", file=sys.stderr)  # noqa: T201
        return 2
    found["seconds"] = round(time.perf_counter() - begun, 2)
    print(json.dumps(found, ensure_ascii=False) if arguments.json else _words(found))  # noqa: T201
    return 1 if found["violations"] else 0


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="gongkai simulate", description="模拟一年的依申请公开并核对每一步")
    made.add_argument("--cases", type=int, default=500, help="件数，默认 500")
    made.add_argument("--year", type=int, default=2025, help="年度，默认 2025")
    made.add_argument("--seed", type=int, default=1, help="随机数种子，同一种子结果相同")
    made.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)), help="同时运行几份，默认每核一份")
    made.add_argument("--json", action="store_true", help="在标准输出写 JSON")
    return made


def _here(arguments: argparse.Namespace) -> dict[str, Any]:
    """Live all cases in this process. Raises NotEmpty."""
    call_command("migrate", verbosity=0)
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")  # nothing of it outlives the command
    kept, settings.KEEPS_SEALED_FILES = settings.KEEPS_SEALED_FILES, False
    try:
        result = simulate(arguments.cases, year=arguments.year, seed=arguments.seed)
    finally:
        settings.KEEPS_SEALED_FILES = kept
    seen = {name: result.watch.seen[name] for name in CHECKED}
    return {"cases": result.cases, "violations": result.violations, "tables": result.tables, "checked": seen}


def _in_parts(arguments: argparse.Namespace) -> dict[str, Any]:
    """Live the cases in parts, each a process of its own, and add them up."""
    whole, rest = divmod(arguments.cases, PART)
    sizes = [PART] * whole + [rest] * bool(rest)
    command = [sys.executable, "-m", "gongkai.cli", "simulate", "--year", str(arguments.year), "--json"]
    calls = [[*command, "--cases", str(size), "--seed", f"{arguments.seed}{place:03d}"]
             for place, size in enumerate(sizes)]  # fmt: skip
    with ThreadPoolExecutor(max(1, arguments.workers)) as pool:
        parts = list(pool.map(_answer, calls))
    checked = sum((Counter(part["checked"]) for part in parts), Counter[str]())
    return {
        "cases": sum(part["cases"] for part in parts),
        "violations": [words for part in parts for words in part["violations"]],
        "tables": added([part["tables"] for part in parts]),
        "checked": {name: checked[name] for name in CHECKED},
    }


def _answer(command: list[str]) -> dict[str, Any]:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not done.stdout.strip():
        raise RuntimeError(done.stderr[-2000:])
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _words(found: dict[str, Any]) -> str:
    seen, rows = found["checked"], found["tables"]["requests"]
    lines = [
        f"模拟了{found['cases']}件申请，{seen['acts']}次办理，用时{found['seconds']:.0f}秒。",
        f"核对了{seen['moves']}次状态变化、{seen['dates']}个答复日期、{seen['refusals']}次不该允许的操作。",
        f"新收{rows['R1']['tot']}件，上年结转{rows['R2']['tot']}件，办结{rows['R3.7']['tot']}件，"
        f"结转下年{rows['R4']['tot']}件。",
        "没有发现问题。" if not found["violations"] else f"发现{len(found['violations'])}处问题：",
        *found["violations"][:20],
    ]
    return "\n".join(lines)
