"""Published annual reports: the list, each report, and behind every figure the records it counts."""

from functools import partial
from typing import Any

from gongkai.bodies.models import Body
from gongkai.portal import addresses
from gongkai.portal.face import crumbs, doors_of, face
from gongkai.portal.page import Page, from_template
from gongkai.reporting.figures import Figure
from gongkai.reporting.frozen import frozen_figures
from gongkai.reporting.grids import grid
from gongkai.reporting.members import open_members
from gongkai.reporting.models import AnnualReport, ReportState
from gongkai.reporting.papers import MEDIA, heading_of, write, written
from gongkai.statute import families

FORMS = {"pdf": "PDF 文件", "docx": "Word 文档"}


def published(body: Body) -> list[AnnualReport]:
    """Return the reports that stand on the public site, newest first."""
    found = AnnualReport.objects.filter(body=body, state=ReportState.PUBLISHED)
    return list(found.select_related("body").order_by("-year", "pk"))


def address_of(report: AnnualReport) -> str:
    """Return the public address of a report."""
    return f"{addresses.home(report.body)}reports/{report.year}-{report.family}/"


def pages(body: Body) -> list[Page]:
    """Return the list of a body's reports and everything that stands under each."""
    reports = published(body)
    here = f"{addresses.home(body)}reports/"
    index = Page(path=addresses.file_of(here), subject=f"reports/{body.code}", body=body.code,
                 content=lambda: _index(body, reports))  # fmt: skip
    return [index, *(page for report in reports for page in _pages_of(report))]


def member_pages(body: Body) -> list[Page]:
    """Return the pages behind the figures, which show titles as they are now."""
    return [page for page in pages(body) if "/files/" not in page.path and page.path.count("/") > 4]


def _index(body: Body, reports: list[AnnualReport]) -> bytes:
    here = f"{addresses.home(body)}reports/"
    title = next(door["label"] for door in doors_of(body) if door["url"] == here)
    items = [{"title": one.title, "url": address_of(one), "on": one.published_at} for one in reports]
    context = {**face(body, here=here), "title": title, "items": items, "crumbs": crumbs(body)}
    return from_template("reports.html", context)


def _pages_of(report: AnnualReport) -> list[Page]:
    figures = frozen_figures(report)
    subject, root = f"reports/{report.body.code}", addresses.file_of(address_of(report)).removesuffix("index.html")
    made = {f"{figure.code}/index.html": partial(_members, report, figure) for figure in figures if figure.members}
    made |= {f"files/report.{form}": partial(write, report, figures, form) for form in MEDIA}
    made["index.html"] = partial(_report, report, figures)
    return [Page(path=f"{root}{name}", subject=subject, body=report.body.code, content=make)
            for name, make in made.items()]  # fmt: skip


def _way(report: AnnualReport, *steps: tuple[str, str]) -> list[dict[str, str]]:
    body, here = report.body, f"{addresses.home(report.body)}reports/"
    title = next(door["label"] for door in doors_of(body) if door["url"] == here)
    return crumbs(body, (title, here), *steps)


def _report(report: AnnualReport, figures: list[Figure]) -> bytes:
    root = address_of(report)
    by_code = {figure.code: figure for figure in figures}
    sections: list[dict[str, Any]] = [
        {
            "heading": heading_of(n, section),
            "lines": [line for line in section.text.split("\n") if line.strip()],
            "figures": [f for f in figures if f.section == section.code and not f.table and (f.value or f.stated)],
            "grids": [grid(one, by_code) for one in families.tables(report.family) if one.section == section.code],
        }
        for n, section in enumerate(report.sections.all())
    ]
    files = [{"name": f"{report.title}.{form}", "url": f"{root}files/report.{form}", "kind": FORMS[form]}
             for form in MEDIA]  # fmt: skip
    context = {
        **face(report.body, here=f"{addresses.home(report.body)}reports/"),
        "title": report.title,
        "report": report,
        "sections": sections,
        "root": root,
        "files": files,
        "crumbs": _way(report),
    }
    return from_template("report.html", context)


def _members(report: AnnualReport, figure: Figure) -> bytes:
    context = {
        **face(report.body, here=f"{addresses.home(report.body)}reports/"),
        "title": f"{figure.label}：{written(figure.value)} {figure.unit}",
        "figure": figure,
        "report": report,
        "members": open_members(report.body, figure.members, public=True),
        "crumbs": _way(report, (report.title, address_of(report))),
    }
    return from_template("report_figure.html", context)
