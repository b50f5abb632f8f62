"""The command `gongkai scan FILE… [--json]`."""

import json
import sys
from pathlib import Path

from gongkai.screening.finding import Finding
from gongkai.screening.screen import screen_file

USAGE = "用法:gongkai scan 文件… [--json]\n检查文件里的身份证号、手机号、隐藏内容和未能检查之处。"
MARKS = {"error": "[错误]", "warning": "[注意]", "note": "[提示]"}


def main(argv: list[str]) -> int:
    """Scan files; 0 nothing serious, 1 findings of severity error, 2 wrong use."""
    as_json = "--json" in argv
    names = [item for item in argv if item != "--json"]
    unknown = [item for item in names if item.startswith("--")]
    if not names or unknown:
        print(f"没有这个选项:{unknown[0]}\n{USAGE}" if unknown else USAGE, file=sys.stderr)  # noqa: T201
        return 2
    missing = [name for name in names if not Path(name).is_file()]
    for name in missing:
        print(f"没有这个文件:{name}", file=sys.stderr)  # noqa: T201
    if missing:
        return 2
    results = {name: screen_file(name) for name in names}
    print(_json(results) if as_json else _lines(results))  # noqa: T201
    worst = any(finding.severity == "error" for found in results.values() for finding in found)
    return 1 if worst else 0


def _json(results: dict[str, tuple[Finding, ...]]) -> str:
    files = [{"file": name, "findings": [f.as_data() for f in found]} for name, found in results.items()]
    return json.dumps({"files": files}, ensure_ascii=False)


def _lines(results: dict[str, tuple[Finding, ...]]) -> str:
    lines = []
    for name, found in results.items():
        lines.append(f"{name}:{f'{len(found)} 处' if found else '没有发现问题'}")
        lines += [f"  {MARKS[finding.severity]} {finding.message}" for finding in found]
    return "\n".join(lines)
