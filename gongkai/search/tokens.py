"""Turn text and queries into bigrams: any word of two characters or more is found exactly, without a dictionary.

A unit is one character (a Latin word or a number is one unit); a token is a unit with the one after it, so that
neighbouring tokens of a run overlap. White space does not part characters, punctuation does.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

LINK = "·"  # parts a Latin word or number from what follows: "ab"+"c" is not "a"+"bc"
LONGEST = 64  # units of one phrase; chunks of long texts overlap by as many
MOST_WORDS = 8
_PART = re.compile(r"[^\w\s]|_")
_UNIT = re.compile(r"[a-z0-9]+|[^\W_]")
_ASCII = re.compile(r"[a-z0-9]+")
_QUOTED = re.compile(r"[\"“”「」『』]([^\"“”「」『』]*)[\"“”「」『』]")


def folded(text: str) -> str:
    """Return the text as the index sees it: full-width forms made half-width, letters lower."""
    return unicodedata.normalize("NFKC", text).lower()


def runs(text: str) -> list[list[str]]:
    """Return the units of a text, one list for each stretch without punctuation."""
    found = (_UNIT.findall(part) for part in _PART.split(folded(text)))
    return [units for units in found if units]


def _headed(unit: str) -> str:
    return unit + LINK if _ASCII.fullmatch(unit) else unit


def _pairs(units: list[str]) -> list[str]:
    return [_headed(a) + b for a, b in zip(units, units[1:], strict=False)]


def tokens(text: str) -> list[str]:
    """Return the tokens of a text in order; the last unit of a stretch stands alone."""
    found: list[str] = []
    for units in runs(text):
        found += _pairs(units)
        found.append(_headed(units[-1]))
    return found


@dataclass(frozen=True)
class Phrase:
    """One word of a query: units that must stand next to each other."""

    units: tuple[str, ...]

    @cached_property
    def tokens(self) -> list[str]:
        """Return the tokens to look for, in order and adjacent."""
        units = list(self.units)
        if len(units) > 1:
            return _pairs(units)
        # A number is meant whole ("12" is not "120"); a Latin word may go on.
        return [_headed(units[0])] if units[0].isdigit() else units

    @property
    def open_ended(self) -> bool:
        """Tell whether the last token may go on: a single unit, or a Latin word being typed."""
        last = self.units[-1]
        return len(self.units) == 1 or (bool(_ASCII.fullmatch(last)) and not last.isdigit())


def phrases(words: str) -> list[Phrase]:
    """Return what a query asks for; all of it must be found. Quotes hold words with spaces together."""
    words = words[:400]
    texts = _QUOTED.findall(words) + _QUOTED.sub(" ", words).split()
    found = [Phrase(tuple(units[:LONGEST])) for text in texts for units in runs(text)]
    return list(dict.fromkeys(found))[:MOST_WORDS]
