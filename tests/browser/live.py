"""A running installation for browser tests: its own data base file, public folder and server on loopback."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings as django_settings
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connections

PLACES = {"DATA": "", "PUBLIC_ROOT": "public", "BLOB_ROOT": "blobs", "EMAIL_FILE_PATH": "mail"}
DATABASE = "gongkai.sqlite3"


class QuietHandler(WSGIRequestHandler):
    """Serve requests without writing a line for each."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Installation:
    """A server under test: where it answers and where its files lie."""

    url: str
    folder: Path


@contextmanager
def database_file(path: Path) -> Iterator[None]:
    """Work on a data base file instead of the suite's own data base (this thread and the server's)."""
    facts = connections.settings["default"]
    kept, name = connections["default"], facts["NAME"]
    facts["NAME"] = str(path)
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        facts["NAME"] = name
        connections["default"] = kept


@contextmanager
def places(folder: Path) -> Iterator[None]:
    """Point the settings' folders into one folder."""
    kept = {name: getattr(django_settings, name) for name in PLACES}
    for name, inner in PLACES.items():
        setattr(django_settings, name, folder / inner)
    try:
        yield
    finally:
        for name, value in kept.items():
            setattr(django_settings, name, value)


def make_template(folder: Path, build: Callable[[], None], *, begin: Path | None = None) -> Path:
    """Make an installation's folder and let `build` act in it; `begin` is one that is migrated already."""
    folder.mkdir(parents=True)
    if begin is not None:
        shutil.copytree(begin, folder, dirs_exist_ok=True)
    with places(folder), database_file(folder / DATABASE):
        if begin is None:
            call_command("migrate", verbosity=0)
        build()
        with connections["default"].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder


@contextmanager
def running(template: Path, folder: Path, application: Any) -> Iterator[Installation]:
    """Run a copy of an installation's folder behind the real WSGI application."""
    shutil.copytree(template, folder, dirs_exist_ok=True)
    with places(folder), database_file(folder / DATABASE):
        server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
        server.daemon_threads = True
        # The same composition as installed, over this installation's public files.
        server.set_app(type(application)(folder / PLACES["PUBLIC_ROOT"], application.application))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield Installation(f"http://127.0.0.1:{server.server_address[1]}", folder)
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
