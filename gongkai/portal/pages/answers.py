"""Published answers to opinions: what was asked in the office's own summary, and the answer; never the letter."""

from gongkai.bodies.models import Body
from gongkai.feedback.models import Opinion
from gongkai.portal import addresses
from gongkai.portal.face import crumbs, face
from gongkai.portal.page import Page, from_template
from gongkai.publishing.models import Standing

PAGE = 20


def pages(body: Body) -> list[Page]:
    """Return the pages of answered opinions, newest answers first."""
    answered = Opinion.objects.of(body).filter(answer_public=True).exclude(answer="").exclude(answered_on=None)
    opinions = list(answered.select_related("rectified_by__current", "rectified_by__body").order_by(
        "-answered_on", "-pk"))  # fmt: skip
    root = f"{addresses.home(body)}opinions/"
    last = max(0, (len(opinions) - 1) // PAGE)
    return [
        Page(path=addresses.file_of(_url(root, number)), subject=f"opinions/{body.code}", body=body.code,
             content=lambda number=number: _content(body, opinions, number, last))
        for number in range(last + 1)
    ]  # fmt: skip


def _url(root: str, number: int) -> str:
    return f"{root}p/{number + 1}/" if number else root


def _content(body: Body, opinions: list[Opinion], number: int, last: int) -> bytes:
    root = f"{addresses.home(body)}opinions/"
    shown = [
        {"opinion": one, "put_right": addresses.of(one.rectified_by) if _stands(one) else ""}
        for one in opinions[number * PAGE : (number + 1) * PAGE]
    ]
    context = {
        **face(body),
        "title": "意见答复",
        "opinions": shown,
        "newer": _url(root, number - 1) if number else "",
        "older": _url(root, number + 1) if number < last else "",
        "crumbs": crumbs(body),
    }
    return from_template("answers.html", context)


def _stands(opinion: Opinion) -> bool:
    return opinion.rectified_by is not None and opinion.rectified_by.standing == Standing.PUBLISHED
