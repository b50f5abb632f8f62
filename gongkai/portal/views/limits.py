"""The calculator of limits: anybody enters dates and sees the last day, the article and every day counted."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.bodies.staff import today
from gongkai.portal.face import district_face
from gongkai.portal.limit_form import LimitForm, offered, on_screen, records
from gongkai.statute import law
from gongkai.statute.checks import SILENCE
from gongkai.statute.deadlines import Deadline, deadline
from gongkai.statute.events import WrongEvents
from gongkai.statute.records import Limit

WHO = {
    "cn-ogi": "政府部门、乡镇街道",
    "he-29": "高等学校",
    "k12-15": "中小学、幼儿园",
    "party-2017": "党组织",
    "staff": "学校对教职工（校务公开）",
    "cn-ogi-2008": "政府部门（2019年5月15日以前的事项）",
}
OPEN_STRIP = 100


@require_safe
def limit_calculator(request: HttpRequest) -> HttpResponse:
    """Ask what is to be counted, then count it; nothing is stored."""
    asked = request.GET
    regime = asked.get("regime", "")
    regime = regime if regime in WHO else next(iter(WHO))
    groups = offered(regime, on=_within(regime))
    kinds = dict(pair for _, group in groups for pair in group)
    kind = asked.get("limit", "")
    kind = kind if kind in kinds else next(iter(kinds))
    found = records(kind, regime=regime, on=_within(regime))
    rule = _chosen(found, asked)
    context: dict[str, Any] = {
        **district_face(), "who": WHO.items(), "regime": regime, "groups": groups, "kind": kind,
        "records": found if len(found) > 1 or rule is None else [], "rule": rule, "name": kinds[kind],
    }  # fmt: skip
    if rule is not None:
        context |= _counted(rule, regime, asked)
    return render(request, "portal/limits.html", context)


def _within(regime: str) -> Any:
    """Return a day on which the regime was in force: today, or for a former one its first."""
    record = law().regimes[regime]
    return record.from_on if record.until and record.until <= today() and record.from_on else today()


def _chosen(found: list[tuple[str, str]], asked: QueryDict) -> Limit | None:
    """Return the record that applies: the one chosen, else the only or the default one, else none."""
    codes = [code for code, _ in found]
    if asked.get("record") in codes:
        return law().limits[asked["record"]]
    default = [code for code in codes if law().limits[code].local in ("", "默认") and not law().limits[code].matter]
    return law().limits[default[0]] if default else None


def _counted(rule: Limit, regime: str, asked: QueryDict) -> dict[str, Any]:
    """Return the form, and when it is filled in the answer or what is wrong with it."""
    begun = rule.begins_with[0] in asked
    form = LimitForm(asked if begun else None, rule=rule)
    basis = law().resolve(rule.cite)
    facts: dict[str, Any] = {
        "form": form, "basis": {"title": on_screen(basis.title), "summary": on_screen(basis.summary)},
        "note": on_screen(rule.note) if rule.local or rule.confidence == "law" else "",
        "silence": on_screen(SILENCE.get(rule.on_silence, "")),
    }  # fmt: skip
    if not begun or not form.is_valid():
        return facts
    try:
        due = deadline(rule, form.happened(), regime=regime)
    except WrongEvents as wrong:
        return facts | {"wrong": on_screen(str(wrong))}
    except OverflowError:
        return facts | {"wrong": "日期超出了能计算的范围，请核对年份。"}
    return facts | {
        "due": due,
        "said_ask": on_screen(due.ask),
        "said": _said(due),
        "strip": _strip(due),
        "open": len(due.days) <= OPEN_STRIP,
    }


def _said(due: Deadline) -> list[str]:
    """Return what explains the date, sentence by sentence."""
    said = (
        [] if due.begun_on is None else [f"{_day(due)}的次日起算，{due.words}{'（含延期）' if due.extended else ''}。"]
    )
    if due.rule is not None and due.rule.roll and due.days and not due.days[-1].counted:
        said.append("届满日是休息日，顺延到之后的第一个工作日。")
    said += [f"{pause.why}。" for pause in due.pauses]
    said += [f"{note}。" for note in due.notes]
    return [on_screen(one) for one in said]


def _day(due: Deadline) -> str:
    on = due.begun_on
    return f"从{on.year}年{on.month}月{on.day}日" if on else ""


def _strip(due: Deadline) -> list[dict[str, Any]]:
    now = today()
    return [
        {
            "on": day.on, "counted": day.counted, "n": day.n, "why": on_screen(day.why),
            "due": day.on == due.due_on, "today": day.on == now, "past": day.on < now,
        }
        for day in due.days
    ]  # fmt: skip
