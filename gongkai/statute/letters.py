"""Kinds of letters (文书) and the words they use."""

from gongkai.statute.citations import article_words, parse
from gongkai.statute.letter_texts import LetterKind, LetterPhrase
from gongkai.statute.load import law

FULL_WIDTH = str.maketrans("()", "（）")


def letter_kind(code: str) -> LetterKind:
    """Return the kind of letter with this code (F03 …). Raises KeyError."""
    return law().letters[code]


def phrase(outcome: str) -> LetterPhrase | None:
    """Return how an outcome is said in a letter, where letters have words of their own for it."""
    return law().phrases.get(outcome)


def words_of(cite: str) -> str:
    """Write a citation as an official letter does: the instrument's full title, then the article."""
    law().resolve(cite)
    title = law().instruments[parse(cite).instrument].title
    return f"《{title}》{article_words(cite)}".translate(FULL_WIDTH)
