"""Index numbers (索引号): per body, gap-free, given at first publication and never changed."""

from datetime import date
from string import Formatter

from gongkai.bodies.models import Body
from gongkai.journal.acts import ActRefused
from gongkai.publishing.models import IndexSeries

FIELDS = {"org", "year", "month", "serial"}
LONGEST = 80
RESTRICTED_MARK = "内"  # keeps the two series of one body apart, whatever the template


class TemplateUnusable(ActRefused):
    """The body's index template cannot make unique numbers."""


def faults_of(template: str) -> list[str]:
    """Say, one sentence a fault, what is wrong with an index template; an empty list means usable."""
    try:
        parts = [(name, spec or "") for _, name, spec, _ in Formatter().parse(template) if name is not None]
        if any(len(spec) > 4 or "{" in spec for _, spec in parts):
            raise ValueError(template)  # a width of millions, or one that another field decides
        names = [name for name, _ in parts]
        sample = template.format(org="000000000", year=2026, month=11, serial=99999)
    except (ValueError, KeyError, IndexError, AttributeError):
        names, sample = None, ""
    if names is None or not set(names) <= FIELDS:
        return ["索引号样式只能使用 {org}、{year}、{month}、{serial}，流水号位数写作 {serial:05d}。"]
    faults = []
    if "serial" not in names:
        faults.append("索引号样式必须有流水号 {serial}，否则号码会重复。")
    if len(sample) > LONGEST - len(RESTRICTED_MARK):
        faults.append(f"索引号最长 {LONGEST} 个字，请缩短样式。")
    return faults


def next_index_number(body: Body, *, on: date, restricted: bool) -> str:
    """Take the next number of the body's series under a row lock.

    Call it inside the publishing transaction: a refused publication gives its number back.
    Raises TemplateUnusable.
    """
    faults = faults_of(body.index_template)
    if faults:
        raise TemplateUnusable(f"{faults[0]}请单位管理员在单位设置里改好索引号样式后再公开。")
    # A template without the year counts on across years, or its numbers would come again.
    year = on.year if "{year" in body.index_template else 0
    IndexSeries.objects.get_or_create(body=body, year=year, restricted=restricted)
    series = IndexSeries.objects.select_for_update().get(body=body, year=year, restricted=restricted)
    series.last += 1
    series.save(update_fields=["last"])
    number = body.index_template.format(
        org=body.org_code or body.code, year=on.year, month=f"{on.month:02d}", serial=series.last
    )
    return f"{RESTRICTED_MARK}{number}" if restricted else number
