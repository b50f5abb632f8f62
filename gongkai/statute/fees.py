"""The information processing fee (国办函〔2020〕109号): exact, progressive, by the piece or by the page.

amount("piece", 1, already=10) -> 100        the eleventh piece of the month
lines("page", 101) -> (FeeLine(31, 100, 10, 700), FeeLine(101, 101, 20, 20))
"""

from gongkai.statute.fee_records import FeeLine, Tariff, charged
from gongkai.statute.load import law

MOST = 1_000_000


class WrongQuantity(ValueError):
    """The number of pieces or pages cannot be charged."""


def tariff(method: str) -> Tariff:
    """Return the tariff of a method (piece, page). Raises KeyError."""
    return law().tariffs[method]


def amount(method: str, quantity: int, *, already: int = 0) -> int:
    """Return the fee in yuan of so many units, after those already counted. Raises WrongQuantity."""
    return sum(line.amount for line in lines(method, quantity, already=already))


def lines(method: str, quantity: int, *, already: int = 0) -> tuple[FeeLine, ...]:
    """Return the tiers these units fall into, those free of charge left out. Raises WrongQuantity."""
    if quantity < 1 or already < 0 or quantity + already > MOST:
        raise WrongQuantity(f"数量应在1到{MOST}之间")
    return tuple(line for line in charged(tariff(method), already + 1, already + quantity) if line.each)
