"""The catalogue as a wall, and one item with its duties and its history."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from gongkai.bodies.desk import address, days_to
from gongkai.bodies.policy import WRITERS
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page
from gongkai.catalogue.coverage import WallRow, summed, wall
from gongkai.catalogue.matching import CONFIRMED
from gongkai.catalogue.models import CatalogueItem, Obligation, Origin
from gongkai.catalogue.policy import KEEPERS, WITNESSES
from gongkai.catalogue.timing import ASKS, awaits_events, cyclic, settled
from gongkai.statute import law
from gongkai.statute.times import STAGE_NAMES, from_data
from gongkai.statute.times import describe as describe_time
from gongkai.workbench.desk import basis
from gongkai.workbench.history import Named, age, history, names, period

FILTERS = (
    ("", "全部"), ("late", "超期"), ("soon", "快到期"), ("never", "从未公开"), ("ask", "待确定"), ("none", "不适用"),
)  # fmt: skip
WORDS = {"published": "已公开", "never": "从未公开"}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the wall, ready for the page."""

    row: WallRow
    audiences: str
    cycle: str
    latest: Named | None
    age: str
    ask: str
    then: str


def cycle_of(item: CatalogueItem, regime: str, limit: str) -> str:
    """Say when an item is due, in words."""
    found = law().items.get(item.code)
    words = [
        describe_time(
            from_data({**raw, **_own_cycle(raw, item)}), regime=found.regime if found else regime, chosen=limit
        )
        for raw in item.times
    ]
    return ";".join(dict.fromkeys(words))


def _own_cycle(raw: dict[str, object], item: CatalogueItem) -> dict[str, object]:
    cyclic = raw["class"] == "REG" and not (raw.get("limit") or raw.get("starts") or raw.get("minor"))
    if not (cyclic and item.cycle):
        return {}
    return {"every": item.cycle, "chosen_by_body": False, "choices": [], "before": item.yearly or raw.get("before", "")}


def _then(item: CatalogueItem) -> str:
    """Say when an item is due next that has nothing due within the quarter ahead."""
    if awaits_events(item):
        return "有新信息时"
    return "下一期" if cyclic(item) else "长期有效，每年核对"


def fits(row: WallRow, show: str) -> bool:
    """Tell whether a row passes the chosen filter."""
    if show == "never":
        return row.mark.state != "none" and row.mark.latest_on is None
    if show == "ask":
        return bool(row.item.ask) and row.mark.state != "none"
    return not show or row.mark.state == show


def audience_names(codes: list[str]) -> str:
    """Write audiences by name."""
    return "、".join(law().audiences[code].name for code in codes if code in law().audiences)


@staff_page(superior=True)
def catalogue_wall(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the body's catalogue with the latest disclosure and the next due day of every item."""
    rows = wall(scope.body, on=scope.on)
    show = request.GET.get("show", "")
    known = names([row.mark.latest_by for row in rows], scope)
    of = settled(scope.body, on=scope.on)
    shown = [
        Line(
            row, audience_names(row.item.audiences), cycle_of(row.item, of.regime, of.limit),
            known.get(row.mark.latest_by), age(row.mark.latest_on, on=scope.on) if row.mark.latest_on else "",
            ASKS.get(row.item.ask, ""), _then(row.item),
        )
        for row in rows
        if fits(row, show)
    ]  # fmt: skip
    filters = [(code, label, sum(fits(row, code) for row in rows), code == show) for code, label in FILTERS]
    return render(
        request,
        "workbench/wall.html",
        {
            "groups": _grouped(shown),
            "filters": filters,
            "coverage": summed(row.mark for row in rows),
            "keeps": scope.has(*KEEPERS),
            "total": len(rows),
        },
    )


def _grouped(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    groups: dict[str, list[Line]] = {}
    for line in lines:
        adoption = line.row.item.adoption
        title = law().catalogues[adoption.catalogue].title if adoption else str(Origin(line.row.item.origin).label)
        groups.setdefault(title, []).append(line)
    return list(groups.items())


@staff_page(superior=True)
def catalogue_item(request: HttpRequest, scope: Scope, item: int) -> HttpResponse:
    """Show one item: what is due and why, what was published over the years, and what can be done."""
    found = get_object_or_404(CatalogueItem.objects.of(scope.body).select_related("owner", "adoption"), pk=item)
    dues = Obligation.objects.filter(item=found, met_on=None).order_by("due_on")
    of = settled(scope.body, on=scope.on)
    statute = law().items.get(found.code)
    channels = "、".join(law().channels[code].name for code in found.channels if code in law().channels)
    facts = [
        ("责任部门", found.owner.name if found.owner else "未定"),
        ("公开范围", audience_names(found.audiences)),
        ("公开渠道", channels or "未定"),
        ("公开时限", cycle_of(found, of.regime, of.limit)),
        ("说明", found.note),
        ("来源", found.get_origin_display()),
    ]
    may_confirm = scope.has(*KEEPERS) and any(due.kind == "confirm" for due in dues)
    return render(
        request,
        "workbench/item.html",
        {
            "item": found,
            "facts": facts,
            "elements": statute.elements if statute else (),
            "dues": [
                (due, period(due, scope), basis(due.cite), days_to(due.due_on, on=scope.on), _state(due, scope))
                for due in dues
            ],
            "basis": basis(statute.cite) if statute else None,
            "history": history(found, scope),
            "ask": ASKS.get(found.ask, ""),
            "keeps": scope.has(*KEEPERS),
            "witness": scope.has(*WITNESSES) and awaits_events(found),
            "may_confirm": may_confirm and found.fulfilments.exclude(by_subject=CONFIRMED).exists(),
            "stages": STAGE_NAMES,
            "draft_url": address("publishing_new", scope.body.code, query=f"item={found.pk}")
            if scope.has(*WRITERS)
            else "",
        },
    )


def _due(due: Obligation, scope: Scope) -> tuple[object, ...]:
    """Return a duty, what it is about, its basis, the days left and its state."""
    return due, period(due, scope), basis(due.cite), days_to(due.due_on, on=scope.on), _state(due, scope)


def _state(due: Obligation, scope: Scope) -> str:
    if due.due_on < scope.on:
        return "late"
    return "soon" if (due.due_on - scope.on).days <= 14 else "open"
