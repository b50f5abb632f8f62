"""Serve the public root in front of Django: no query, no cookie, no caching; nothing but regular files below it.

Only `/`, `/g/…`, `/assets/…` and a few names at the root are ours; everything else, and a body's search, is Django's.
"""

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Headers = list[tuple[str, str]]

AT_ROOT = ("", "robots.txt", "sitemap.xml", "favicon.ico")
TYPES = {
    "html": "text/html; charset=utf-8", "txt": "text/plain; charset=utf-8", "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8", "json": "application/json; charset=utf-8",
    "xml": "application/xml; charset=utf-8", "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg",
    "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp", "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8", "zip": "application/zip", "mp4": "video/mp4", "mp3": "audio/mpeg",
    "doc": "application/msword", "xls": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation", "ofd": "application/ofd",
}  # fmt: skip
ACTIVE = ("html", "htm", "xhtml", "xml", "svg", "js", "css")  # never under their own type where people upload
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'self'"
)
FILE_POLICY = "default-src 'none'; sandbox"
CHUNK = 1 << 16
_HIDDEN = re.compile(r"[\x00-\x1f\\]")


@dataclass(frozen=True)
class Found:
    """What a path leads to: an open file and its answer, or an answer without one."""

    status: str
    name: str = ""
    handle: int | None = None
    location: str = ""


class StaticSite:
    """A WSGI application that answers for the files of the public site and hands on everything else."""

    def __init__(self, root: Path, application: Callable[[Environ, StartResponse], Iterable[bytes]]) -> None:
        """Remember where the site lies and who answers the rest."""
        self.root = root
        self.application = application

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        path = _decoded(environ.get("PATH_INFO", "/"))
        if path is not None and not _ours(path):
            return self.application(environ, start_response)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return _plain(start_response, "405 Method Not Allowed", "这个页面只能查看。", [("Allow", "GET, HEAD")])
        found = self.find(path) if path is not None else Found("404 Not Found")
        if found.location:
            return _plain(start_response, found.status, "", [("Location", found.location)])
        if found.handle is None:
            found = Found("404 Not Found", "404.html", _open_in(self.root, ["404.html"])[0])
        if found.handle is None:
            return _plain(start_response, found.status, "没有找到这个页面。", [])
        return _answer(environ, start_response, found, in_files=path is not None and "/files/" in path)

    def find(self, path: str) -> Found:
        """Return what lies at a path: the page, the folder's page, or the page that says it is gone."""
        parts = [part for part in path.split("/") if part]
        if any(part.startswith(".") or _HIDDEN.search(part) for part in parts):
            return Found("404 Not Found")
        slash = path.endswith("/")
        handle, left = _open_in(self.root, [*parts, "index.html"] if slash else parts)
        if handle is None:
            return Found("410 Gone", "410.html", left) if left is not None else Found("404 Not Found")
        name = "index.html" if slash else parts[-1]
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            os.close(handle)
            return Found("302 Found", location=quote(f"/{'/'.join(parts)}/"))
        return Found("410 Gone" if name == "410.html" else "200 OK", name, handle)


def _decoded(path: str) -> str | None:
    """Return the path as text (WSGI hands its bytes on as Latin-1); None where it is no UTF-8."""
    try:
        return path.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return None


def _ours(path: str) -> bool:
    parts = path.split("/")[1:]
    if parts[0] == "g":
        return not (len(parts) > 2 and parts[2] == "search")
    return parts[0] == "assets" or (len(parts) == 1 and parts[0] in AT_ROOT)


def _open_in(root: Path, parts: list[str]) -> tuple[int | None, int | None]:
    """Open a file below the root step by step, following no symbolic link.

    Returns (handle, None), or (None, handle of the page that stands where something is gone), or (None, None).
    """
    folder = _open(str(root), os.O_DIRECTORY, None)
    if folder is None:
        return None, None
    for depth, part in enumerate(parts):
        last = depth == len(parts) - 1
        handle = _open(part, 0 if last else os.O_DIRECTORY, folder)
        if handle is None:
            left = _open("410.html", 0, folder)
            os.close(folder)
            return None, left
        os.close(folder)
        folder = handle
    return _regular(folder), None


def _regular(handle: int) -> int | None:
    mode = os.fstat(handle).st_mode
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return handle
    os.close(handle)
    return None


def _open(name: str, flags: int, folder: int | None) -> int | None:
    follow = os.O_NOFOLLOW if folder is not None else 0
    try:
        return os.open(name, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | follow | flags, dir_fd=folder)
    except (OSError, ValueError):
        return None


def _headers(found: Found, *, in_files: bool) -> Headers:
    ending = found.name.rpartition(".")[2].lower()
    kind = TYPES.get(ending, "application/octet-stream")
    if found.name == "feed.xml":
        kind = "application/rss+xml; charset=utf-8"
    headers = [("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin")]
    if not in_files or not found.status.startswith("200"):
        return [*headers, ("Content-Type", kind), ("Content-Security-Policy", PAGE_POLICY)]
    kind = "application/octet-stream" if ending in ACTIVE else kind
    plain = f"file.{ending}" if ending.isascii() and ending.isalnum() else "file"
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(found.name, safe='')}"
    return [*headers, ("Content-Type", kind), ("Content-Security-Policy", FILE_POLICY),
            ("Content-Disposition", disposition)]  # fmt: skip


def _answer(environ: Environ, start_response: StartResponse, found: Found, *, in_files: bool) -> Iterable[bytes]:
    assert found.handle is not None
    about = os.fstat(found.handle)
    tag = f'"{about.st_mtime_ns:x}-{about.st_size:x}"'
    headers = [*_headers(found, in_files=in_files), ("ETag", tag)]
    if found.status == "200 OK" and tag in environ.get("HTTP_IF_NONE_MATCH", ""):
        os.close(found.handle)
        start_response("304 Not Modified", headers[:2] + [("ETag", tag)])
        return []
    start_response(found.status, [*headers, ("Content-Length", str(about.st_size))])
    if environ["REQUEST_METHOD"] == "HEAD":
        os.close(found.handle)
        return []
    return _read(found.handle)


def _read(handle: int) -> Iterator[bytes]:
    with os.fdopen(handle, "rb") as file:
        while piece := file.read(CHUNK):
            yield piece


def _plain(start_response: StartResponse, status: str, words: str, headers: Headers) -> Iterable[bytes]:
    body = words.encode()
    length = ("Content-Length", str(len(body)))
    start_response(status, [("Content-Type", "text/plain; charset=utf-8"), length, *headers])
    return [body]
