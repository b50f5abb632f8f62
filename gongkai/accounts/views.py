"""Sign-in pages; everything of the library that nobody needs here answers with one plain page."""

from typing import Any

from allauth.account.views import LoginView
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from gongkai.accounts.actions import change_password, redeem_slip
from gongkai.accounts.forms import WRONG_SLIP, ChangePasswordForm, SlipForm
from gongkai.accounts.models import Person
from gongkai.journal.actor import Actor


def oneself(person: Person) -> Actor:
    """Return a person as the actor of an act on their own account."""
    return Actor(
        person_id=person.pk, person_code=person.username, person_name=person.name,
        post_name="", body_code="", body_name="",
    )  # fmt: skip


class SignIn(LoginView):
    """Sign in by login name; the library's hints to pages that are closed here are left out."""

    template_name = "accounts/login.html"

    def get_form(self, form_class: Any = None) -> Any:
        """Return the form without placeholders and without the link to a reset by e-mail."""
        form = super().get_form(form_class)
        for name in ("login", "password"):
            form.fields[name].help_text = ""
            form.fields[name].widget.attrs.pop("placeholder", None)
        return form


def closed(request: HttpRequest, **_: str) -> HttpResponse:
    """Say how people get in here, in place of the library's pages that are not used."""
    return render(request, "accounts/closed.html", status=404)


@never_cache
@sensitive_post_parameters("code", "password", "again")
def first_password(request: HttpRequest) -> HttpResponse:
    """Set a first or new password with a printed one-time code."""
    form = SlipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        person = Person.objects.filter(username=data["username"], is_active=True).first()
        public = Actor.public(body_code="", body_name="")
        now = timezone.now()
        known = person is not None and person.slips.usable(at=now).exists()
        if known and redeem_slip(person, by=public, at=now, code=data["code"], password=data["password"]):
            messages.success(request, "密码已经设好。请用登录名和新密码登录。")
            return redirect("account_login")
        form.add_error(None, WRONG_SLIP)
    return render(request, "accounts/first_password.html", {"form": form})


@never_cache
@login_required
@sensitive_post_parameters("old", "password", "again")
def new_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    person: Person = request.user  # type: ignore[assignment]
    form = ChangePasswordForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        change_password(person, by=oneself(person), at=timezone.now(), password=form.cleaned_data["password"])
        update_session_auth_hash(request, person)
        messages.success(request, "密码已修改。")
        return redirect("first_desk")
    return render(request, "accounts/new_password.html", {"form": form})
