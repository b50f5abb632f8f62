"""Fill a letter from its case: `compose("F04", case, on=…, items=…, until=…)`.

Facts beside the case are fields of `gongkai.statute.letter_texts.FIELDS` (text, number or day), `addressee`,
`attachments` (names), `body` where there is no case, `due_on`, and the records a letter is about:
`consultation`, `fee`, `hand_over`, `claim`, `letter`, `delivery`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.access.letters.case_facts import case_facts
from gongkai.access.letters.link_facts import LINKS, latest_links
from gongkai.access.letters.numbers import number_of
from gongkai.access.letters.reply_facts import answer_of, attachments, reply_facts, third_party_remedy
from gongkai.access.letters.sign_off import signed_off
from gongkai.access.letters.voice import settings_of, shown, voice
from gongkai.access.models import AccessRequest
from gongkai.bodies.models import Body
from gongkai.frame.dates import cn_date
from gongkai.journal.acts import ActRefused
from gongkai.statute.bodies import body_kind
from gongkai.statute.letter_texts import FIELDS, LetterKind, fill
from gongkai.statute.letters import letter_kind, words_of
from gongkai.statute.load import law

ANNEX = "［附件另页］"
USUAL = {"always": "1", "opinion_within": "15个工作日", "consulted_you": "你（单位）"}
NOT_FIELDS = {"addressee", "due_on"}


class FactMissing(ActRefused):
    """The letter must contain something that neither the case nor the caller says."""


class UnknownFact(TypeError):
    """A fact was passed that no letter knows."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter's words: title, addressee (empty on forms), text (one paragraph a line) and the cover note."""

    title: str
    addressee: str
    text: str
    note: str


def compose(kind: str, case: AccessRequest | None, *, on: date, **facts: Any) -> Composed:
    """Compose a letter of a case (None with `body` or `claim` for letters of no case).

    Raises FactMissing naming what is lacking, UnknownFact, KeyError for an unknown kind.
    """
    letter = letter_kind(kind)
    values = _values(letter, case, on, facts)
    missing = [FIELDS[name] for name in letter.must if not values.get(name, "").strip()]
    if letter.to != "none" and not values.get("addressee", "").strip():
        missing.append("主送（收件人）")
    if missing:
        raise FactMissing(f"《{fill(letter.title, values)}》还缺：{'、'.join(missing)}。请补充后再制作。")
    text = fill(letter.text, values)
    if letter.annex:
        text += f"\n{ANNEX}\n{fill(letter.annex, values)}"
    addressee = "" if letter.to == "none" else values["addressee"]
    return Composed(fill(letter.title, values), addressee, text, fill(letter.note, values))


def _values(letter: LetterKind, case: AccessRequest | None, on: date, facts: dict[str, Any]) -> dict[str, str]:
    links = {name: facts.pop(name) for name in LINKS if name in facts}
    listed = facts.pop("attachments", None)
    body, regime = _whose(case, links, facts.pop("body", None))
    unknown = sorted(set(facts) - set(FIELDS) - NOT_FIELDS)
    if unknown:
        raise UnknownFact(f"{letter.code}: {', '.join(unknown)}")
    values = {**USUAL, **voice(body, regime), "basis": words_of(letter.cite_under(regime)), "today": cn_date(on)}
    if case is not None:
        values |= _of_case(letter, case, on, str(facts.pop("outcome", "") or case.outcome))
        links = {**latest_links(letter.code, case), **links}
    for name, record in links.items():
        values |= LINKS[name](record) if record is not None else {}
    if letter.to == "requester":
        values["addressee"] = values.get("requester", "")
    values |= {name: _said(fact) for name, fact in facts.items()}
    values["attachments"] = _attached(_names(case, listed))
    values |= _periods(letter, case, values, on)
    return values if letter.form == "letter" else {name: _cell(name, words) for name, words in values.items()}


def _cell(name: str, words: str) -> str:
    """Write a value for a table: one line, without the mark that parts two columns; sign-off lines stay."""
    return words if name == "decisions" else shown(words).replace("｜", "|")


def _whose(case: AccessRequest | None, links: dict[str, Any], body: Body | None) -> tuple[Body, str]:
    """Return the body that writes and the regime it writes under."""
    if case is not None:
        return case.body, case.regime
    claim = links.get("claim")
    writes: Body = claim.body if claim is not None else body
    return writes, body_kind(writes.kind).main


def _of_case(letter: LetterKind, case: AccessRequest, on: date, outcome: str) -> dict[str, str]:
    answer = answer_of(case) if letter.code == "F02" else None
    found = {**case_facts(case, on=on), **reply_facts(case, letter, on=on, code=outcome)}
    if letter.code == "F22":
        found |= third_party_remedy(case, on=on)
    if letter.code == "F25":
        found["decisions"] = signed_off(case)
    return {**found, "reply_number": number_of(answer) if answer else ""}


def _periods(letter: LetterKind, case: AccessRequest | None, values: dict[str, str], on: date) -> dict[str, str]:
    """Return what follows from other facts: the extended day, the end of a period given in days."""
    found = {"due": values["due_on"]} if "due_on" in values else {}
    if letter.code == "F06" and case is not None:
        extension = case.events.standing().filter(kind="extended").last()
        found["days"] = values.get("days") or (str(extension.days) if extension else "")
        found["extended"] = values.get("extended") or values.get("due_on") or values.get("due", "")
        found["reasons"] = values.get("reasons", "").rstrip("。；，")
    if letter.code in ("F04", "F05") and case is not None and not values.get("until"):
        days = int(values.get("days") or settings_of(case.body).clarification_days)
        found["until"] = cn_date(law().calendar.add_working_days(on, days).on)
    return found


def _names(case: AccessRequest | None, listed: Iterable[str] | None) -> list[str]:
    if listed is not None:
        return list(listed)
    return attachments(case) if case is not None else []


def _attached(names: list[str]) -> str:
    """Write the note of attachments: 附件：1.甲, one line each; a single one without number."""
    if len(names) < 2:
        return f"附件：{names[0]}" if names else ""
    return "\n".join(f"{'附件：' if n == 1 else '　　　'}{n}.{name}" for n, name in enumerate(names, 1))


def _said(fact: Any) -> str:
    return cn_date(fact) if isinstance(fact, date) else "" if fact is None else str(fact)
