"""Read office files: `read` in this process, `read_safely` in a child with limits."""

from gongkai.documents.reading.document import DocumentText, Part, Problem
from gongkai.documents.reading.open import read
from gongkai.documents.reading.refusal import (
    EmptyFile,
    EncryptedFile,
    Refused,
    TookTooLong,
    TooLarge,
    Unreadable,
    ZipBomb,
)
from gongkai.documents.reading.safely import read_safely

__all__ = [
    "DocumentText",
    "EmptyFile",
    "EncryptedFile",
    "Part",
    "Problem",
    "Refused",
    "TookTooLong",
    "TooLarge",
    "Unreadable",
    "ZipBomb",
    "read",
    "read_safely",
]
