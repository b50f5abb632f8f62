"""What follows publication in the demonstration: postings, opinions, a withdrawn item, reports."""

from collections.abc import Callable
from datetime import datetime

from gongkai.journal.models import JournalEntry


def finished(codes: set[str]) -> bool:
    """Tell whether the demonstration has been built to its end."""
    return JournalEntry.objects.filter(act="demo.finished").exists()


def follow(now: datetime, *, say: Callable[[str], None]) -> None:
    """Let the year have its consequences."""
