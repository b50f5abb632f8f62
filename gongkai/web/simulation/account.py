"""The simulator's own account of a year: what each case came to, and the tables that must follow from it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

# Written out here, not read from the law files: the tables are checked against this second account.
ROWS = {
    "already_public": "R3.1", "disclosed": "R3.1", "partial": "R3.2", "state_secret": "R3.3.1",
    "prohibited_by_law": "R3.3.2", "three_safeties_one_stability": "R3.3.3", "third_party_rights": "R3.3.4",
    "internal_affairs": "R3.3.5", "process_info": "R3.3.6", "enforcement_file": "R3.3.7", "special_query": "R3.3.8",
    "not_held": "R3.4.1", "needs_creation": "R3.4.2", "still_unclear": "R3.4.3", "petition_complaint": "R3.5.1",
    "repeated": "R3.5.2", "published_book": "R3.5.3", "excessive": "R3.5.4", "confirm_or_reissue": "R3.5.5",
    "abandoned_no_correction": "R3.6.1", "abandoned_no_fee": "R3.6.2", "other_withdrawn_transferred": "R3.6.3",
}  # fmt: skip
KINDS = ("np", "biz", "res", "ngo", "law", "oth")
RESULTS = ("upheld", "corrected", "other", "pending")
BLOCKS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
Cells = dict[str, dict[str, int]]


@dataclass
class Lived:
    """One case as the simulator lived it; `counted` is its first answer, which alone is counted."""

    pk: int
    kind: str
    received: date | None = None
    outcome: str = ""
    counted: date | None = None


@dataclass
class Fought:
    """One remedy: filed, and decided or not."""

    kind: str
    filed: date
    result: str = ""
    decided: date | None = None


@dataclass
class Account:
    """Everything that was lived in one body."""

    cases: dict[int, Lived] = field(default_factory=dict)
    remedies: list[Fought] = field(default_factory=list)

    def tables(self, year: int) -> dict[str, Cells]:
        """Return the two tables of a year as they must come out (rows of the 2021 form)."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        counts: Counter[tuple[str, str]] = Counter()
        for case in self.cases.values():
            for row in _rows(case, first, last):
                counts[row, case.kind] += 1
        rows = ["R1", "R2", *sorted(set(ROWS.values())), "R3.7", "R4"]
        requests = {row: {kind: counts[row, kind] for kind in KINDS} for row in rows}
        for cells in requests.values():
            cells["tot"] = sum(cells.values())
        return {"requests": requests, "remedies": self._remedies(first, last)}

    def _remedies(self, first: date, last: date) -> Cells:
        found: Cells = {block: dict.fromkeys(RESULTS, 0) for block in BLOCKS}
        for one in self.remedies:
            if one.decided is not None and first <= one.decided <= last:
                found[one.kind][one.result] += 1
            elif one.filed <= last and (one.decided is None or one.decided > last):
                found[one.kind]["pending"] += 1
        for cells in found.values():
            cells["total"] = sum(cells.values())
        return found


def _rows(case: Lived, first: date, last: date) -> list[str]:
    """Return the rows a case stands in."""
    if case.received is None or case.received > last:
        return []
    rows = ["R1"] if case.received >= first else []
    if case.received < first and (case.counted is None or case.counted >= first):
        rows.append("R2")
    if case.counted is not None and first <= case.counted <= last:
        rows += ["R3.7", ROWS[case.outcome]]
    if case.counted is None or case.counted > last:
        rows.append("R4")
    return rows


def added(tables: list[dict[str, Any]]) -> dict[str, Any]:
    """Add tables cell by cell."""
    total: dict[str, Any] = {}
    for one in tables:
        for table, rows in one.items():
            for row, cells in rows.items():
                for column, value in cells.items():
                    line = total.setdefault(table, {}).setdefault(row, {})
                    line[column] = line.get(column, 0) + value
    return total
