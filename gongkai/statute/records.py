"""The law as typed records, one class for each kind of record in `law/`.

A field named with a word Python or this house keeps for itself carries the key of the file in its metadata.
"""

from dataclasses import dataclass, field
from datetime import date, datetime


def keyed(name: str, **options: object) -> object:
    """Declare a field whose key in the file is `name`."""
    return field(metadata={"key": name}, **options)  # type: ignore[call-overload]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What every record of law says of itself: what it rests on and how sure we are."""

    cite: str
    confidence: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A law, notice or local plan."""

    code: str
    title: str
    short: str
    issuer: str
    summary: str
    confidence: str
    number: str = ""
    from_on: date | None = keyed("from", default=None)  # type: ignore[assignment]
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article of an instrument, summarised in our own words."""

    number: int
    summary: str
    confidence: str
    instrument: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime(Cited):
    """A set of rules for kinds of bodies; `proactive` names its default proactive limit."""

    code: str
    name: str
    proactive: str
    from_on: date | None = keyed("from", default=None)  # type: ignore[assignment]
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeClass:
    """When an item is due: LONG, REG, STG or IMM, with what the item says beyond the class.

    `every` is week|month|quarter|term|school_year|year; `opens` and `before` are month-day;
    `limit` and `notice` are codes of limits; `starts` is the kind of event that begins the limit.
    """

    kind: str = keyed("class")  # type: ignore[assignment]
    every: str = ""
    opens: str = ""
    before: str = ""
    due: str = ""
    season: str = ""
    choices: tuple[str, ...] = ()
    chosen_by_body: bool = False
    minor: bool = False
    stages: tuple[str, ...] = ()
    at_once: bool = False
    starts: str = ""
    limit: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueItem(Cited):
    """One matter to be disclosed (公开事项)."""

    code: str
    name: str
    catalogue: str
    regime: str
    elements: tuple[str, ...]
    audiences: tuple[str, ...]
    times: tuple[TimeClass, ...]
    channels: tuple[str, ...]
    owner: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueGroup:
    """A class of items inside a catalogue, from its first to its last code."""

    number: int
    name: str
    first: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue(Cited):
    """A disclosure catalogue (公开目录)."""

    code: str
    title: str
    regime: str
    local: bool = False
    groups: tuple[CatalogueGroup, ...] = keyed("group", default=())  # type: ignore[assignment]
    items: tuple[CatalogueItem, ...] = keyed("item", default=())  # type: ignore[assignment]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(Cited):
    """A time limit: `n` units after an event, or the same day every year.

    `unit` is wd (working days), cd (calendar days), month, year, hour or per_year; `minimum` means at least;
    `local` names the place whose rule it is, for a body to confirm or choose (默认 applies unchosen).
    The kinds of events: `begins_with`; `estimated_from` where that is missing; `set_by` carries its own number
    of days; each of `stops_with` is answered by the one of `restarts_with` at the same place, from which the limit
    begins anew. Days inside a `paused_by` do not count; an open one lasts as long as its own `pause_limit`.
    `extension` is the most days it may be extended by, once; `deferrable` the delayed date of article 35;
    `roll` next_wd moves a last day that is a rest day; `on_silence` says what follows when it passes.
    """

    code: str
    name: str
    kind: str
    regime: str
    matter: str = ""
    n: int = 0
    unit: str = ""
    begins_with: tuple[str, ...] = ()
    estimated_from: tuple[str, ...] = ()
    set_by: str = ""
    stops_with: tuple[str, ...] = ()
    restarts_with: tuple[str, ...] = ()
    paused_by: str = ""
    pause_limit: str = ""
    extension: int = 0
    deferrable: bool = False
    roll: str = ""
    on_silence: str = ""
    minimum: bool = False
    yearly: str = ""
    counts_from: str = ""
    counts_to: str = ""
    local: str = ""
    from_on: date | None = keyed("from", default=None)  # type: ignore[assignment]
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Equivalence(Cited):
    """Publishing item `from_item` may also satisfy `to_item` of the same body; a person confirms it."""

    from_item: str = keyed("from")  # type: ignore[assignment]
    to_item: str = keyed("to")  # type: ignore[assignment]


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyKind(Cited):
    """A kind of disclosing body, with what binds it; `report` is its limit where the family's own does not fit."""

    code: str
    name: str
    main: str
    regimes: tuple[str, ...]
    required: tuple[str, ...]
    optional: tuple[str, ...]
    words: tuple[str, ...] = ()
    family: str = ""
    report: str = ""
    school: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationKind(Cited):
    """A kind of information (信息类别) and the figure of the report it is counted in."""

    code: str
    name: str
    figure: str
    words: tuple[str, ...] = ()
    short: bool = False
    notice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel(Cited):
    """A channel of publication and what is asked as proof of a posting there."""

    code: str
    name: str
    figure: str
    unit: str
    asks: tuple[str, ...]
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience(Cited):
    """Who may read (公开范围)."""

    code: str
    name: str
    who: str
    public: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SecrecyQuestion(Cited):
    """A question of the secrecy review; `trouble` is the answer that must be dealt with."""

    code: str
    text: str
    advice: str
    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecrecyResult:
    """A result of the secrecy review; only one that passes lets the text go on."""

    code: str
    name: str
    passes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarYear(Cited):
    """The rest days and make-up working days one year's holiday notice declares."""

    year: int
    rest: tuple[date, ...]
    work: tuple[date, ...]
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvent:
    """One event of a worked case."""

    kind: str
    on: date
    days: int = 0
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A worked case of a limit: a fact, or a course of `events`, and the date that must come out.

    `waiting` = no date comes out, the limit stands still; `name` tells the story.
    """

    limit: str
    cite: str
    on: date | None = None
    at: datetime | None = None
    year: int | None = None
    due: date | None = None
    due_at: datetime | None = None
    count: int | None = None
    events: tuple[CaseEvent, ...] = ()
    provisional: bool = False
    waiting: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake(Cited):
    """A channel requests come in by; `receipt` is submitted, signed, confirmed or refused.

    `words` says in Chinese which day counts as the receipt, `confirm` that the office confirms it the same day.
    """

    code: str
    name: str
    receipt: str
    words: str
    confirm: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery(Cited):
    """A way replies go out; `answered` is signed, posted or sent: the day the reply counts as given."""

    code: str
    name: str
    answered: str
    words: str
