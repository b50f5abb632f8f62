"""`gongkai rebuild [--json]`: the public site written anew from the records, every difference named."""

import argparse
import json
from dataclasses import asdict

from gongkai.portal.rebuild import rebuild
from gongkai.search import index


def main(argv: list[str]) -> int:
    """Rewrite the site and the search index; prints what differed."""
    parser = argparse.ArgumentParser(prog="gongkai rebuild", description="重写公开网站和搜索索引，并报告差异")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    args = parser.parse_args(argv)
    found = rebuild()
    entries = index.rebuild()
    if args.json:
        print(json.dumps({"differences": [asdict(d) for d in found], "indexed": entries}, ensure_ascii=False))  # noqa: T201
        return 0
    for difference in found:
        print(f"/{difference.path}  {difference.what}")  # noqa: T201
    print(f"共 {len(found)} 处差异；搜索索引 {entries} 条。" if found else f"没有差异；搜索索引 {entries} 条。")  # noqa: T201
    return 0
