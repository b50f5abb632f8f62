"""Password slips on paper."""

from collections.abc import Iterable
from datetime import datetime

from gongkai.accounts.models import Person
from gongkai.bodies.models import Body
from gongkai.documents.writing.pdf import render_pdf
from gongkai.frame.dates import cn_date

HOW = [
    "打开上面的网址，点「登录」，再点「第一次登录，或者忘了密码」。",
    "填登录名和一次性口令，自己设一个新密码。口令只能用一次。",
    "这张凭条请当面交给本人，用完撕毁；输错 5 次会作废，请管理员重新签发。",
]


def slip_sheet(slips: Iterable[tuple[Person, str, datetime]], *, body: Body, address: str) -> bytes:
    """Write slips (person, code, valid until) as PDF, three a page."""
    rows = [
        {
            "body": body.name, "person": person.name, "login": person.username, "code": code,
            "valid_until": cn_date(until), "address": address, "how": HOW,
        }
        for person, code, until in slips
    ]  # fmt: skip
    return render_pdf("slip", {"slips": rows})
