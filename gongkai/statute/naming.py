"""Find a record by what people write: its code, its name or another word for it."""

import unicodedata
from collections.abc import Iterable
from typing import Protocol, TypeVar


class Named(Protocol):
    """A record with a code and a name."""

    @property
    def code(self) -> str: ...

    @property
    def name(self) -> str: ...


Found = TypeVar("Found", bound=Named)


def plain(text: str) -> str:
    """Fold width, case and blanks, so that full-width and half-width writing compare equal."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def find(records: Iterable[Found], text: str) -> Found | None:
    """Return the record whose code, name or other word is this text, or None."""
    wanted = plain(text)
    if not wanted:
        return None
    for record in records:
        if wanted in map(plain, (record.code, record.name, *getattr(record, "words", ()))):
            return record
    return None
