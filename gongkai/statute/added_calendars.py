"""Calendar files an installation adds itself: one year's holiday notice each, in the form of `law/calendars/`.

A file of a year that ships replaces it (a notice changed after its year was shipped). A file that does not hold
is left out and reported; the others count.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path

from gongkai.statute.reading import RefusedRecord, build, refuse
from gongkai.statute.records import CalendarYear, Instrument

LEAST_WEEKDAYS_OFF = 4


@dataclass
class Added:
    """The years taken, the instruments they rest on, what was refused and why, and a digest of the files."""

    years: dict[int, CalendarYear]
    instruments: dict[str, Instrument]
    refused: list[str] = field(default_factory=list)
    digest: str = ""


def fingerprint(folder: Path | None) -> tuple[tuple[str, int, int], ...]:
    """Return path, size and time of change of every calendar file of a folder, to tell when to read it anew."""
    return tuple((str(p), p.stat().st_size, p.stat().st_mtime_ns) for p in _files(folder))


def add_years(folder: Path | None, shipped: Mapping[int, CalendarYear], instruments: Mapping[str, Instrument]) -> Added:
    """Read the calendar files of a folder over the years that ship; a year must follow on those known."""
    added = Added(dict(shipped), dict(instruments))
    digest = sha256()
    read: list[tuple[CalendarYear, str]] = []
    for path in _files(folder):
        try:
            content = path.read_bytes()
            digest.update(path.name.encode() + b"\0" + content + b"\0")
            read.append((_year(path.name, content), path.name))
        except (RefusedRecord, OSError) as refused:
            added.refused.append(str(refused))
    given: dict[int, str] = {}
    for year, name in sorted(read, key=lambda one: (one[0].year, one[1])):
        try:
            if year.year in given:
                refuse(f"calendars/{name}", f"{year.year}年已由 {given[year.year]} 给出")
            given[year.year] = name
            _take(added, year, name)
        except RefusedRecord as refused:
            added.refused.append(str(refused))
    added.digest = digest.hexdigest() if read or added.refused else ""
    return added


def _files(folder: Path | None) -> list[Path]:
    return sorted(p for p in folder.glob("*.toml") if p.is_file()) if folder is not None else []


def _year(name: str, content: bytes) -> CalendarYear:
    where = f"calendars/{name}"
    try:
        year = build(CalendarYear, tomllib.loads(content.decode()), where)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        refuse(where, f"不是正确的 TOML:{broken}")
    for day in (*year.rest, *year.work):
        if not date(year.year - 1, 12, 1) <= day <= date(year.year, 12, 31):
            refuse(f"{where} {day}", f"不在{year.year}年(可含上一年12月)")
    if len({*year.rest, *year.work}) != len(year.rest) + len(year.work):
        refuse(where, "有的日子写了两次,或者既休息又上班")
    if sum(day.year == year.year and day.weekday() < 5 for day in year.rest) < LEAST_WEEKDAYS_OFF:
        refuse(where, f"{year.year}年的放假日太少,请对照放假通知补全")
    return year


def _take(added: Added, year: CalendarYear, name: str) -> None:
    """Put a year among those known. Raises RefusedRecord when it does not follow on or repeats another's day."""
    where = f"calendars/{name}"
    if year.year not in added.years and year.year != max(added.years) + 1:
        refuse(where, f"缺少 {max(added.years) + 1} 年的日历,{year.year}年暂不能用")
    code = f"holiday-{year.year}"
    if year.cite != code:
        refuse(where, f"依据应写 {code},现为 {year.cite}")
    others = [other for other in added.years.values() if other.year != year.year]
    taken = {day: other.year for other in others for day in (*other.rest, *other.work)}
    for day in (*year.rest, *year.work):
        if day in taken:
            refuse(f"{where} {day}", f"这一天在{taken[day]}年的日历已有安排")
    added.years[year.year] = year
    added.instruments.setdefault(code, _notice(year))


def _notice(year: CalendarYear) -> Instrument:
    return Instrument(
        code=f"holiday-{year.year}",
        title=f"国务院办公厅关于{year.year}年部分节假日安排的通知",
        short=f"{year.year}年放假通知",
        issuer="国务院办公厅",
        summary=f"规定{year.year}年的休息日和调休上班日。",
        confidence=year.confidence,
        from_on=date(year.year, 1, 1),
    )
