"""Outcomes of a request: what can be chosen, what each asks of a reply, and where the requester may turn next.

outcome("partial", regime="he-29") -> RequestOutcome
choices("k12-15"), grounds("cn-ogi") -> list[RequestOutcome]
faults(Reply(outcome="not_held", reasons=…, searched=…), regime="cn-ogi") -> list of Chinese sentences
letter_of(outcome, points_to=…) -> "F16"
remedy_words(outcome, regime, on, organs) -> the sentence a reply letter ends with
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from gongkai.statute.load import law
from gongkai.statute.outcome_checks import GROUPS, NEEDS
from gongkai.statute.outcome_records import RequestOutcome

REASONS_AT_LEAST = 10
EXEMPTIONS = ("refused", "partial")


class Organs(Protocol):
    """Where a body's requesters turn next; empty = the general name."""

    reconsideration_organ: str
    court: str
    complaint_organ: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a reply says, whoever signs it: one outcome, and for a partial one the grounds of what is withheld."""

    outcome: str
    grounds: tuple[str, ...] = ()
    reasons: str = ""
    given: str = ""
    withheld: str = ""
    points_to: str = ""
    searched: str = ""


def outcome(code: str, *, regime: str = "cn-ogi") -> RequestOutcome:
    """Return an outcome as it is called under a regime. Raises KeyError where the regime does not know it."""
    found = law().outcomes[code]
    if regime in found.regimes:
        return found
    for other in found.under:
        if other.regime == regime:
            return replace(
                found, name=other.name or found.name, short="" if other.name else found.short,
                words=other.words or found.words, advice=other.advice or found.advice,
                cite=other.cite, confidence=other.confidence, note=other.note, review_first=None,
            )  # fmt: skip
    raise KeyError(f"{code}@{regime}")


def choices(regime: str) -> list[RequestOutcome]:
    """Return the outcomes a regime knows, in the order of the table."""
    known = (found for found in law().outcomes.values() if regime in _regimes(found))
    return [outcome(found.code, regime=regime) for found in known]


def grouped_choices(regime: str) -> list[tuple[str, list[RequestOutcome]]]:
    """Return a regime's outcomes under the names of their groups, as a form offers them."""
    known = choices(regime)
    return [(name, found) for code, name in GROUPS.items() if (found := [one for one in known if one.group == code])]


def grounds(regime: str) -> list[RequestOutcome]:
    """Return the grounds on which a part may be withheld under a regime."""
    return [found for found in choices(regime) if found.ground]


def row_of(code: str, *, year: int) -> str:
    """Return the row of table 3 an outcome counts in: the form of 2019 until data year 2020, then that of 2021."""
    found = law().outcomes[code]
    return (found.row_2019 or found.row_2021) if year < 2021 else found.row_2021


def letter_of(code: str, *, points_to: str = "", searched: str = "") -> str:
    """Return the kind of letter (F12 …); another one where the reply points to the body that has the information."""
    found = law().outcomes[code]
    elsewhere = found.letter_elsewhere and points_to.strip() and not searched.strip()
    return found.letter_elsewhere if elsewhere else found.letter


def reply_letters() -> frozenset[str]:
    """Return the kinds of letters that answer a request."""
    found = law().outcomes.values()
    return frozenset(kind for one in found for kind in (one.letter, one.letter_elsewhere) if kind)


def _regimes(found: RequestOutcome) -> set[str]:
    return {*found.regimes, *(other.regime for other in found.under)}


def faults(reply: Reply, *, regime: str) -> list[str]:
    """Say in Chinese what keeps a reply from being a lawful one; empty when nothing does."""
    try:
        chosen = outcome(reply.outcome, regime=regime)
    except KeyError:
        unknown = "这种处理结果不能在本单位适用的制度下选择，请另选一种。"
        return [unknown if reply.outcome else "请选择一种处理结果。"]
    found = [*_missing(chosen, reply), *_wrong_grounds(reply, regime=regime)]
    if chosen.group in EXEMPTIONS or "reasons" in chosen.needs:
        found += _weak_reasons(chosen, reply, regime=regime)
    return [*found, *_contradictions(chosen, reply)]


def _missing(chosen: RequestOutcome, reply: Reply) -> list[str]:
    lacking = [name for name in chosen.needs if not _says(reply, name)]
    found = [f"“{chosen.label}”要写明{NEEDS[name]}。{chosen.advice}" for name in lacking]
    if chosen.one_of and not any(_says(reply, name) for name in chosen.one_of):
        names = "或者".join(NEEDS[name] for name in chosen.one_of)
        found.append(f"“{chosen.label}”要写明{names}。{chosen.advice}")
    return found


def _says(reply: Reply, name: str) -> bool:
    value = getattr(reply, name)
    return bool(value.strip() if isinstance(value, str) else value)


def _wrong_grounds(reply: Reply, *, regime: str) -> list[str]:
    if reply.outcome != "partial":
        return ["只有部分公开才另选不公开部分的情形；一份答复只归一种处理结果。"] if reply.grounds else []
    allowed = {found.code for found in grounds(regime)}
    wrong = [code for code in reply.grounds if code not in allowed]
    return ["不公开的部分只能选择法定的不予公开情形，请在列出的情形中选择。"] if wrong else []


def _weak_reasons(chosen: RequestOutcome, reply: Reply, *, regime: str) -> list[str]:
    """Refuse reasons that say too little, or rest on what is no ground without speaking of one that is."""
    reasons = "".join(reply.reasons.split())
    if not reasons:
        return []
    if len(reasons) < REASONS_AT_LEAST:
        return [f"理由太短，请写明事实和依据，不少于{REASONS_AT_LEAST}个字。{chosen.advice}"]
    named = {found.code: found for found in grounds(regime)}
    spoken = [word for code in reply.grounds if code in named for word in named[code].words] or [*chosen.words]
    if not spoken or any(word in reasons for word in spoken):
        return []
    none = [found for found in law().no_grounds.values() if any(word in reasons for word in found.words)]
    if none:
        return [f"{none[0].why}请按所选的“{chosen.label}”写明理由，或者改选处理结果。"]
    return []


def _contradictions(chosen: RequestOutcome, reply: Reply) -> list[str]:
    text = reply.reasons + reply.searched
    for clash in law().contradictions.values():
        if chosen.code in clash.outcomes or chosen.group in clash.groups:
            for word in clash.words:
                if word in text:
                    return [clash.why.format(word=word)]
    return []


def remedy_words(code: str, regime: str, on: date, organs: Organs | None = None) -> str:
    """Return what the requester may do next: reconsideration first or a choice, a complaint, the party's superior.

    `on` is the day of the reply; `organs` the body's settings, empty names become general ones.
    """
    chosen = outcome(code, regime=regime)
    kind = "review-first" if chosen.review_first and on >= chosen.review_first else "choice"
    known = [found for found in law().remedies.values() if regime in found.regimes]
    words = next((found for found in known if found.code == kind), known[0])
    superior = "上级党组织" if words.code == "party" else "主管教育行政部门"
    return words.text.format(
        reconsideration=_named(organs, "reconsideration_organ", "有管辖权的行政复议机关"),
        court=_named(organs, "court", "有管辖权的人民法院"),
        complaint=_named(organs, "complaint_organ", superior),
    )


def remedy_cite(code: str, regime: str, on: date) -> str:
    """Return what the remedy of a reply rests on."""
    chosen = outcome(code, regime=regime)
    kind = "review-first" if chosen.review_first and on >= chosen.review_first else "choice"
    known = [found for found in law().remedies.values() if regime in found.regimes]
    return next((found for found in known if found.code == kind), known[0]).cite


def _named(organs: Organs | None, field: str, general: str) -> str:
    return (getattr(organs, field, "") if organs is not None else "") or general
