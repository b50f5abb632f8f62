"""The staff shell: main menu, the bodies a person can switch to, who they are here."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest

from gongkai.accounts.models import Person
from gongkai.bodies.desk import address
from gongkai.bodies.models import Duty
from gongkai.bodies.scope import Scope, bodies_of
from gongkai.workbench.desk import waiting


@dataclass(frozen=True)
class Entry:
    """One entry of the main menu: label, page, the page names it stands for, who sees it (nobody named = all)."""

    label: str
    page: str
    prefixes: tuple[str, ...]
    duties: tuple[str, ...] = ()
    above: bool = False


OUTLETS = ("posting", "proof", "board", "congress", "import", "archive", "issue")
MENU = (
    Entry("待办", "desk", ("desk", "below")),
    Entry("公开目录", "catalogue_wall", ("catalogue",), above=True),
    Entry("信息公开", "publishing_list", ("publishing", "review", *OUTLETS), above=True),
    Entry("依申请公开", "access_register", ("access",), above=True),
    Entry("意见反馈", "feedback_opinions", ("feedback",)),
    Entry("年度报告", "reporting_reports", ("reporting",), above=True),
    Entry("设置", "settings", ("settings", "bodies", "chains", "journal"), tuple(Duty.values)),
)


def staff_frame(request: HttpRequest, scope: Scope) -> dict[str, Any]:
    """Return what `frame/staff.html` shows around every page of a body."""
    person, body = scope.person, scope.body
    return {
        "body_name": body.label,
        "post_name": scope.posts[0].label if scope.posts else "上级查看",
        "person_name": person.name,
        "bodies": switchable(person, on=scope.on, current=body.pk),
        "account_url": address("account_change_password"),
        "signout_url": address("account_logout"),
        "search_url": address("publishing_list", body.code),
        "nav": menu(request, scope),
    }


def menu(request: HttpRequest, scope: Scope) -> list[dict[str, Any]]:
    """Return the entries this person sees, those of rooms that are there."""
    here = request.resolver_match.url_name or "" if request.resolver_match else ""
    shown = []
    for entry in MENU:
        url = address(entry.page, scope.body.code)
        allowed = (
            scope.is_staff and (not entry.duties or scope.has(*entry.duties)) or (entry.above and not scope.is_staff)
        )
        if url and allowed:
            shown.append(
                {
                    "label": entry.label,
                    "url": url,
                    "current": here.startswith(entry.prefixes),
                    "count": waiting(scope) if entry.page == "desk" else 0,
                }
            )
    return shown


def switchable(person: Person, *, on: date, current: int | None = None) -> list[dict[str, Any]]:
    """Return the bodies a person works in, with the post they hold there."""
    return [
        {
            "name": body.label,
            "url": address("desk", body.code),
            "post": "、".join(dict.fromkeys(post.label for post in Scope(person, body, on).posts)),
            "current": body.pk == current,
        }
        for body in bodies_of(person, on=on)
    ]
