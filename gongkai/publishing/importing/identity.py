"""When two rows of lists are the same thing: the same address, else the same channel, title, day and ordinal."""

import re
from collections import Counter
from datetime import date
from hashlib import sha256
from urllib.parse import urlsplit, urlunsplit

ADDRESS = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?", re.ASCII | re.IGNORECASE)


def is_address(place: str) -> bool:
    """Tell whether a 网址或位置 is an address on the net rather than a place on a wall."""
    return ADDRESS.fullmatch(place.strip()) is not None


def tidy_address(place: str) -> str:
    """Return an address in one form: scheme and host in small letters, no fragment, no closing slash."""
    parts = urlsplit(place.strip() if "://" in place else f"http://{place.strip()}")
    return urlunsplit(("http", parts.netloc.lower(), parts.path.rstrip("/"), parts.query, ""))


class Identities:
    """Give every row of one list its key; equal rows without an address are told apart by their ordinal."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def key(self, *, place: str, channel: str, title: str, on: date) -> str:
        """Return the key (64 hex digits) of a row."""
        if is_address(place):
            return digest(f"address|{tidy_address(place)}")
        bare = "".join(title.split())
        plain = f"row|{channel}|{bare}|{on.isoformat()}"
        self._seen[plain] += 1
        return digest(f"{plain}|{self._seen[plain]}")


def digest(text: str) -> str:
    """Return the SHA-256 of a text in hex."""
    return sha256(text.encode()).hexdigest()
