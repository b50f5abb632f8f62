"""The register of opinions as rows: what came, who answers, by when, how it ended. Writers are left out."""

from collections.abc import Iterable, Sequence
from typing import Any

from gongkai.feedback.channels import CHANNELS
from gongkai.feedback.models import Opinion

HEADER = (
    "编号", "来信日期", "渠道", "类别", "标题", "内容", "针对的公开信息", "承办部门", "承办人",
    "应答复日期", "答复日期", "答复", "公开答复", "整改后公布", "状态", "来源",
)  # fmt: skip


def register_rows(opinions: Iterable[Opinion]) -> tuple[Sequence[str], list[list[Any]]]:
    """Return header and rows of the register."""
    return HEADER, [
        [
            one.number, one.received_on, CHANNELS.get(one.channel, one.channel), one.get_kind_display(), one.title,
            one.text, one.about.current.title if one.about and one.about.current else "",
            one.department.name if one.department else "", one.handler.name if one.handler else "",
            one.due_on, one.answered_on, one.answer, one.answer_public,
            one.rectified_by.index_number if one.rectified_by else "", one.get_state_display(),
            f"台账导入：{one.imported}" if one.imported else "平台登记",
        ]
        for one in opinions
    ]  # fmt: skip
