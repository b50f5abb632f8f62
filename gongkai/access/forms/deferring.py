"""The form of a delayed day for the reply to requests in bulk (条例第三十五条)."""

from datetime import datetime
from typing import Any

from django import forms

from gongkai.access import clocks
from gongkai.access.actions import course
from gongkai.access.forms.base import ActForm, day, words
from gongkai.access.models import AccessRequest
from gongkai.journal.actor import Actor
from gongkai.statute.events import Happened


class DeferForm(ActForm):
    """The approver's word on the day by which a reply in bulk can be given."""

    help = "申请人说明的理由合理、但不能按期答复的，确定延迟答复的合理期限，在原期限届满前告知申请人。只能确定一次。"
    done = "已确定延迟答复的期限，告知书已生成。"
    on = day("确定日期")
    days = forms.IntegerField(label="延迟多少个工作日", min_value=1, max_value=course.MOST_DAYS, initial=20)
    reason = words("不能按期答复的理由", rows=3, most=200)

    @classmethod
    def lacking(cls, case: AccessRequest) -> str:
        """Refuse where the limit knows no delay, or no reasons were given."""
        due = clocks.reply(case)
        if due.rule is None or not due.rule.deferrable:
            return "本单位适用的答复期限没有确定延迟答复的规定，请在期限内答复。"
        if clocks.standing(case, "deferred"):
            return "这一件已经确定过延迟答复的期限。"
        return (
            ""
            if clocks.standing(case, "reasons_given")
            else "先要求申请人说明理由，收到说明以后才能确定延迟答复的期限。"
        )

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Defer, by a letter to the requester."""
        return course.defer(self.case, by=by, at=at, **self.cleaned_data)

    def happens(self, data: dict[str, Any]) -> tuple[Happened, ...]:
        """Prolong the reply clock."""
        return (Happened("deferred", data["on"], days=data.get("days") or 0),)
