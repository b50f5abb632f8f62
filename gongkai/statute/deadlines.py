"""From a limit and what happened to the day it ends, with the proof day by day.

    due = deadline("answer", [Happened("received", date(2024, 9, 6))], regime="cn-ogi")
    due.due_on, due.provisional, due.cite, due.ask, due.waiting, due.days

`deadline` is the one pure function behind every due date: events go in, in any order, those of other steps of
the case included; what it would be after one more step is the same call with one more event. `limit` is a kind
(answer, clarification-notice, clarification, third-party-opinion, joint-author-opinion, fee-notice, fee-payment,
reasons, correction, reconsideration, litigation, litigation-after-reconsideration, reconsideration-answer,
proactive, …: `limits.choices(kind, regime=…, on=…)` lists the records), a code, or a Limit; `local` is the code of
the local record a body has chosen. Nothing is guessed: where the day cannot be known, `due_on` is None and `ask`
says in Chinese what is missing; where it may still move, `provisional` is true. Events that cannot have happened
raise WrongEvents, a limit that is not there UnknownLimit, both with a message for the screen.
`receipt_on` in `intake` gives the day a request counts as received.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gongkai.statute.calendar import CalendarNotPublished, WorkCalendar
from gongkai.statute.course import Run, run
from gongkai.statute.events import Happened, WrongEvents, beginning, in_order, told
from gongkai.statute.limits import ended, in_force, in_words, versions
from gongkai.statute.load import law
from gongkai.statute.pauses import Pause
from gongkai.statute.proof import ProofDay, proof
from gongkai.statute.records import Limit

ASK = {"answer": "请先选择本地答复期限"}
ASK_OTHER = "请先选择本地的期限"
ASK_DELIVERY = "请登记征求意见书的送达日期;现按发出日估算"
FIRST, LAST = date(1949, 10, 1), date(9000, 1, 1)


# Not frozen: setting frozen fields one by one takes a third of the time of a whole due date.
@dataclass(slots=True, kw_only=True)
class Deadline:
    """When a limit ends, and why; `due_on` is None where that cannot be known (see `ask`).

    `limit` is the kind (or code) asked for, `code` the record that answered; `n` its units with every prolongation;
    `begun_on` the trigger, not counted itself, after the last restart; `waiting` the stop that is not answered
    (clarification_sent, fee_notified, consultation_sent); `calendar` the years whose notices were counted by.
    """

    limit: str
    due_on: date | None = None
    due_at: datetime | None = None
    provisional: bool = False
    ask: str = ""
    waiting: str = ""
    code: str = ""
    cite: str = ""
    n: int = 0
    begun_on: date | None = None
    extended: bool = False
    pauses: tuple[Pause, ...] = ()
    restarts: tuple[Happened, ...] = ()
    notes: tuple[str, ...] = ()
    rule: Limit | None = None
    known: WorkCalendar | None = None

    @property
    def calendar(self) -> tuple[int, ...]:
        """The announced years between begin and end; none for a limit no holiday can move."""
        if self.rule is None or self.known is None or self.begun_on is None or self.due_on is None:
            return ()
        if self.rule.unit != "wd" and not self.rule.roll:
            return ()
        last = min(self.due_on.year, self.known.published_through.year)
        return tuple(range(max(self.begun_on.year, self.known.first.year), last + 1))

    @property
    def days(self) -> list[ProofDay]:
        """Each day after the trigger up to the last: whether it counts, as the how manieth, and why."""
        if self.rule is None or self.known is None or self.begun_on is None or self.due_on is None or self.due_at:
            return []
        return proof(
            self.rule, n=self.n, begun_on=self.begun_on, due_on=self.due_on, pauses=self.pauses, calendar=self.known
        )

    @property
    def words(self) -> str:
        """The length of the limit in Chinese, as 20个工作日内."""
        return in_words(self.rule, n=self.n) if self.rule else ""


def deadline(
    limit: str | Limit,
    events: Sequence[Happened],
    *,
    regime: str,
    local: str | None = None,
    calendar: WorkCalendar | None = None,
) -> Deadline:
    """Return when a limit ends. Raises WrongEvents, UnknownLimit."""
    name = limit.kind if isinstance(limit, Limit) else limit
    rules = (limit,) if isinstance(limit, Limit) else versions(limit, regime=regime, local=local or "")
    happened = in_order(events)
    if not rules:
        return Deadline(limit=name, provisional=True, ask=ASK.get(name, ASK_OTHER))
    _refuse_undated(rules[0])
    begun, estimated = beginning(rules[0], happened)
    if not FIRST <= begun.on <= LAST:
        raise WrongEvents(f"{told(begun.on)}不是可以计算的日期,请核对年份")
    rule = _version(rules, begun.on)
    notes = () if in_force(rule, begun.on) else (_out_of_force(rule),)
    known = calendar or law().calendar
    try:
        if len(happened) == 1 and not rule.set_by and not estimated and rule.unit != "hour":
            return _bare(name, rule, begun, known, notes)
        found = run(rule, happened, begun, calendar=known)
    except CalendarNotPublished as unknown:
        return Deadline(limit=name, provisional=True, ask=str(unknown), code=rule.code, cite=rule.cite, rule=rule)
    return _answered(name, rule, found, estimated=estimated, known=known, notes=notes)


def _version(rules: Sequence[Limit], on: date) -> Limit:
    """Return the version in force on the day, else the nearest."""
    return next((rule for rule in rules if in_force(rule, on)), rules[-1])


def _out_of_force(rule: Limit) -> str:
    since = f"自{told(rule.from_on)}" if rule.from_on else ""
    until = f"至{told(rule.until - timedelta(days=1))}" if rule.until else ""
    return f"「{rule.name}」{since}{until}施行,起算日不在其中,请核对适用的制度"


def _refuse_undated(rule: Limit) -> None:
    if not rule.begins_with or rule.unit == "per_year":
        raise WrongEvents(f"「{rule.name}」是每年固定的日期或次数,不从某一天起算")


def _bare(name: str, rule: Limit, begun: Happened, known: WorkCalendar, notes: tuple[str, ...]) -> Deadline:
    """Answer for a limit nothing has touched since it began."""
    counted = ended(rule, rule.n, begun_on=begun.on, calendar=known)
    return Deadline(
        limit=name,
        due_on=counted.on,
        provisional=counted.provisional,
        code=rule.code,
        cite=rule.cite,
        n=rule.n,
        begun_on=begun.on,
        notes=notes,
        rule=rule,
        known=known,
    )


def _answered(
    name: str, rule: Limit, found: Run, *, estimated: bool, known: WorkCalendar, notes: tuple[str, ...]
) -> Deadline:
    unsure = estimated or any(pause.estimated for pause in found.pauses)
    due = found.due
    return Deadline(
        limit=name,
        due_on=due.on if due else None,
        due_at=found.due_at,
        provisional=unsure or due is None or due.provisional,
        ask=found.ask or (ASK_DELIVERY if unsure else ""),
        waiting=found.waiting,
        code=rule.code,
        cite=rule.cite,
        n=found.n,
        begun_on=found.begun_on,
        extended=found.extended,
        pauses=found.pauses,
        restarts=found.restarts,
        notes=(*notes, *found.notes),
        rule=rule,
        known=known,
    )
