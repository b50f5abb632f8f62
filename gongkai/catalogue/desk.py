"""What the catalogue puts on the desk: duties past and near their day, and what is still to settle."""

from datetime import timedelta

from django.db.models import Count

from gongkai.bodies.desk import DeskLine, Rank, Why, address, days_to, month_day, timed
from gongkai.bodies.models import Duty
from gongkai.bodies.policy import WRITERS
from gongkai.bodies.scope import Scope
from gongkai.catalogue.models import CatalogueItem, Obligation, ObligationQuerySet
from gongkai.catalogue.policy import KEEPERS
from gongkai.catalogue.timing import ASKS
from gongkai.statute.times import STAGE_NAMES

AHEAD = timedelta(days=14)
TERM_AHEAD = timedelta(days=45)


def lines(scope: Scope) -> list[DeskLine]:
    """Return the lines of this room: the whole body's for its office, their department's for others."""
    found = [_due(row, scope) for row in _mine(scope).filter(due_on__lte=scope.on + AHEAD)]
    return [*found, *_settling(scope)] if scope.has(*KEEPERS) else found


def _mine(scope: Scope) -> ObligationQuerySet:
    rows = Obligation.objects.of(scope.body).open().select_related("item")
    if scope.has(*KEEPERS):
        return rows
    held = [p.department_id for p in scope.posts if p.duty in (Duty.EDITOR, Duty.DEPARTMENT_HEAD) and p.department_id]
    return rows.filter(item__owner__in=held)


def _due(row: Obligation, scope: Scope) -> DeskLine:
    body, on = scope.body, scope.on
    rank, state, label = timed(row.due_on, on=on)
    page = address("catalogue_item", body.code, row.item_id)
    confirm = row.kind == "confirm"
    draft = address("publishing_new", body.code, query=f"item={row.item_id}") if scope.has(*WRITERS) else ""
    stage = f"({STAGE_NAMES[row.stage]})" if row.stage else ""
    verb = "核对" if confirm else "公开"
    return DeskLine(
        key=f"obligation/{row.pk}", rank=rank, state=state, label=label, due_on=row.due_on,
        text=f"{row.item.brief}：{row.label}{stage}",
        about=f"应于{month_day(row.due_on, on=on)}前{verb}，{days_to(row.due_on, on=on)}"
        + ("（暂定，放假安排未公布）" if row.provisional else ""),
        verb=f"去{verb}", url=page if confirm or not draft else draft,
        why=Why(f"目录事项「{row.item.name}」：{row.why}。", row.cite, page),
    )  # fmt: skip


def _settling(scope: Scope) -> list[DeskLine]:
    """Return what keeps obligations from being known: no catalogue, no term dates, no cycle chosen."""
    body = scope.body
    items = CatalogueItem.objects.of(body)
    if not items.exists():
        return [
            DeskLine(
                key="adopt", rank=Rank.WAITING, state="open", text="还没有采用公开目录",
                about="采用以后，系统会算出每一项什么时候该公开", verb="去采用",
                url=address("catalogue_adopt", body.code),
                why=Why("每个公开主体都要编制并公布信息公开目录。", "cn-ogi/12"),
            )
        ]  # fmt: skip
    ahead = _next_term(scope)
    asked = items.applicable().exclude(ask="").values_list("ask").annotate(n=Count("pk")).order_by("ask")
    pages = {
        "cycle": address("catalogue_wall", body.code, query="show=ask"),
        "term_dates": address("catalogue_terms", body.code),
    }
    return ahead + [
        DeskLine(
            key=f"ask/{ask}", rank=Rank.OWN, state="unchecked", label="待确定", text=f"{ASKS[ask]}（{n} 个事项要用）",
            about="没有这个日期，系统算不出应公开的日子", verb="去填写", url=pages[ask],
            why=Why("这些事项按周期公开，周期或学期日期由本单位确定。"),
        )
        for ask, n in asked
    ]  # fmt: skip


def _next_term(scope: Scope) -> list[DeskLine]:
    """Return the reminder to enter the next term, when the last one known is nearly over."""
    last = scope.body.terms.order_by("-ends_on").first()
    if last is None or last.ends_on > scope.on + TERM_AHEAD:
        return []
    return [
        DeskLine(
            key="term", rank=Rank.OWN, state="unchecked", label="待确定", text="请填写下一个学期的起止日期",
            about=f"已登记的最后一个学期到{month_day(last.ends_on, on=scope.on)}为止", verb="去填写",
            url=address("catalogue_terms", scope.body.code),
            why=Why("按学期公开的事项要有学期日期，才能算出应公开的日子。"),
        )
    ]  # fmt: skip
