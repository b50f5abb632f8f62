"""`gongkai report BODY --year Y [--from D --to D] [--family F] --json | --docx FILE | --pdf FILE`."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from gongkai.bodies.models import Body
from gongkai.reporting import papers
from gongkai.reporting.drafting import blanks_in
from gongkai.reporting.figures import Figure, Number, Period, cells_of, compute
from gongkai.reporting.models import AnnualReport, ReportSection
from gongkai.reporting.statutory_drafting import draft_section
from gongkai.statute import families, law
from gongkai.statute.limits import report_period
from gongkai.statute.report_records import Family

DEFAULT_FAMILY = "k12"


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    made = argparse.ArgumentParser(prog="gongkai report", description="按记录生成年度报告")
    made.add_argument("body", help="单位代码")
    made.add_argument("--year", type=int, required=True, help="年度")
    made.add_argument("--from", dest="start", type=date.fromisoformat, help="统计期起，如 2021-09-01")
    made.add_argument("--to", dest="end", type=date.fromisoformat, help="统计期止（含当天）")
    made.add_argument("--family", default="", help="报告体例，默认为单位自己的体例")
    shape = made.add_mutually_exclusive_group(required=True)
    shape.add_argument("--json", action="store_true", help="在标准输出写 JSON")
    shape.add_argument("--docx", type=Path, help="写成 Word 文档")
    shape.add_argument("--pdf", type=Path, help="写成 PDF")
    return made


def main(argv: list[str]) -> int:
    """Write the report; exit 0, or 2 with a message when the body, family or period is wrong."""
    arguments = parser().parse_args(argv)
    body = Body.objects.filter(code=arguments.body).first()
    form = _form(body, arguments)
    if body is None or form is None:
        print(_wrong(body, arguments), file=sys.stderr)  # noqa: T201
        return 2
    usual = report_period(families.limit_of(form, kind=body.kind), year=arguments.year)
    family, start, end = form.code, arguments.start or usual[0], arguments.end or usual[1]
    if end < start:
        print("统计期的结束日期早于开始日期", file=sys.stderr)  # noqa: T201
        return 2
    report = AnnualReport.objects.filter(body=body, family=family, year=arguments.year).first()
    figures = compute(Period(body, start, end), family=family, report=report)
    if arguments.json:
        print(json.dumps(result(body, family, (start, end), figures), ensure_ascii=False))  # noqa: T201
        return 0
    form, target = ("docx", arguments.docx) if arguments.docx else ("pdf", arguments.pdf)
    shown = report or AnnualReport(
        body=body, family=family, year=arguments.year, start_on=start, end_on=end,
        title=form.title_of(body.name, year=arguments.year),
    )  # fmt: skip
    target.write_bytes(
        papers.write(shown, figures, form, sections=_sections(report, family, body, figures, start, end))
    )
    return 0


def _form(body: Body | None, arguments: argparse.Namespace) -> Family | None:
    """Return the family asked for, else the body's usual one of that year; None where there is none."""
    if body is None or (arguments.family and arguments.family not in law().families):
        return None
    if not arguments.family:
        return families.usual(body.kind, year=arguments.year) or families.family(DEFAULT_FAMILY)
    asked = families.family(arguments.family)
    return asked if asked in families.choices(year=arguments.year) else None


def _wrong(body: Body | None, arguments: argparse.Namespace) -> str:
    if body is None:
        known = "、".join(Body.objects.values_list("code", flat=True)[:20])
        return f"没有代码为「{arguments.body}」的单位。可用的代码：{known}"
    known = "、".join(one.code for one in families.choices(year=arguments.year))
    if arguments.family in law().families:
        return f"{arguments.year}年度的报告不用「{arguments.family}」体例。可用的体例：{known}"
    return f"没有「{arguments.family}」这种报告体例。可用的体例：{known}"


def _sections(*facts: Any) -> list[ReportSection]:
    report, family, body, figures, start, end = facts
    if report is not None:
        return list(report.sections.all())
    drafts = drafted(family, Period(body, start, end), figures)
    return [ReportSection(code=d["code"], heading=d["heading"], text=d["text"]) for d in drafts]


def drafted(family: str, period: Period, figures: list[Figure]) -> list[dict[str, str]]:
    """Return heading and drafted text of every section of a family."""
    by_code = {figure.code: figure for figure in figures}
    sections = law().families[family].sections
    return [{"code": s.code, "heading": s.heading, "text": draft_section(s.code, period, by_code)} for s in sections]


def plain(value: Number | None) -> int | float | None:
    """Return a number as JSON writes it."""
    return value if isinstance(value, int) or value is None else float(value)


def result(body: Body, family: str, days: tuple[date, date], figures: list[Figure]) -> dict[str, Any]:
    """Return the report as the design's contract has it."""
    period = Period(body, *days)
    sections = drafted(family, period, figures)
    return {
        "body": body.name,
        "family": family,
        "period": [day.isoformat() for day in days],
        "figures": [
            {"code": f.code, "label": f.label, "value": plain(f.value), "unit": f.unit, "members": list(f.members)}
            for f in figures
        ],
        "tables": {
            table: {row: {column: plain(value) for column, value in cells.items()} for row, cells in rows.items()}
            for table, rows in cells_of(figures).items()
        },
        "sections": [{"heading": s["heading"], "text": s["text"]} for s in sections],
        "blanks": [{"heading": s["heading"], "blank": blank} for s in sections for blank in blanks_in(s["text"])],
    }
