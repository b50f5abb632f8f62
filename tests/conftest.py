"""Fixtures of the whole suite: a data folder of its own, and the real source documents where they are."""

import os
import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.db import connection

from gongkai.accounts.models import Person
from gongkai.journal import triggers

os.environ.setdefault("GONGKAI_DATA", tempfile.mkdtemp(prefix="gongkai-test-"))

pytest_plugins = ("tests.browser.plugin",)

SHANGHAI = ZoneInfo("Asia/Shanghai")
SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Keep SQLite's test database in a file: threads of one process lock a shared memory database out at once."""
    if connection.vendor == "sqlite":
        name = Path(os.environ["GONGKAI_DATA"]) / f"test-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}.sqlite3"
        name.parent.mkdir(parents=True, exist_ok=True)
        connection.settings_dict["TEST"]["NAME"] = str(name)


@pytest.fixture(autouse=True)
def _own_data(settings, tmp_path):
    """Give every test its own public root, blob store, mail folder and count of failed sign-ins."""
    cache.clear()
    settings.DATA = tmp_path
    settings.PUBLIC_ROOT = tmp_path / "public"
    settings.BLOB_ROOT = tmp_path / "blobs"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def at():
    """A fixed instant: Saturday 21 November 2026, 10:00 in China."""
    return datetime(2026, 11, 21, 10, 0, tzinfo=SHANGHAI)


@pytest.fixture
def as_(client):
    """Sign a person in by login name: `as_("shiyan-clerk")` returns the client."""

    def sign_in(username):
        client.force_login(Person.objects.get(username=username))
        return client

    return sign_in


@pytest.fixture
def seeds():
    """The folder of the real source documents; tests that need it are skipped where it is absent."""
    if not SEEDS.is_dir():
        pytest.skip("the real source documents (../shared/seeds) are not beside the project")
    return SEEDS


@pytest.fixture
def flushable(transactional_db):
    """Let a test commit for real: the append-only triggers go before the database is flushed, and come back."""
    triggers.install()
    yield
    triggers.remove()
