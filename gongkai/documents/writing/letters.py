"""Write official letters (公文) and their table forms as PDF and Word in the layout of GB/T 9704."""

from dataclasses import asdict, dataclass

from gongkai.documents.writing.pdf import render_pdf

Row = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph and its level: 1 一、 (黑体), 2 （一） (楷体), 0 everything else."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex on a page of its own."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPaper:
    """What a letter shows: `rows` makes it a table form, one or two pairs of label and value a row.

    `mark` stands behind the text (草稿), `boxed` draws the place of the seal, `tall` names the rows to be signed.
    """

    body_name: str
    number: str
    title: str
    dated: str
    addressee: str = ""
    lines: tuple[Line, ...] = ()
    attachments: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    rows: tuple[Row, ...] = ()
    tall: tuple[str, ...] = ()
    note: str = ""
    mark: str = ""
    boxed: bool = False


def write_letter_pdf(paper: LetterPaper, *, fonts: tuple[str, ...] = ()) -> bytes:
    """Write a letter as PDF; the same letter gives the same bytes. `fonts` are folders of a body's own fonts."""
    return render_pdf("letter_form" if paper.rows else "letter", asdict(paper), fonts=fonts)
