"""The body's settings for access requests."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone

from gongkai.access import clocks
from gongkai.access.actions.settings import save_settings
from gongkai.access.forms.settings import SettingsForm
from gongkai.access.models import AccessSettings
from gongkai.access.wording import full_width
from gongkai.bodies.policy import MANAGERS
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page
from gongkai.journal.acts import ActRefused
from gongkai.statute.limits import choices, in_words
from gongkai.statute.load import law


@staff_page(*MANAGERS)
def settings(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show and save what the body has settled about access requests."""
    standing = AccessSettings.objects.filter(body=scope.body).first() or AccessSettings(body=scope.body)
    form = SettingsForm(request.POST or None, settings=standing)
    if request.method == "POST" and form.is_valid() and _saved(scope, form):
        messages.success(request, "已保存。")
        return redirect("access_settings", scope.body.code)
    return render(request, "access/settings.html", {"form": form, **_limit(scope)})


def _saved(scope: Scope, form: SettingsForm) -> bool:
    try:
        save_settings(scope.body, by=scope.actor(*MANAGERS), at=timezone.now(), **form.cleaned_data)
    except ActRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _limit(scope: Scope) -> dict[str, Any]:
    """Return the reply limit the body follows, in words; "" where it must choose a local one first."""
    regime = clocks.regime_of(scope.body, on=scope.on)
    code = clocks.local_of(scope.body, regime=regime, on=scope.on)
    own = next((one for one in choices("answer", regime=regime, on=scope.on) if not one.local), None)
    followed = law().limits[code] if code else own
    return {"regime": law().regimes[regime].name, "limit": full_width(in_words(followed)) if followed else ""}


staff: list[URLPattern] = [path("requests/settings/", settings, name="access_settings")]
