"""What an item obliges a body to publish, and by when.

A number the item does not give is its regime's proactive limit; a cycle it does not give is the body's
choice. Nothing is due before adoption plus that limit, so adopting a catalogue never makes all overdue.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from gongkai.statute.calendar import Counted
from gongkai.statute.cycles import Between, Span, Term, spans
from gongkai.statute.limits import in_words, last_day, last_moment, limit, on_month_day, proactive_limit
from gongkai.statute.load import law
from gongkai.statute.records import Limit, TimeClass
from gongkai.statute.times import STAGE_NAMES, applying_limit, describe

NEEDS = {
    "cycle": "请选定这一事项的公开周期",
    "term_dates": "请填写本单位的学期起止日期",
}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that begins a limit: information formed or changed, a budget approved, a stage reached.

    `stage` is before|during|after for a matter opened in stages; `ref` ties the stages of one matter.
    """

    kind: str
    on: date
    label: str = ""
    ref: str = ""
    stage: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a body has settled about one of its items.

    `limit` is the proactive limit it has chosen (it counts for the regime it belongs to), `cycle` the
    cycle it has chosen, `yearly` the month-day it has chosen for yearly publishing.
    """

    regime: str
    cite: str
    adopted_on: date
    limit: str = ""
    cycle: str = ""
    yearly: str = ""
    terms: tuple[Term, ...] = ()
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One obligation: publish (or confirm what stands) between `opens_on` and `due_on`.

    `target_on` is the working day to aim for; `provisional` dates may move with a notice to come.
    """

    kind: str
    label: str
    opens_on: date
    due_on: date
    target_on: date
    cite: str
    why: str
    provisional: bool = False
    stage: str = ""
    ref: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """The obligations of one item, and what the body has still to settle before all can be known."""

    dues: tuple[Due, ...]
    needs: tuple[str, ...] = ()


def schedule(times: Sequence[TimeClass], *, facts: Facts, between: Between) -> Schedule:
    """List the obligations of one item whose time touches the days `between`, earliest due first."""
    dues: list[Due] = []
    needs: list[str] = []
    for one in times:
        need = _need(one, facts)
        if need:
            needs.append(need)
        else:
            dues += OBLIGE[_way(one)](one, facts, between)
    wanted = [d for d in dues if d.opens_on <= between[1] and d.due_on >= between[0]]
    wanted.sort(key=lambda d: (d.due_on, d.label, d.stage))
    return Schedule(tuple(wanted), tuple(dict.fromkeys(needs)))


def missing_stages(times: Sequence[TimeClass], events: Iterable[Event]) -> dict[str, list[str]]:
    """Return for each matter opened in stages those not reached yet; a matter ends with its last stage."""
    wanted = [stage for one in times for stage in one.stages]
    reached: dict[str, set[str]] = {}
    for event in events:
        if event.stage:
            reached.setdefault(event.ref, set()).add(event.stage)
    return {ref: [s for s in wanted if s not in seen] for ref, seen in reached.items()}


def _way(one: TimeClass) -> str:
    return "IMM" if one.kind == "REG" and (one.limit or one.starts) else one.kind


def _every(one: TimeClass, facts: Facts) -> str:
    return facts.cycle if one.chosen_by_body else one.every


def _need(one: TimeClass, facts: Facts) -> str:
    if _way(one) != "REG":
        return ""
    every = _every(one, facts)
    if not every or (one.choices and every not in (*one.choices, one.every)):
        return "cycle"
    return "term_dates" if every == "term" and not facts.terms else ""


def _first_day(facts: Facts) -> Counted:
    """Return the day before which nothing is due: adoption plus the proactive limit."""
    return last_day(proactive_limit(facts.regime, facts.limit), begun_on=facts.adopted_on)


def _target(day: date) -> date:
    return law().calendar.last_working_day(day).on


def _long(_one: TimeClass, facts: Facts, between: Between) -> Iterator[Due]:
    first = _first_day(facts)
    rule = proactive_limit(facts.regime, facts.limit)
    yield Due(
        kind="publish",
        label="首次公开",
        opens_on=facts.adopted_on,
        due_on=first.on,
        target_on=_target(first.on),
        provisional=first.provisional,
        cite=rule.cite,
        why=f"采用目录后{in_words(rule)}公开,此后长期公开",
    )
    month_day = f"{facts.adopted_on:%m-%d}"
    for year in range(max(facts.adopted_on.year + 1, between[0].year - 1), between[1].year + 1):
        opens = on_month_day(year, month_day)
        due = last_day(rule, begun_on=opens)
        yield Due(
            kind="confirm",
            label=f"{year}年度核对",
            opens_on=opens,
            due_on=due.on,
            target_on=_target(due.on),
            provisional=due.provisional,
            cite=facts.cite,
            why="长期公开的内容每年核对一次是否仍然有效",
        )


def _regular(one: TimeClass, facts: Facts, between: Between) -> Iterator[Due]:
    every = _every(one, facts)
    rule = replace(one, before=one.before or facts.yearly)
    first = _first_day(facts)
    for span in spans(rule, every=every, terms=facts.terms, between=between):
        due = _first_or_later(span, facts.adopted_on, first)
        if due is None:
            continue
        yield Due(
            kind="update" if one.minor else "publish",
            label=span.label + ("微调" if one.minor else ""),
            opens_on=max(span.opens_on, facts.adopted_on),
            due_on=due.on,
            target_on=_target(due.on),
            provisional=due.provisional,
            cite=facts.cite,
            why=describe(replace(rule, every=every, chosen_by_body=False), regime=facts.regime),
        )


def _first_or_later(span: Span, adopted_on: date, first: Counted) -> Counted | None:
    """Return when a period is due: the one of the adoption not before `first`, those up to it not at all."""
    if span.due_on > first.on:
        return Counted(span.due_on, False)
    if span.opens_on <= adopted_on <= span.due_on:
        return first
    return None


def _on_event(one: TimeClass, facts: Facts, _between: Between) -> Iterator[Due]:
    rule = limit(applying_limit(one, regime=facts.regime, chosen=facts.limit)[0])
    begins = (one.starts,) if one.starts else rule.begins_with
    for event in facts.events:
        if event.kind in begins and not event.stage:
            yield from _after(event, rule, one, facts)


def _by_stage(one: TimeClass, facts: Facts, _between: Between) -> Iterator[Due]:
    rule = proactive_limit(facts.regime, facts.limit)
    for event in facts.events:
        if event.stage in one.stages:
            yield from _after(event, rule, one, facts)


def _after(event: Event, rule: Limit, one: TimeClass, facts: Facts) -> Iterator[Due]:
    """Yield the obligation an event begins, unless it was due before the catalogue was adopted."""
    if event.on < law().calendar.first:
        return
    moment = last_moment(rule, begun_at=_moment(event)) if rule.unit == "hour" else None
    due = Counted(moment.date(), False) if moment else last_day(rule, begun_on=event.on)
    if due.on < facts.adopted_on:
        return
    if event.on < facts.adopted_on:
        due = max(due, _first_day(facts))
    yield Due(
        kind="publish",
        label=_label(event, rule),
        opens_on=event.on,
        due_on=due.on,
        target_on=event.on if one.at_once else _target(due.on),
        provisional=due.provisional,
        cite=rule.cite,
        why=_why(event, rule, one),
        stage=event.stage,
        ref=event.ref,
        due_at=moment,
    )


def _label(event: Event, rule: Limit) -> str:
    """Name the obligation; the limits in hours of one event are told apart by their own names."""
    if not event.label:
        return f"{event.on.year}年{event.on.month}月{event.on.day}日{rule.name}"
    return f"{event.label}({rule.name})" if rule.unit == "hour" else event.label


def _moment(event: Event) -> datetime:
    return event.at or datetime.combine(event.on, time.min)


def _why(event: Event, rule: Limit, one: TimeClass) -> str:
    text = f"{event.on.year}年{event.on.month}月{event.on.day}日起{in_words(rule)}"
    if event.stage:
        text = f"{STAGE_NAMES[event.stage]}公开:{text}"
    if one.notice:
        text += f";公示{in_words(limit(one.notice))}"
    return text


OBLIGE = {"LONG": _long, "REG": _regular, "STG": _by_stage, "IMM": _on_event}
