"""The commands of an installation: init, sweep, rebuild, verify, and a real server that takes its sweep along."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from gongkai.web.commands import init, rebuild, sweep, verify
from tests.portal.world import lies, published, school


@pytest.mark.django_db
def test_the_commands_say_what_they_found_and_exit_accordingly(capsys):
    body = school()
    one = published(body, title="收费公示")
    assert sweep.main([]) == 0
    assert verify.main([]) == 0
    assert "与签发内容一致" in capsys.readouterr().out
    lies(f"/g/shiyan/d/{one.public_id}/").write_text("被换掉", encoding="utf-8")
    assert verify.main(["--json"]) == 1
    assert json.loads(capsys.readouterr().out)["faults"][0]["what"] == "页面被改动过"
    assert rebuild.main(["--json"]) == 0
    assert json.loads(capsys.readouterr().out)["differences"] == [
        {"path": f"g/shiyan/d/{one.public_id}/index.html", "what": "内容不同，已重写"}
    ]
    assert verify.main([]) == 0


@pytest.mark.django_db
def test_an_empty_installation_has_a_home_and_may_be_made_twice(settings, capsys):
    settings.STATIC_ROOT = settings.DATA / "static"
    for _ in range(2):
        assert init.main([]) == 0
    assert "还没有单位" in lies("/").read_text(encoding="utf-8")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read().decode()


def until(found, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if result := found():
                return result
        except OSError:
            pass
        time.sleep(0.2)
    return None


def children_of(pid):
    listed = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return {int(line.split()[0]): line for line in listed.stdout.splitlines()}


def test_a_server_serves_site_and_pages_and_takes_its_sweep_along(tmp_path):
    env = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    env |= {"GONGKAI_DATA": str(tmp_path / "data"), "NO_PROXY": "127.0.0.1"}
    env.pop("DATABASE_URL", None)
    gongkai = [sys.executable, "-m", "gongkai.cli"]
    subprocess.run([*gongkai, "init"], env=env, check=True, capture_output=True)
    port = free_port()
    server = subprocess.Popen([*gongkai, "serve", "--port", str(port)], env=env, stderr=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL)  # fmt: skip
    try:
        assert until(lambda: fetch(port, "/")) is not None
        assert fetch(port, "/")[0] == 200
        assert fetch(port, "/s/?q=%E6%94%B6%E8%B4%B9")[0] == 200
        assert fetch(port, "/g/none/")[0] == 404
        swept = [pid for pid, line in children_of(server.pid).items() if " sweep " in line]
        assert len(swept) == 1
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
    assert until(lambda: not os.path.exists(f"/proc/{swept[0]}"), seconds=15)
