"""The command `gongkai calendars`: which years' holiday notices are known, and which added files do not hold."""

import json
import sys
from pathlib import Path

from gongkai.statute.command import point_to_added_calendars
from gongkai.statute.load import add_calendars_from, law

USAGE = """用法:gongkai calendars [文件夹] [--json]
列出已知的放假安排;新一年的文件放进 GONGKAI_DATA/calendars/。写明文件夹的,检查那里的文件。"""


def main(argv: list[str]) -> int:
    """List the years; 0 all files hold, 1 some do not, 2 wrong use."""
    as_json, given = "--json" in argv, [word for word in argv if word != "--json"]
    if len(given) > 1 or not all(Path(word).is_dir() for word in given):
        print(USAGE, file=sys.stderr)  # noqa: T201
        return 2
    folder = Path(given[0]) if given else point_to_added_calendars()
    add_calendars_from(folder)
    known = law()
    years = [
        {"year": y.year, "rest": len(y.rest), "work": len(y.work), "title": known.resolve(y.cite).title}
        for y in sorted(known.calendar_years.values(), key=lambda y: y.year)
    ]
    refused = list(known.refused_calendars)
    if as_json:
        data = {"years": years, "refused": refused, "digest": known.calendar_digest}
        print(json.dumps(data, ensure_ascii=False))  # noqa: T201
    else:
        lines = [f"{y['year']}年  休息 {y['rest']} 天,调休上班 {y['work']} 天  {y['title']}" for y in years]
        lines += [f"没有采用:{wrong}" for wrong in refused]
        print("\n".join([*lines, f"此后的年份尚未公布,结果为暂定。文件放进 {folder}"]))  # noqa: T201
    return 1 if refused else 0
