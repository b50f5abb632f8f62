"""Personal data that a letter must not carry: the third party's to the requester, the requester's to others."""

from collections.abc import Iterator

from gongkai.access.models import ConsultationKind, Letter
from gongkai.screening.screen import screen_text
from gongkai.statute.letters import letter_kind

FULL_WIDTH = str.maketrans(",;:()", "，；：（）")
SHORTEST = 2  # a name of one character would be found everywhere
OF_REQUESTER = ("name", "id_number", "phone", "email", "address", "workplace")


def leaks_in(letter: Letter) -> list[str]:
    """Say in Chinese what a letter tells somebody who must not know it; empty when nothing was found."""
    text = "\n".join((letter.text, letter.note))
    to = letter_kind(letter.kind).to
    found = [*_of_third_parties(letter, text)] if to == "requester" else []
    if to in ("consulted", "unit"):
        found += _of_requester(letter, text)
    errors = (one for one in screen_text(text) if one.severity == "error")
    found += [f"{one.message.translate(FULL_WIDTH)}（{one.masked}）" for one in errors]
    return list(dict.fromkeys(found))


def _of_third_parties(letter: Letter, text: str) -> Iterator[str]:
    if letter.case is None:
        return
    for one in letter.case.consultations.filter(kind=ConsultationKind.THIRD_PARTY):
        for words in (one.addressee, one.contact):
            if len(words) >= SHORTEST and words in text:
                yield f"给申请人的文书里写到了第三方的姓名（名称）或者联系方式「{words}」，请改成“第三方”。"


def _of_requester(letter: Letter, text: str) -> Iterator[str]:
    requester = letter.case.requester if letter.case else None
    for name in OF_REQUESTER:
        words = getattr(requester, name, "")
        if len(words) >= SHORTEST and words in text:
            yield f"给别人的文书里写到了申请人的信息「{words}」，请改成“申请人”。"
