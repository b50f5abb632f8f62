"""Run the benchmarks: `python -m bench` all, `python -m bench search due` some.

Everything happens in a throw-away folder with its own SQLite file (another data base: GONGKAI_BENCH_DATABASE_URL,
which must be empty and yours to fill). Sizes: GONGKAI_BENCH_DISCLOSURES, _QUERIES, _DUE, _ROWS, _RECORDS, _SECONDS,
_SUBMISSIONS, _OPEN_CASES, _SIMULATED.
"""

import importlib
import os
import sys
import tempfile
from pathlib import Path

BENCHES = ("due", "pages", "publishing", "serving", "imports", "report", "access", "search", "letters")


def run(names: list[str]) -> None:
    """Run benches by name in a throw-away installation, printing each figure as it is known."""
    import django  # noqa: PLC0415 – the environment is prepared first
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    for name in names:
        for figure in importlib.import_module(f"bench.{name}").run():
            print(figure.line(), flush=True)


def main() -> int:
    """Choose the benches, prepare the throw-away folder, run."""
    names = sys.argv[1:] or list(BENCHES)
    unknown = set(names) - set(BENCHES)
    if unknown:
        print(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        url = os.environ.get("GONGKAI_BENCH_DATABASE_URL") or f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        os.environ |= {"GONGKAI_DATA": folder, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "gongkai.web.settings"}
        os.environ.setdefault("PASSWORD_HASHERS", "django.contrib.auth.hashers.MD5PasswordHasher")
        run(names)
    return 0


if __name__ == "__main__":
    sys.exit(main())
