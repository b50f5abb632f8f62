"""The list of disclosures, and the page of one: its editions, decisions, postings and history."""

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from gongkai.bodies.policy import OFFICE, WRITERS
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page
from gongkai.catalogue.models import CatalogueItem
from gongkai.frame.download import download
from gongkai.publishing import gate, listing, party_first
from gongkai.publishing.content import difference, snapshot_of
from gongkai.publishing.findable import address_of
from gongkai.publishing.kinds import audience_names, channel_name, kind_name, kinds_of
from gongkai.publishing.models import Attachment, Disclosure, Edition, EditionState, Standing
from gongkai.publishing.prospect import ahead_of
from gongkai.publishing.timeline import happenings

A_PAGE = 20
UNDER_WAY = (EditionState.DRAFT, EditionState.RETURNED, EditionState.IN_REVIEW, EditionState.APPROVED)


@staff_page(superior=True)
def disclosures(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show the body's disclosures as filtered; a superior sees what society sees."""
    wanted = {name: request.GET.get(name, "") for name in ("state", "kind", "item", "q")}
    found = listing.chosen(scope, wanted)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    kinds = kinds_of(scope.body)
    names = {kind.code: kind.name for kind in kinds}
    rows = [{**listing.row(one), "kind": ""} for one in page.object_list]
    for row in rows:
        row["title"] = listing.title_for(scope, row["disclosure"], row["edition"])
        row["kind"] = names.get(row["edition"].kind, row["edition"].kind)
    states = [(code, label) for code, (label, _) in listing.STATES.items() if scope.is_staff or code in listing.ABOVE]
    return render(
        request,
        "publishing/list.html",
        {
            "page": page, "rows": rows, "wanted": wanted, "states": states, "kinds": kinds,
            "items": CatalogueItem.objects.filter(body=scope.body).only("pk", "name"),
            "writes": scope.has(*WRITERS), "narrowed": any(wanted.values()),
        },
    )  # fmt: skip


@staff_page(superior=True)
def disclosure(request: HttpRequest, scope: Scope, disclosure: int) -> HttpResponse:
    """Show one disclosure as its body keeps it; a superior sees the published part only."""
    found = get_object_or_404(listing.seen_by(scope), pk=disclosure)
    editions = list(found.editions.select_related("department", "saved_by").order_by("-number"))
    working = next((one for one in editions if one.state in UNDER_WAY), None)
    shown = (
        working if scope.is_staff and working is not None and found.current is None else found.current or editions[0]
    )
    context = {
        "disclosure": found,
        "edition": shown,
        "working": working if scope.is_staff else None,
        "title": listing.title_for(scope, found, shown),
        "linked": _linked(found, scope),
        "rows": _head(found, shown),
        "renditions": _renditions(found, shown, scope),
        "public_address": address_of(found) if found.standing == Standing.PUBLISHED and _is_public(shown) else "",
        "may_release": scope.has(*OFFICE),
        "writes": scope.has(*WRITERS),
        "may_clear": scope.has(*WRITERS, "secrecy"),
        "may_withdraw": scope.has(*OFFICE, "secrecy") or not scope.is_staff,
        "badge": listing.row(found),
    }
    if scope.is_staff:
        context |= {
            "editions": editions,
            "postings": [(channel_name(one.channel), one) for one in found.postings.order_by("pk")],
            "events": [one.as_event() for one in happenings(found)],
            "steps": ahead_of(working or shown, on=scope.on).steps if working or found.current else [],
            "findings": gate.open_findings(working) if working else [],
        }
    return render(request, "publishing/disclosure.html", context)


@staff_page()
def edition(request: HttpRequest, scope: Scope, edition: int) -> HttpResponse:
    """Show one edition as it was or is, whatever its state, and what it changes against the published one."""
    found = get_object_or_404(Edition, pk=edition, disclosure__body=scope.body)
    before = found.disclosure.editions.filter(
        number__lt=found.number, state__in=(EditionState.PUBLISHED, EditionState.SUPERSEDED)
    ).last()
    pairs = _pairs(before, found) if before else []
    return render(
        request,
        "publishing/edition.html",
        {
            "edition": found,
            "disclosure": found.disclosure,
            "rows": _head(found.disclosure, found),
            "renditions": found.renditions.prefetch_related("attachments"),
            "before": before,
            "changed": difference(snapshot_of(before), snapshot_of(found)) if before else "",
            "pairs": pairs,
            "steps": ahead_of(found, on=scope.on).steps,
        },
    )


@staff_page()
def attachment(request: HttpRequest, scope: Scope, attachment: int) -> FileResponse:
    """Give an attachment to staff, as a download only."""
    found = get_object_or_404(Attachment, pk=attachment, rendition__edition__disclosure__body=scope.body)
    return download(found.sha256, found.name)


def _pairs(before: Edition, after: Edition) -> list[dict[str, str]]:
    old = {one.order: one.html for one in before.renditions.all()}
    return [
        {"label": audience_names(one.audiences), "old": old.get(one.order, ""), "new": one.html}
        for one in after.renditions.all()
    ]


def _is_public(edition: Edition) -> bool:
    return any(one.for_society for one in edition.renditions.all())


def _renditions(disclosure: Disclosure, edition: Edition, scope: Scope) -> list[object]:
    """Return the texts the person may read; people from above read what society can read now."""
    found = edition.renditions.prefetch_related("attachments")
    if scope.is_staff:
        return list(found)
    return [one for one in found if one.for_society and disclosure.standing in (Standing.PUBLISHED, Standing.ELSEWHERE)]


def _linked(disclosure: Disclosure, scope: Scope) -> dict[str, object]:
    """Return what this puts right and what puts it right, as far as the person may see it, with titles."""
    visible = listing.seen_by(scope).select_related("current")
    wrong = visible.filter(pk=disclosure.puts_right_id).first() if disclosure.puts_right_id else None
    right = [one for one in visible.filter(puts_right=disclosure) if one.standing != Standing.DISCARDED]
    named = lambda one: (one.pk, listing.title_for(scope, one, one.current) if one.current else "")  # noqa: E731
    return {"wrong": named(wrong) if wrong else None, "right": [named(one) for one in right]}


def _head(disclosure: Disclosure, edition: Edition) -> list[tuple[str, object]]:
    effect = f"{edition.get_effect_display()}{f'({edition.effect_note})' if edition.effect_note else ''}"
    return [
        ("索引号", disclosure.index_number or "首次公开时编号"),
        ("信息类别", kind_name(disclosure.body, edition.kind)),
        ("公开事项", "、".join(item.name for item in edition.items.all()) or "（没有对应目录事项）"),
        ("责任部门", edition.department.name if edition.department else disclosure.body.office_name),
        ("文号", edition.document_number),
        ("成文日期", _day(edition.formed_on)),
        ("首次公开", _day(disclosure.first_public_on)),
        ("公示最后一天", _day(edition.notice_last_on)),
        ("定于公开", _day(edition.publish_on)),
        ("先党内后党外", party_first.words(edition)),
        ("有效性", effect),
        ("计划渠道", "、".join(channel_name(code) for code in edition.channels)),
        ("转载来源", edition.reprinted_from),
        ("公开范围", ";".join(audience_names(one.audiences) for one in edition.renditions.all())),
    ]


def _day(day: object) -> str:
    return f"{day:%Y年%-m月%-d日}" if day else ""
