"""Read untrusted files in a child process with limits on memory, processor time and wall time."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from gongkai.documents.reading.document import DocumentText
from gongkai.documents.reading.open import LIMIT_MB, load, reader_of
from gongkai.documents.reading.refusal import REFUSALS, TookTooLong, Unreadable
from gongkai.documents.reading.sniffing import extension

ROOT = str(Path(__file__).resolve().parents[3])
# These readers only decode and split text; they run here, as starting a child costs more than they do.
HARMLESS = {"txt": "txt", "text": "txt", "md": "md", "markdown": "md", "csv": "csv"}
HARMLESS_LIMIT = 8 * 1024 * 1024
# Packages, old Office files, PDF, pictures and archives all betray themselves in their first bytes.
BINARY = (
    b"PK",
    b"\xd0\xcf\x11\xe0",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"MZ",
    b"\x7fELF",
    b"{\\rtf",
    b"\x1f\x8b",
    b"<",
)


def read_safely(
    source: Path | str | bytes,
    *,
    name: str = "",
    seconds: float = 20,
    memory_mb: int = 1024,
    limit_mb: int = LIMIT_MB,
) -> DocumentText:
    """Read a file nobody has looked at yet.

    Raises EmptyFile, TooLarge, ZipBomb, EncryptedFile, Unreadable, TookTooLong (all Refused);
    their messages are for the person who chose the file.
    """
    name = name or ("" if isinstance(source, bytes) else Path(source).name)
    data = load(source, limit_mb=limit_mb)
    if _harmless(data, name):
        return reader_of(HARMLESS[extension(name)])(data, name=name)
    answer = run_child("read", data, name=name, seconds=seconds, memory_mb=memory_mb)
    return DocumentText.from_data(answer)


def _harmless(data: bytes, name: str) -> bool:
    head = data[:4096].lstrip(b"\xef\xbb\xbf\r\n\t ")
    return (
        extension(name) in HARMLESS
        and len(data) <= HARMLESS_LIMIT
        and not head.startswith(BINARY)
        and b"\0" not in head
        and b"%PDF-" not in data[:1024]
        and b"PK\x05\x06" not in data
    )


def run_child(job: str, data: bytes, *, name: str, seconds: float, memory_mb: int) -> dict[str, Any]:
    """Run one job of `gongkai.documents.child` on the data and return its answer; raises a Refused."""
    limits = [str(seconds), str(memory_mb)]
    command = [sys.executable, "-P", "-m", "gongkai.documents.child", job, name.replace("\0", ""), *limits]
    with _fed(data) as stdin:
        process = subprocess.Popen(
            command,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,
        )
        try:
            out, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise TookTooLong from error
        finally:
            if process.poll() is None:
                process.kill()
                process.communicate()
    return _answer(out, process.returncode)


def _environment() -> dict[str, str]:
    kept = {key: os.environ[key] for key in ("PATH", "LD_LIBRARY_PATH", "TMPDIR") if key in os.environ}
    return {**kept, "PYTHONPATH": ROOT, "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}


@contextmanager
def _fed(data: bytes) -> Iterator[IO[bytes]]:
    with tempfile.TemporaryFile() as stream:
        stream.write(data)
        stream.seek(0)
        yield stream


def _answer(out: bytes, code: int) -> dict[str, Any]:
    try:
        answer = json.loads(out)
    except ValueError as error:
        # A killed or aborted parser leaves nothing: processor time (SIGXCPU, SIGKILL) or a crash.
        raise (TookTooLong if code in (-24, -9) else Unreadable) from error
    if "refused" in answer:
        raise REFUSALS.get(answer["refused"], Unreadable)(answer["message"])
    found: dict[str, Any] = answer["answer"]
    return found
