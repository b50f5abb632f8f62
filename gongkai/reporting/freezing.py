"""What a report still lacks before it may be frozen, and the digest that reviews of it bind to."""

import hashlib
import json
from typing import Any

from gongkai.reporting.drafting import blanks_in
from gongkai.reporting.figures import Figure, Period, compute
from gongkai.reporting.models import AnnualReport


def figures_of(report: AnnualReport) -> dict[str, Figure]:
    """Return a report's figures as the records stand now, by code."""
    period = Period(report.body, report.start_on, report.end_on)
    return {figure.code: figure for figure in compute(period, family=report.family, report=report)}


def whats_missing(report: AnnualReport) -> list[str]:
    """Return, in plain Chinese, what still keeps the report from being frozen."""
    missing = [
        f"「{f.label}」还没有填写数量和来源" for f in figures_of(report).values() if f.stated and f.value is None
    ]
    for section in report.sections.all():
        count = len(blanks_in(section.text))
        if count:
            missing.append(f"「{section.heading}」还有 {count} 处空白要补充")
        if not section.text.strip():
            missing.append(f"「{section.heading}」没有正文")
    return missing


def digest_of(report: AnnualReport) -> str:
    """Return SHA-256 over title, period, sections and frozen figures with their members."""
    facts: dict[str, Any] = {
        "title": report.title,
        "period": [report.start_on.isoformat(), report.end_on.isoformat()],
        "sections": [[s.code, s.heading, s.text] for s in report.sections.all()],
        "figures": [[f.code, f.value, f.members, f.source] for f in report.figures.all()],
    }
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
