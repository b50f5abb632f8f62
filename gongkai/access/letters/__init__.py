"""Letters of a case: what they say (`compose`), their numbers, and the files made of them (`files_of`)."""

from gongkai.access.letters.composing import Composed, FactMissing, UnknownFact, compose
from gongkai.access.letters.leaks import leaks_in
from gongkai.access.letters.numbers import number_of
from gongkai.access.letters.papers import files_of, pdf_of

__all__ = ["Composed", "FactMissing", "UnknownFact", "compose", "files_of", "leaks_in", "number_of", "pdf_of"]
