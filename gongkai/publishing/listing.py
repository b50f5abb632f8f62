"""The list of a body's disclosures: what is chosen by state, kind, item and words."""

from collections.abc import Mapping

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import whole_number
from gongkai.publishing.models import Disclosure, Edition, EditionState, Standing

WITHDRAWN_TITLE = "（已撤回的信息）"
WORKING = (EditionState.DRAFT, EditionState.RETURNED, EditionState.IN_REVIEW, EditionState.APPROVED)
# State of the list → what it means: an edition under way, or where the disclosure stands as a whole.
STATES: dict[str, tuple[str, tuple[str, ...]]] = {
    "draft": ("草稿", (EditionState.DRAFT,)),
    "returned": ("被退回", (EditionState.RETURNED,)),
    "in_review": ("审批中", (EditionState.IN_REVIEW,)),
    "approved": ("待公开", (EditionState.APPROVED,)),
    "published": ("已公开", (Standing.PUBLISHED,)),
    "ended": ("公示期满", (Standing.ENDED,)),
    "withdrawn": ("已撤回", (Standing.WITHDRAWN,)),
    "elsewhere": ("平台外", (Standing.ELSEWHERE,)),
    "discarded": ("作废", (Standing.DISCARDED,)),
}


ABOVE = ("published", "ended", "withdrawn", "elsewhere")  # states that people from above may ask for


def title_for(scope: Scope, disclosure: Disclosure, edition: Edition) -> str:
    """Return a title as the person may read it: from above, what was withdrawn has none."""
    if disclosure.standing == Standing.WITHDRAWN and not scope.is_staff:
        return WITHDRAWN_TITLE
    return edition.title


def seen_by(scope: Scope) -> QuerySet[Disclosure]:
    """Return the disclosures of the scope's body that its person may see on staff pages.

    People of a superior see what society sees, and that it was withdrawn or ended; never drafts or restricted texts.
    """
    found = Disclosure.objects.of(scope.body)
    if scope.is_staff:
        return found
    stood = (Standing.PUBLISHED, Standing.ENDED, Standing.WITHDRAWN, Standing.ELSEWHERE)
    return found.filter(standing__in=stood, current__renditions__for_society=True).distinct()


def chosen(scope: Scope, wanted: Mapping[str, str]) -> QuerySet[Disclosure]:
    """Return the list as the filters `state`, `kind`, `item` and `q` choose it, newest work first."""
    editions = Edition.objects.select_related("department", "saved_by").order_by("-number")
    state, place = wanted.get("state", ""), "editions"
    if not scope.is_staff:
        # From above, neither shown nor found by what a draft or a withdrawn text says.
        editions, place = editions.filter(disclosure__current=F("pk")), "current"
        state = state if state in ABOVE else ""
    found = _in_state(seen_by(scope), state)
    if kind := wanted.get("kind"):
        found = found.filter(**{f"{place}__kind": kind})
    if (item := whole_number(wanted.get("item", ""))) is not None:
        found = found.filter(**{f"{place}__items": item})
    words = wanted.get("q", "").strip()[:60]
    for word in words.split():
        named = Q(**{f"{place}__title__icontains": word}) | Q(**{f"{place}__document_number__icontains": word})
        if not scope.is_staff:
            named &= ~Q(standing=Standing.WITHDRAWN)
        found = found.filter(named | Q(index_number__icontains=word))
    newest = F("first_published_at").desc(nulls_first=True)
    return found.distinct().prefetch_related(Prefetch("editions", editions)).order_by(newest, "-pk")


def _in_state(found: QuerySet[Disclosure], state: str) -> QuerySet[Disclosure]:
    if state not in STATES:
        return found.exclude(standing=Standing.DISCARDED)
    _, values = STATES[state]
    if values[0] in WORKING:
        return found.filter(Exists(Edition.objects.filter(disclosure=OuterRef("pk"), state__in=values)))
    return found.filter(standing__in=values)


def row(disclosure: Disclosure) -> dict[str, object]:
    """Return what the list shows of a disclosure: its newest edition that is not dropped, and how it stands."""
    editions = list(disclosure.editions.all())
    kept = [one for one in editions if one.state != EditionState.DISCARDED] or editions
    newest = kept[0]
    public = disclosure.standing == Standing.PUBLISHED
    working = newest.state in WORKING
    state, label = _badge(disclosure, newest) if not (public and working) else ("published", "已公开")
    return {
        "disclosure": disclosure,
        "edition": newest,
        "state": state,
        "label": label,
        "revision": f"修订版{newest.get_state_display()}" if public and working else "",
        "work_on": newest if newest.state in (EditionState.DRAFT, EditionState.RETURNED) else None,
    }


BADGES = {
    EditionState.DRAFT: "draft", EditionState.RETURNED: "returned", EditionState.IN_REVIEW: "review",
    EditionState.APPROVED: "soon", Standing.PUBLISHED: "published", Standing.ENDED: "expired",
    Standing.WITHDRAWN: "withdrawn", Standing.ELSEWHERE: "done", Standing.DISCARDED: "none",
}  # fmt: skip


def _badge(disclosure: Disclosure, newest: Edition) -> tuple[str, str]:
    if disclosure.standing == Standing.DRAFT:
        return BADGES[EditionState(newest.state)], str(newest.get_state_display())
    if disclosure.standing == Standing.PUBLISHED and newest.inside_only:
        return "soon", "已在党内公开"
    return BADGES[Standing(disclosure.standing)], str(disclosure.get_standing_display())
