"""The texts of letters: records of `law/letters.toml`, the fields a case fills in, and how a text is filled.

A text has one paragraph a line. `{field}` is replaced; what follows `{?field}` is written only when the field has
content, what follows `{!field}` only when it has none, up to the next condition or the end of the line.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gongkai.statute.records import Cited

FIELDS = {
    "about": "征求意见的内容", "accepts_other": "是否接受其他形式", "account": "缴费办法", "amount": "金额",
    "answer": "答复内容", "attachments": "附件", "bases": "依据", "basis": "依据", "blank": "留空手填",
    "body": "单位名称",
    "channel": "提交方式", "claim_number": "更正申请编号", "claim_received": "收到更正申请的日期",
    "claim_result": "更正处理结果", "clarification_sent": "告知补正的日期", "clarified": "补正的日期",
    "complaint": "反映的事项", "complaint_received": "收到举报投诉的日期", "complaint_result": "处理情况",
    "consulted_as": "信息与谁有关", "consulted_you": "对被征求意见者的称呼", "contact": "联系方式",
    "contact_name": "联系人", "corrected_word": "更正结果的称呼", "count": "申请件数", "course": "办理经过",
    "days": "天数", "decisions": "审批意见", "delivered": "送达日期", "delivery_note": "送达备注",
    "delivery_way": "送达方式", "department": "承办部门", "document_number": "文号", "due": "应答复日期",
    "due_words": "答复期限", "earlier": "此前的申请编号", "extended": "延长后的答复日期",
    "fee_notified": "通知缴费的日期", "field": "公开工作的称呼", "form": "提供形式", "given": "公开的内容",
    "ground": "处理结果对应的情形", "ground_basis": "情形的依据", "ground_or_basis": "情形或者文书的依据",
    "handler": "承办人", "identification": "证件名称及号码", "identity": "身份", "info": "信息的称呼",
    "items": "需要补正的事项", "kind": "申请人类型", "letter_number": "文书编号", "letter_title": "文书名称",
    "method": "计收方式", "number": "申请编号", "office": "公开工作机构", "opinion_within": "答复意见的期限",
    "org_code": "统一社会信用代码", "organ": "单位自称", "other_way": "另外的途径", "outcome": "处理结果",
    "passed_to": "有权更正的单位", "pay_by": "缴费截止日", "place": "送达地点", "points_to": "负责公开的单位",
    "postal_number": "邮件号", "posted": "交邮日期", "public_interest": "不公开对公共利益的影响",
    "pupil": "学生姓名、班级", "purpose": "用途", "quantity": "计费数量", "query_code": "查询码",
    "question": "咨询的事项", "reasons": "理由", "receipt_rule": "收到之日的确定", "received": "收到申请之日",
    "received_or_wait": "收到申请之日", "recipient": "受送达人", "record": "要求更正的信息", "registrar": "登记人",
    "remedy": "救济途径", "remedy_plain": "救济途径（通俗说明）", "reply_number": "答复文书编号",
    "representative": "法定代表人", "request": "申请内容", "requester": "申请人", "requester_address": "通信地址",
    "requester_email": "电子邮箱", "requester_fax": "传真", "requester_phone": "联系电话",
    "requester_postcode": "邮政编码", "searched": "检索情况", "sent": "发出日期", "served": "答复日期",
    "server": "送达人", "signed_by": "签收人", "signed_on": "签收日期", "state": "办理状态", "submitted": "提交日期",
    "superior": "上级机关", "task": "要协助的事项", "tiers": "收费标准", "title": "所需信息", "today": "今天",
    "until": "截止日期", "wanted": "内容描述", "way": "获取方式", "withheld": "不公开的部分", "witness": "见证人",
    "workplace": "工作单位", "wrong": "不准确之处", "you": "对申请人的称呼",
}  # fmt: skip
FLAGS = ("person", "joint", "always")
FORMS = ("letter", "table", "slip")
ADDRESSEES = ("requester", "consulted", "unit", "none")
SIGNERS = ("office_head", "signer", "none")
MARK = re.compile(r"\{([?!]?)([a-z_]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterKind(Cited):
    """A kind of letter (文书): when it is written, who signs, whom it goes to, what it must contain, its text.

    `elsewhere` are the citations under the other regimes; `note` is the plain-language cover note, `remark` a remark.
    """

    code: str
    name: str
    title: str
    when: str
    signer: str
    to: str
    text: str
    must: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()
    annex: str = ""
    form: str = "letter"
    number: bool = True

    def cite_under(self, regime: str) -> str:
        """Return the citation this letter rests on under a regime: its own, the regime's, or the regime itself."""
        own = (self.cite, *self.elsewhere)
        if regime.startswith("cn-ogi"):
            return self.cite
        return next((cite for cite in own if cite.partition("/")[0] == regime), regime)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPhrase(Cited):
    """How an outcome (a row of the statutory table) is said in a letter, and where else the requester may turn."""

    code: str
    words: str
    other_way: str = ""


def fields_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield each mark of a text as its sign (empty, ? or !) and name."""
    for found in MARK.finditer(text):
        yield found[1], found[2]


def fill(text: str, values: Mapping[str, str]) -> str:
    """Fill a text: conditions decided, fields replaced, lines left empty dropped."""
    filled = (_fill_line(line, values) for line in text.strip("\n").split("\n"))
    return "\n".join(line for line in filled if line.strip())


def _fill_line(line: str, values: Mapping[str, str]) -> str:
    said, keep, conditions_before = [], True, False
    at = 0
    for found in MARK.finditer(line):
        between = line[at : found.start()]
        said.append(between if keep else "")
        at, sign, name = found.end(), found[1], found[2]
        if not sign:
            said.append(values.get(name, "") if keep else "")
            conditions_before = False
            continue
        holds = bool(values.get(name, "").strip()) == (sign == "?")
        keep = (keep and holds) if conditions_before and not between else holds
        conditions_before = True
    said.append(line[at:] if keep else "")
    return "".join(said)


def faults_of(kind: LetterKind) -> Iterator[str]:
    """Yield what is wrong with the text of a kind of letter."""
    whole = "\n".join((kind.title, kind.text, kind.note, kind.annex))
    for sign, name in fields_in(whole):
        if name not in FIELDS and not (sign and name in FLAGS):
            yield f"正文里有不认识的字段 {name!r}"
    if "{" in MARK.sub("", whole) or "}" in MARK.sub("", whole):
        yield "正文里的花括号没有成对,或者字段写法不对"
    used = {name for sign, name in fields_in(whole) if not sign}
    for name in kind.must:
        if name not in used:
            yield f"must 里的 {name} 在正文里没有用到"
    for what, value, known in (
        ("form", kind.form, FORMS),
        ("to", kind.to, ADDRESSEES),
        ("signer", kind.signer, SIGNERS),
    ):
        if value not in known:
            yield f"{what} {value!r} 不存在"
