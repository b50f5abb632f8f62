"""One-time codes that are printed on paper and typed in once."""

import hashlib
import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def code_hash(code: str) -> str:
    """Return the stored form of a one-time code (high entropy, so a plain SHA-256 is enough)."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def new_code() -> str:
    """Return a printable one-time code, three groups of four, without look-alike characters."""
    raw = "".join(secrets.choice(ALPHABET) for _ in range(12))
    return "-".join((raw[:4], raw[4:8], raw[8:]))
