"""`gongkai serve [--port N]`: the web site in one process, the sweep beside it; both end together."""

import argparse
import os
import subprocess
import sys

EVERY = 30  # seconds between two sweeps
THREADS = 8


def main(argv: list[str]) -> int:
    """Start the sweep as a child and become the web server; the child ends when its parent does."""
    parser = argparse.ArgumentParser(prog="gongkai serve", description="启动网站和后台任务")
    parser.add_argument("--port", type=int, default=8000, help="端口，默认 8000")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址，默认只限本机")
    parser.add_argument("--no-sweep", action="store_true", help="不启动后台任务")
    args = parser.parse_args(argv)
    if not args.no_sweep:
        subprocess.Popen([sys.executable, "-m", "gongkai.cli", "sweep", "--every", str(EVERY)])
    server = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", args.host, "--port", str(args.port),
        "--workers", "1", "--blocking-threads", str(THREADS), "--no-ws", "gongkai.web.wsgi:application",
    ]  # fmt: skip
    os.execv(sys.executable, server)  # noqa: S606
    return 0
