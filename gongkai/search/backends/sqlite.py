"""Contentless FTS5 over our own tokens. The row's name is the entry's position, so newest first costs nothing.

SQLite 3.40 deletes from a contentless table only when told the old tokens again: they are made anew from the entry,
which therefore stays until its index row is gone. Filters and audiences are tokens of a third column.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from gongkai.search.models import Entry
from gongkai.search.tokens import Phrase, tokens

TABLE = "search_fts"
# The ascii tokenizer keeps every character above 127 as it is; all our separators lie there.
CREATE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE} USING fts5(title, text, tags, content='', tokenize=\"ascii\", "
    "columnsize=1)"
)
RANK = f"bm25({TABLE}, 10.0, 1.0, 0.0)"


@dataclass(frozen=True)
class Match:
    """What is asked: phrases, filters and who reads."""

    phrases: list[Phrase]
    filters: Any
    readers: Mapping[str, list[str]]

    def __str__(self) -> str:
        """Return the FTS5 expression."""
        parts = [f"tags : ({' OR '.join(self._readable())})"]
        parts += [f"{{title text}} : {_quoted(phrase)}" for phrase in self.phrases]
        parts += [f"tags : {tag}" for tag in _filter_tags(self.filters)]
        return " AND ".join(f"({part})" for part in parts)

    def positions(self, *, ranked: bool, most: int) -> list[int]:
        """Return the positions of up to `most` hits, newest or best first."""
        order = f"{RANK}, rowid DESC" if ranked else "rowid DESC"
        statement = f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s ORDER BY {order} LIMIT %s"  # noqa: S608
        return [row[0] for row in _run(statement, [str(self), most])]

    def _readable(self) -> list[str]:
        return ["asoc", *(_tag("r", f"{body}/{code}") for body, codes in self.readers.items() for code in codes)]


def _quoted(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.tokens)}"{" *" if phrase.open_ended else ""}'


def _tag(letter: str, value: str) -> str:
    return letter + value.encode().hex()


def _filter_tags(filters: Any) -> list[str]:
    tags = [_tag(letter, value) for letter, value in zip(
        "bkie", (filters.body, filters.kind, filters.item, filters.effect), strict=True) if value]  # fmt: skip
    return tags + ([f"y{filters.year}"] if filters.year else [])


def _row(entry: Entry) -> list[Any]:
    tags = ["asoc"] if entry.for_society else []
    tags += [_tag("r", f"{entry.body_code}/{code}") for code in entry.audiences]
    tags += [_tag("b", entry.body_code), _tag("k", entry.kind), _tag("e", entry.effect), f"y{entry.published_on.year}"]
    tags += [_tag("i", code) for code in entry.item_codes]
    title = tokens(entry.title) + tokens(entry.document_number)
    return [entry.position, " ".join(title), " ".join(tokens(entry.text)), " ".join(tags)]


def _run(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def add(entry: Entry) -> None:
    """Index an entry."""
    _run(f"INSERT INTO {TABLE}(rowid, title, text, tags) VALUES (%s, %s, %s, %s)", _row(entry))  # noqa: S608


def remove(entry: Entry) -> None:
    """Take an entry, as stored, out of the index."""
    _run(
        f"INSERT INTO {TABLE}({TABLE}, rowid, title, text, tags) VALUES ('delete', %s, %s, %s, %s)",  # noqa: S608
        _row(entry),
    )


def clear() -> None:
    """Empty the index (a flushed test data base leaves it behind)."""
    _run(f"INSERT INTO {TABLE}({TABLE}) VALUES ('delete-all')", [])  # noqa: S608


def install() -> None:
    """Create the index."""
    _run(CREATE, [])
