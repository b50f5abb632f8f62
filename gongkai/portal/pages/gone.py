"""What remains at the address of a disclosure that was taken down: index number, date, reason; no title."""

from typing import Any

from gongkai.feedback.public import objections_to
from gongkai.portal import addresses
from gongkai.portal.face import face
from gongkai.portal.page import Page, from_template
from gongkai.publishing.models import Disclosure, Standing


def gone_context(disclosure: Disclosure) -> dict[str, Any]:
    """Return the context of the page that says it is gone; it holds nothing of the disclosure's text."""
    ended = disclosure.standing == Standing.ENDED
    notice = disclosure.current.notice_last_on if ended and disclosure.current else None
    return {
        **face(disclosure.body),
        "title": "公示期已满" if ended else "这条信息已经撤下",
        "ended": ended,
        "index_number": disclosure.index_number,
        "objections": objections_to(disclosure) if ended else None,
        "gone_on": notice or disclosure.withdrawn_at,
        "reason": "" if ended else disclosure.get_withdrawn_reason_display(),
    }


def pages(disclosure: Disclosure) -> list[Page]:
    """Return the one file that stands where a disclosure stood (empty if it never stood on the public site)."""
    if disclosure.standing not in (Standing.ENDED, Standing.WITHDRAWN) or disclosure.first_public_on is None:
        return []
    path = addresses.file_of(addresses.of(disclosure)).replace("index.html", "410.html")
    return [
        Page(path=path, subject=f"disclosure/{disclosure.pk}", body=disclosure.body.code,
             content=lambda: from_template("gone.html", gone_context(disclosure)))
    ]  # fmt: skip
