"""Lists brought in: rows a second, decoding, checking, writing and the journal included."""

from collections.abc import Iterator

from bench import world
from bench.figure import Figure, size, watch
from tests import make


def run() -> Iterator[Figure]:
    """Import a list of postings, of disclosures and of opinions, then the first once more."""
    n = size("ROWS", 5000)
    school = make.school("bench-import")
    for kind in ("postings", "disclosures", "opinions"):
        data = world.rows(kind, n)
        with watch() as spent:
            brought = world.bring(kind, school, data)
        yield Figure(
            name=f"import.{kind}", value=brought / spent.wall, unit="rows/s", n=brought,
            what="a CSV in GB18030, one transaction, one process",
        )  # fmt: skip
    data = world.rows("postings", n)
    with watch() as spent:
        brought = world.bring("postings", school, data)
    yield Figure(
        name="import.again", value=n / spent.wall, unit="rows/s", n=n,
        what=f"the same list of postings once more; {brought} rows were new",
    )  # fmt: skip
