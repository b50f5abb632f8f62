"""Rows of the registers that leave the platform as spreadsheets."""

from collections.abc import Iterable, Sequence
from typing import Any

from gongkai.bodies.models import Body
from gongkai.publishing.channels import channel_name
from gongkai.publishing.models import Posting
from gongkai.statute import law

LEDGER = (
    "序号", "渠道", "标题", "发布日期", "网址或位置", "信息类别", "公开事项", "索引号", "状态",
    "应保留至", "撤下日期", "面向社会", "证明份数", "登记人", "说明", "来源",
)  # fmt: skip
Rows = tuple[Sequence[str], list[list[Any]]]


def ledger_rows(postings: Iterable[Posting], *, site_url: str) -> Rows:
    """Return header and rows of the ledger of postings."""
    return LEDGER, [
        [
            number, channel_name(one.channel), one.title, one.posted_on, full_address(one.place, site_url),
            kind_name(one.body, one.kind) if one.kind else "", one.item.name if one.item else "",
            one.disclosure.index_number if one.disclosure else "", one.get_state_display(), one.keep_until_on,
            one.taken_down_on, one.public, len(one.proofs.all()), one.recorded_by, one.note,
            f"台账导入:{one.imported}" if one.imported else "平台登记",
        ]
        for number, one in enumerate(postings, 1)
    ]  # fmt: skip


def full_address(place: str, site_url: str) -> str:
    """Return a place with this installation's own address before a path of ours."""
    return f"{site_url}{place}" if place.startswith("/g/") else place


def kind_name(body: Body, code: str) -> str:
    """Return the name of a kind of information, the body's own kinds included."""
    record = law().kinds.get(code)
    own = None if record else body.own_kinds.filter(code=code).first()
    return record.name if record else own.name if own else code
