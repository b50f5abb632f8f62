"""Lists as a school or a bureau would hand them in: titles are invented, counts are the source documents'."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from gongkai.bodies.lists import LISTS, Import
from gongkai.bodies.models import Body
from gongkai.web.commands.import_lists import ROOMS
from tests import make

POSTING_HEAD = "渠道,标题,发布日期,网址或位置,信息类别,公开事项"
DISCLOSURE_HEAD = "标题,公开事项,信息类别,来源,文号,成文日期,公开日期,公开范围,渠道,网址"
assert ROOMS  # importing the command enters every room's lists
TOPICS = (
    "运动会",
    "读书月",
    "家长开放日",
    "安全演练",
    "研学实践",
    "艺术节",
    "教研活动",
    "志愿服务",
    "社团展示",
    "劳动课",
)


def days_of(year: int, count: int) -> list[date]:
    """Return `count` days spread over a year, both ends included."""
    first = date(year, 1, 1)
    step = 364 / max(count - 1, 1)
    return [first + timedelta(days=round(step * n)) for n in range(count)]


def postings(year: int, counts: dict[str, int]) -> bytes:
    """Return a CSV list of postings: so many on each channel (Chinese names) in a year."""
    lines = [POSTING_HEAD]
    for channel, count in counts.items():
        for n, day in enumerate(days_of(year, count), start=1):
            lines.append(
                f"{channel},{TOPICS[n % len(TOPICS)]}报道第{n}篇,{day},https://example.invalid/{channel}/{n},动态,"
            )
    return "\n".join(lines).encode()


def disclosures(year: int, kinds: Iterable[tuple[str, int]], *, channels: Sequence[str]) -> bytes:
    """Return a CSV list of disclosures by kind (Chinese names), each on the next of `channels` ("" = none)."""
    rows = [(kind, n) for kind, count in kinds for n in range(1, count + 1)]
    lines = [DISCLOSURE_HEAD]
    for index, ((kind, n), day) in enumerate(zip(rows, days_of(year, len(rows)), strict=True)):
        lines.append(
            f"{kind}第{n}条信息,,{kind},,,{day},{day},社会,{channels[index % len(channels)]},https://example.invalid/d/{index}"
        )
    return "\n".join(lines).encode()


def bring(kind: str, body: Body, data: bytes, *, name: str = "台账.csv") -> tuple[int, int]:
    """Import a list as the platform itself; return how many rows were new and how many unchanged."""
    outcome = Import(kind=LISTS[kind], body=body, data=data, name=name).run(by=make.SYSTEM, at=make.AT, skip_bad=False)
    assert not outcome.listing.rejected, outcome.listing.rejected[:3]
    return outcome.imported, outcome.unchanged
