"""Refuse a request whose body was cut off on the way: half a text must never be saved as if it were whole.

A proxy that buffers requests does this too; the embedded server hands a short body on as it came.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any


class CutOff(OSError):
    """The connection ended before the whole body had come."""


class WholeBody:
    """Wrap a WSGI application so that reading past the end of a body that is too short raises CutOff."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        """Remember the application."""
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request; a body is counted while it is read."""
        declared = environ.get("CONTENT_LENGTH") or "0"
        if declared.isdecimal() and int(declared):
            environ["wsgi.input"] = Counted(environ["wsgi.input"], int(declared))
        return self.application(environ, start_response)


class Counted:
    """A body of a declared length in bytes."""

    def __init__(self, stream: Any, length: int) -> None:
        """Begin with all of it still to come."""
        self._stream, self._left = stream, length

    def read(self, size: int | None = -1) -> bytes:
        """Read up to `size` bytes; fewer than asked before the declared end means that the rest will not come."""
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        return self._came(self._stream.read(wanted), wanted)

    def readline(self, size: int | None = -1) -> bytes:
        """Read one line."""
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        line = self._stream.readline(wanted)
        return self._came(line, len(line) if line.endswith(b"\n") else wanted)

    def __iter__(self) -> Iterator[bytes]:
        """Yield the lines."""
        while line := self.readline():
            yield line

    def _came(self, data: bytes, wanted: int) -> bytes:
        self._left -= len(data)
        if len(data) < wanted:
            raise CutOff(f"{self._left} bytes of the body did not come")
        return data
