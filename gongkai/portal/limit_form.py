"""The questions of the calculator of limits (期限计算器): asked for the limit that was chosen, from the law's data."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.statute.checks import EVENTS
from gongkai.statute.events import Happened
from gongkai.statute.limits import DEFAULT, UNIT_NAMES, choices, in_words
from gongkai.statute.records import Limit

GROUPS = {
    "申请和答复": (
        "answer", "receipt-confirmation", "clarification-notice", "clarification", "third-party-opinion",
        "joint-author-opinion", "reasons", "fee-notice", "fee-payment", "correction", "suggestion", "evaluation",
    ),
    "复议、诉讼和信访": (
        "reconsideration", "reconsideration-copy", "reconsideration-copy-simple", "reconsideration-answer",
        "reconsideration-answer-simple", "reconsideration-decision",
        "reconsideration-decision-simple", "litigation", "litigation-after-reconsideration", "petition-acceptance",
        "petition", "petition-review", "petition-review-decision",
    ),
    "主动公开和公示": (
        "proactive", "at-once", "proactive-finance", "notice", "consultation-draft", "procurement-result",
        "procurement-contract", "tender-documents", "interpretation", "event-first-word", "event-briefing",
        "event-response",
    ),
    "其他": ("opinion-answer", "site-correction", "secrecy-review", "archive-transfer", "archive-opening"),
}  # fmt: skip
NAMES = {"answer": "答复申请"}
LABELS = {
    "received": "收到申请（材料）的日期",
    "consultation_sent": "征求意见书发出的日期",
    "consultation_delivered": "对方收到征求意见书的日期",
    "consultation_closed": "收到意见的日期",
    "extended": "决定延期的日期",
    "fee_notified": "收费通知送达的日期",
    "fee_paid": "缴费的日期",
    "clarification_sent": "发出补正告知书的日期",
    "clarification_received": "收到补正内容的日期",
    "reopened": "复议、诉讼后重新办理的日期",
    "served": "答复（决定）送达的日期",
}
CONSULTATION = ("consultation_sent", "consultation_delivered", "consultation_closed")
WIDE = str.maketrans({",": "，", ";": "；", ":": "：", "(": "（", ")": "）"})


def on_screen(text: str) -> str:
    """Write a text of the law room with the punctuation of the screens."""
    return text.translate(WIDE)


def offered(regime: str, *, on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the kinds of limits a regime knows, by group, each with the name of its usual record."""
    groups = []
    for heading, kinds in GROUPS.items():
        found = [(kind, records[0]) for kind in kinds if (records := choices(kind, regime=regime, on=on))]
        groups.append((heading, [(kind, NAMES.get(kind) or on_screen(_name(one))) for kind, one in found]))
    return [group for group in groups if group[1]]


def _name(one: Limit) -> str:
    return one.name.partition("(")[0] if one.local else one.name


def records(kind: str, *, regime: str, on: date) -> list[tuple[str, str]]:
    """Return the records of a kind to choose among, where there is more than one or only local ones."""
    found = [one for one in choices(kind, regime=regime, on=on) if one.n and one.unit != "per_year"]
    return [(one.code, on_screen(_described(one))) for one in found]


def _described(one: Limit) -> str:
    place = f",{one.local}" if one.local not in ("", DEFAULT) else ""
    return f"{one.name}:{in_words(one)}{place}"


class LimitForm(forms.Form):
    """Dates of what happened, for one record of the law; days and moments where it needs them."""

    def __init__(self, *args: Any, rule: Limit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule
        self.first = rule.begins_with[0]
        for kind in self.kinds():
            self.fields[kind] = self._asked(kind)
            if self._grants(kind):
                unit = UNIT_NAMES[rule.unit]
                self.fields[f"{kind}_days"] = forms.IntegerField(
                    label=f"{'延长' if kind == 'extended' else '写明'}的天数（{unit}）",
                    min_value=1,
                    max_value=400,
                    required=False,
                )

    def kinds(self) -> list[str]:
        """Return the kinds of events asked for: what begins the limit, then what may change it."""
        rule = self.rule
        pairs = [kind for pair in zip(rule.stops_with, rule.restarts_with, strict=False) for kind in pair]
        asked = [self.first, *pairs, *rule.restarts_with]
        asked += [kind for kind in CONSULTATION if rule.paused_by]
        asked += ["extended"] if rule.extension else []
        return list(dict.fromkeys(asked))

    def later(self) -> list[Any]:
        """Return the fields of what may have happened after the beginning."""
        return [self[name] for name in self.fields if name not in (self.first, f"{self.first}_days")]

    def begin(self) -> list[Any]:
        """Return the fields of the beginning."""
        return [self[name] for name in self.fields if name in (self.first, f"{self.first}_days")]

    def _asked(self, kind: str) -> forms.Field:
        label = LABELS.get(kind, f"{EVENTS[kind]}的日期")
        needed = kind == self.first
        if self.rule.unit == "hour":
            picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
            return forms.DateTimeField(label=f"{EVENTS[kind]}的时间", widget=picker, required=needed)
        picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(label=label, widget=picker, required=needed)

    def _grants(self, kind: str) -> bool:
        return kind == "extended" or kind == self.rule.set_by

    def clean(self) -> dict[str, Any]:
        """Ask for the days of an extension that has a date."""
        facts = super().clean() or {}
        if facts.get("extended") and not facts.get("extended_days") and "extended_days" not in self.errors:
            self.add_error("extended_days", "请填写延长的天数。")
        return facts

    def happened(self) -> list[Happened]:
        """Return what was entered as events."""
        events = []
        for kind in self.kinds():
            value = self.cleaned_data.get(kind)
            if value and self.rule.unit == "hour":
                moment = timezone.make_naive(value)
                events.append(Happened(kind, moment.date(), at=moment))
            elif value:
                events.append(Happened(kind, value, self.cleaned_data.get(f"{kind}_days") or 0))
        return events
