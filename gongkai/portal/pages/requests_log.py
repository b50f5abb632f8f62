"""What came of requests: the office's own summaries of closed cases, newest reply first; never who asked."""

from gongkai.access.models import LogEntry
from gongkai.access.openness import public_log
from gongkai.bodies.models import Body
from gongkai.portal import addresses
from gongkai.portal.face import crumbs, face
from gongkai.portal.page import Page, from_template
from gongkai.portal.pages.disclosure import reading
from gongkai.statute.outcomes import outcome

PAGE = 20


def pages(body: Body) -> list[Page]:
    """Return the pages of the log; a body that shows no log, or has none, still has the first one."""
    entries = public_log(body)
    root = addresses.requests_log(body)
    last = max(0, (len(entries) - 1) // PAGE)
    return [
        Page(path=addresses.file_of(_url(root, number)), subject=f"requests/{body.code}", body=body.code,
             content=lambda number=number: _content(body, entries, number, last))
        for number in range(last + 1)
    ]  # fmt: skip


def _url(root: str, number: int) -> str:
    return f"{root}p/{number + 1}/" if number else root


def _content(body: Body, entries: list[LogEntry], number: int, last: int) -> bytes:
    root = addresses.requests_log(body)
    context = {
        **face(body),
        "title": "依申请公开办理情况",
        "entries": [_shown(entry) for entry in entries[number * PAGE : (number + 1) * PAGE]],
        "newer": _url(root, number - 1) if number else "",
        "older": _url(root, number + 1) if number < last else "",
        "crumbs": crumbs(body),
    }
    return from_template("requests_log.html", context)


def _shown(entry: LogEntry) -> dict[str, object]:
    opened = reading(entry.proactive) if entry.proactive is not None else None
    return {
        "entry": entry,
        "outcome": outcome(entry.case.counted_outcome).name,
        "answered_on": entry.case.counted_on,
        "opened": {"title": opened.edition.title, "url": opened.address} if opened else None,
    }
