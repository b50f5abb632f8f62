"""The readable journal of one disclosure: who did what, when and on which basis."""

import json
from dataclasses import dataclass
from typing import Any

from gongkai.journal.models import JournalEntry
from gongkai.publishing.models import Disclosure, Issue, WithdrawalReason
from gongkai.statute import law

NAMES = {
    "draft.begun": "起草", "draft.saved": "修改草稿", "draft.file_attached": "加附件",
    "draft.file_detached": "去掉附件",
    "draft.rendition_added": "加一份正文", "draft.rendition_dropped": "去掉一份正文", "draft.discarded": "作废草稿",
    "finding.justified": "说明筛查发现可以保留", "finding.reopened": "重新打开筛查发现",
    "issue.opened": "开一期", "issue.added_to": "加入本期", "issue.ordered": "调整顺序", "issue.taken_from": "撤出本期",
    "issue.submitted": "送审", "issue.submitted_alone": "送审", "issue.resubmitted": "改后再送审",
    "issue.decided": "审批", "review.reminded": "催办",
    "edition.published": "公开", "disclosure.revision_begun": "发起修订", "disclosure.withdrawn": "撤回",
    "notice.ended": "公示结束下架", "disclosure.effect_marked": "标注有效性",
    "issue.sent_up": "报上级备案", "issue.received_above": "上级接收备案", "issue.filed": "归档",
    "disclosure.opened_outside": "向党外公开",
    "disclosure.imported": "从台账导入", "posting.entered": "补登发布", "posting.amended": "更正发布记录",
    "posting.recorded": "登记发布", "posting.taken_down": "登记撤下", "posting.skipped": "不再发布",
}  # fmt: skip
REASONS = {value: str(label) for value, label in WithdrawalReason.choices}
VERDICTS = {"approve": "同意", "return": "退回"}


@dataclass(frozen=True)
class Happening:
    """One line: when, what, who in which post, in words, the article it rests on, its number in the journal."""

    at: Any
    title: str
    who: str
    text: str
    cite: str
    seq: int

    def as_event(self) -> dict[str, Any]:
        """Return it as `{% timeline %}` shows it."""
        return {"at": self.at, "title": self.title, "who": self.who, "text": self.text, "cite": self.cite}


def happenings(disclosure: Disclosure) -> list[Happening]:
    """Return what happened to a disclosure, its editions, issues and findings, newest first; saves in a row as one."""
    entries = JournalEntry.objects.about(*_subjects(disclosure)).order_by("seq")
    lines: list[Happening] = []
    own = {f"edition/{pk}" for pk in disclosure.editions.values_list("pk", flat=True)}
    for entry in entries:
        # What has no name here is bookkeeping inside another act; the journal's own page shows it.
        line = _told(entry, own) if entry.act in NAMES else None
        if line is None:
            continue
        if lines and entry.act == "draft.saved" and (lines[-1].title, lines[-1].who) == (line.title, line.who):
            lines.pop()
        lines.append(line)
    return lines[::-1]


def _subjects(disclosure: Disclosure) -> list[str]:
    editions = list(disclosure.editions.values_list("pk", flat=True))
    issues = Issue.objects.filter(entries__edition__in=editions)
    findings = disclosure.editions.values_list("findings", flat=True)
    return [
        f"disclosure/{disclosure.pk}",
        *(f"edition/{pk}" for pk in editions),
        *(f"issue/{pk}" for pk in issues.values_list("pk", flat=True)),
        *(f"contentfinding/{pk}" for pk in findings if pk),
        *(f"posting/{pk}" for pk in disclosure.postings.values_list("pk", flat=True)),
    ]


def _told(entry: JournalEntry, own: set[str]) -> Happening | None:
    details = json.loads(entry.text)["details"]
    decided = {item[0] for one in details.get("decisions", []) for item in one.get("items", [])}
    if entry.act == "issue.decided" and decided and decided.isdisjoint(own):
        return None  # the issue's other members were decided, not this one
    who = f"{entry.person_name}（{entry.post_name}）" if entry.post_name else entry.person_name
    title = NAMES[entry.act]
    if entry.act == "issue.decided":
        title = f"{details.get('step', '')}：{VERDICTS.get(details.get('verdict', ''), '')}"
    return Happening(entry.at, title, who, _words(entry.act, details), _cite(entry.cite), entry.seq)


def _words(act: str, details: dict[str, Any]) -> str:
    if act == "issue.decided":
        return ";".join(one["opinion"] for one in details.get("decisions", []) if one.get("opinion"))
    told = [str(details[key]) for key in ("reason", "why", "explanation") if details.get(key)]
    told = [REASONS.get(one, one) for one in told]
    if act in ("draft.saved", "draft.file_attached", "draft.file_detached"):
        told = [str(details[key]) for key in ("name", "changed") if details.get(key)]
    if details.get("index_number"):
        told.append(f"索引号 {details['index_number']}")
    return ";".join(told)


def _cite(cite: str) -> str:
    if not cite:
        return ""
    return law().resolve(cite).title
