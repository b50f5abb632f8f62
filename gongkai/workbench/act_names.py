"""What acts and facts of the journal are called on the screen."""

import re
from typing import Any

from gongkai.bodies.models import BodyKind, Duty
from gongkai.feedback.channels import CHANNELS
from gongkai.feedback.models import OpinionKind
from gongkai.statute import law

CODE = re.compile(r"[a-z][a-z0-9_.-]*")
ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")

ACTS = {
    "demo.finished": "示范数据建成",
    "kind.added": "增加信息类别",
    "kind.removed": "删去信息类别",
    "body.founded": "设立单位",
    "body.described": "修改单位资料",
    "body.department_added": "添加部门",
    "body.person_entered": "登记人员",
    "body.person_appointed": "登记岗位",
    "body.post_ended": "登记离任",
    "body.absence_recorded": "登记外出代办",
    "body.absence_ended": "结束外出代办",
    "body.exception_recorded": "登记小规模单位例外",
    "body.exception_ended": "结束小规模单位例外",
    "body.slip_issued": "签发密码条",
    "body.join_codes_issued": "生成加入码",
    "body.joined": "登记读者",
    "body.code_redeemed": "凭加入码开通",
    "body.bodies_imported": "导入单位名单",
    "body.people_imported": "导入人员名单",
    "body.list_equipped": "为导入的单位采用目录",
    "person.slip_tried": "用密码条设置密码",
    "person.password_changed": "修改密码",
    "catalogue.adopted": "采用公开目录",
    "catalogue.item_adapted": "调整公开事项",
    "catalogue.item_added": "增加公开事项",
    "catalogue.item_set_aside": "标为不适用",
    "catalogue.item_taken_back": "恢复适用",
    "catalogue.item_retired": "停用公开事项",
    "catalogue.item_met": "计入公开",
    "catalogue.items_met": "批量计入公开",
    "catalogue.item_unmet": "取消计入",
    "catalogue.item_confirmed": "核对无误",
    "catalogue.information_formed": "登记信息形成",
    "catalogue.draft_followed": "按草稿计算期限",
    "catalogue.obligations_computed": "重新计算应公开日期",
    "catalogue.term_entered": "登记学期",
    "catalogue.term_removed": "删除学期",
    "catalogue.rule_chosen": "选定地方规定",
    "catalogue.equivalence_confirmed": "确认一次公开几处计入",
    "catalogue.equivalence_dropped": "取消一次公开几处计入",
    "disclosure.opened_outside": "向党外公开",
    "draft.begun": "起草",
    "draft.saved": "保存草稿",
    "draft.discarded": "作废草稿",
    "draft.file_attached": "添加附件",
    "draft.file_detached": "去掉附件",
    "draft.rendition_added": "增加一个公开文本",
    "draft.rendition_dropped": "去掉一个公开文本",
    "finding.justified": "说明保留理由",
    "finding.reopened": "重新打开检查发现",
    "issue.opened": "新建一期",
    "issue.added_to": "放入本期",
    "issue.taken_from": "移出本期",
    "issue.ordered": "调整本期顺序",
    "issue.submitted": "提交审批",
    "issue.submitted_alone": "单条提交审批",
    "issue.resubmitted": "修改后再提交",
    "issue.decided": "审批",
    "issue.settled": "本期办结",
    "review.started": "开始审批",
    "review.decided": "作出审批决定",
    "review.item_edited": "审批中修改",
    "review.item_removed": "撤出审批",
    "review.item_resubmitted": "重新送审",
    "review.meeting_held": "登记会议",
    "review.reminded": "催办",
    "review.stood_aside": "回避",
    "review.chain_saved": "保存审批流程",
    "review.chain_ended": "停用审批流程",
    "access.reply_drafted": "保存答复草稿",
    "access.reply_submitted": "答复送审",
    "access.reply_decided": "审查答复",
    "access.reply_recalled": "撤回答复",
    "access.letter_issued": "制发文书",
    "access.letter_revised": "修改答复书正文",
    "access.letter_sealed": "文书用印",
    "access.letter_cancelled": "文书作废",
    "access.served": "登记送达",
    "access.delivery_failed": "登记送达退回",
    "access.withdrawn": "登记申请人撤回",
    "access.reopened": "重新办理申请",
    "access.filed_up": "报上级备案",
    "access.archived": "申请归档",
    "access.settings_saved": "设置依申请公开",
    "review.default_chains_adopted": "采用默认审批流程",
    "edition.published": "公开",
    "disclosure.revision_begun": "开始修订",
    "disclosure.withdrawn": "撤回",
    "disclosure.effect_marked": "标注有效性",
    "disclosure.put_right_linked": "关联整改后的公开",
    "disclosure.imported": "导入公开信息",
    "notice.ended": "公示期满下架",
    "posting.imported": "导入发布记录",
    "opinion.imported": "导入意见",
    "issue.gone_through": "整期审批通过",
    "issue.filed": "归档",
    "issue.sent_up": "报上级备案",
    "issue.received_above": "接收备案",
    "board.kept": "登记公告栏",
    "board.cleared": "清空公告栏",
    "congress.recorded": "登记会议公开",
    "posting.recorded": "登记发布",
    "posting.entered": "补登平台外发布",
    "posting.amended": "更正发布记录",
    "posting.skipped": "不再发布",
    "posting.taken_down": "登记撤下",
    "opinion.received": "收到意见",
    "opinion.entered": "登记意见",
    "opinion.assigned": "交办意见",
    "opinion.answered": "答复意见",
    "opinion.answer_opened": "公开答复",
    "opinion.answer_shut": "不再公开答复",
    "opinion.closed": "意见办结",
    "opinion.rectification_begun": "开始整改",
    "opinion.rectification_linked": "关联整改结果",
    "access.received": "收到网上申请",
    "access.entered": "登记申请",
    "access.confirmed": "确认收到申请",
    "access.voided": "作未成立处理",
    "access.assigned": "确定承办人",
    "access.handed_over": "请部门提供材料",
    "access.material_returned": "返回材料",
    "access.clarification_asked": "告知补正",
    "access.clarified": "收到补正",
    "access.explanation_asked": "要求说明理由",
    "access.explained": "收到说明",
    "access.answered_online": "申请人网上补正或说明",
    "access.extension_proposed": "提请延期",
    "access.extended": "批准延期",
    "access.repeat_marked": "标注重复申请",
    "access.consulted": "征求意见",
    "access.consultation_delivered": "登记征求意见书送达",
    "access.consultation_closed": "登记反馈的意见",
    "access.fee_notified": "通知缴费",
    "access.fee_paid": "登记缴费",
    "access.fee_cancelled": "撤销收费",
    "access.split": "拆成几件",
    "access.merged": "合并办理",
    "access.unmerged": "取消合并",
    "access.event_corrected": "更正日期",
    "access.redated": "按新的放假安排重算期限",
    "report.opened": "新建年度报告",
    "report.section_written": "编写年度报告",
    "report.redrafted": "重新拟稿",
    "report.figure_stated": "填报数字",
    "report.table_stated": "填报表格",
    "report.frozen": "冻结年度报告",
    "report.thawed": "解除冻结",
    "report.submitted": "年度报告送审",
    "report.decided": "审批年度报告",
    "report.published": "公布年度报告",
}

FACTS = {
    "title": "标题",
    "name": "名称",
    "label": "内容",
    "reason": "理由",
    "person": "人员",
    "item": "事项",
    "items": "事项数",
    "on": "日期",
    "duty": "职责",
    "until": "截止",
    "catalogue": "目录",
    "index_number": "索引号",
    "verdict": "决定",
    "opinion": "意见",
    "channel": "渠道",
    "place": "位置",
    "department": "部门",
    "term": "学期",
    "number": "编号",
    "kind": "类别",
    "parent": "上级",
    "count": "数量",
    "file": "文件",
    "imported": "导入",
    "rejected": "退回",
}


def act_name(code: str) -> str:
    """Return what an act is called; a name not listed here is shown as plain work done."""
    return ACTS.get(code, "其他办理")


def _words_of() -> dict[str, dict[str, str]]:
    """Return, for the facts that are codes, what each code is called."""
    known = law()
    channels = {code: one.name for code, one in known.channels.items()}
    kinds = {code: one.name for code, one in known.kinds.items()} | dict(BodyKind.choices) | dict(OpinionKind.choices)
    return {
        "channel": CHANNELS | channels,
        "kind": kinds,
        "duty": dict(Duty.choices),
        "catalogue": {code: one.title for code, one in known.catalogues.items()},
        "item": {code: one.name for code, one in known.items.items()},
        "verdict": {"approve": "同意", "return": "退回"},
    }


def fact_words(key: str, value: Any) -> str:
    """Read a fact out in Chinese: codes by their name, days as days, lists by their number; "" for what cannot be."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, list | dict):
        return str(len(value))
    text = str(value)
    named = _words_of().get(key, {}).get(text)
    day = ISO.fullmatch(text)
    if day:
        return f"{day[1]}年{int(day[2])}月{int(day[3])}日"
    return named or ("" if CODE.fullmatch(text) and key != "person" else text)
