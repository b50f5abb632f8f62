"""The page of one case: what is next and by when, the days, the clocks, the acts possible now, everything so far."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path

from gongkai.access import clocks
from gongkai.access.foresight import standing
from gongkai.access.history import facts_of, happenings
from gongkai.access.likeness import repeats_of, similar_cases
from gongkai.access.models import AccessRequest, Clock
from gongkai.access.next_step import DECIDE, LETTER, NextStep, next_step
from gongkai.access.offers import is_offered, offers
from gongkai.access.policy import knows_requester, masked
from gongkai.access.readers import SHEETS, decides_on
from gongkai.access.register import cases_for
from gongkai.access.wording import TEXTS, WHO_OWES, full_width
from gongkai.bodies.policy import OFFICE
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page
from gongkai.frame.dates import cn_date
from gongkai.frame.download import download
from gongkai.review.passage import Passage
from gongkai.review.progress import may_decide, steps_of_review
from gongkai.statute import outcomes
from gongkai.statute.deadlines import Deadline

LETTER_REF = re.compile(r"（[a-z]\d+）")
RELATED = ("body", "requester", "handler", "department", "merged_into", "split_from", "repeats", "review")


def find_case(scope: Scope, case: int) -> AccessRequest:
    """Return a case this person sees; any other does not exist for them."""
    return get_object_or_404(cases_for(scope).select_related(*RELATED), pk=case)


@staff_page(superior=True)
def case(request: HttpRequest, scope: Scope, case: int) -> HttpResponse:
    """Show a case; from above its number, state and days only."""
    found = find_case(scope, case)
    running = list(found.clocks.select_related("owner"))
    now = standing(found)
    context = {
        "case": found, "today": scope.on, "above": not scope.is_staff, "now": now,
        "clocks": [(clock, WHO_OWES[clock.kind], name_of(clock, found)) for clock in running],
        "days": days_of(found, scope, now), "reasons": reasons_of(now),
        "chooses": now is not None and now.rule is None and scope.has(*OFFICE), **_next(scope, found, running),
    }  # fmt: skip
    if scope.is_staff:
        context |= _inside(scope, found, now)
    return render(request, "access/case.html", context)


def _next(scope: Scope, found: AccessRequest, running: list[Clock]) -> dict[str, Any]:
    step = next_step(found, running, on=scope.on)
    return {"step": step, "step_url": step.url(found) if scope.is_staff and _may(scope, found, step) else ""}


def _may(scope: Scope, found: AccessRequest, step: NextStep) -> bool:
    if not step.code:
        return False
    if step.code == LETTER:
        return scope.has(*OFFICE)
    return waits_for(scope, found) if step.code == DECIDE else is_offered(scope, found, step.code)


def waits_for(scope: Scope, case: AccessRequest) -> bool:
    """Tell whether the review of the reply waits for this person."""
    if case.review is None:
        return False
    passage = Passage(case.review)
    return any(
        may_decide(scope, step, item).allowed for item in passage.items if (step := passage.current(item)) is not None
    )


def _inside(scope: Scope, found: AccessRequest, now: Deadline | None) -> dict[str, Any]:
    """Return what people of the body see beside the days; who asked only where they may know."""
    known = knows_requester(scope, found)
    review = found.review
    files = found.files.order_by("pk")
    return {
        "known": known, "groups": offers(scope, found, now=now), "requester_name": requester_name(found, known=known),
        "requester_rows": requester_rows(found) if known else [], "office": scope.has(*OFFICE),
        "request_rows": request_rows(found), "answer_rows": answer_rows(found),
        "files": files if known else files.filter(from_requester=False),
        "repeats": repeats_of(found) if known else [],
        "similar": [one for one in similar_cases(found) if not one.same_person][:5],
        "consultations": found.consultations.all(), "fees": found.fees.all(),
        "hand_overs": found.hand_overs.select_related("department", "person"),
        "letters": found.letters.prefetch_related("deliveries"), "remedies": found.remedies.all(),
        "facts": facts_of(found), "history": happenings(found),
        "letter_page": known or decides_on(scope, found), "sheets": SHEETS if known else {},
        "progress": steps_of_review(Passage(review), on=scope.on) if review else [],
        "siblings": _siblings(found),
    }  # fmt: skip


def _siblings(found: AccessRequest) -> list[tuple[str, AccessRequest]]:
    """Return the cases this one was split from, into, or is carried together with."""
    rows = [("拆分自", one) for one in [found.split_from] if one]
    rows += [("并入", one) for one in [found.merged_into] if one] + [("重复", one) for one in [found.repeats] if one]
    rows += [("拆出", one) for one in found.split_into.all()] + [("一并办理", one) for one in found.merged.all()]
    return rows


def days_of(case: AccessRequest, scope: Scope, now: Deadline | None) -> list[dict[str, Any]]:
    """Return the reply's days for the strip, their reasons written as a screen writes them."""
    if now is None or now.rule is None:
        return []
    return [{**day, "why": plain(day["why"])} for day in clocks.proof(case, on=scope.on)]


def plain(text: str) -> str:
    """Return the engine's words for the screen: full-width marks, no inner names of letters."""
    return LETTER_REF.sub("", full_width(text))


def reasons_of(now: Deadline | None) -> list[str]:
    """Say in sentences why the reply is due when it is."""
    if now is None:
        return []
    told = [now.ask, *(pause.why for pause in now.pauses), *now.notes, now.rule.note if now.rule else ""]
    return [plain(text) for text in told if text]


def name_of(clock: Clock, case: AccessRequest) -> str:
    """Name a clock; one of several of its kind by what it is about."""
    if clock.ref.startswith("c"):
        asked = (one.addressee for one in case.consultations.all() if one.ref == clock.ref)
        return f"征求意见：{next(asked, '')}"
    if clock.ref.startswith("h"):
        return next((one.task for one in case.hand_overs.all() if f"h{one.pk}" == clock.ref), "提供材料")
    return str(clock.get_kind_display())


def requester_name(case: AccessRequest, *, known: bool) -> str:
    """Return who asked, or what others may see of it."""
    return case.requester.name if known else masked(case.requester)


def requester_rows(case: AccessRequest) -> list[tuple[str, str]]:
    """Return what is known of the requester, for those who handle the case."""
    who = case.requester
    names = (
        "name", "id_kind", "id_number", "workplace", "org_code", "legal_representative", "contact_name", "pupil",
        "address", "postcode", "phone", "fax", "email",
    )  # fmt: skip
    rows = [(str(who._meta.get_field(name).verbose_name), str(getattr(who, name))) for name in names]
    return [("类型", str(case.get_requester_kind_display())), ("身份", str(case.get_identity_display())), *rows]


def request_rows(case: AccessRequest) -> list[tuple[str, Any]]:
    """Return the facts of the request itself."""
    return [
        ("所需信息", case.title), ("文号", case.document_number), ("用途", case.purpose),
        ("提供形式", f"{case.get_form_wanted_display()}{'（接受其他形式）' if case.accepts_other else ''}"),
        ("获取方式", case.get_way_wanted_display()), ("提交方式", case.get_channel_display()),
    ]  # fmt: skip


def answer_rows(case: AccessRequest) -> list[tuple[str, Any]]:
    """Return what is answered, and what the yearly report counts of it; nothing before the reply is submitted."""
    if not case.outcome:
        return []
    named = {one.code: one.label for one in outcomes.choices(case.regime)}
    counted = named.get(case.counted_outcome, "") if case.counted_outcome != case.outcome else ""
    return [
        ("处理结果", named.get(case.outcome, case.outcome)), *((label, getattr(case, name)) for name, label in TEXTS),
        ("签发", cn_date(case.decided_on)), ("送达", cn_date(case.served_on)), ("计入年报", cn_date(case.counted_on)),
        ("年报按首次答复计", counted), ("报上级备案", cn_date(case.filed_up_on)), ("归档", cn_date(case.archived_at)),
    ]  # fmt: skip


@staff_page()
def case_file(request: HttpRequest, scope: Scope, case: int, file: int) -> HttpResponse:
    """Give a file of a case as a download; the requester's own only to those who may know who asked.

    Who decides on the reply reads what goes out with it, whether or not they see the case.
    """
    found = get_object_or_404(AccessRequest.objects.of(scope.body), pk=case)
    if not cases_for(scope).filter(pk=found.pk).exists() and not decides_on(scope, found):
        raise Http404
    kept = get_object_or_404(found.files, pk=file)
    if kept.from_requester and not knows_requester(scope, found):
        raise Http404
    return download(kept.sha256, kept.name)


staff: list[URLPattern] = [
    path("requests/<int:case>/", case, name="access_case"),
    path("requests/<int:case>/files/<int:file>/", case_file, name="access_file"),
]
