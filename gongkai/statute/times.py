"""Time classes (公开时限): written as data of a body's own item, and read out in Chinese."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from gongkai.statute.limits import in_words, limit, proactive_limit
from gongkai.statute.reading import build
from gongkai.statute.records import TimeClass

CYCLE_NAMES = {
    "week": "每周",
    "month": "每月",
    "quarter": "每季度",
    "term": "每学期",
    "school_year": "每学年",
    "year": "每年",
}
STAGE_NAMES = {"before": "事前", "during": "事中", "after": "事后"}
STARTS = {
    "approved": "批复",
    "changed": "变更",
    "congress_passed": "教代会通过",
    "congress_closed": "教代会闭会",
    "decided": "确定",
    "happened": "发生",
    "published": "发布",
}


def as_data(time: TimeClass) -> dict[str, Any]:
    """Write a time class as plain data, as in `law/`; absent keys have their default."""
    data = {}
    for f in fields(time):
        value = getattr(time, f.name)
        if value != f.default:
            data[str(f.metadata.get("key", f.name))] = list(value) if isinstance(value, tuple) else value
    return data


def from_data(raw: Mapping[str, Any]) -> TimeClass:
    """Read a time class from plain data. Raises RefusedRecord."""
    return build(TimeClass, raw, "公开时限")


def applying_limit(time: TimeClass, *, regime: str, chosen: str = "") -> tuple[str, str]:
    """Return code and Chinese words of the limit an item takes: its own number, else its regime's."""
    code = time.limit or ("AT-ONCE" if time.at_once else proactive_limit(regime, chosen).code)
    return code, in_words(limit(code))


def describe(time: TimeClass, *, regime: str, chosen: str = "") -> str:
    """Say in Chinese when the item is due, as 即时公开(形成或变更后20个工作日内)."""
    if time.kind == "LONG":
        return "长期公开"
    if time.kind == "STG":
        return f"分期公开({'、'.join(STAGE_NAMES[s] for s in time.stages)})"
    if time.kind == "REG" and not (time.limit or time.starts):
        return f"定期公开({_cycle(time)})"
    name = "即时公开" if time.kind == "IMM" else "定期公开"
    if time.notice:
        return f"{name}(公示{in_words(limit(time.notice))})"
    if time.at_once:
        return name
    code, words = applying_limit(time, regime=regime, chosen=chosen)
    begins = [time.starts] if time.starts else limit(code).begins_with
    return f"{name}({'或'.join(STARTS.get(b, '形成') for b in begins)}后{words})"


def _cycle(time: TimeClass) -> str:
    if time.chosen_by_body:
        named = "或".join(CYCLE_NAMES[c] for c in time.choices)
        return f"{named},由本单位选定" if named else "周期由本单位选定"
    text = CYCLE_NAMES[time.every]
    if time.before:
        month, day = map(int, time.before.split("-"))
        text += f"{month}月{day}日前"
    if time.due == "start":
        text += "开学前"
    return text + (f"{time.season}" if time.season else "") + ("微调" if time.minor else "")
