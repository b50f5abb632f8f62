"""Readers by one-time code: issuing codes, joining with one."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from gongkai.accounts.codes import code_hash
from gongkai.accounts.models import Person
from gongkai.bodies import actions
from gongkai.bodies.forms import READER_CHOICES, JoinAsNewForm, JoinCodesForm, JoinForm
from gongkai.bodies.models import JoinCode, Membership
from gongkai.bodies.policy import OFFICE
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused

ISSUERS = (*OFFICE, "manager")
UNKNOWN = "加入码不对、已经用过或者已经过期。请核对，或向发码的单位再要一个。"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
@staff_page(*ISSUERS)
def join_codes(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Issue a batch of codes and show them once, to print and cut."""
    form = JoinCodesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        codes = actions.issue_join_codes(scope.body, by=scope.actor(*ISSUERS), at=timezone.now(), **form.cleaned_data)
        address = request.build_absolute_uri("/join/")
        facts = {"codes": codes, "address": address, "facts": form.cleaned_data, "audiences": dict(READER_CHOICES)}
        return render(request, "bodies/join_slips.html", facts)
    readers = Membership.objects.filter(body=scope.body).select_related("person").order_by("audience", "-pk")
    unused = JoinCode.objects.filter(body=scope.body, used_at=None, expires_at__gt=timezone.now()).count()
    return render(
        request, "bodies/join_codes.html",
        {"form": form, "readers": readers[:200], "unused": unused, "audiences": dict(READER_CHOICES)},
    )  # fmt: skip


@never_cache
@sensitive_post_parameters("code", "password", "again")
def join(request: HttpRequest) -> HttpResponse:
    """Become a reader with a code: with a new account, or with the one signed in."""
    known = request.user if isinstance(request.user, Person) else None
    form = (JoinForm if known else JoinAsNewForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = {name: form.cleaned_data[name] for name in ("username", "name", "password") if not known}
        code = JoinCode.objects.filter(code_hash=code_hash(form.cleaned_data["code"])).select_related("body").first()
        try:
            return _joined(request, code, known, account)
        except ActRefused as refused:
            form.add_error(None, str(refused))
    return render(request, "bodies/join.html", {"form": form, "known": known})


def _joined(request: HttpRequest, code: JoinCode | None, known: Person | None, account: dict[str, str]) -> HttpResponse:
    if code is None:
        raise ActRefused(UNKNOWN)
    by = Actor.public(body_code=code.body.code, body_name=code.body.name)
    member = actions.redeem_join_code(code, by=by, at=timezone.now(), person=known, **account)
    if known is None:
        login(request, member.person, backend=BACKEND)
    messages.success(request, f"已开通，可以查看{member.body.name}向您公开的内容。")
    return redirect("first_desk")
