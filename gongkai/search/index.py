"""The one door to full-text search: put, remove, query. Both back ends give the same hits."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from types import ModuleType

from django.db import connection

from gongkai.search.backends import postgresql, sqlite
from gongkai.search.highlight import marked, pattern, snippet
from gongkai.search.models import Entry
from gongkai.search.tokens import Phrase, phrases

COUNTED = 1000  # hits are counted and shown up to here; beyond, pages say 1000 条以上 and ask for a narrower search
A_DAY = 10**9  # positions a day has


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page to be found: `audiences` may read it; SOC among them means everybody."""

    key: str
    body_code: str
    audiences: Collection[str]
    title: str
    text: str
    published_on: date
    address: str
    kind: str = ""
    item_codes: Collection[str] = ()
    document_number: str = ""
    effect: str = ""


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Narrow a query; an empty value leaves its column open."""

    body: str = ""
    kind: str = ""
    item: str = ""
    effect: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Hit:
    """A page found, its title and snippet as safe HTML with the words in <mark>."""

    entry: Entry
    title: str
    snippet: str


@dataclass(frozen=True)
class Results:
    """One page of hits and how many there are in all (counted up to COUNTED)."""

    total: int
    hits: list[Hit]
    words: list[str] = field(default_factory=list)

    @property
    def more_than_counted(self) -> bool:
        """Tell whether there are more hits than were counted."""
        return self.total > COUNTED


def _back_end() -> ModuleType:
    return postgresql if connection.vendor == "postgresql" else sqlite


def put(page: Page) -> Entry:
    """Make a page findable in the running transaction; a page put before under this key is replaced."""
    back_end = _back_end()
    old = Entry.objects.filter(key=page.key).first()
    if old is not None:
        back_end.remove(old)
    elif not Entry.objects.exists():
        back_end.clear()
    facts = asdict(page) | {"title": page.title[:300], "for_society": "SOC" in page.audiences}
    facts["audiences"], facts["item_codes"] = sorted(page.audiences), sorted(page.item_codes)
    entry, _ = Entry.objects.update_or_create(key=page.key, defaults=facts)
    entry.position = page.published_on.toordinal() * A_DAY + entry.pk % A_DAY
    entry.save(update_fields=["position"])
    back_end.add(entry)
    return entry


def remove(key: str) -> None:
    """Make pages no longer findable: the one under this key and those under `key/…`."""
    for entry in Entry.objects.filter(key=key) | Entry.objects.filter(key__startswith=f"{key}/"):
        _back_end().remove(entry)
        entry.delete()


def rebuild() -> int:
    """Index all entries anew from their stored text; returns their number."""
    back_end = _back_end()
    back_end.clear()
    for entry in Entry.objects.order_by("position").iterator(chunk_size=500):
        back_end.add(entry)
    return Entry.objects.count()


def query(
    words: str,
    *,
    filters: Filters = Filters(),  # noqa: B008 – frozen
    audiences_by_body: Mapping[str, Collection[str]] | None = None,
    order: str = "newest",
    page: int = 1,
    size: int = 20,
) -> Results:
    """Find pages that hold all of the words, newest first or best first (`order="ranked"`).

    Without `audiences_by_body` only what society reads is found; with it, also what these audiences read there.
    """
    asked = phrases(words)
    if words.strip() and not asked:
        return Results(0, [])
    readers = {body: sorted(set(codes) - {"SOC"}) for body, codes in (audiences_by_body or {}).items()}
    match = _back_end().Match(asked, filters, readers)
    positions = match.positions(ranked=order == "ranked" and bool(asked), most=COUNTED + 1)
    offset = (max(page, 1) - 1) * size
    return Results(len(positions), _hits(positions[offset : offset + size], asked), ["".join(p.units) for p in asked])


def _hits(positions: list[int], asked: list[Phrase]) -> list[Hit]:
    entries = {entry.position: entry for entry in Entry.objects.filter(position__in=positions)}
    found = pattern(asked)
    shown = (entries[position] for position in positions if position in entries)
    return [Hit(entry, marked(entry.title, found), snippet(entry.text, found)) for entry in shown]
