"""Search in a hundred thousand disclosures: building the index, newest first, best first."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from django.db import connection, transaction

from bench.chinese import Writer
from bench.figure import Figure, percentile, size, times, watch
from gongkai.search import index
from gongkai.search.models import Entry

FIRST = date(2020, 1, 1)
BODIES = 300


def facts(writer: Writer, number: int, pick: random.Random) -> dict[str, object]:
    """Return the facts of one searchable page; one in ten is not for society."""
    restricted = number % 10 == 9
    return {
        "key": f"bench/{number}",
        "body_code": f"school{number % BODIES}",
        "audiences": ["PAR"] if restricted else ["SOC"],
        "published_on": FIRST + timedelta(days=pick.randrange(2400)),
        "address": f"/g/school{number % BODIES}/d/{number}/",
        "kind": pick.choice(("notice", "news", "dynamic", "finance")),
        "title": writer.title(),
        "text": writer.text(14),
    }


def fill(n: int) -> Iterator[Figure]:
    """Store n pages and index them, the last thousand one by one as publishing does."""
    writer, pick = Writer(), random.Random(1)
    singly = min(1000, n // 2)
    for begun in range(0, n - singly, 5000):
        rows = []
        for number in range(begun, min(begun + 5000, n - singly)):
            entry = Entry(**facts(writer, number, pick))
            entry.for_society = "SOC" in entry.audiences
            entry.position = entry.published_on.toordinal() * index.A_DAY + number
            rows.append(entry)
        Entry.objects.bulk_create(rows)
    with watch() as spent, transaction.atomic():
        built = index.rebuild()
    yield Figure(
        name="search.build", value=built / spent.cpu, unit="disclosures/s of CPU", n=built,
        what=f"index.rebuild() from stored texts of about 300 characters, {connection.vendor}",
    )  # fmt: skip
    pages = [index.Page(**facts(writer, number, pick)) for number in range(n - singly, n)]

    def put(page: index.Page) -> None:
        with transaction.atomic():
            index.put(page)

    spent_each = times(put, pages)
    yield Figure(
        name="search.put", value=percentile(spent_each, 50), unit="ms CPU", n=singly,
        what=f"one page made findable in a transaction of its own, {n} there already, p50",
    )  # fmt: skip


def run() -> Iterator[Figure]:
    """Fill the index, then ask it."""
    n = size("DISCLOSURES", 100_000)
    yield from fill(n)
    asked = list(dict.fromkeys(Writer(7).words(size("QUERIES", 400))))
    readers = {"school7": ["PAR"], "school8": ["PAR", "STU"]}
    ways = {
        "newest": {"order": "newest"},
        "ranked": {"order": "ranked"},
        "newest.parent": {"order": "newest", "audiences_by_body": readers},
        "newest.body": {"order": "newest", "filters": index.Filters(body="school7")},
    }
    for name, how in ways.items():
        spent = times(lambda words, how=how: index.query(words, **how), asked)
        for percent in (50, 99):
            yield Figure(
                name=f"search.{name}.p{percent}", value=percentile(spent, percent), unit="ms CPU", n=len(asked),
                budget=15 if (name, percent) == ("ranked", 50) or name == "newest" else None,
                what=f"index.query of 2- to 8-character words, 20 hits with snippets and total, {n} disclosures",
            )  # fmt: skip
