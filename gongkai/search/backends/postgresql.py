"""The same tokens as `tsvector` with a GIN index.

PostgreSQL keeps at most 256 positions a lexeme and 16,383 in all: a text becomes overlapping chunks that stay
below both, and each word of a query must be found in some chunk of the entry.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import F, FloatField, Func, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from gongkai.search.models import Chunk, Entry
from gongkai.search.tokens import LONGEST, Phrase, tokens

POSITIONS = 250  # of one lexeme in one chunk; PostgreSQL drops what lies beyond 256
CHUNK = 12_000  # tokens of one chunk
INDEX = "CREATE INDEX IF NOT EXISTS search_chunk_lexemes ON search_chunk USING gin (lexemes)"
WEIGHTS = "'{0.1, 0.1, 0.1, 1.0}'"


@dataclass(frozen=True)
class Match:
    """What is asked: phrases, filters and who reads."""

    phrases: list[Phrase]
    filters: Any
    readers: Mapping[str, list[str]]

    def entries(self) -> QuerySet[Entry]:
        """Return the entries asked for."""
        found = Entry.objects.filter(self._readable())
        for name, value in (("body_code", self.filters.body), ("kind", self.filters.kind),
                            ("effect", self.filters.effect), ("published_on__year", self.filters.year)):  # fmt: skip
            found = found.filter(**{name: value}) if value else found
        if self.filters.item:
            found = found.filter(item_codes__contains=[self.filters.item])
        for phrase in self.phrases:
            holding = Chunk.objects.extra(where=["lexemes @@ %s::tsquery"], params=[_query(phrase)])
            found = found.filter(pk__in=holding.values("entry_id"))
        return found

    def positions(self, *, ranked: bool, most: int) -> list[int]:
        """Return the positions of up to `most` hits, newest or best first."""
        found = self.entries().order_by("-position")
        if ranked:
            found = found.annotate(rank=Coalesce(Sum(self._rank()), 0.0)).order_by("-rank", "-position")
        return list(found.values_list("position", flat=True)[:most])

    def _rank(self) -> Func:
        any_phrase = " | ".join(f"({_query(phrase)})" for phrase in self.phrases)
        asked = Func(Value(any_phrase), template="(%(expressions)s)::tsquery")
        return Func(F("chunks__lexemes"), asked, template=f"ts_rank({WEIGHTS}, %(expressions)s)",
                    output_field=FloatField())  # fmt: skip

    def _readable(self) -> Q:
        readable = Q(for_society=True)
        for body, codes in self.readers.items():
            for code in codes:
                readable |= Q(body_code=body, audiences__contains=[code])
        return readable


def _lexeme(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def _query(phrase: Phrase) -> str:
    lexemes = [_lexeme(token) for token in phrase.tokens]
    if phrase.open_ended:
        lexemes[-1] += ":*"
    return " <-> ".join(lexemes)


def _pieces(found: list[str]) -> Iterator[list[str]]:
    start = 0
    while start < len(found):
        seen: Counter[str] = Counter()
        end = start
        while end < len(found) and end - start < CHUNK and seen[found[end]] < POSITIONS:
            seen[found[end]] += 1
            end += 1
        yield found[start:end]
        if end == len(found):
            return
        start = max(end - LONGEST, start + 1)


def _vector(found: list[str], weight: str = "") -> str:
    places: dict[str, list[str]] = {}
    for place, token in enumerate(found, start=1):
        places.setdefault(token, []).append(f"{place}{weight}")
    return " ".join(f"{_lexeme(token)}:{','.join(at)}" for token, at in places.items())


def add(entry: Entry) -> None:
    """Index an entry."""
    title = tokens(entry.title) + tokens(entry.document_number)
    vectors = [_vector(title, "A"), *(_vector(piece) for piece in _pieces(tokens(entry.text)))]
    with connection.cursor() as cursor:
        for number, vector in enumerate(vectors):
            cursor.execute(
                "INSERT INTO search_chunk (entry_id, number, lexemes) VALUES (%s, %s, %s::tsvector)",
                [entry.pk, number, vector],
            )


def remove(entry: Entry) -> None:
    """Take an entry out of the index."""
    Chunk.objects.filter(entry=entry).delete()


def clear() -> None:
    """Empty the index."""
    Chunk.objects.all().delete()


def install() -> None:
    """Create the GIN index."""
    with connection.cursor() as cursor:
        cursor.execute(INDEX)
