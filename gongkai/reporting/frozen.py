"""The figures of a report as they were frozen."""

from gongkai.reporting.figures import Figure
from gongkai.reporting.models import AnnualReport
from gongkai.statute import families
from gongkai.statute.tables import number


def frozen_figures(report: AnnualReport) -> list[Figure]:
    """Return the figures as they were frozen, in their printed order (none before)."""
    forms = {one.code: one for one in families.figures(report.family)}
    found = []
    for row in report.figures.all():
        form = forms.get(row.code)
        found.append(Figure(
            code=row.code, label=row.label, value=number(row.value), unit=row.unit, members=tuple(row.members),
            source=row.source, stated=not row.members and bool(row.source), section=form.section if form else "",
            table=form.table if form else "", row=form.row if form else "", column=form.column if form else "",
        ))  # fmt: skip
    return found
