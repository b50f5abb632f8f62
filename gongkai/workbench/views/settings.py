"""Settings: the index, the body's own facts, bodies founded under it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from gongkai.bodies import actions as bodies
from gongkai.bodies.desk import address
from gongkai.bodies.models import Body, Duty
from gongkai.bodies.policy import MANAGERS, OFFICE
from gongkai.bodies.scope import Scope
from gongkai.bodies.staff import staff_page
from gongkai.catalogue import actions as catalogue
from gongkai.catalogue.forms import FoundForm
from gongkai.journal.acts import ActRefused
from gongkai.statute import law
from gongkai.workbench.forms import BodyForm
from gongkai.workbench.views.journal import READERS


@dataclass(frozen=True)
class Page:
    """One entry of the settings index: heading, page, what it is for, who sees it (nobody named = all staff)."""

    group: str
    label: str
    name: str
    about: str
    duties: tuple[str, ...] = ()


PAGES = (
    Page("单位", "单位资料", "settings_body", "联系方式、监督电话、办公时间、主色、索引号样式", MANAGERS),
    Page("单位", "部门", "bodies_departments", "谁负责目录里的哪些事项", MANAGERS),
    Page("单位", "下级单位", "settings_found", "新设学校、幼儿园，登记它的第一位管理员", MANAGERS),
    Page("人员", "人员和岗位", "bodies_people", "登记、离任、密码条", MANAGERS),
    Page("人员", "审批小组", "bodies_groups", "领导小组、监督小组、保密审查、签发各是谁"),
    Page("人员", "外出和代办", "bodies_absences", "请假、出差期间由谁代办"),
    Page("人员", "小规模单位例外", "bodies_exceptions", "人少时一个环节由谁代行", MANAGERS),
    Page(
        "人员", "家长、学生、居民的加入码", "bodies_join_codes", "让他们看到只向他们公开的内容", (*OFFICE, Duty.MANAGER)
    ),
    Page("目录和期限", "采用目录", "catalogue_adopt", "本单位适用哪些公开目录", (*OFFICE, Duty.MANAGER)),
    Page("目录和期限", "学期", "catalogue_terms", "按学期公开的事项用这些日期", (*OFFICE, Duty.MANAGER)),
    Page("目录和期限", "地方规定", "catalogue_rules", "本地文件规定的期限", (*OFFICE, Duty.MANAGER)),
    Page("目录和期限", "一次公开、几处计入", "catalogue_equivalences", "不同目录里相同的事项", (*OFFICE, Duty.MANAGER)),
    Page("公开和审批", "审批流程", "review_chains", "每类信息要过哪些环节", MANAGERS),
    Page("公开和审批", "信息类别", "publishing_kinds", "本单位自己的类别，计入年报哪一栏", (*OFFICE, *MANAGERS)),
    Page("公开和审批", "依申请公开", "access_settings", "答复期限、文书代字、复议机关、收费", MANAGERS),
    Page("公开和审批", "公告栏和屏幕", "boards", "位置、保留天数、每年期数", OFFICE),
    Page("公开和审批", "台账导入", "imports", "导入往年的公开、发布、意见名单", OFFICE),
    Page("留痕", "办理留痕", "journal", "谁在什么时候做了什么，依据哪一条", READERS),
)


@staff_page()
def settings(request: HttpRequest, scope: Scope) -> HttpResponse:
    """List the settings this person can open."""
    groups: dict[str, list[tuple[Page, str]]] = {}
    for page in PAGES:
        url = address(page.name, scope.body.code)
        if url and (not page.duties or scope.has(*page.duties)):
            groups.setdefault(page.group, []).append((page, url))
    return render(request, "workbench/settings.html", {"groups": groups})


@staff_page(*MANAGERS)
def settings_body(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Change the body's own facts; the public pages follow."""
    form = BodyForm(request.POST or None, instance=Body.objects.get(pk=scope.body.pk))
    if request.method == "POST" and form.is_valid():
        if form.changed_data:
            bodies.describe(scope.body, by=scope.actor(*MANAGERS), at=timezone.now(), **form.changed())
        messages.success(request, "单位资料已保存，公开网站随后更新。")
        return redirect("settings_body", scope.body.code)
    body = scope.body
    sample = body.index_template.format(
        org=body.org_code or body.code, year=scope.on.year, month=f"{scope.on.month:02d}", serial=12
    )
    return render(request, "workbench/body.html", {"form": form, "sample": sample})


@never_cache
@staff_page(*MANAGERS)
def settings_found(request: HttpRequest, scope: Scope) -> HttpResponse:
    """Found a body under this one, with the catalogues its kind must have and a slip for its first manager."""
    form = FoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():  # several acts, but no body without its manager
                made = _found(scope, dict(form.cleaned_data))
        except ActRefused as refused:
            form.add_error("manager_login", str(refused))
        else:
            return render(request, "workbench/founded.html", {**made, "address": request.build_absolute_uri("/")})
    children = Body.objects.all().children_of(scope.body, on=scope.on)
    return render(request, "workbench/found.html", {"form": form, "children": children})


def _found(scope: Scope, facts: dict[str, Any]) -> dict[str, Any]:
    """Found the body, adopt what its kind requires, appoint its manager, issue the slip – one journal entry each."""
    by, at = scope.actor(*MANAGERS), timezone.now()
    name, login = facts.pop("manager_name"), facts.pop("manager_login")
    kind = law().body_kinds[facts["kind"]]
    office = "校办公室" if kind.school else "办公室"
    made = bodies.found(Body(regimes=list(kind.regimes), office_name=office, **facts), by=by, at=at, parent=scope.body)
    person = bodies.enter_person(made, by=by, at=at, username=login, name=name)
    for code in kind.required:
        catalogue.adopt(made, by=by, at=at, catalogue=code)
    bodies.appoint(made, by=by, at=at, person=person, duty=Duty.MANAGER)
    code = ""
    if not person.has_usable_password():
        _, code = bodies.issue_slip(made, by=by, at=at, person=person)
    return {"made": made, "person": person, "code": code, "required": [law().catalogues[c] for c in kind.required]}
