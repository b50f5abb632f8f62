"""The installation's own secret, made once and kept beside its data, never in the repository."""

import secrets
from pathlib import Path


def secret_key(data: Path) -> str:
    """Return the installation's secret key, making it on first use (readable by the owner only)."""
    path = data / "secret_key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), encoding="ascii")
    return path.read_text(encoding="ascii").strip()
