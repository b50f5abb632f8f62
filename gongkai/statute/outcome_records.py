"""Records of `law/outcomes.toml`: outcomes of a request, what is no ground, what contradicts, where to turn next."""

from dataclasses import dataclass
from datetime import date

from gongkai.statute.records import Cited, keyed


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeUnder(Cited):
    """What an outcome is called and rests on under another regime; empty fields stay as they are."""

    regime: str
    name: str = ""
    words: tuple[str, ...] = ()
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestOutcome(Cited):
    """One leaf a request can end in (处理结果); `row_2021`, `row_2019` are rows of table 3.

    `needs` names what a reply must say, `one_of` of what it must say at least one, `after` what must have
    happened; `words` are what its reasons speak of; `review_first` is the day from which reconsideration comes
    before a lawsuit (None: free choice); `ground` = may be the ground of the withheld part of a partial reply.
    """

    code: str
    name: str
    group: str
    row_2021: str = keyed("row")  # type: ignore[assignment]
    row_2019: str = ""
    letter: str
    letter_elsewhere: str = ""
    regimes: tuple[str, ...]
    needs: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    short: str = ""
    advice: str = ""
    ground: bool = False
    review_first: date | None = None
    under: tuple[OutcomeUnder, ...] = ()

    @property
    def label(self) -> str:
        """Return the name as lists and letters show it."""
        return self.short or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class NoGround(Cited):
    """Words that are given as a reason and are none."""

    code: str
    words: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction(Cited):
    """Words that a reply with these outcomes, or outcomes of these groups, cannot also say."""

    code: str
    words: tuple[str, ...]
    why: str
    outcomes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyWords(Cited):
    """What a reply says of where to turn next; blanks are filled from the body's settings."""

    code: str
    regimes: tuple[str, ...]
    text: str
