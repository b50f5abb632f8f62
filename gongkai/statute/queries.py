"""Questions about due dates as plain data: one query in, one answer out (the contract of `gongkai due`)."""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

from gongkai.statute.deadlines import Deadline, deadline
from gongkai.statute.events import Happened, WrongEvents
from gongkai.statute.limits import UnknownLimit

SHANGHAI = timezone(timedelta(hours=8))
DAY = re.compile(r"\d{4}-\d\d-\d\d")
EVENT_KEYS = ("kind", "on", "days", "ref", "at")
LONGEST = 200


class WrongQuery(ValueError):
    """The query is not one; the message says what it lacks."""


def answer_line(line: bytes) -> dict[str, Any]:
    """Answer one line of JSON; what is wrong with it comes back as {"error": …}."""
    try:
        query = json.loads(line.decode())
    except UnicodeDecodeError:
        return {"error": "这一行不是 UTF-8"}
    except (ValueError, RecursionError):
        return {"error": "这一行不是正确的 JSON"}
    try:
        return answer(query)
    except (WrongQuery, WrongEvents, UnknownLimit) as wrong:
        return {"error": str(wrong)}


def answer(query: Any) -> dict[str, Any]:
    """Answer {"regime", "limit", "events": [{"kind", "on", "days"?, "ref"?, "at"?}], "local"?, "days"?}.

    `"days": false` leaves the day-by-day proof out, which is ten times as fast.

    Raises WrongQuery, WrongEvents, UnknownLimit.
    """
    if not isinstance(query, Mapping):
        raise WrongQuery('每行应为一个对象,如 {"regime": "cn-ogi", "limit": "answer", "events": […]}')
    given = query.get("events")
    if not isinstance(given, list):
        raise WrongQuery("缺少 events(事件列表)")
    events = [_event(raw, place) for place, raw in enumerate(given, 1)]
    regime, limit = _text(query, "regime"), _text(query, "limit")
    local = _text(query, "local") if query.get("local") else None
    data = as_data(due := deadline(limit, events, regime=regime, local=local))
    return data if query.get("days") is False or not due.code else data | {"days": days_of(due)}


def as_data(due: Deadline) -> dict[str, Any]:
    """Write an answer as JSON data, without its days."""
    if not due.code:
        return {"due_on": None, "provisional": True, "ask": due.ask}
    data: dict[str, Any] = {"due_on": due.due_on.isoformat() if due.due_on else None}
    if due.due_at:
        data["due_at"] = due.due_at.isoformat()
    data |= {"provisional": due.provisional, "limit": due.limit, "cite": due.cite, "record": due.code}
    data["calendar"] = [str(year) for year in due.calendar]
    data |= {"extended": due.extended} if due.extended else {}
    data |= {name: value for name in ("ask", "waiting") if (value := getattr(due, name))}
    explained = [f"{due.words}", *(pause.why for pause in due.pauses), *due.notes]
    return data | {"explained": explained}


def days_of(due: Deadline) -> list[dict[str, Any]]:
    """Write the proof as JSON data, from the first day that is not an ordinary rest day."""
    days = due.days
    first = next((place for place, day in enumerate(days) if day.counted or day.paused), 0)
    return [{"on": d.on.isoformat(), "counted": d.counted, "n": d.n, "why": d.why} for d in days[first:]]


def _text(query: Mapping[str, Any], key: str) -> str:
    value = query.get(key)
    if not isinstance(value, str) or not value or len(value) > LONGEST:
        raise WrongQuery(f"缺少 {key}")
    return value


def _event(raw: Any, place: int) -> Happened:
    where = f"第{place}个事件"
    if not isinstance(raw, Mapping):
        raise WrongQuery(f'{where}应为 {{"kind": …, "on": …}}')
    unknown = [str(key) for key in raw if key not in EVENT_KEYS]
    if unknown:
        raise WrongQuery(f"{where}有不认识的字段 {unknown[0][:LONGEST]}")
    days, ref = raw.get("days") or 0, raw.get("ref") or ""
    ref = str(ref) if type(ref) is int else ref
    if type(days) is not int or not isinstance(ref, str) or not isinstance(raw.get("kind"), str):
        raise WrongQuery(f"{where}的 kind 和 ref 应为文字,days 应为整数")
    at = moment(raw["at"], where) if raw.get("at") else None
    on = day(raw["on"], where) if raw.get("on") or at is None and "on" in raw else None
    if on is None and at is None:
        raise WrongQuery(f"{where}缺少日期 on")
    if on and at and at.date() != on:
        raise WrongQuery(f"{where}的 on 与 at 不是同一天")
    return Happened(raw["kind"], on or at.date(), days, ref, at)  # type: ignore[union-attr]


def day(text: Any, where: str) -> date:
    """Read a day written YYYY-MM-DD. Raises WrongQuery."""
    try:
        if isinstance(text, str) and DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise WrongQuery(f"{where}的日期应写成 2024-09-06 这样,现为 {str(text)[:LONGEST]!r}")


def moment(text: Any, where: str) -> datetime:
    """Read a moment in ISO form; one with another offset is put into Shanghai's. Raises WrongQuery."""
    try:
        read = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise WrongQuery(f"{where}的时刻应写成 2024-09-06T20:30 这样,现为 {str(text)[:LONGEST]!r}") from None
    return read.astimezone(SHANGHAI) if read.tzinfo else read
