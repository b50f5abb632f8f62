"""A store of files by their own SHA-256: written once, synced, never changed."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class BlobStore:
    """Keep bytes under `root/ab/abcdef…`; the name is the content's SHA-256."""

    root: Path

    def path(self, sha256: str) -> Path:
        """Return where the content with this digest lies (it may not exist)."""
        return self.root / sha256[:2] / sha256

    def put(self, data: bytes) -> str:
        """Store bytes (synced to disk before they get their name) and return their SHA-256 in hex."""
        sha256 = hashlib.sha256(data).hexdigest()
        target = self.path(sha256)
        if target.exists():
            return sha256
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).rename(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        return sha256

    def get(self, sha256: str) -> bytes:
        """Return the bytes; raises FileNotFoundError where they are missing."""
        return self.path(sha256).read_bytes()
