"""The questions of the secrecy review (公开审查) and what their answers ask for."""

from collections.abc import Mapping

from gongkai.statute.load import law
from gongkai.statute.records import SecrecyQuestion, SecrecyResult

ANSWERS = {"yes": "是", "no": "否", "unsure": "不确定"}


def questions() -> list[SecrecyQuestion]:
    """Return the questions in order."""
    return list(law().secrecy_questions.values())


def results() -> list[SecrecyResult]:
    """Return the possible results; only those that pass let the text go on."""
    return list(law().secrecy_results.values())


def unanswered(answers: Mapping[str, str]) -> list[SecrecyQuestion]:
    """List the questions without one of the three answers."""
    return [q for q in questions() if answers.get(q.code) not in ANSWERS]


def troubles(answers: Mapping[str, str]) -> list[SecrecyQuestion]:
    """List the questions whose answer must be dealt with, every unsure one included."""
    return [q for q in questions() if answers.get(q.code) in (q.trouble, "unsure")]
