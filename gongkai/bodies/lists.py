"""What kinds of lists can be imported: each room enters its own, so that one page and one command serve all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongkai.bodies.models import Body
from gongkai.bodies.rows import SHANGHAI, Column, Listing, read_list
from gongkai.journal.actor import Actor


@dataclass(frozen=True)
class Counts:
    """How many rows were (or would be) new, and how many were here already."""

    imported: int
    unchanged: int


@dataclass(frozen=True, kw_only=True)
class ListKind:
    """One kind of list.

    `columns(body, on)` gives its columns; `settle(body, listing, on)` drops the rows that do not fit and
    counts what is new without writing; `carry(body, by=, at=, listing=)` is the act that writes.
    """

    code: str
    name: str
    hint: str
    columns: Callable[[Any, date], list[Column]]
    settle: Callable[[Any, Listing, date], Counts]
    carry: Callable[..., Counts]
    duties: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    of_body: bool = True


@dataclass(frozen=True)
class Outcome:
    """What an import did, or would do: the listing with its faults and the counts."""

    listing: Listing
    importable: int
    imported: int
    unchanged: int
    done: bool

    def as_json(self) -> dict[str, Any]:
        """Return the shape of the command's contract."""
        rejected = [vars(fault) for fault in self.listing.rejected]
        return {
            "read": self.listing.read, "imported": self.imported, "unchanged": self.unchanged,
            "rejected": rejected, "importable": self.importable, "dry_run": not self.done,
            "ignored_columns": self.listing.ignored, "digest": self.listing.digest,
            "known_accounts": [fault.row for fault in self.listing.known],
        }  # fmt: skip


LISTS: dict[str, ListKind] = {}


def enlist(kind: ListKind) -> ListKind:
    """Enter a kind of list; called once by the module that defines it."""
    LISTS[kind.code] = kind
    return kind


@dataclass(frozen=True, kw_only=True)
class Import:
    """One file to be imported into one body (None where the rows themselves name it).

    `link_known`: somebody has checked that people who have an account already are the ones the list means.
    """

    kind: ListKind
    body: Body | None
    data: bytes
    name: str

    link_known: bool = False

    def look(self, *, on: date, skip_bad: bool = False) -> Outcome:
        """Read and compare without writing (试运行)."""
        listing, counts = self._settled(on)
        blocked = bool(listing.rejected) and not skip_bad
        return Outcome(listing, counts.imported, 0 if blocked else counts.imported, counts.unchanged, False)

    def run(self, *, by: Actor, at: datetime, skip_bad: bool = False) -> Outcome:
        """Import all rows or, when one is bad, none – unless bad rows are to be skipped."""
        listing, counts = self._settled(at.astimezone(SHANGHAI).date())
        if listing.rejected and not skip_bad:
            return Outcome(listing, counts.imported, 0, counts.unchanged, False)
        done = self.kind.carry(self.body or self.kind.code, by=by, at=at, listing=listing)
        return Outcome(listing, done.imported, done.imported, done.unchanged, True)

    def _settled(self, on: date) -> tuple[Listing, Counts]:
        listing = read_list(self.data, name=self.name, columns=self.kind.columns(self.body, on))
        listing.link_known = self.link_known
        counts = self.kind.settle(self.body, listing, on)
        listing.rejected.sort(key=lambda fault: fault.row)
        return listing, counts
