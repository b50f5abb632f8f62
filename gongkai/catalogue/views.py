"""Pages on which a body settles its catalogue: adopting, own items, terms, local limits, equivalences."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.bodies.models import Term
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page, whole_number
from gongkai.catalogue import actions
from gongkai.catalogue.forms import FormedForm, ItemForm, OwnItemForm, ReasonForm, RuleForm, TermForm
from gongkai.catalogue.models import CatalogueItem, Equivalence
from gongkai.catalogue.policy import KEEPERS, WITNESSES
from gongkai.journal.acts import ActRefused
from gongkai.statute import law
from gongkai.statute.catalogues import for_body_kind
from gongkai.statute.catalogues import item as statute_item

RULES = {"proactive": "record", "answer": "answer"}  # kind of limit: field of its form


def back_to_item(scope: Scope, item: CatalogueItem) -> HttpResponse:
    """Return to the item's page (it lives in the workbench, where its disclosures are shown too)."""
    return redirect("catalogue_item", scope.body.code, item.pk)


def find(scope: Scope, item: int) -> CatalogueItem:
    """Return an item of this body; another body's does not exist here."""
    return get_object_or_404(CatalogueItem.objects.of(scope.body), pk=item)


@staff_page(*KEEPERS)
def adopt(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Offer the catalogues of this kind of body and adopt those chosen."""
    required, optional = for_body_kind(scope.body.kind)
    if request.method == "POST":
        chosen = [c.code for c in (*required, *optional) if c.code in request.POST.getlist("catalogue")]
        for code in chosen:
            actions.adopt(scope.body, by=scope.actor(*KEEPERS), at=timezone.now(), catalogue=code)
        if chosen:
            messages.success(request, "目录已采用。请逐项核对责任部门、公开范围和周期；不适用的写明理由。")
            return redirect("catalogue_wall", scope.body.code)
        messages.warning(request, "还没有选目录，请至少勾选一个。")
    adopted = {a.catalogue: a.adopted_on for a in scope.body.adoptions.all()}
    groups = [
        ("应当采用", [(one, adopted.get(one.code)) for one in required]),
        ("可以选用", [(one, adopted.get(one.code)) for one in optional]),
    ]
    return render(request, "catalogue/adopt.html", {"groups": groups, "adopted": adopted})


@staff_page(*KEEPERS)
def adapt(request: HttpRequest, scope: Scope, item: int) -> HttpResponse:
    """Adapt owner, audiences, channels, cycle and note of an item."""
    found = find(scope, item)
    form = ItemForm(request.POST or None, item=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.adapt(found, by=scope.actor(*KEEPERS), at=timezone.now(), **form.cleaned_data)
        except ActRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已保存，应公开的日期已按新的设置重新计算。")
            return back_to_item(scope, found)
    known = statute_item(found.code) if found.code in law().items else None
    return render(request, "catalogue/adapt.html", {"item": found, "form": form, "known": known})


@staff_page(*KEEPERS)
def set_aside(request: HttpRequest, scope: Scope, item: int) -> HttpResponse:
    """Mark an item as not applicable, or retire one of the body's own, with the reason."""
    found = find(scope, item)
    ends = request.resolver_match is not None and request.resolver_match.url_name == "catalogue_retire"
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = actions.retire if ends else actions.mark_not_applicable
        try:
            act(found, by=scope.actor(*KEEPERS), at=timezone.now(), reason=form.cleaned_data["reason"])
        except ActRefused as refused:
            form.add_error("reason", str(refused))
        else:
            messages.success(request, "已停用。" if ends else "已标为不适用，不再计入覆盖率；可以随时恢复。")
            return redirect("catalogue_wall", scope.body.code)
    return render(request, "catalogue/set_aside.html", {"item": found, "form": form, "ends": ends})


@require_POST
@staff_page(*KEEPERS)
def take_back(request: HttpRequest, scope: Scope, item: int) -> HttpResponse:
    """Take an item back into use."""
    found = find(scope, item)
    actions.mark_applicable(found, by=scope.actor(*KEEPERS), at=timezone.now())
    messages.success(request, "已恢复适用，期限从今天起算。")
    return back_to_item(scope, found)


@require_POST
@staff_page(*KEEPERS)
def confirm(request: HttpRequest, scope: Scope, item: int) -> HttpResponse:
    """Confirm that what stands published is still right."""
    found = find(scope, item)
    actions.confirm(found, by=scope.actor(*KEEPERS), at=timezone.now())
    messages.success(request, "已登记核对无误，下一次核对在一年以后。")
    return back_to_item(scope, found)


@staff_page(*WITNESSES)
def formed(request: HttpRequest, scope: Scope, item: int) -> HttpResponse:
    """Record that information of this item was formed; its limit begins."""
    found = find(scope, item)
    form = FormedForm(request.POST or None, item=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_formed(found, by=scope.actor(*WITNESSES), at=timezone.now(), **form.cleaned_data)
        except ActRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已登记，公开期限从形成之日的次日起算。")
            return back_to_item(scope, found)
    return render(request, "catalogue/formed.html", {"item": found, "form": form})


@staff_page(*KEEPERS)
def own(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Add an item of the body's own."""
    form = OwnItemForm(request.POST or None, body=scope.body)
    if request.method == "POST" and form.is_valid():
        added = actions.add_own_item(scope.body, by=scope.actor(*KEEPERS), at=timezone.now(), **form.facts())
        messages.success(request, f"已增加公开事项「{added.brief}」。")
        return back_to_item(scope, added)
    return render(request, "catalogue/own.html", {"form": form})


@staff_page(*KEEPERS)
def terms(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List and enter the school's terms."""
    form = TermForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.enter_term(scope.body, by=scope.actor(*KEEPERS), at=timezone.now(), **form.cleaned_data)
        except ActRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "学期已登记，按学期公开的事项已重新计算。")
            return redirect("catalogue_terms", scope.body.code)
    return render(request, "catalogue/terms.html", {"form": form, "terms": scope.body.terms.order_by("-starts_on")})


@require_POST
@staff_page(*KEEPERS)
def remove_term(request: HttpRequest, scope: Scope, term: int) -> HttpResponse:
    """Remove a term entered by mistake."""
    found = get_object_or_404(Term, body=scope.body, pk=term)
    actions.remove_term(found, by=scope.actor(*KEEPERS), at=timezone.now())
    messages.success(request, "学期已删除。")
    return redirect("catalogue_terms", scope.body.code)


@staff_page(*KEEPERS)
def rules(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Choose the local limits this body follows."""
    standing = scope.body.local_rules.filter(until_on=None).order_by("pk").values_list("record", flat=True)
    chosen = {law().limits[code].kind: code for code in standing if code in law().limits}
    first = {field: chosen.get(kind, "") for kind, field in RULES.items()}
    form = RuleForm(request.POST or None, body=scope.body, on=scope.on, initial=first)
    if request.method == "POST" and form.is_valid():
        by, at = scope.actor(*KEEPERS), timezone.now()
        for kind, field in RULES.items():
            if field in form.cleaned_data and form.cleaned_data[field] != first[field]:
                actions.choose_rule(scope.body, by=by, at=at, record=form.cleaned_data[field], kind=kind)
        messages.success(request, "已保存，还没有公开的事项已按新的期限重新计算。")
        return redirect("catalogue_rules", scope.body.code)
    return render(request, "catalogue/rules.html", {"form": form})


@staff_page(*KEEPERS)
def equivalences(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show which items one publication may meet together, and confirm or drop pairs."""
    items = {item.code: item for item in CatalogueItem.objects.of(scope.body).applicable()}
    if request.method == "POST":
        by, at = scope.actor(*KEEPERS), timezone.now()
        if (drop := whole_number(request.POST.get("drop", ""))) is not None:
            pair = get_object_or_404(Equivalence, body=scope.body, pk=drop)
            actions.drop_equivalence(pair, by=by, at=at)
            messages.success(request, "已取消。已经计入的公开不受影响。")
        elif request.POST.get("from") in items and request.POST.get("to") in items:
            actions.confirm_equivalence(items[request.POST["from"]], by=by, at=at, also_meets=items[request.POST["to"]])
            messages.success(request, "已确认，以后公开前一项时同时计入后一项。")
        return redirect("catalogue_equivalences", scope.body.code)
    confirmed = Equivalence.objects.filter(body=scope.body).select_related("publishing", "also_meets")
    done = {(pair.publishing.code, pair.also_meets.code) for pair in confirmed}
    offered = [
        (items[pair.from_item], items[pair.to_item], pair.note)
        for pair in law().equivalences
        if pair.from_item in items and pair.to_item in items and (pair.from_item, pair.to_item) not in done
    ]
    return render(request, "catalogue/equivalences.html", {"confirmed": confirmed, "offered": offered})
