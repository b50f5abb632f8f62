"""How a letter's number is written: 示教公复〔2026〕12号."""

from gongkai.access.letters.voice import settings_of
from gongkai.access.models import Letter
from gongkai.bodies.models import Body

DEFAULT = "公复"


def prefix_of(body: Body) -> str:
    """Return the body's letter code (机关代字): its own, else its short name with 公复."""
    return settings_of(body).letter_prefix or f"{body.label}{DEFAULT}"


def number_of(letter: Letter) -> str:
    """Return the number of a letter, empty while it has none."""
    if letter.serial is None:
        return ""
    return f"{prefix_of(letter.body)}〔{letter.year}〕{letter.serial}号"
