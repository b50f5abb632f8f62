"""People and posts: entering, appointing, leaving, password slips."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gongkai.accounts.models import Person
from gongkai.bodies import actions
from gongkai.bodies.forms import DepartmentForm, PersonForm, PostForm, UntilForm
from gongkai.bodies.models import GROUPS, Duty, Post
from gongkai.bodies.policy import MANAGERS
from gongkai.bodies.scope import Scope
from gongkai.bodies.slips import slip_sheet
from gongkai.bodies.staff import staff_page
from gongkai.journal.acts import ActRefused

GROUP_NAMES = {
    "office": "办公室（校办）",
    "leading": "信息公开领导小组",
    "supervision": "监督小组",
    "secrecy": "保密审查",
    "legal": "法制审核",
    "signature": "签发",
}


def find_person(scope: Scope, person: int) -> Person:
    """Return a person who has or had a post here; nobody else exists on these pages."""
    return get_object_or_404(Person.objects.filter(posts__body=scope.body).distinct(), pk=person)


@staff_page(*MANAGERS)
def people(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List everybody who works here with their posts; those who left at the end."""
    held: dict[Person, list[Post]] = {}
    gone: dict[Person, list[Post]] = {}
    posts = Post.objects.filter(body=scope.body).select_related("person", "department").order_by("person__name", "pk")
    for post in posts:
        here = post.from_on <= scope.on and (post.until_on is None or post.until_on > scope.on)
        (held if here else gone).setdefault(post.person, []).append(post)
    left = {person: rows for person, rows in gone.items() if person not in held}
    return render(request, "bodies/people.html", {"held": held, "left": left})


@staff_page(*MANAGERS)
def add_person(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Enter a colleague with a first post; a login name known elsewhere must come with the same name."""
    form = PersonForm(request.POST or None, body=scope.body, initial={"from_on": scope.on})
    if request.method == "POST" and form.is_valid():
        facts: dict[str, Any] = dict(form.cleaned_data)
        by, at = scope.actor(*MANAGERS), timezone.now()
        try:
            person = actions.enter_person(
                scope.body, by=by, at=at, username=facts.pop("username"), name=facts.pop("name")
            )
        except ActRefused as refused:
            form.add_error("username", str(refused))
        else:
            _warn_of_account_elsewhere(request, scope, person)
            actions.appoint(scope.body, by=by, at=at, person=person, **facts)
            messages.success(request, f"已登记{person.name}。第一次登录要用密码条，请在下面签发。")
            return redirect("bodies_person", scope.body.code, person.pk)
    return render(request, "bodies/add_person.html", {"form": form})


def _warn_of_account_elsewhere(request: HttpRequest, scope: Scope, person: Person) -> None:
    """Say that an account somebody else opened is now let in here: it must be the same human being."""
    known = Post.objects.filter(person=person).exists() or person.memberships.exists()
    if known and not Post.objects.filter(person=person, body=scope.body).exists():
        messages.warning(
            request,
            f"登录名 {person.username} 在别的单位已有账号，现在沿用同一个账号。请当面向{person.name}核对；"
            "不是同一个人的，请马上结束下面的岗位，另用一个登录名登记。",
        )


@staff_page(*MANAGERS)
def person(request: HttpRequest, scope: Scope, person: int) -> HttpResponse:
    """Show a colleague's posts here and add another."""
    found = find_person(scope, person)
    form = PostForm(request.POST or None, body=scope.body, initial={"from_on": scope.on})
    if request.method == "POST" and form.is_valid():
        actions.appoint(scope.body, by=scope.actor(*MANAGERS), at=timezone.now(), person=found, **form.cleaned_data)
        messages.success(request, "岗位已登记。")
        return redirect("bodies_person", scope.body.code, found.pk)
    posts = found.posts.filter(body=scope.body).select_related("department").order_by("-from_on", "pk")
    held = posts.held(on=scope.on)
    return render(request, "bodies/person.html", {"person": found, "posts": posts, "held": set(held), "form": form})


@staff_page(*MANAGERS)
def end_post(request: HttpRequest, scope: Scope, post: int) -> HttpResponse:
    """End a post on a day."""
    found = get_object_or_404(Post.objects.filter(body=scope.body).select_related("person"), pk=post)
    form = UntilForm(request.POST or None, initial={"until_on": scope.on})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_post(found, by=scope.actor(*MANAGERS), at=timezone.now(), **form.cleaned_data)
        except ActRefused as refused:
            form.add_error("until_on", str(refused))
        else:
            messages.success(request, f"{found.person.name}的岗位「{found.label}」已结束，等他办的事转给同职责的人。")
            return redirect("bodies_people", scope.body.code)
    return render(request, "bodies/end_post.html", {"post": found, "form": form})


@never_cache
@require_POST
@staff_page(*MANAGERS)
def issue_slip(request: HttpRequest, scope: Scope, person: int) -> HttpResponse:
    """Issue a one-time code and show it once, to print; as PDF when asked."""
    found = find_person(scope, person)
    slip, code = actions.issue_slip(scope.body, by=scope.actor(*MANAGERS), at=timezone.now(), person=found)
    if request.POST.get("as") == "pdf":
        pdf = slip_sheet([(found, code, slip.expires_at)], body=scope.body, address=request.build_absolute_uri("/"))
        answer = HttpResponse(pdf, content_type="application/pdf")
        answer["Content-Disposition"] = 'attachment; filename="slip.pdf"'
        return answer
    address = request.build_absolute_uri("/")
    return render(request, "bodies/slip.html", {"person": found, "slip": slip, "code": code, "address": address})


@staff_page(*MANAGERS)
def departments(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List departments with who heads them, and add one."""
    form = DepartmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_department(scope.body, by=scope.actor(*MANAGERS), at=timezone.now(), **form.cleaned_data)
        messages.success(request, "部门已添加。")
        return redirect("bodies_departments", scope.body.code)
    heads = Post.objects.held(on=scope.on).filter(body=scope.body, department__isnull=False).select_related("person")
    rows = [
        (one, [p for p in heads if p.department_id == one.pk and p.duty == Duty.DEPARTMENT_HEAD],
         [p for p in heads if p.department_id == one.pk and p.duty == Duty.EDITOR])
        for one in scope.body.departments.all()
    ]  # fmt: skip
    return render(request, "bodies/departments.html", {"form": form, "rows": rows})


@staff_page()
def groups(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Show who sits in which deciding group, and where one person sits in two that must be apart."""
    held = Post.objects.held(on=scope.on).filter(body=scope.body).select_related("person").order_by("pk")
    rows = [(name, [post for post in held if post.duty in GROUPS[code]]) for code, name in GROUP_NAMES.items()]
    leading = {post.person for post in held if post.duty in GROUPS["leading"]}
    both = [p.person for p in held.filter(Q(duty__in=GROUPS["supervision"])) if p.person in leading]
    return render(request, "bodies/groups.html", {"rows": rows, "both": both, "manages": scope.has(*MANAGERS)})
