"""The kinds of information a body uses: the common list, and its own additions."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from gongkai.bodies.policy import MANAGERS, OFFICE
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page
from gongkai.journal.acts import ActRefused
from gongkai.publishing.actions.kinds import LONGEST, add_kind, remove_kind
from gongkai.publishing.kinds import kinds_of
from gongkai.statute import law

KEEPERS = tuple(dict.fromkeys((*OFFICE, *MANAGERS)))


class KindForm(forms.Form):
    """A new kind and the report line it counts in."""

    name = forms.CharField(label="类别名称", max_length=LONGEST, help_text="例如：家校共育、教研活动")
    counts_as = forms.ChoiceField(label="计入年报的栏次", help_text="年报按这一栏合计，类别名称照常显示。")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [(kind.code, f"{kind.name}（{kind.figure}）") for kind in law().kinds.values()]
        self.fields["counts_as"].choices = choices  # type: ignore[attr-defined]


@staff_page(*KEEPERS)
def kinds(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List the kinds; add one, or remove one that was never used."""
    removing = request.method == "POST" and "remove" in request.POST
    form = KindForm(request.POST if request.method == "POST" and not removing else None)
    by, at = scope.actor(*KEEPERS), timezone.now()
    try:
        if removing:
            remove_kind(scope.body, by=by, at=at, code=request.POST["remove"])
            messages.success(request, "已删去。")
            return redirect("publishing_kinds", scope.body.code)
        if request.method == "POST" and form.is_valid():
            add_kind(scope.body, by=by, at=at, **form.cleaned_data)
            messages.success(request, "已加上，起草时可以选用。")
            return redirect("publishing_kinds", scope.body.code)
    except ActRefused as refused:
        form.add_error("name", str(refused)) if form.is_bound else messages.error(request, str(refused))
    names = {kind.code: kind.name for kind in law().kinds.values()}
    rows = [(kind, names[kind.counts_as], kind.code not in names) for kind in kinds_of(scope.body)]
    return render(request, "publishing/kinds.html", {"form": form, "rows": rows})
