"""What the case page calls things: events, owners of clocks, acts of the journal; full-width marks."""

import re

from gongkai.access.models import ClockKind
from gongkai.statute.checks import EVENTS

OWN_EVENTS = {
    "arrived": "申请到达", "received": "收到申请之日", "clarification_sent": "告知补正",
    "reasons_asked": "要求说明理由", "extension_proposed": "提请延期",
    "reasons_given": "收到说明的理由", "extended": "批准延期", "deferred": "确定延迟答复",
    "fee_notified": "收费通知送达", "fee_cancelled": "撤销收费", "served": "答复送达",
    "decided": "签发答复", "withdrawn": "申请人撤回",
}  # fmt: skip
WHO_OWES = {
    ClockKind.CONFIRM: "办公室", ClockKind.REPLY: "本单位", ClockKind.CLARIFICATION_NOTICE: "办公室",
    ClockKind.CLARIFICATION: "申请人", ClockKind.EXPLANATION: "申请人", ClockKind.CONSULTATION: "被征求意见的一方",
    ClockKind.FEE: "申请人", ClockKind.HAND_OVER: "承办部门", ClockKind.DELIVERY: "办公室",
    ClockKind.REMEDY_ANSWER: "本单位", ClockKind.REMEDY_WINDOW: "申请人", ClockKind.CLAIM: "本单位",
}  # fmt: skip
TEXTS = (
    ("given", "公开的内容"), ("withheld", "不公开的部分"), ("reasons", "理由"), ("points_to", "负责的单位和联系方式"),
    ("searched", "检索情况"),
)  # fmt: skip
ACTS = {
    "access.reply_submitted": "答复送审", "access.reply_decided": "审查答复", "access.reply_recalled": "撤回答复",
    "access.letter_issued": "制发文书", "access.letter_revised": "修改答复书正文", "access.letter_sealed": "文书用印",
    "access.letter_cancelled": "文书作废", "access.served": "登记送达", "access.delivery_failed": "登记送达退回",
    "access.withdrawn": "登记申请人撤回", "access.reopened": "重新办理申请", "access.filed_up": "报上级备案",
    "access.archived": "申请归档", "access.received": "收到网上申请", "access.entered": "登记申请",
    "access.confirmed": "确认收到申请", "access.voided": "作未成立处理", "access.assigned": "确定承办人",
    "access.handed_over": "请部门提供材料", "access.material_returned": "返回材料",
    "access.clarification_asked": "告知补正", "access.clarified": "收到补正",
    "access.explanation_asked": "要求说明理由", "access.explained": "收到说明",
    "access.answered_online": "申请人网上补正或说明", "access.extension_proposed": "提请延期",
    "access.extended": "批准延期", "access.repeat_marked": "标注重复申请",
    "access.deferred": "确定延迟答复的期限", "access.consulted": "征求意见",
    "access.consultation_delivered": "登记征求意见书送达", "access.consultation_closed": "登记反馈的意见",
    "access.interest_weighed": "写明公共利益的理由",
    "access.fee_notified": "通知缴费", "access.fee_paid": "登记缴费", "access.fee_cancelled": "撤销收费",
    "access.split": "拆成几件", "access.merged": "合并办理", "access.unmerged": "取消合并",
    "access.remedy_entered": "登记复议、诉讼或申诉", "access.remedy_copy_received": "登记收到副本",
    "access.remedy_answered": "登记提交复议诉讼答复", "access.remedy_decided": "登记复议诉讼结果",
    "access.log_opened": "公布申请办理摘要", "access.log_shut": "撤下申请办理摘要",
    "access.refusal_checked": "评估不予公开信息", "access.made_proactive": "申请的信息转主动公开",
    "access.event_corrected": "更正日期", "access.redated": "按新的放假安排重算期限",
}  # fmt: skip
# Between Chinese characters the marks of the law's own texts are half-width; a screen writes them full.
MARKS = str.maketrans({",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？"})
BESIDE = re.compile(r"(?<=[^\x00-\x7f])[,;:()?]|[,;:()?](?=[^\x00-\x7f])")


def event_name(kind: str) -> str:
    """Return an event kind in Chinese."""
    return OWN_EVENTS.get(kind) or EVENTS.get(kind, "其他日期")


def full_width(text: str) -> str:
    """Write the marks of a Chinese sentence full-width; codes and numbers keep theirs."""
    return BESIDE.sub(lambda found: found[0].translate(MARKS), text)
