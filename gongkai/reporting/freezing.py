"""What a report still lacks before it may be frozen, and the digest that reviews of it bind to."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gongkai.reporting.drafting import blanks_in
from gongkai.reporting.figures import Cells, Figure, Number, Period, cells_of, compute
from gongkai.reporting.models import AnnualReport, FrozenFigure
from gongkai.statute import families, law
from gongkai.statute.tables import Discrepancy, check, number


def figures_of(report: AnnualReport) -> dict[str, Figure]:
    """Return a report's figures as the records stand now, by code."""
    period = Period(report.body, report.start_on, report.end_on)
    return {figure.code: figure for figure in compute(period, family=report.family, report=report)}


def whats_missing(report: AnnualReport) -> list[str]:
    """Return, in plain Chinese, what still keeps the report from being frozen."""
    figures = figures_of(report)
    missing = [*_unstated(figures.values())]
    for section in report.sections.all():
        count = len(blanks_in(section.text))
        if count:
            missing.append(f"「{section.heading}」还有 {count} 处空白要补充")
        if not section.text.strip() and section.code not in with_tables(report.family):
            missing.append(f"「{section.heading}」没有正文")
    wrong = [one for one in discrepancies(report, figures) if one.severity == "error"]
    return [*missing, *(f"勾稽关系不符：{one.message.rstrip('。')}" for one in wrong)]


def with_tables(family: str) -> set[str]:
    """Return the codes of a family's sections that are tables and need no text."""
    return {table.section for table in families.tables(family)}


def _unstated(figures: Iterable[Figure]) -> Iterator[str]:
    """Name what nobody has stated: figures one by one, the cells of a table together."""
    open_cells: Counter[str] = Counter()
    for figure in figures:
        if figure.stated and figure.value is None:
            if figure.table:
                open_cells[figure.table] += 1
            else:
                yield f"「{figure.label}」还没有填写数量和来源"
    for key, count in open_cells.items():
        yield f"表「{table_name(key)}」还有 {count} 格没有填写（没有发生的填 0）"


def table_name(key: str) -> str:
    """Return the caption of the tables with this key."""
    return next(table.caption for table in law().tables.values() if table.key == key)


def discrepancies(report: AnnualReport, figures: Mapping[str, Figure]) -> list[Discrepancy]:
    """Return what does not add up among a report's cells, and against last year's report where it is frozen."""
    return check(report.family, cells_of(figures.values()), before=_last_year(report))


def _last_year(report: AnnualReport) -> Cells | None:
    """Return the frozen cells of the report of the year before in the same series of forms."""
    series = families.family(report.family).series
    same = [one.code for one in law().families.values() if series and one.series == series]
    before = AnnualReport.objects.filter(body=report.body, year=report.year - 1, family__in=same)
    latest = before.exclude(frozen_at=None).order_by("-frozen_at").first()
    if latest is None:
        return None
    values: dict[str, Number | None] = {row.code: number(row.value) for row in latest.figures.all()}
    cells: Cells = {}
    for one in families.figures(latest.family):
        if one.table:
            cells.setdefault(one.table, {}).setdefault(one.row, {})[one.column] = values.get(one.code)
    return cells


def digest_of(report: AnnualReport) -> str:
    """Return SHA-256 over title, period, sections and frozen figures with their members."""
    facts: dict[str, Any] = {
        "title": report.title,
        "period": [report.start_on.isoformat(), report.end_on.isoformat()],
        "sections": [[s.code, s.heading, s.text] for s in report.sections.all()],
        "figures": [[f.code, _written(f), f.members, f.source] for f in report.figures.all()],
    }
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _written(figure: FrozenFigure) -> int | str | None:
    """Write a value the same way before and after it was stored: whole numbers whole, money without idle zeros."""
    value = number(figure.value)
    return value if isinstance(value, int) or value is None else f"{value.normalize():f}"
