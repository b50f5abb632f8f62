"""Lists of postings (发布台账): WeChat exports, video lists, records of boards and meetings."""

from datetime import date
from typing import Any

from gongkai.bodies.lists import Counts, ListKind, enlist
from gongkai.bodies.models import Body, Duty
from gongkai.bodies.rows import Column, Listing, Row, past, text
from gongkai.publishing.actions import imports
from gongkai.publishing.channels import channel_of_address
from gongkai.publishing.importing import cells
from gongkai.publishing.importing.matching import give_keys, new_rows
from gongkai.publishing.models import Posting

ALIASES: dict[str, tuple[str, ...]] = {
    "channel": ("发布渠道", "公开渠道", "载体", "平台", "公开载体"),
    "title": ("文章标题", "推文标题", "内容标题", "图文标题", "视频标题", "名称", "主题"),
    "posted_on": ("发布时间", "发表时间", "发表日期", "推送时间", "群发时间", "日期", "时间", "公开日期", "张贴日期"),
    "place": ("网址", "位置", "链接", "文章链接", "内容url", "url", "地址", "原文链接", "永久链接", "地点", "内容链接"),
    "kind": ("类别", "信息类型", "分类"),
    "items": ("事项", "目录事项", "目录"),
}


def columns(body: Body, on: date) -> list[Column]:
    """Return the columns of a list of postings, with the names WeChat and other exports give them."""
    return [
        _column("channel", "渠道", cells.channel()),
        _column("title", "标题", text(200), needed=True, filled=True),
        _column("posted_on", "发布日期", past(on), needed=True, filled=True),
        _column("place", "网址或位置", text(500)),
        _column("kind", "信息类别", cells.kind(body)),
        _column("items", "公开事项", cells.items(body), empty=()),
    ]


def _column(field: str, name: str, read: cells.Read, **more: Any) -> Column:
    return Column(field=field, name=name, aliases=ALIASES[field], read=read, **more)


def settle(body: Body, listing: Listing, on: date) -> Counts:
    """Drop rows that do not fit, give the others their key, count what is new."""
    listing.keep(_has_channel)
    give_keys(listing, on_field="posted_on")
    new = len(new_rows(listing, known=Posting.objects.of(body).import_keys()))
    return Counts(new, len(listing.rows) - new)


def _has_channel(listing: Listing, row: Row) -> bool:
    values = row.values
    values["channel"] = values["channel"] or channel_of_address(values["place"])
    if not values["channel"]:
        listing.reject(row, "渠道", "没有填渠道，从网址也看不出来。请填写，如：微信公众号")
        return False
    return True


enlist(
    ListKind(
        code="postings",
        name="发布记录",
        columns=columns,
        settle=settle,
        carry=imports.import_postings,
        hint="微信公众号后台导出的表可以直接用：没有渠道列时按网址识别。",
        duties=(Duty.CLERK, Duty.OFFICE_HEAD),
        sample=(
            ("渠道", "标题", "发布日期", "网址或位置", "信息类别", "公开事项"),
            ("微信公众号", "秋季学期开学安排", "2026-08-28", "https://mp.weixin.qq.com/s/shili-0001", "动态", ""),
            ("公开栏", "食堂收支情况（8月）", "2026-09-05", "校门口公开栏", "财务", ""),
        ),
    )
)
