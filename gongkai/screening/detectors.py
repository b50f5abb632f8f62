"""All detectors. A new one is a function and a line here."""

from collections.abc import Callable, Iterable

from gongkai.documents.reading.document import DocumentText
from gongkai.screening.file_facts import hidden_content, problems_of_the_file
from gongkai.screening.finding import Finding
from gongkai.screening.numbers import Hit, find_numbers

# Text detectors get a text and the label before it; document detectors the document as read.
TEXT_DETECTORS: list[Callable[[str, str], Iterable[Hit]]] = [find_numbers]
DOCUMENT_DETECTORS: list[Callable[[DocumentText], Iterable[Finding]]] = [hidden_content, problems_of_the_file]
