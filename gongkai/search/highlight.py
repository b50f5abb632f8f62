"""Mark the found words in titles and snippets; everything else is escaped."""

import re
from collections.abc import Iterator
from html import escape

from gongkai.search.tokens import Phrase

BEFORE, LENGTH = 30, 120  # characters of a snippet before its first hit, and in all
_WIDE = 0xFEE0  # full-width forms lie this far behind their half-width ones


def _unit_pattern(unit: str) -> str:
    if unit.isascii():
        pieces = (f"[{c}{chr(ord(c) + _WIDE)}{c.upper()}{chr(ord(c.upper()) + _WIDE)}]" for c in unit)
        after = "(?![A-Za-z0-9])" if unit.isdigit() else ""
        return rf"(?<![A-Za-z0-9]){''.join(pieces)}{after}"
    return re.escape(unit)


def pattern(phrases: list[Phrase]) -> re.Pattern[str] | None:
    """Return the pattern that finds these phrases in a text as it was written; None when there are none."""
    if not phrases:
        return None
    wholes = sorted(phrases, key=lambda phrase: -len(phrase.units))
    return re.compile("|".join(r"\s*".join(map(_unit_pattern, p.units)) for p in wholes), re.IGNORECASE)


def _marked(text: str, found: re.Pattern[str] | None) -> Iterator[str]:
    last = 0
    for hit in found.finditer(text) if found else ():
        yield escape(text[last : hit.start()])
        yield f"<mark>{escape(hit.group())}</mark>"
        last = hit.end()
    yield escape(text[last:])


def marked(text: str, found: re.Pattern[str] | None) -> str:
    """Return the text as HTML with the hits in <mark>."""
    return "".join(_marked(text, found))


def snippet(text: str, found: re.Pattern[str] | None) -> str:
    """Return the piece of the text around the first hit (else its beginning) as HTML with the hits in <mark>."""
    hit = found.search(text) if found else None
    start = max(0, hit.start() - BEFORE) if hit else 0
    end = min(len(text), max(start + LENGTH, hit.end() if hit else 0))
    piece = re.sub(r"\s+", " ", text[start:end]).strip()
    return f"{'…' if start else ''}{marked(piece, found)}{'…' if end < len(text) else ''}"
