"""What screening says about content. A finding never carries the raw value."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Finding:
    """One thing somebody has to look at before the content becomes public.

    `kind` groups (resident_id, mobile, hidden, unchecked, macro, file); `code` is exact (hidden_column);
    `where` is the place as the file names it, `message` says in plain Chinese what is wrong and what to do;
    `masked` and `quote` show values with their middle starred.
    """

    code: str
    kind: str
    severity: Severity
    where: str
    masked: str
    message: str
    quote: str = ""

    def as_data(self) -> dict[str, str]:
        """Return plain data for `gongkai scan --json`."""
        keys = ("code", "kind", "severity", "where", "masked", "message", "quote")
        return {key: getattr(self, key) for key in keys}


def masked(value: str, *, head: int, tail: int) -> str:
    """Star the middle of a value."""
    return value[:head] + "*" * (len(value) - head - tail) + value[len(value) - tail :]
