"""Load `law/` once into typed, checked records."""

import gc
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from gongkai.statute.added_calendars import add_years, fingerprint
from gongkai.statute.calendar import WorkCalendar
from gongkai.statute.checks import check
from gongkai.statute.corpus import Law
from gongkai.statute.fee_records import Tariff
from gongkai.statute.letter_texts import LetterKind, LetterPhrase
from gongkai.statute.outcome_records import Contradiction, NoGround, RemedyWords, RequestOutcome
from gongkai.statute.reading import build, refuse
from gongkai.statute.records import (
    Article,
    Audience,
    BodyKind,
    CalendarYear,
    Case,
    Catalogue,
    Channel,
    Delivery,
    Equivalence,
    InformationKind,
    Instrument,
    Intake,
    Limit,
    Regime,
    SecrecyQuestion,
    SecrecyResult,
)
from gongkai.statute.report_records import Balance, Family, ReportTable
from gongkai.statute.source import LAW_ROOT

Record = TypeVar("Record")
Key = TypeVar("Key")


@dataclass
class _Running:
    """The law in force in this process, and the folder its installation adds calendar years in."""

    law: Law | None = None
    calendars: Path | None = None
    seen: tuple[tuple[str, int, int], ...] = ()


_running = _Running()


def law() -> Law:
    """Return the law of this installation, loaded and checked once, with the calendar years it has added."""
    return _running.law or renew()


def add_calendars_from(folder: Path | None) -> None:
    """Take calendar years from a folder too, from now on (None: only those that ship)."""
    _running.calendars = folder
    if fingerprint(folder) != _running.seen:
        _running.law = None


def renew() -> Law:
    """Load the law anew, as after a calendar file was put into the folder; a bad one is left out and reported."""
    _running.seen = fingerprint(_running.calendars)
    # Thousands of records that all stay: looking among them for garbage takes a quarter of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        _running.law = load_law(LAW_ROOT, added_calendars=_running.calendars)
    finally:
        if collecting:
            gc.enable()
    return _running.law


def renew_if_changed() -> bool:
    """Load the law anew when a calendar file was added, changed or taken away; tell whether it was."""
    if _running.law is not None and fingerprint(_running.calendars) == _running.seen:
        return False
    renew()
    return True


def load_law(root: Path, *, added_calendars: Path | None = None) -> Law:
    """Load and check the law files under `root`, and over them the calendar years of another folder.

    Raises RefusedRecord naming the file and the record that cannot be accepted; an added calendar that does not
    hold is left out and named in `refused_calendars`.
    """
    files = _Files(root)
    regimes = files.read("regimes.toml", "regime", "instrument")
    secrecy = files.read("secrecy_questions.toml", "question", "result")
    catalogues = [_catalogue(name, raw) for name, raw in files.folder("catalogues")]
    instruments = _coded(Instrument, regimes["instrument"], "regimes.toml")
    added = add_years(added_calendars, _shipped_years(files), instruments)
    instruments, intake = added.instruments, files.read("intake.toml", "intake", "delivery")
    loaded = Law(
        instruments=instruments,
        articles=_articles(files),
        regimes=_coded(Regime, regimes["regime"], "regimes.toml"),
        limits=files.coded(Limit, "limits.toml", "limit"),
        catalogues=_unique(catalogues, attrgetter("code"), "catalogues/"),
        items=_unique([i for c in catalogues for i in c.items], attrgetter("code"), "catalogues/"),
        equivalences=files.listed(Equivalence, "equivalences.toml", "equivalence"),
        body_kinds=files.coded(BodyKind, "bodies.toml", "body"),
        kinds=files.coded(InformationKind, "kinds.toml", "kind"),
        channels=files.coded(Channel, "channels.toml", "channel"),
        intake=_coded(Intake, intake["intake"], "intake.toml"),
        deliveries=_coded(Delivery, intake["delivery"], "intake.toml"),
        **_replies(files),
        audiences=files.coded(Audience, "audiences.toml", "audience"),
        **_reports(files),
        secrecy_questions=_coded(SecrecyQuestion, secrecy["question"], "secrecy_questions.toml"),
        secrecy_results=_coded(SecrecyResult, secrecy["result"], "secrecy_questions.toml"),
        calendar_years=added.years,
        cases=files.listed(Case, "cases.toml", "case"),
        calendar=WorkCalendar(added.years.values(), {code: i.title for code, i in instruments.items()}),
        calendar_digest=_digest_of(added.years),
        digest=files.digest() if not added.digest else sha256((files.digest() + added.digest).encode()).hexdigest(),
        refused_calendars=tuple(added.refused),
    )
    check(loaded)
    return loaded


def _reports(files: "_Files") -> dict[str, Any]:
    """Return what `families.toml` holds, by field of Law."""
    raw = files.read("families.toml", "family", "table", "balance")
    return {
        "families": _coded(Family, raw["family"], "families.toml"),
        "tables": _coded(ReportTable, raw["table"], "families.toml"),
        "balances": _coded(Balance, raw["balance"], "families.toml"),
    }


def _replies(files: "_Files") -> dict[str, Any]:
    """Return what `outcomes.toml` and `letters.toml` hold, by field of Law."""
    raw = files.read("outcomes.toml", "outcome", "no_ground", "contradiction", "remedy")
    letters = files.read("letters.toml", "letter", "phrase")
    return {
        "tariffs": files.coded(Tariff, "fees.toml", "tariff"),
        "outcomes": _coded(RequestOutcome, raw["outcome"], "outcomes.toml"),
        "no_grounds": _coded(NoGround, raw["no_ground"], "outcomes.toml"),
        "contradictions": _coded(Contradiction, raw["contradiction"], "outcomes.toml"),
        "remedies": _coded(RemedyWords, raw["remedy"], "outcomes.toml"),
        "letters": _coded(LetterKind, letters["letter"], "letters.toml"),
        "phrases": _coded(LetterPhrase, letters["phrase"], "letters.toml"),
    }


def _digest_of(years: dict[int, CalendarYear]) -> str:
    return sha256(repr([years[number] for number in sorted(years)]).encode()).hexdigest()


class _Files:
    """The TOML files under one root, digested as they are read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._hash = sha256()

    def digest(self) -> str:
        return self._hash.hexdigest()

    def parse(self, name: str) -> dict[str, Any]:
        path = self.root / name
        if not path.is_file():
            refuse(f"law/{name}", "没有这个文件")
        content = path.read_bytes()
        self._hash.update(name.encode() + b"\0" + content + b"\0")
        try:
            return tomllib.loads(content.decode())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
            refuse(f"law/{name}", f"不是正确的 TOML:{broken}")

    def read(self, name: str, *tables: str) -> dict[str, list[dict[str, Any]]]:
        raw = self.parse(name)
        unknown = sorted(set(raw) - set(tables))
        if unknown:
            refuse(f"law/{name}", f"不认识的表 {'、'.join(unknown)}")
        return {table: raw.get(table, []) for table in tables}

    def coded(self, record: type[Record], name: str, table: str) -> dict[str, Record]:
        return _coded(record, self.read(name, table)[table], name)

    def listed(self, record: type[Record], name: str, table: str) -> tuple[Record, ...]:
        rows = self.read(name, table)[table]
        return tuple(build(record, raw, f"law/{name} 第{n}条") for n, raw in enumerate(rows, 1))

    def folder(self, name: str) -> list[tuple[str, dict[str, Any]]]:
        paths = sorted((self.root / name).glob("*.toml"))
        if not paths:
            refuse(f"law/{name}/", "没有文件")
        return [(f"{name}/{path.name}", self.parse(f"{name}/{path.name}")) for path in paths]


def _coded(record: type[Record], rows: list[dict[str, Any]], name: str) -> dict[str, Record]:
    built = [build(record, raw, f"law/{name} {raw.get('code', f'第{n}条')}") for n, raw in enumerate(rows, 1)]
    return _unique(built, attrgetter("code"), name)


def _unique(records: Iterable[Record], key: Any, name: str) -> dict[Any, Record]:
    found: dict[Any, Record] = {}
    for record in records:
        if key(record) in found:
            refuse(f"law/{name} {key(record)}", "编号重复")
        found[key(record)] = record
    return found


def _catalogue(name: str, raw: dict[str, Any]) -> Catalogue:
    """Build a catalogue; its items take its citation and confidence unless they have their own."""
    shared = {key: raw[key] for key in ("regime", "cite", "confidence") if key in raw}
    items = [
        {**shared, "catalogue": raw.get("code", name), **item} if isinstance(item, dict) else item
        for item in raw.get("item", [])
    ]
    return build(Catalogue, {**raw, "item": items}, f"law/{name} {raw.get('code', '')}".rstrip())


def _articles(files: _Files) -> dict[tuple[str, int], Article]:
    articles = []
    for name, raw in files.folder("articles"):
        unknown = sorted(set(raw) - {"instrument", "confidence", "article"})
        if unknown:
            refuse(f"law/{name}", f"不认识的字段 {'、'.join(unknown)}")
        shared: dict[str, Any] = {key: raw[key] for key in ("instrument", "confidence") if key in raw}
        for article in raw.get("article", []):
            where = f"law/{name} 第{article.get('number', '?')}条"
            articles.append(build(Article, {**shared, **article}, where))
    return _unique(articles, attrgetter("instrument", "number"), "articles/")


def _shipped_years(files: _Files) -> dict[int, CalendarYear]:
    years = [build(CalendarYear, raw, f"law/{name}") for name, raw in files.folder("calendars")]
    by_number = _unique(years, attrgetter("year"), "calendars/")
    _refuse_days_declared_twice(years)
    return by_number


def _refuse_days_declared_twice(years: Iterable[CalendarYear]) -> None:
    seen: dict[Any, int] = {}
    for year in years:
        for day in (*year.rest, *year.work):
            if day in seen:
                refuse(f"law/calendars/{year.year}.toml {day}", f"这一天在 {seen[day]}.toml 已有安排")
            seen[day] = year.year
