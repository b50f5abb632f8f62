"""Rows of the registers that leave the platform as spreadsheets."""

from collections.abc import Iterable, Sequence
from typing import Any

from gongkai.frame.dates import as_date
from gongkai.publishing.findable import address_of
from gongkai.publishing.kinds import audience_names, channel_name, kind_name
from gongkai.publishing.models import Congress, Disclosure, Issue, Posting

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
            f"台账导入：{one.imported}" if one.imported else "平台登记",
        ]
        for number, one in enumerate(postings, 1)
    ]  # fmt: skip


def full_address(place: str, site_url: str) -> str:
    """Return a place with this installation's own address before a path of ours."""
    return f"{site_url}{place}" if place.startswith("/g/") else place


DISCLOSURES = (
    "序号", "索引号", "标题", "信息类别", "公开事项", "文号", "成文日期", "首次公开日期", "公开范围",
    "有效性", "状态", "期次", "责任部门", "来源", "网址",
)  # fmt: skip


def disclosure_rows(disclosures: Iterable[Disclosure], *, site_url: str) -> Rows:
    """Return header and rows of the register of disclosures (公开信息登记)."""
    rows: list[list[Any]] = []
    for number, one in enumerate(disclosures, 1):
        edition = one.current
        if edition is None:
            continue
        entry = getattr(edition, "entry", None)
        renditions = edition.renditions.all()
        who = sorted({code for rendition in renditions for code in rendition.audiences})
        source = f"转载：{edition.reprinted_from}" if edition.reprinted_from else "原创"
        rows.append(
            [
                number, one.index_number, edition.title, kind_name(one.body, edition.kind),
                "、".join(item.name for item in edition.items.all()), edition.document_number, edition.formed_on,
                as_date(one.first_published_at), audience_names(who), edition.get_effect_display(),
                one.get_standing_display(), str(entry.issue) if entry else "",
                edition.department.name if edition.department else "",
                f"台账导入：{one.imported}" if one.imported else source,
                one.address or full_address(address_of(one), site_url),
            ]
        )  # fmt: skip
    return DISCLOSURES, rows


ISSUES = ("期次", "主题", "状态", "条数", "建立时间", "报备时间", "上级接收时间", "接收人")


def issue_rows(issues: Iterable[Issue]) -> Rows:
    """Return header and rows of the register of issues."""
    return ISSUES, [
        [
            str(one), one.title, one.get_state_display(), one.entries.count(), as_date(one.opened_at),
            as_date(one.sent_up_at), as_date(one.received_above_at), one.received_above_by,
        ]
        for one in issues
    ]  # fmt: skip


CONGRESSES = ("会议", "日期", "应到", "实到", "听取", "审议", "说明")


def congress_rows(congresses: Iterable[Congress]) -> Rows:
    """Return header and rows of the register of congresses."""
    return CONGRESSES, [
        [
            one.name, one.held_on, one.should_attend, one.attended, "\n".join(one.heard),
            "\n".join(one.deliberated), one.note,
        ]
        for one in congresses
    ]  # fmt: skip
