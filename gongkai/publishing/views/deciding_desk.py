"""What the deciding screen shows and what its forms say, put together for one person and one issue."""

from typing import Any

from django.http import HttpRequest

from gongkai.bodies.models import GROUPS
from gongkai.bodies.policy import OFFICE, WRITERS
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import whole_number
from gongkai.frame.dates import cn_date
from gongkai.frame.templatetags.frame import form_errors
from gongkai.publishing.actions.deciding import SentBack, Verdicts
from gongkai.publishing.models import Issue
from gongkai.publishing.sheets import sheets_of
from gongkai.publishing.views import deciding_forms as forms
from gongkai.review.actions import Outcome
from gongkai.review.models import ItemState, ReviewItem, ReviewStep, StepRole
from gongkai.review.passage import Passage
from gongkai.review.policy import deciders, entitlement, mergeable, permission, seats_left
from gongkai.review.progress import steps_of_review, waiting_at
from gongkai.review.seats import Cast
from gongkai.review.timeline import history


class Desk:
    """Gather the items an issue holds for a person at one step, with the forms that decide them."""

    def __init__(self, issue: Issue, scope: Scope, request: HttpRequest) -> None:
        self.issue, self.scope, self.request = issue, scope, request
        self.posted = request.POST if request.method == "POST" else None
        self.refusal = ""
        self.reload()
        self._make_forms()

    def reload(self) -> None:
        """Read the review anew: the step in question and the items the person may decide there."""
        self.passage = Passage(self.issue.review)
        self.cast = Cast(self.scope.body, self.scope.on)
        asked = self.posted.get("step") if self.posted is not None else self.request.GET.get("step")
        steps = [step for step in self.passage.steps if not asked or str(step.pk) == asked]
        self.step: ReviewStep | None = steps[0] if asked and steps else None
        self.items: list[ReviewItem] = []
        self.post_name = self.exception = ""
        for step in steps:
            mine = [item for item in self.passage.waiting(step) if self._grant(step, item)]
            if mine:
                self.step, self.items = step, self._narrowed(mine)
                break

    def _grant(self, step: ReviewStep, item: ReviewItem) -> bool:
        found = permission(self.cast, self.passage, step, item, self.scope.person.pk)
        if found.allowed:
            self.post_name, self.exception = found.post_name, found.exception
        return found.allowed

    def _narrowed(self, items: list[ReviewItem]) -> list[ReviewItem]:
        only = self.request.GET.get("only")
        return [item for item in items if str(item.pk) == only] or items

    @property
    def earlier(self) -> list[ReviewStep]:
        """Return the steps before this one."""
        return [step for step in self.passage.steps if self.step is not None and step.order < self.step.order]

    @property
    def merged(self) -> list[ReviewStep]:
        """Return the following steps that the same decision also stands for."""
        if not self.items or self.step is None:
            return []
        runs = [mergeable(self.cast, self.passage, self.step, item, self.scope.person.pk) for item in self.items]
        return min(runs, key=len)

    def _make_forms(self) -> None:
        step, data = self.step, self.posted
        files = self.request.FILES if data is not None else None
        self.say = forms.SayForm(data, earlier=self.earlier)
        shown = [item for key in self._keys() if (item := self.passage.item(key)) is not None]
        self.returns = {
            item.pk: forms.ReturnForm(data, item=item, earlier=self.earlier)
            for item in dict.fromkeys([*self.items, *shown])
        }
        self.meeting = self.checklist = self.choice = None
        if step is None or not self.items:
            return
        if step.is_meeting:
            self.meeting = forms.MeetingForm(data, files, initial=self._usual_meeting(step))
        if step.checklist or any(one.checklist for one in self.merged):
            self.checklist = forms.ChecklistForm(data)
        choices = self._capacities(step)
        self.choice = forms.CapacityForm(data, choices=choices) if choices else None

    def _usual_meeting(self, step: ReviewStep) -> dict[str, Any]:
        group = {seat.person_id: seat.person_name for seat in self.cast.all_seats if seat.duty in GROUPS[step.role]}
        name = "领导小组会议" if step.role == StepRole.LEADING else f"{step.name}会议"
        return forms.meeting_start(name, on=self.scope.on, due=len(group), names="、".join(group.values()))

    def _capacities(self, step: ReviewStep) -> list[tuple[str, str]]:
        """Return the choice of a person who sits in both groups; none where there is nothing to choose."""
        item, me = self.items[0], self.scope.person.pk
        for other in self.passage.opposite(step):
            still_open = self.passage.standing(item, other) is None
            if not still_open or not entitlement(self.cast, self.passage, other, item, me).allowed:
                continue
            self.opposite_name = other.name
            here = [s.person_name for s in seats_left(self.cast, self.passage, step, item) if s.person_id != me]
            there = [s.person_name for s in seats_left(self.cast, self.passage, other, item) if s.person_id != me]
            later = f"之后「{other.name}」由{_names(there)}办，您不再参加"
            choices = [("here", f"以「{step.name}」的身份决定；{later}")]
            if here:
                choices.append(("aside", f"留到「{other.name}」再审；「{step.name}」由{_names(here)}决定"))
            return choices
        return []

    @property
    def capacity(self) -> str:
        """Return what a person in both groups chose."""
        if self.choice is None:
            return ""
        return self.choice.cleaned_data.get("capacity", "") if self.choice.is_valid() else ""

    def verdicts(self, verdict: str) -> Verdicts | None:
        """Return what the forms say, or None when something is wrong in them."""
        approve = verdict == "approve"
        asked = [self.say, *self.returns.values(), *([self.choice] if self.choice else [])]
        asked += [form for form in (self.meeting, self.checklist) if form is not None and approve]
        good = [form.is_valid() for form in asked]
        if not approve and self.say.is_valid() and not self.say.cleaned_data["opinion"].strip():
            self.say.add_error("opinion", "退回必须写明理由，让起草人知道改什么。")
        if not all(good) or self.say.errors:
            return None
        back = [found for form in self.returns.values() if (found := form.sent_back())]
        rest = [pk for pk in self._keys() if pk not in {one.item for one in back}]
        digests = {pk: (self.posted or {}).get(f"digest-{pk}", "") for pk in self._keys()}
        opinion = self.say.cleaned_data["opinion"]
        if not approve:
            target = self.say.target()
            back += [SentBack(item=pk, reason=opinion, back_to=target) for pk in rest]
            return Verdicts(sent_back=back, digests=digests)
        return Verdicts(
            approved=rest, sent_back=back, digests=digests, opinion=opinion,
            checklist=self.checklist.checklist() if self.checklist else {},
            meeting=self.meeting.facts() if self.meeting and rest else {},
        )  # fmt: skip

    def _keys(self) -> list[int]:
        shown = self.posted.getlist("shown") if self.posted is not None else []
        return [number for key in shown if (number := whole_number(key)) is not None]

    def context(self) -> dict[str, Any]:
        """Return what the template needs."""
        waiting = waiting_at(self.passage, self.step, self.items) if self.step and self.items else None
        sheets = sheets_of(self.passage, self.items)
        return {
            "issue": self.issue, "step": self.step, "desk": self, "waiting": waiting,
            "rows": [(sheet, self.returns.get(sheet.item.pk)) for sheet in sheets],
            "others": self._others(), "say": self.say, "meeting": self.meeting, "checklist": self.checklist,
            "choice": self.choice, "merged": self.merged, "exception": self.exception, "post_name": self.post_name,
            "steps": steps_of_review(self.passage, on=self.scope.on), "refusal": self.refusal,
            "events": [vars(moment) | {"state": ""} for moment in history(self.issue.review)],
            "may_justify": self.scope.has(*WRITERS, "secrecy"), "may_reopen": self.scope.has(*OFFICE, "secrecy"),
            "due_on": waiting.due_on if waiting else None,
            "errors": form_errors(*self._bound())["errors"],
            "kept": self.meeting.signed() if self.meeting and self.meeting.is_bound and self.meeting.is_valid() else "",
            "blocking": sum(sheet.blocking for sheet in sheets), "today": self.scope.on,
        }  # fmt: skip

    def _bound(self) -> list[Any]:
        whole = [self.choice, self.meeting, self.checklist, self.say]
        checked = self.posted is not None and self.posted.get("verdict") in ("approve", "return")
        if not checked:
            return []
        if self.posted is not None and self.posted.get("verdict") == "return":
            whole = [self.choice, self.say]
        return [*self.returns.values(), *(form for form in whole if form is not None)]

    def _others(self) -> list[tuple[ReviewItem, str]]:
        """Return the issue's other items and where each stands (for the body's own people only)."""
        if not self.scope.is_staff:
            return []
        shown = {item.pk for item in self.items}
        return [(item, self._where(item)) for item in self.passage.items if item.pk not in shown]

    def _where(self, item: ReviewItem) -> str:
        now = self.passage.current(item)
        if now is None:
            return str(ItemState(item.state).label)
        names = deciders(self.cast, self.passage, now, item)
        return f"在「{now.name}」" + (f"，由{'、'.join(names[:2])}办" if names else "")

    def told(self, outcome: Outcome) -> str:
        """Say what the decision did, and where it goes from here."""
        passage, parts = Passage(self.issue.review), []
        if outcome.approved:
            later = [item for item in outcome.approved if item.entry.edition.publish_on]
            parts.append(f"{len(outcome.approved)}条走完全部环节" + ("" if later else "，已公开"))
        if outcome.returned:
            parts.append(f"{len(outcome.returned)}条退回起草人修改")
        for step in passage.steps:
            here = [item for item in outcome.moved if (now := passage.current(item)) and now.pk == step.pk]
            if here:
                names = deciders(self.cast, passage, step, here[0])
                parts.append(f"{len(here)}条到「{step.name}」({'、'.join(names[:3])})")
        return f"{self.issue}已办：{';'.join(parts)}。" if parts else f"{self.issue}已于{cn_date(self.scope.on)}办过。"


def _names(people: list[str]) -> str:
    return "、".join(dict.fromkeys(people)) or "指定的校读人"
