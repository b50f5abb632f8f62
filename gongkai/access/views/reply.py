"""Writing the reply: choose one leaf, say what it needs, read the letter, submit it."""

import copy
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone

from gongkai.access.actions import letters
from gongkai.access.actions import reply as acts
from gongkai.access.actions.course import mark_repeat
from gongkai.access.forms.reply import LeafForm, ReplyForm
from gongkai.access.letters import Composed, FactMissing, compose
from gongkai.access.models import AccessRequest, Draft
from gongkai.access.next_step import REPLY
from gongkai.access.offers import refuse_act
from gongkai.access.signing import reply_of
from gongkai.access.views.case import find_case
from gongkai.bodies.policy import OFFICE
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page, whole_number
from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.review.models import Verdict
from gongkai.statute import outcomes
from gongkai.statute.outcome_records import RequestOutcome


@staff_page()
def reply(request: HttpRequest, scope: Scope, case: int) -> HttpResponse:
    """Show the reply as far as it is written; choose its leaf, look at its letter, or submit it."""
    found = find_case(scope, case)
    refuse_act(scope, found, REPLY)
    facts = drafted(found)
    if request.method == "POST" and "choose" in request.POST:
        return _choose(request, scope, found, facts)
    chosen = leaf(found, facts)
    if chosen is None or "choose" in request.GET:
        return _leaves(request, found, LeafForm(regime=found.regime, initial={"outcome": facts.get("outcome")}))
    form = ReplyForm(request.POST or None, request.FILES or None, outcome=chosen, case=found, initial=facts)
    if request.method == "POST" and "look" not in request.POST and _submitted(request, scope, found, form):
        messages.success(request, "答复已送审。签发以后会生成编号，到时打印用印、送达。")
        return redirect("access_case", body=scope.body.code, case=found.pk)
    return render(request, "access/reply.html", _shown(request, scope, found, form))


def drafted(case: AccessRequest) -> dict[str, Any]:
    """Return what has been written of the reply so far."""
    draft = Draft.objects.filter(case=case).first()
    return dict(draft.facts) if draft else {}


def leaf(case: AccessRequest, facts: dict[str, Any]) -> RequestOutcome | None:
    """Return the outcome chosen so far, where the regime knows it."""
    try:
        return outcomes.outcome(str(facts.get("outcome", "")), regime=case.regime)
    except KeyError:
        return None


def _choose(request: HttpRequest, scope: Scope, found: AccessRequest, facts: dict[str, Any]) -> HttpResponse:
    form = LeafForm(request.POST, regime=found.regime)
    if not form.is_valid():
        return _leaves(request, found, form)
    facts |= {"outcome": form.cleaned_data["outcome"]}
    acts.save_draft(found, by=scope.actor(), at=timezone.now(), facts=facts)
    return redirect("access_reply", body=scope.body.code, case=found.pk)


def _leaves(request: HttpRequest, found: AccessRequest, form: LeafForm) -> HttpResponse:
    chosen = str(form["outcome"].value() or "")
    context = {"case": found, "form": form, "groups": outcomes.grouped_choices(found.regime), "chosen": chosen}
    return render(request, "access/reply_leaf.html", context)


def _submitted(request: HttpRequest, scope: Scope, found: AccessRequest, form: ReplyForm) -> bool:
    """Submit the reply; what keeps it from being lawful is said in the form."""
    if not form.is_valid():
        return False
    by, at = scope.actor(), timezone.now()
    try:
        with transaction.atomic():  # which case is repeated is part of the reply
            if form.cleaned_data.get("repeats"):
                mark_repeat(found, by=by, at=at, of=form.cleaned_data["repeats"])
            own = own_words(request, scope, form, found)
            case = acts.submit_reply(
                found, by=by, at=at, files=form.cleaned_data["files"], without=_taken_out(request), **form.facts()
            )
            if own:
                letters.revise_text(reply_of(case), by=by, at=at, text=own)
    except ActRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def own_words(request: HttpRequest, scope: Scope, form: ReplyForm, found: AccessRequest) -> str:
    """Return the letter's text as the office has put it; "" where it is as composed.

    Raises ActRefused when what the reply says was changed after its letter was put into other words.
    """
    text = request.POST.get("letter_text", "").replace("\r\n", "\n").strip()
    composed = letter_ahead(found, form, scope) if text else None
    if composed is None or not scope.has(*OFFICE) or text == composed.text.strip():
        return ""
    if request.POST.get("looked") == digest_of_text(composed.text):
        return text
    if request.POST.get("looked") == digest_of_text(text):
        return ""  # nobody touched the letter, only what it is made from
    raise ActRefused("您改过答复书的文字，后来又改了上面的内容。请再点“看看答复书”核对一遍，然后送审。")


def digest_of_text(text: str) -> str:
    """Return what tells a letter's text from another."""
    return sha256(text.strip().encode()).hexdigest()


def _taken_out(request: HttpRequest) -> list[int]:
    found = [whole_number(text) for text in request.POST.getlist("without")]
    return [number for number in found if number]


def _shown(request: HttpRequest, scope: Scope, found: AccessRequest, form: ReplyForm) -> dict[str, Any]:
    composed = None
    if "look" in request.POST:
        form.is_valid()
        given = form.cleaned_data.get("files", [])
        at = timezone.now()
        acts.save_draft(found, by=scope.actor(), at=at, facts=form.facts(), files=given, without=_taken_out(request))
        composed = letter_ahead(found, form, scope)
    return {
        "case": found, "form": form, "leaf": form.outcome, "composed": composed, "today": scope.on,
        "looked": digest_of_text(composed.text) if composed else request.POST.get("looked", ""),
        "letter_text": composed.text if composed else request.POST.get("letter_text", ""),
        "rewrites": scope.has(*OFFICE),
        "kept": found.files.filter(purpose="reply", from_requester=False), "sent_back": sent_back(found),
        "remedy": outcomes.remedy_words(form.outcome.code, found.regime, scope.on, settings_of(found)),
    }  # fmt: skip


def settings_of(found: AccessRequest) -> Any:
    """Return what the body has settled; None where it has settled nothing."""
    return getattr(found.body, "access_settings", None)


def sent_back(found: AccessRequest) -> Any:
    """Return the decision that sent the reply back, where it waits to be put right."""
    if found.review is None:
        return None
    decisions = [one for item in found.review.items.all() for one in item.decisions.all()]
    last = max(decisions, key=lambda one: one.pk, default=None)
    return last if last is not None and last.verdict == Verdict.RETURN else None


def letter_ahead(case: AccessRequest, form: ReplyForm, scope: Scope) -> Composed | None:
    """Return the reply letter as it would read; None (with the reason in the form) while something is lacking."""
    facts, answered = form.facts(), copy.copy(case)
    for name, fact in facts.items():
        setattr(answered, name, fact)
    kind = outcomes.letter_of(facts["outcome"], points_to=answered.points_to, searched=answered.searched)
    try:
        return compose(kind, answered, on=scope.on)
    except FactMissing as lacking:
        form.add_error(None, str(lacking))
        return None


@staff_page()
def reply_save(request: HttpRequest, scope: Scope, case: int) -> HttpResponse:
    """Keep what is being typed (the page sends it by itself)."""
    found = find_case(scope, case)
    refuse_act(scope, found, REPLY)
    chosen = leaf(found, drafted(found))
    if request.method != "POST" or chosen is None:
        return JsonResponse({"message": "请先选择处理结果。"}, status=400)
    form = ReplyForm(request.POST, outcome=chosen, case=found)
    try:
        acts.save_draft(found, by=scope.actor(), at=timezone.now(), facts=form.facts())
    except (ActRefused, NotAllowed) as refused:
        return JsonResponse({"message": str(refused)}, status=409)
    return JsonResponse({"fields": {}})


staff: list[URLPattern] = [
    path("requests/<int:case>/reply/", reply, name="access_reply"),
    path("requests/<int:case>/reply/save/", reply_save, name="access_reply_save"),
]
