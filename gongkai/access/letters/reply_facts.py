"""What a reply letter takes from the decision: outcome, ground, reasons, what is given, and the remedy."""

from datetime import date

from gongkai.access.letters.voice import is_government, sentence, settings_of, shown
from gongkai.access.models import AccessRequest, Letter, LetterState
from gongkai.statute.letter_texts import LetterKind
from gongkai.statute.letters import phrase, words_of
from gongkai.statute.outcome_records import RequestOutcome
from gongkai.statute.outcomes import outcome, remedy_words, reply_letters

REPLY_FILES = ("reply", "given")
NAMED_PLAINLY = ("涉及", "可能", "申请人", "信息")


def reply_facts(case: AccessRequest, letter: LetterKind, *, on: date, code: str) -> dict[str, str]:
    """Return the fields of the decision; `code` is its outcome, empty while there is none."""
    decided = {
        "reasons": sentence(case.reasons),
        "given": sentence(case.given),
        "withheld": sentence(case.withheld),
        "points_to": shown(case.points_to).rstrip("。"),
        "searched": sentence(shown(case.searched)),
    }
    if not code:
        return decided
    chosen = outcome(code, regime=case.regime)
    grounds = [outcome(one, regime=case.regime) for one in case.grounds] or [chosen]
    own, cites = letter.cite_under(case.regime), [one.cite for one in grounds]
    basis = words_of(*cites)
    spoken = phrase(chosen.code)
    remedy = remedy_words(chosen.code, case.regime, on, settings_of(case.body))
    return {
        **decided,
        "outcome": chosen.name,
        "ground": "，".join(_ground(one, case.regime) for one in grounds),
        "ground_basis": basis if basis != words_of(own) else "",
        "bases": words_of(*cites, own),
        "ground_or_basis": basis,
        "other_way": spoken.other_way if spoken else "",
        "remedy": remedy,
        "remedy_plain": remedy.partition("，")[2],
    }


def third_party_remedy(case: AccessRequest, *, on: date) -> dict[str, str]:
    """Return where somebody may turn who is told of a decision to disclose."""
    words = remedy_words("disclosed", case.regime, on, settings_of(case.body)).replace("本答复", "本决定")
    return {"remedy": words, "remedy_plain": words.partition("，")[2]}


def answer_of(case: AccessRequest) -> Letter | None:
    """Return the letter that answers the case, the latest that was signed."""
    signed = case.letters.exclude(state__in=(LetterState.DRAFT, LetterState.CANCELLED))
    return signed.filter(kind__in=reply_letters()).last()


def attachments(case: AccessRequest) -> list[str]:
    """Return the names of the files that go out with the reply."""
    found = case.files.filter(from_requester=False, purpose__in=REPLY_FILES).order_by("pk")
    return [name.rpartition(".")[0] or name for name in found.values_list("name", flat=True)]


def _ground(one: RequestOutcome, regime: str) -> str:
    """Say an outcome as a letter does: in the words of the law under the 条例, else by the regime's own name."""
    spoken = phrase(one.code)
    renamed = any(other.regime == regime and other.name for other in one.under)
    if spoken and (is_government(regime) or not renamed):
        return spoken.words
    return one.name if one.name.startswith(NAMED_PLAINLY) else f"属于“{one.name}”的情形"
