"""Worlds to measure in, built through the rooms' own acts."""

from datetime import date, timedelta

from bench.chinese import Writer
from gongkai.bodies.lists import LISTS, Import
from gongkai.bodies.models import Body
from gongkai.web.commands.import_lists import ROOMS
from tests import make

HEADS = {
    "postings": "渠道,标题,发布日期,网址或位置,信息类别,公开事项",
    "disclosures": "标题,公开事项,信息类别,来源,文号,成文日期,公开日期,公开范围,渠道,网址",
    "opinions": "来信日期,渠道,类别,标题,内容,答复日期,答复",
}
assert ROOMS  # importing the command enters every room's lists


def rows(kind: str, count: int, *, year: int = 2025) -> bytes:
    """Return a CSV list of invented rows spread over a year."""
    writer, lines = Writer(3, stock=500), [HEADS[kind]]
    for n in range(count):
        day = date(year, 1, 1) + timedelta(days=n * 364 // max(count - 1, 1))
        title = f"{writer.title()}第{n}号"
        if kind == "postings":
            lines.append(f"微信公众号,{title},{day},https://example.invalid/wx/{n},动态,")
        elif kind == "disclosures":
            lines.append(f"{title},,动态,,,{day},{day},社会,网站,https://example.invalid/d/{n}")
        else:
            lines.append(f"{day},意见箱,意见,{title},{title}一事请说明,{day},已说明")
    return "\n".join(lines).encode("gb18030")


def bring(kind: str, body: Body, data: bytes) -> int:
    """Import a list into a body; return the number of rows."""
    task = Import(kind=LISTS[kind], body=body, data=data, name="台账.csv")
    outcome = task.run(by=make.SYSTEM, at=make.AT, skip_bad=False)
    if outcome.listing.rejected:
        raise ValueError(f"rejected: {outcome.listing.rejected[:2]}")
    return outcome.imported
