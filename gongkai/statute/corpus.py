"""All the law of one installation, by code."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.statute.calendar import WorkCalendar
from gongkai.statute.citations import Basis, resolve_in
from gongkai.statute.fee_records import Tariff
from gongkai.statute.letter_texts import LetterKind, LetterPhrase
from gongkai.statute.outcome_records import Contradiction, NoGround, RemedyWords, RequestOutcome
from gongkai.statute.records import (
    Article,
    Audience,
    BodyKind,
    CalendarYear,
    Case,
    Catalogue,
    CatalogueItem,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """The records of `law/`, each mapping in the order of its file.

    `digest` names the exact data, `calendar_digest` that of the calendar years alone; `refused_calendars` says
    in Chinese which added calendar files could not be taken, and why.
    """

    instruments: Mapping[str, Instrument]
    articles: Mapping[tuple[str, int], Article]
    regimes: Mapping[str, Regime]
    limits: Mapping[str, Limit]
    catalogues: Mapping[str, Catalogue]
    items: Mapping[str, CatalogueItem]
    equivalences: tuple[Equivalence, ...]
    body_kinds: Mapping[str, BodyKind]
    kinds: Mapping[str, InformationKind]
    channels: Mapping[str, Channel]
    intake: Mapping[str, Intake]
    deliveries: Mapping[str, Delivery]
    outcomes: Mapping[str, RequestOutcome]
    no_grounds: Mapping[str, NoGround]
    contradictions: Mapping[str, Contradiction]
    remedies: Mapping[str, RemedyWords]
    tariffs: Mapping[str, Tariff]
    audiences: Mapping[str, Audience]
    letters: Mapping[str, LetterKind]
    phrases: Mapping[str, LetterPhrase]
    families: Mapping[str, Family]
    tables: Mapping[str, ReportTable]
    balances: Mapping[str, Balance]
    secrecy_questions: Mapping[str, SecrecyQuestion]
    secrecy_results: Mapping[str, SecrecyResult]
    calendar_years: Mapping[int, CalendarYear]
    cases: tuple[Case, ...]
    calendar: WorkCalendar
    calendar_digest: str
    digest: str
    refused_calendars: tuple[str, ...] = ()

    def resolve(self, cite: str) -> Basis:
        """Find what a citation names. Raises UnresolvableCite."""
        return resolve_in(self.instruments, self.articles, cite)

    def cited(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield file, code, cite and confidence of every record that cites."""
        for file, records in self._by_file():
            for code, record in records.items():
                yield file, str(code), record.cite, record.confidence
        for outcome in self.outcomes.values():
            for other in outcome.under:
                yield "outcomes.toml", f"{outcome.code}@{other.regime}", other.cite, other.confidence
        for pair in self.equivalences:
            yield (
                "equivalences.toml",
                f"{pair.from_item}→{pair.to_item}",
                pair.cite,
                pair.confidence,
            )

    def _by_file(self) -> list[tuple[str, Mapping[Any, Any]]]:
        return [
            ("regimes.toml", self.regimes),
            ("limits.toml", self.limits),
            ("catalogues/", self.catalogues),
            ("catalogues/", self.items),
            ("bodies.toml", self.body_kinds),
            ("kinds.toml", self.kinds),
            ("channels.toml", self.channels),
            ("intake.toml", self.intake),
            ("intake.toml", self.deliveries),
            ("outcomes.toml", self.outcomes),
            ("outcomes.toml", self.no_grounds),
            ("outcomes.toml", self.contradictions),
            ("outcomes.toml", self.remedies),
            ("fees.toml", self.tariffs),
            ("audiences.toml", self.audiences),
            ("letters.toml", self.letters),
            ("letters.toml", self.phrases),
            ("families.toml", self.families),
            ("families.toml", self.tables),
            ("families.toml", self.balances),
            ("secrecy_questions.toml", self.secrecy_questions),
            ("calendars/", self.calendar_years),
        ]
