"""What reading a file yields: its text, its structure, and what a reader's eye does not see."""

from dataclasses import asdict, dataclass, replace
from typing import Any

MEDIA = ("docx", "xlsx", "xls", "csv", "txt", "html", "md", "pdf", "image", "archive", "unknown")


@dataclass(frozen=True)
class Part:
    """A piece of text and where it stands.

    `kind` is body, sheet_cell, header, footer, note, text_box, comment, deleted, hidden_text, hidden_sheet,
    hidden_row, hidden_column, cached, properties, field, alt or lines (many lines, counted from 1);
    `hidden` means that a reader of the opened file does not see it. `place` is `where` in Chinese when
    they differ; `context` is the label that belongs to it (column heading, cell to the left).
    """

    where: str
    text: str
    kind: str = "body"
    hidden: bool = False
    place: str = ""
    context: str = ""


@dataclass(frozen=True)
class Problem:
    """A fact about the file that somebody has to look at.

    Codes: picture, scan, embedded, archive, unsupported, unreadable_part, encrypted (could not be checked);
    macro, script, executable, polyglot, mismatch, encoding, revision, duplicate.
    """

    code: str
    message: str
    where: str = ""
    severity: str = "error"


@dataclass(frozen=True)
class DocumentText:
    """A file as read: visible `text`, clean structural `html`, all `parts`, `problems`."""

    name: str
    media: str
    title: str = ""
    text: str = ""
    html: str = ""
    parts: tuple[Part, ...] = ()
    problems: tuple[Problem, ...] = ()

    def has(self, code: str) -> bool:
        """Tell whether a problem of this code was found."""
        return any(problem.code == code for problem in self.problems)

    def with_problems(self, *problems: Problem) -> "DocumentText":
        """Return the same document with these problems in front."""
        return replace(self, problems=problems + self.problems)

    def as_data(self) -> dict[str, Any]:
        """Return plain JSON data; `from_data` reverses it."""
        flat = {key: getattr(self, key) for key in ("name", "media", "title", "text", "html")}
        parts = [[p.where, p.text, p.kind, p.hidden, p.place, p.context] for p in self.parts]
        return {**flat, "parts": parts, "problems": [asdict(problem) for problem in self.problems]}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "DocumentText":
        """Build the document from `as_data`."""
        parts = tuple(Part(*part) for part in data["parts"])
        problems = tuple(Problem(**problem) for problem in data["problems"])
        return cls(**{**data, "parts": parts, "problems": problems})
