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


def words_of(*cites: str) -> str:
    """Write citations as an official letter does: the instrument's full title once, then its articles."""
    articles: dict[str, list[str]] = {}
    for cite in cites:
        law().resolve(cite)
        known = articles.setdefault(law().instruments[parse(cite).instrument].title, [])
        place = article_words(cite)
        known += [place] if place and place not in known else []
    said = (f"《{title}》{'、'.join(places)}" for title, places in articles.items())
    return "、".join(said).translate(FULL_WIDTH)
