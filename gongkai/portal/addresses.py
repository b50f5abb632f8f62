"""Public addresses. They never change: `/g/<body code>/…`, a disclosure under its public name."""

import re
import unicodedata
from collections.abc import Iterable

from gongkai.bodies.models import Body
from gongkai.publishing.models import Disclosure

LONGEST_NAME = 180  # bytes; file systems stop at 255
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|#%&;\u200b-\u200f\u2028-\u202e\ufeff]+")


def home(body: Body) -> str:
    """Return the address of a body's home."""
    return f"/g/{body.code}/"


def of(disclosure: Disclosure) -> str:
    """Return the public address of a disclosure's page."""
    return f"/g/{disclosure.body.code}/d/{disclosure.public_id}/"


def restricted(disclosure: Disclosure) -> str:
    """Return the address at which signed-in readers find a disclosure."""
    return f"/r/{disclosure.body.code}/d/{disclosure.public_id}/"


def search(body: Body) -> str:
    """Return the address of a body's search."""
    return f"/g/{body.code}/search/"


def opinion_form(body: Body) -> str:
    """Return the address of a body's opinion form."""
    return f"/o/{body.code}/"


def request_form(body: Body) -> str:
    """Return the address of a body's form for access requests."""
    return f"/a/{body.code}/"


def requests_log(body: Body) -> str:
    """Return the address of the public account of a body's access requests."""
    return f"/g/{body.code}/requests/"


def file_of(address: str) -> str:
    """Return the path below the public root of the page at an address."""
    return address.lstrip("/") + ("index.html" if address.endswith("/") else "")


def safe_name(name: str) -> str:
    """Return a file name that every file system and browser takes; the ending stays."""
    name = _UNSAFE.sub("_", unicodedata.normalize("NFC", name)).strip(" .") or "附件"
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending.encode()) > 12:
        stem, ending = name, ""
    room = LONGEST_NAME - len(ending.encode()) - 1
    stem = stem.encode()[:room].decode(errors="ignore").strip(" .") or "附件"
    return f"{stem}.{ending}" if ending else stem


def different_names(names: Iterable[str]) -> list[str]:
    """Return safe names in order, a second one of the same name with a number."""
    found: list[str] = []
    taken: set[str] = set()
    for name in map(safe_name, names):
        candidate, n = name, 1
        while candidate.casefold() in taken:
            n += 1
            stem, dot, ending = name.rpartition(".")
            candidate = f"{stem}({n}).{ending}" if dot else f"{name}({n})"
        taken.add(candidate.casefold())
        found.append(candidate)
    return found
