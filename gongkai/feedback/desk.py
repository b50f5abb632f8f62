"""What opinions put on the desk: those without an answer, by their day."""

from django.db.models import Q

from gongkai.bodies.desk import DeskLine, Rank, Why, address, days_to, month_day, timed
from gongkai.bodies.models import Duty
from gongkai.bodies.policy import OFFICE
from gongkai.bodies.scope import Scope
from gongkai.feedback.models import Opinion


def lines(scope: Scope) -> list[DeskLine]:
    """Return the open opinions: all for the office, those assigned to them for others."""
    rows = Opinion.objects.of(scope.body).open()
    if not scope.has(*OFFICE):
        heads = [p.department_id for p in scope.posts if p.duty == Duty.DEPARTMENT_HEAD and p.department_id]
        rows = rows.filter(Q(handler=scope.person) | Q(handler=None, department__in=heads))
    return [_line(row, scope) for row in rows.order_by("due_on", "pk")[:50]]


def _line(row: Opinion, scope: Scope) -> DeskLine:
    rank, state, label = timed(row.due_on, on=scope.on)
    received = f"{month_day(row.received_on, on=scope.on)}收到，编号 {row.number}"
    due = f"应于{month_day(row.due_on, on=scope.on)}前答复，{days_to(row.due_on, on=scope.on)}" if row.due_on else ""
    return DeskLine(
        key=f"opinion/{row.pk}", rank=Rank.SOON if rank == Rank.OWN else rank, state=state, label=label or "待答复",
        text=f"{row.get_kind_display()}：{row.title}", about=due or "还没有定答复日期", due_on=row.due_on,
        verb="答复", url=address("feedback_opinion", scope.body.code, row.pk),
        why=Why(f"{received}；本单位承诺在收到后 {scope.body.opinion_days} 个工作日内答复。"),
    )  # fmt: skip
