"""Records of `law/fees.toml`: what the information processing fee is by the piece and by the page."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.statute.records import Cited, keyed


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeTier:
    """A step of a tariff: every unit up to number `upto` costs `each` yuan."""

    upto: int
    each: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeBeyond:
    """What follows the last tier: `each` yuan, `plus` more every `every` units (0 = the same for all)."""

    each: int
    every: int = 0
    plus: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeExample:
    """A worked case: so many units cost so many yuan."""

    quantity: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff(Cited):
    """A method of charging the information processing fee."""

    code: str
    name: str
    unit: str
    tiers: tuple[FeeTier, ...] = keyed("tier")  # type: ignore[assignment]
    beyond: FeeBeyond
    examples: tuple[FeeExample, ...] = keyed("example")  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class FeeLine:
    """The units from number `first` to `last`, at `each` yuan, and what they come to."""

    first: int
    last: int
    each: int

    @property
    def amount(self) -> int:
        """Return what these units cost in yuan."""
        return (self.last - self.first + 1) * self.each


def charged(rule: Tariff, first: int, last: int) -> Iterator[FeeLine]:
    """Yield the tiers the units from number `first` to `last` fall into."""
    for begins, ends, each in _tiers(rule, last):
        if ends >= first:
            yield FeeLine(max(begins, first), min(ends, last), each)


def _tiers(rule: Tariff, last: int) -> Iterator[tuple[int, int, int]]:
    begins = 1
    for tier in rule.tiers:
        if begins > last:
            return
        yield begins, tier.upto, tier.each
        begins = tier.upto + 1
    each = rule.beyond.each
    while begins <= last:
        ends = begins + rule.beyond.every - 1 if rule.beyond.every else last
        yield begins, ends, each
        begins, each = ends + 1, each + rule.beyond.plus
