"""`gongkai verify [--json]`: prove the journal's chain and every published page; 1 where something does not hold."""

import argparse
import json
from dataclasses import asdict

from gongkai.journal import chain
from gongkai.portal.verify import verify

SHOWN = 30


def main(argv: list[str]) -> int:
    """Print every fault, the first broken journal entry first."""
    parser = argparse.ArgumentParser(prog="gongkai verify", description="核验留痕链和已公开页面")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    args = parser.parse_args(argv)
    faults = verify()
    seq, digest = chain.end()
    if args.json:
        told = {"faults": [asdict(fault) for fault in faults], "last": {"seq": seq, "digest": digest}}
        print(json.dumps(told, ensure_ascii=False))  # noqa: T201
    else:
        print(f"留痕最后一条：第 {seq} 条 {digest}")  # noqa: T201
        for fault in faults[:SHOWN]:
            print(f"{fault.where}：{fault.what}")  # noqa: T201
        if len(faults) > SHOWN:
            print(f"……还有 {len(faults) - SHOWN} 处，用 --json 看全部。")  # noqa: T201
        print(f"共 {len(faults)} 处不符。" if faults else "留痕链完整，公开页面与签发内容一致。")  # noqa: T201
    return 1 if faults else 0
