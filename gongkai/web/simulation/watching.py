"""What is looked at after every act: the move, the reply's day, and that what is not possible is refused."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from random import Random

from django.db import transaction

from gongkai.access.models import AccessRequest, CaseState
from gongkai.access.transitions import TABLE, enter
from gongkai.journal.acts import ActRefused
from gongkai.statute import law
from gongkai.web.simulation.daycount import Facts, reply_due

OVER = (CaseState.CLOSED, CaseState.ARCHIVED, CaseState.VOID)
MOST = 200


@dataclass
class Watch:
    """Violations in words, and how much was looked at."""

    violations: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    def say(self, words: str) -> None:
        """Note a violation; after the first few hundred only their number grows."""
        self.seen["violations"] += 1
        if len(self.violations) < MOST:
            self.violations.append(words)

    def moved(self, case: AccessRequest, code: str, before: str) -> None:
        """Check a step against the table of transitions."""
        row = TABLE[code]
        self.seen["moves"] += 1
        if before not in row.froms:
            self.say(f"{case.number}: {code} from {before}")
        elif case.state != (row.to or before):
            self.say(f"{case.number}: {code} led from {before} to {case.state}, not {row.to or before}")

    def dated(self, case: AccessRequest, facts: Facts) -> None:
        """Check the reply's day against the day counted one by one."""
        if case.state in OVER or case.state == CaseState.SUBMITTED:
            return
        self.seen["dates"] += 1
        should = reply_due(facts)
        if case.due_on != should:
            self.say(f"{case.number} ({case.state}): due {case.due_on}, counted day by day {should}")
        open_letter = any(letter.closed is None for letter in facts.letters)
        announced = should is not None and should <= law().calendar.settled_through
        if should and announced and case.provisional and not open_letter and facts.set_by is None:
            self.say(f"{case.number}: provisional though {should} is announced")

    def tempted(self, case: AccessRequest, chance: Random) -> None:
        """Try a step that the case's state does not allow: it must be refused and change nothing."""
        wrong = [row for row in TABLE.values() if case.state not in row.froms]
        row = chance.choice(wrong)
        self.seen["refusals"] += 1
        with transaction.atomic():
            try:
                enter(case, row.code)
            except ActRefused:
                return
            transaction.set_rollback(True)
        self.say(f"{case.number}: {row.code} was not refused in {case.state}")

    def ended(self, case: AccessRequest, outcome: str, on: date | None) -> None:
        """Check what the yearly report counts of a case."""
        if (case.counted_outcome, case.counted_on) != (outcome, on):
            self.say(f"{case.number}: counts as {case.counted_outcome} on {case.counted_on}, not {outcome} on {on}")
