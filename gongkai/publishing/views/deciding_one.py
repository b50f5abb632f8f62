"""The decision on one thing that is no issue: a report, a reply. Its forms, and what they say when they are sent."""

from typing import Any

from django.http import HttpRequest, QueryDict

from gongkai.bodies.scope import Scope
from gongkai.publishing.views.deciding_forms import ChecklistForm, MeetingForm, SayForm, meeting_start
from gongkai.review.models import ReviewItem, ReviewStep, Verdict

INCOMPLETE = "还有几处没有填好，请看下面的红字。"


def forms_for(request: HttpRequest, step: ReviewStep, scope: Scope) -> dict[str, Any]:
    """Return the forms a step asks for, by the name under which `publishing/decide_one.html` shows them."""
    data = request.POST or None
    forms: dict[str, Any] = {"say": SayForm(data, earlier=[])}
    if step.is_meeting:
        due = scope.body.posts.held(on=scope.on).in_group(step.role).values("person").distinct().count()
        initial = meeting_start(f"{step.name}会议", on=scope.on, due=due, names="")
        forms["meeting"] = MeetingForm(data, request.FILES or None, initial=initial)
    if step.checklist:
        forms["checklist"] = ChecklistForm(data)
    return forms


def decision_in(forms: dict[str, Any], posted: QueryDict, item: ReviewItem) -> dict[str, Any] | None:
    """Return verdict, digest read, opinion and what an approval rests on; None where something is not filled in.

    `held` are the facts of the meeting that decided, as `hold_meeting` takes them.
    """
    verdict = posted.get("verdict", "")
    needed = [forms["say"]] if verdict == Verdict.RETURN else list(forms.values())
    if verdict not in Verdict.values or not all([form.is_valid() for form in needed]):
        return None
    found = {
        "verdict": verdict, "digests": {item.pk: posted.get("digest", "")},
        "opinion": forms["say"].cleaned_data["opinion"],
    }  # fmt: skip
    if verdict == Verdict.APPROVE and "checklist" in forms:
        found["checklist"] = forms["checklist"].checklist()
    if verdict == Verdict.APPROVE and "meeting" in forms:
        found["held"] = forms["meeting"].facts()
    return found
