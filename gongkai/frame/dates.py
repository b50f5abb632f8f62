"""Dates, days and sizes as a Chinese reader expects them."""

from __future__ import annotations

import datetime

from django.utils import timezone

WEEKDAYS = "一二三四五六日"


def as_date(value: datetime.date | datetime.datetime | str | None) -> datetime.date | None:
    """Take a date out of a date, an instant (local day) or an ISO text; None for anything empty."""
    if not value:
        return None
    if isinstance(value, str):
        return datetime.date.fromisoformat(value[:10])
    if isinstance(value, datetime.datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).date()
    return value


def cn_date(value: datetime.date | datetime.datetime | str | None) -> str:
    """Write 2026年11月21日."""
    day = as_date(value)
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def cn_date_weekday(value: datetime.date | datetime.datetime | str | None) -> str:
    """Write 2026年11月21日（周六）."""
    day = as_date(value)
    return f"{cn_date(day)}（周{WEEKDAYS[day.weekday()]}）" if day else ""


def cn_time(value: datetime.datetime | None) -> str:
    """Write 2026年11月21日 14:05 in local time."""
    if not value:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{cn_date(local)} {local:%H:%M}"


def days_left(due: datetime.date, *, on: datetime.date, working_days: int | None = None) -> tuple[str, str]:
    """Say how long is left until a day, in working days where their number is given.

    Returns the badge state (late, soon, open) and the words. A negative number of days is lateness.
    """
    days = (due - on).days
    if days == 0:
        return "soon", "今天到期"
    unit = "个工作日" if working_days is not None else "天"
    number = abs(working_days if working_days is not None else days)
    if days < 0:
        return "late", f"已超期 {number} {unit}" if number else "已超期"
    state = "soon" if number <= 3 else "open"
    return state, f"还剩 {number} {unit}"


def file_size(size: int | None) -> str:
    """Write a size in bytes as 812 字节, 34 KB or 1.2 MB."""
    if size is None:
        return ""
    if size < 1024:
        return f"{size} 字节"
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB"
