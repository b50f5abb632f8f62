"""A school with a site, and what its tests look at."""

import json
from pathlib import Path

from django.conf import settings

from gongkai.catalogue import actions as catalogue
from gongkai.journal import outbox
from tests import make

FACTS = {
    "office_name": "校办公室", "phone": "0757-8888 0001", "supervision_phone": "0757-8888 0002",
    "address": "示范区文明路 1 号", "postcode": "528000", "office_hours": "工作日 8:30–11:30,14:00–17:00",
    "org_code": "12440600MB2C0000XX", "regimes": ["k12-15"],
}  # fmt: skip


def school(code="shiyan", **facts):
    """Found a school with contacts and the adopted catalogue."""
    made = make.school(code, **(FACTS | facts))
    catalogue.adopt(made, by=make.SYSTEM, at=make.AT, catalogue="K12")
    outbox.drain()
    return made


def published(school, **facts):
    """Publish a disclosure and bring its pages to the site."""
    edition = make.published(school, **facts)
    outbox.drain()
    return edition.disclosure


def lies(address):
    """Return the file at a public address."""
    path = Path(settings.PUBLIC_ROOT) / address.lstrip("/")
    return path / "index.html" if address.endswith("/") else path


def read(address):
    """Return the text at a public address; None where nothing lies."""
    path = lies(address)
    return path.read_text(encoding="utf-8") if path.is_file() else None


def data(address):
    """Return the JSON beside a page."""
    return json.loads(read(f"{address}index.json"))


def everything():
    """Return every file of the site with its bytes, by path."""
    root = Path(settings.PUBLIC_ROOT)
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}
