"""The process that parses untrusted files: `python -m gongkai.documents.child JOB NAME SECONDS MEMORY_MB`.

The file is standard input, the answer one JSON object on standard output: {"answer": …} or
{"refused": code, "message": …}.
"""

import importlib
import json
import math
import resource
import sys

from gongkai.documents.reading.refusal import Refused, TookTooLong, Unreadable

JOBS = {
    "read": "gongkai.documents.reading.job:read_job",
    "table": "gongkai.documents.tables.job:table_job",
}


def main(argv: list[str]) -> int:
    """Set the limits, do the job, write the answer."""
    job, name, seconds, memory_mb = argv
    _limit(math.ceil(float(seconds)), int(memory_mb))
    try:
        module, function = JOBS[job].split(":")
        data = sys.stdin.buffer.read()
        answer = {"answer": getattr(importlib.import_module(module), function)(data, name=name)}
    except Refused as refusal:
        answer = _refused(refusal)
    except (MemoryError, RecursionError):
        answer = _refused(TookTooLong())
    except Exception:  # noqa: BLE001 - whatever a broken file does to a parser, the person hears one thing
        answer = _refused(Unreadable())
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    return 0


def _refused(refusal: Refused) -> dict[str, str]:
    return {"refused": refusal.code, "message": refusal.message}


def _limit(seconds: int, memory_mb: int) -> None:
    size = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
