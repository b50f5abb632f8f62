"""Letters: composed from their case, and written as PDF and Word."""

from collections.abc import Iterator

from bench.figure import Figure, size, watch
from gongkai.access.letters import compose, files_of
from gongkai.access.signing import reply_of
from tests import make


def run() -> Iterator[Figure]:
    """Compose and write the reply letter of one case again and again, each with other words."""
    n = size("LETTERS", 200)
    case = make.decided_reply(make.request(make.school("bench-letters", kind="edu_bureau")), "third_party_rights")
    with watch() as spent:
        for _ in range(n):
            compose("F14", case, on=make.AT.date())
    yield Figure(
        name="letters.composed", value=n / spent.cpu, unit="letters/s of CPU", n=n,
        what="a refusal filled from its case with article, reasons and remedy, data base included",
    )  # fmt: skip
    letter = reply_of(case)
    with watch() as spent:
        for serial in range(1, n + 1):
            letter.serial = serial
            files_of(letter)
    yield Figure(
        name="letters.written", value=n / spent.cpu, unit="letters/s of CPU", n=n,
        what="a numbered letter of two pages with its note, as PDF and Word in the layout of GB/T 9704",
    )  # fmt: skip
