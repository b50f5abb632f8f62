"""What reviews put on the desk: the issues and reports a colleague waits to have decided."""

from gongkai.bodies.desk import DeskLine, Rank, Why, address, days_to, month_day, timed
from gongkai.bodies.scope import Scope
from gongkai.frame.dates import as_date
from gongkai.review.models import StepKind
from gongkai.review.progress import Waiting, waiting_as_reader, waiting_for

PAGES = {"issue": "publishing_decide", "annualreport": "reporting_decide", "accessrequest": "access_decide"}


def lines(scope: Scope) -> list[DeskLine]:
    """Return what this person may decide now, here and where the small-school exception names them."""
    waits = waiting_for(scope)
    here = {(wait.review.pk, wait.step.pk) for wait in waits}
    lent = [w for w in waiting_as_reader(scope.person, on=scope.on) if (w.review.pk, w.step.pk) not in here]
    return [_line(wait, scope) for wait in (*waits, *lent)]


def _line(wait: Waiting, scope: Scope) -> DeskLine:
    on, body = scope.on, wait.review.body
    _, state, _ = timed(wait.due_on, on=on)
    kind, _, pk = wait.review.subject.partition("/")
    since = as_date(wait.since) or on
    reminded = "，有人催办" if wait.reminded_at else ""
    elsewhere = f"{body.label}:" if body.pk != scope.body.pk else ""
    counted = "：" if kind == "accessrequest" else f"（{len(wait.items)} 条）"
    meeting = "会议" if wait.step.kind == StepKind.MEETING else ""
    dates = f"{month_day(since, on=on)}送到这一步，{month_day(wait.due_on, on=on)}前办，{days_to(wait.due_on, on=on)}"
    return DeskLine(
        key=f"review/{wait.review.pk}/{wait.step.pk}", rank=Rank.WAITING,
        state="late" if state == "late" else "waiting",
        label="等您" + ("办理" if state != "late" else "办理，已过期"), due_on=wait.due_on,
        text=f"{elsewhere}{wait.review.title}{counted}{wait.step.name}",
        about=dates + reminded,
        verb=f"登记{meeting}" if meeting else "审查", url=address(PAGES.get(kind, ""), body.code, int(pk or 0)),
        why=Why(f"这一步由您的岗位办理（{wait.step.name},{wait.step.days} 个工作日）。不表态不算同意。"),
    )  # fmt: skip
