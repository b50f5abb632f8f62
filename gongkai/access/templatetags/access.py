"""What templates say of cases: their badge, their day, the days left."""

from datetime import date

from django import template
from django.utils.safestring import SafeString

from gongkai.access.models import AccessRequest, CaseState, Clock, ClockKind
from gongkai.frame.templatetags.frame import days_left, state_badge
from gongkai.statute import law
from gongkai.statute.citations import Basis, UnresolvableCite

register = template.Library()
SHAPES = {
    CaseState.SUBMITTED: "waiting", CaseState.RECEIVED: "open", CaseState.CLARIFYING: "stopped",
    CaseState.EXPLAINING: "stopped", CaseState.FEE: "stopped", CaseState.IN_REVIEW: "review",
    CaseState.DECIDED: "soon", CaseState.CLOSED: "done", CaseState.ARCHIVED: "done", CaseState.VOID: "none",
}  # fmt: skip


@register.simple_tag
def case_badge(case: AccessRequest) -> SafeString:
    """Show where a case stands."""
    return state_badge(SHAPES.get(CaseState(case.state), "open"), case.get_state_display())


@register.simple_tag
def working_days_left(due_on: date | None, today: date) -> SafeString | str:
    """Show how many working days are left until a day."""
    if due_on is None:
        return ""
    return days_left(due_on, today, working_days=law().calendar.working_days_between(today, due_on))


@register.simple_tag
def clock_badge(clock: Clock, today: date) -> SafeString | str:
    """Show how a clock stands: met, stopped, late, or the days left."""
    if clock.met_on:
        late = clock.due_on is not None and clock.met_on > clock.due_on
        return state_badge("late", "超期办结") if late else state_badge("done", "已办")
    if clock.stopped_at:
        return state_badge("none", "不再计算")
    if clock.kind == ClockKind.CLARIFICATION_NOTICE and clock.due_on and clock.due_on < today:
        return state_badge("none", "已过，不能再告知")
    return working_days_left(clock.due_on, today) or state_badge("stopped")


@register.simple_tag
def basis_of(cite: str) -> Basis | None:
    """Return what a citation resolves to; None for none or one no longer in the law."""
    try:
        return law().resolve(cite) if cite else None
    except UnresolvableCite:
        return None
