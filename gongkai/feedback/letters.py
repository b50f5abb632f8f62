"""The letter in which an enquiry or a report is answered on paper (F30, F26)."""

from datetime import date

from gongkai.access.letters import compose, pdf_of
from gongkai.access.models import Letter, LetterState
from gongkai.feedback.models import Opinion, OpinionKind
from gongkai.frame.dates import cn_date

KINDS = {OpinionKind.ENQUIRY: "F30", OpinionKind.REPORT: "F26"}
TO_NOBODY_NAMED = "来信人"


def has_letter(opinion: Opinion) -> bool:
    """Tell whether this kind of opinion is answered by letter, and has been answered."""
    return opinion.kind in KINDS and bool(opinion.answer)


def letter_of(opinion: Opinion, *, on: date) -> tuple[str, bytes]:
    """Return the name and the PDF of the letter with the answer. Raises KeyError where no letter is written."""
    kind = KINDS[OpinionKind(opinion.kind)]
    said = {
        "F30": {"question": opinion.text, "answer": opinion.answer},
        "F26": {
            "complaint": opinion.title, "complaint_received": cn_date(opinion.received_on),
            "complaint_result": opinion.answer,
        },
    }  # fmt: skip
    addressee = opinion.writer_name or TO_NOBODY_NAMED
    words = compose(kind, None, on=on, body=opinion.body, addressee=addressee, **said[kind])
    paper = Letter(
        body=opinion.body, kind=kind, title=words.title, addressee=words.addressee, text=words.text,
        note=words.note, dated=opinion.answered_on or on, state=LetterState.SIGNED,
    )  # fmt: skip
    return f"{opinion.number} {words.title}.pdf", pdf_of(paper)
