"""Published answers to opinions: what was asked in the office's own summary, and the answer; never the letter."""

from gongkai.bodies.models import Body
from gongkai.feedback.public import PublishedAnswer, published_answers
from gongkai.portal import addresses
from gongkai.portal.face import crumbs, face
from gongkai.portal.page import Page, from_template
from gongkai.portal.pages.disclosure import reading
from gongkai.publishing.models import Disclosure

PAGE = 20


def pages(body: Body) -> list[Page]:
    """Return the pages of answered opinions, newest answers first."""
    answers = published_answers(body)
    root = f"{addresses.home(body)}opinions/"
    last = max(0, (len(answers) - 1) // PAGE)
    return [
        Page(path=addresses.file_of(_url(root, number)), subject=f"opinions/{body.code}", body=body.code,
             content=lambda number=number: _content(body, answers, number, last))
        for number in range(last + 1)
    ]  # fmt: skip


def _url(root: str, number: int) -> str:
    return f"{root}p/{number + 1}/" if number else root


def _content(body: Body, answers: list[PublishedAnswer], number: int, last: int) -> bytes:
    root = f"{addresses.home(body)}opinions/"
    shown = [
        {"answer": one, "about": _standing(one.about), "put_right_by": _standing(one.put_right_by)}
        for one in answers[number * PAGE : (number + 1) * PAGE]
    ]
    context = {
        **face(body),
        "title": "意见答复",
        "answers": shown,
        "newer": _url(root, number - 1) if number else "",
        "older": _url(root, number + 1) if number < last else "",
        "crumbs": crumbs(body),
    }
    return from_template("answers.html", context)


def _standing(one: Disclosure | None) -> dict[str, str] | None:
    """Return title and address of a disclosure that still stands on the public site."""
    shown = reading(one) if one is not None else None
    return {"title": shown.edition.title, "url": shown.address} if shown else None
