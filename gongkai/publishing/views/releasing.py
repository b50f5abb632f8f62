"""What is done to a published disclosure, one thing a page: revise, withdraw, mark, end; drop a draft."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from gongkai.bodies.models import Duty, Post
from gongkai.bodies.scope import Scope, superiors_of
from gongkai.bodies.staff import staff_page
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused
from gongkai.publishing import listing
from gongkai.publishing.actions import drafting, release
from gongkai.publishing.forms import DiscardForm, EffectForm, EndForm, OutsideForm, ReviseForm, WithdrawForm
from gongkai.publishing.models import Disclosure, PostingState
from gongkai.publishing.views.editing import find


@dataclass(frozen=True)
class Verb:
    """One thing to do: its name, form, act, what follows from it, and what is said when it is done."""

    name: str
    form: type[forms.Form]
    act: Callable[..., Any]
    follows: str
    done: str
    dangerous: bool = False


VERBS = {
    "revise": Verb(
        "修订", ReviseForm, release.revise,
        "会复制出一份新版草稿，走审批流程；新版公开以前，网页上仍是现在这一版。", "已建立修订版草稿，请修改后送审。",
    ),
    "withdraw": Verb(
        "撤回", WithdrawForm, release.withdraw,
        "立即生效，不用审批：网页、附件、检索和订阅里都会撤下，原网址只留索引号、日期和理由；"
        "贴在别处的会列入“立即撤下”待办。撤回后不能恢复，需要时请重新起草。",
        "已撤回。网页、附件和检索都已撤下。", dangerous=True,
    ),
    "effect": Verb(
        "标注有效性", EffectForm, release.mark_effect,
        "网页保留，页首写明失效、废止或部分修改。", "已标注，网页已更新。",
    ),
    "outside": Verb(
        "向党外公开", OutsideForm, release.open_outside,
        "现在只有党员能看到；办了以后，公开范围里的其他人马上能看到，网页、检索和其他渠道的待办随之建立。",
        "已向党外公开。",
    ),
    "end": Verb(
        "结束公示", EndForm, release.end_notice,
        "网页和附件撤下，存档保留；公开栏和群里的会列入待撤下。", "公示已结束，网页已撤下。", dangerous=True,
    ),
}  # fmt: skip


@staff_page(superior=True)
def act_on(request: HttpRequest, scope: Scope, disclosure: int, verb: str) -> HttpResponse:
    """Ask what the act needs, say what follows, and do it."""
    if verb not in VERBS or (not scope.is_staff and verb != "withdraw"):
        raise Http404
    found = get_object_or_404(listing.seen_by(scope), pk=disclosure)
    chosen = VERBS[verb]
    initial = {"effect": found.current.effect, "explanation": found.current.effect_note} if found.current else {}
    form = chosen.form(request.POST or None, initial=initial if verb == "effect" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = chosen.act(found, by=_actor(scope), at=timezone.now(), **form.cleaned_data)
        except ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, chosen.done)
            if verb == "revise":
                return redirect("publishing_edit", scope.body.code, made.pk)
            return redirect("publishing_disclosure", scope.body.code, found.pk)
    return render(
        request, "publishing/act.html",
        {"disclosure": found, "verb": chosen, "form": form, "elsewhere": _elsewhere(found) if verb != "effect" else []},
    )  # fmt: skip


@staff_page()
def discard(request: HttpRequest, scope: Scope, edition: int) -> HttpResponse:
    """Ask why a draft is dropped, and drop it."""
    found = find(scope, edition)
    form = DiscardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            drafting.discard(found, by=scope.actor(), at=timezone.now(), **form.cleaned_data)
        except ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"草稿《{found.title}》已作废。")
            return redirect("publishing_list", scope.body.code)
    verb = Verb("作废草稿", DiscardForm, drafting.discard, "草稿不再出现在列表里，记录保留。", "", dangerous=True)
    return render(request, "publishing/act.html", {"disclosure": found.disclosure, "verb": verb, "form": form})


def _actor(scope: Scope) -> Actor:
    """Return who acts: in this body, or – a superior's person – in the nearest body above in which they supervise."""
    if scope.is_staff:
        return scope.actor(*release_duties())
    for above in superiors_of(scope.body, on=scope.on):
        held = Post.objects.held(on=scope.on).filter(body=above, person=scope.person, duty=Duty.SUPERVISOR)
        if held.exists():
            return Scope(scope.person, above, scope.on).actor(Duty.SUPERVISOR)
    return scope.actor()


def release_duties() -> tuple[str, ...]:
    """Return the duties whose post is named in the journal for these acts, the office's first."""
    return (Duty.OFFICE_HEAD, Duty.CLERK, Duty.SECRECY, Duty.DEPARTMENT_HEAD, Duty.EDITOR)


def _elsewhere(disclosure: Disclosure) -> list[Any]:
    return list(disclosure.postings.filter(state=PostingState.POSTED).exclude(channel="site"))
