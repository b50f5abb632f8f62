"""Which disclosures stand behind the publications the catalogue counts, as far as a reader may know them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q

from gongkai.bodies.desk import address
from gongkai.bodies.scope import Scope
from gongkai.catalogue.matching import CONFIRMED
from gongkai.catalogue.models import CatalogueItem, Fulfilment, Obligation
from gongkai.frame.dates import cn_date
from gongkai.publishing.models import Disclosure, Posting


@dataclass(frozen=True, slots=True)
class Named:
    """What a publication is called and where it is shown; both empty for what this reader may not know."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One publication of an item: when, what, which obligations it met."""

    on: date
    named: Named
    met: tuple[str, ...]


def names(subjects: Iterable[str], scope: Scope) -> dict[str, Named]:
    """Return title and address of what these subjects name; people from above learn only what is public."""
    ids: dict[str, list[int]] = {"disclosure": [], "edition": [], "posting": []}
    for subject in subjects:
        kind, _, pk = subject.partition("/")
        if kind in ids and pk.isdigit():
            ids[kind].append(int(pk))
    found: dict[str, Named] = {CONFIRMED: Named("核对无误，继续有效", "")}
    records = Disclosure.objects.of(scope.body).filter(Q(pk__in=ids["disclosure"]) | Q(editions__in=ids["edition"]))
    if not scope.is_staff:
        records = records.public()
    for one in records.distinct().select_related("current").prefetch_related("editions"):
        title = one.current.title if one.current else ""
        named = Named(title, address("publishing_disclosure", scope.body.code, one.pk))
        found |= {f"edition/{edition.pk}": named for edition in one.editions.all()}
        found[f"disclosure/{one.pk}"] = named
    postings = Posting.objects.of(scope.body).filter(pk__in=ids["posting"], public=True)
    found |= {f"posting/{one.pk}": Named(one.title, "") for one in postings}
    return found


def period(due: Obligation, scope: Scope) -> str:
    """Return what a duty is about; from above, what a draft calls the information it is about stays unsaid."""
    if scope.is_staff or due.formed_on is None:
        return due.label
    return f"{cn_date(due.formed_on)}形成的信息"


def history(item: CatalogueItem, scope: Scope) -> list[tuple[int, list[Shown]]]:
    """Return an item's publications by year, newest first."""
    rows = list(Fulfilment.objects.filter(item=item).order_by("-on", "-pk"))
    known = names([row.by_subject for row in rows], scope)
    met: dict[tuple[str, date], list[str]] = {}
    for due in Obligation.objects.filter(item=item, met_on__isnull=False):
        met.setdefault((due.met_by, due.met_on), []).append(period(due, scope))  # type: ignore[arg-type]
    shown = [
        Shown(row.on, known.get(row.by_subject, Named("", "")), tuple(met.get((row.by_subject, row.on), [])))
        for row in rows
    ]
    return [(year, list(group)) for year, group in groupby(shown, key=lambda one: one.on.year)]


def age(day: date, *, on: date) -> str:
    """Say how long ago a day was, roughly: 今天, 12 天前, 9 个月前, 2 年前."""
    days = (on - day).days
    if days <= 0:
        return "今天"
    if days < 60:
        return f"{days} 天前"
    return f"{days // 30} 个月前" if days < 730 else f"{days // 365} 年前"
