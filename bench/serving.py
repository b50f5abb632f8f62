"""Static public pages a second: through the app server as installed, and through nginx where it is present."""

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

from django.conf import settings

from bench.figure import CORES, Figure, size
from bench.publishing import standing

PAGE = "/g/bench-serve/"
NGINX = """{user}worker_processes {workers}; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{ access_log off; sendfile on; types {{ text/html html; }} client_body_temp_path {folder};
proxy_temp_path {folder}; fastcgi_temp_path {folder}; uwsgi_temp_path {folder}; scgi_temp_path {folder};
server {{ listen 127.0.0.1:{port}; root {root}; index index.html; charset utf-8; }} }}
"""


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(command: list[str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the measurement is over."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
                break
            except OSError:
                time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def cpu_of(pid: int) -> float:
    """Return the processor seconds of a process and its children so far."""
    tick = os.sysconf("SC_CLK_TCK")
    spent = 0.0
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(entry.parent.name) == pid or int(fields[1]) == pid:
            spent += (int(fields[11]) + int(fields[12])) / tick
    return spent


def hammer(port: int, path: str, seconds: float) -> int:
    """Ask for a page over kept connections for so long; return the number of whole answers."""
    connection, count, until = http.client.HTTPConnection("127.0.0.1", port), 0, time.perf_counter() + seconds
    while time.perf_counter() < until:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise AssertionError(f"{path} answered {answer.status}")
        count += 1
    return count


def requests(port: int, path: str, seconds: int) -> tuple[float, str]:
    """Return requests a second and the client that asked."""
    if shutil.which("wrk"):
        command = ["wrk", "-t1", "-c16", f"-d{seconds}s", f"http://127.0.0.1:{port}{path}"]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in told:
            raise AssertionError(f"{path} was refused: {told}")
        return float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]), "wrk, 16 connections"
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(hammer, (port, path, seconds)) / seconds, "http.client, one connection"


def measured(name: str, command: list[str], port: int, what: str) -> Iterator[Figure]:
    """Serve, ask, and say both the rate on this machine and the processor time of one request."""
    seconds = size("SECONDS", 4)
    with server(command, port) as process:
        hammer(port, PAGE, 0.5)
        before = cpu_of(process.pid)
        rate, client = requests(port, PAGE, seconds)
        spent = cpu_of(process.pid) - before
    yield Figure(
        name=f"static.{name}", value=rate, unit="requests/s", n=round(rate * seconds),
        what=f"a school's home page {what}; client {client} on the same cores",
    )  # fmt: skip
    yield Figure(
        name=f"static.{name}.cpu", value=spent / (rate * seconds) * 1000, unit="ms CPU", n=round(rate * seconds),
        what=f"processor time of the server for one request {what}",
    )  # fmt: skip


def run() -> Iterator[Figure]:
    """Serve a school's pages with the app server and with nginx."""
    standing("bench-serve", 10)
    port = free_port()
    app = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--no-ws", "--log-level", "error", "gongkai.web.wsgi:application",
    ]  # fmt: skip
    yield from measured("app", app, port, "through the app server (one worker)")
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx:
        with tempfile.TemporaryDirectory() as folder:
            port, config = free_port(), Path(folder) / "nginx.conf"
            for path in (settings.PUBLIC_ROOT.parent, Path(folder)):
                path.chmod(0o755)
            config.write_text(
                NGINX.format(
                    user="user root;\n" if os.geteuid() == 0 else "",
                    workers=1,
                    folder=folder,
                    port=port,
                    root=settings.PUBLIC_ROOT,
                ),
                encoding="utf-8",
            )
            command = [nginx, "-c", str(config), "-e", f"{folder}/error.log"]
            yield from measured("nginx", command, port, f"through nginx (one worker of {CORES} cores)")
