"""先党内后党外: what party members are to read and others too, members read first (docs/decisions/030)."""

from datetime import date, timedelta
from typing import Any

from gongkai.catalogue.models import CatalogueItem
from gongkai.frame.dates import cn_date
from gongkai.publishing.models import Edition, EditionState
from gongkai.publishing.visibility import PARTY
from gongkai.statute import law
from gongkai.statute.calendar import CalendarNotPublished

REGIME = "party-2017"
INSIDE = ("meeting",)  # channels by which only members are reached
SHORTEST_REASON = 4


def is_party_matter(edition: Edition) -> bool:
    """Tell whether this is a matter of the party: of a party body, or of an item of a party catalogue."""
    return edition.body.is_party or any(_of_party(item) for item in edition.items.all())


def _of_party(item: CatalogueItem) -> bool:
    known = law().items.get(item.code)
    return known is not None and known.regime == REGIME


def goes_both_ways(edition: Edition) -> bool:
    """Tell whether a party matter is meant for members and for others."""
    meant = _meant_for(edition)
    return PARTY in meant and len(meant) > 1 and is_party_matter(edition)


def _meant_for(edition: Edition) -> set[str]:
    return {code for one in edition.renditions.all() for code in one.audiences}


def channels_open(edition: Edition) -> list[str]:
    """Return the planned channels on which it may appear now: of what is kept inside, those of members only."""
    return [code for code in edition.channels if code in INSIDE or not edition.inside_only]


def items_met(edition: Edition) -> list[CatalogueItem]:
    """Return the catalogue items it fulfils now: of what is kept inside, those that ask for nobody but members."""
    items = edition.items.filter(retired_on=None)
    return [item for item in items if set(item.audiences) == {PARTY} or not edition.inside_only]


def next_working_day(day: date) -> date:
    """Return the first working day after a day; beyond the known calendars, the day after it."""
    try:
        return law().calendar.add_working_days(day, 1).on
    except CalendarNotPublished:
        return day + timedelta(days=1)


def outside_day(edition: Edition, *, on: date) -> date | None:
    """Return the day on which what is published now goes outside; None where nobody has to wait.

    What already stands outside, or was read inside before this day, is not held back – unless its own day is to come.
    """
    if not goes_both_ways(edition) or edition.outside_why or _stands_outside(edition):
        return None
    if edition.outside_from and edition.outside_from > on:
        return edition.outside_from
    return None if _read_inside_before(edition, on) else next_working_day(on)


def _earlier(edition: Edition) -> Any:
    gone = (EditionState.PUBLISHED, EditionState.SUPERSEDED)
    return edition.disclosure.editions.filter(state__in=gone).exclude(pk=edition.pk).prefetch_related("renditions")


def _stands_outside(edition: Edition) -> bool:
    return any(not one.inside_only and _meant_for(one) - {PARTY} for one in _earlier(edition))


def _read_inside_before(edition: Edition, on: date) -> bool:
    return any(PARTY in _meant_for(one) for one in _earlier(edition).filter(published_at__date__lt=on))


def faults_of(*, publish_on: date | None, outside_from: date | None, outside_why: str) -> dict[str, str]:
    """Name what cannot be in the two facts: one of them at most, no day before the party's own, a real reason."""
    if outside_from and outside_why:
        return {"outside_why": "定了向党外公开的日期，就不用写同日公开的理由，请只留一样。"}
    if outside_from and publish_on and outside_from <= publish_on:
        return {"outside_from": "向党外公开的日期要晚于党内公开的日期；确需同一天公开的，写明理由。"}
    if outside_why and len(outside_why) < SHORTEST_REASON:
        return {"outside_why": "请写明为什么党内党外同日公开。"}
    return {}


def lacks_of(edition: Edition) -> list[tuple[str, str]]:
    """Say what keeps a party matter from being submitted: (field, sentence)."""
    meant = _meant_for(edition)
    if meant == {PARTY} or not is_party_matter(edition):
        return []
    forgotten = next((item for item in edition.items.all() if PARTY in item.audiences and PARTY not in meant), None)
    if forgotten is not None:
        return [("audiences", f"公开事项“{forgotten.name}”先党内后党外，公开范围请同时选“党员”，党员先看到。")]
    if edition.notice_last_on and edition.outside_from and edition.notice_last_on < edition.outside_from:
        return [("notice_last_on", "公示最后一天早于向党外公开的日期，党外的人看不到公示，请核对。")]
    return []


def passes_by_members(edition: Edition) -> bool:
    """Tell whether a party body addresses others without its members, by no item that asks for them."""
    return edition.body.is_party and PARTY not in _meant_for(edition)


def words(edition: Edition) -> str:
    """Say when others read it, for authors, reviewers and the office; empty where the order does not apply."""
    if edition.inside_only:
        return f"现在只有党员能看，{cn_date(edition.outside_on)}向党外公开"
    if not goes_both_ways(edition) or edition.state in (EditionState.PUBLISHED, EditionState.SUPERSEDED):
        return ""
    if edition.outside_why:
        return f"党内党外同日公开，理由：{edition.outside_why}"
    if _stands_outside(edition):
        return ""
    if edition.outside_from:
        return f"党员先看，{cn_date(edition.outside_from)}起向党外公开"
    if any(PARTY in _meant_for(one) for one in _earlier(edition)):
        return "党员此前已能看到，公开时不再等"
    return "党员先看，下一个工作日起向党外公开"
