"""Dynamic pages: processor time and queries of each, through the whole of Django's middleware."""

from collections.abc import Iterator
from datetime import date

from django.db import connection
from django.test import Client
from django.urls import reverse

from bench.chinese import Writer
from bench.figure import Figure, percentile, size, times
from bench.publishing import text, waiting_for_the_last_step
from gongkai.accounts.models import Person
from gongkai.bodies import actions as bodies
from gongkai.bodies.models import Body
from gongkai.publishing.models import Edition, EditionState, Issue, Rendition
from gongkai.web.demo.build import equip
from tests import make

STAFF = 300  # the design's budget for any staff page, in ms
PUBLIC, QUERIES = 5, 6  # the design's budget for a dynamic public page
CODE = "bench-pages"


def world() -> tuple[Body, Issue]:
    """Found an equipped school: twenty published, one for parents, ten waiting for the signature, one draft."""
    bureau = make.school("bench-bureau", name="示范区教育局", kind="edu_bureau")
    school, writer = make.school(CODE, parent=bureau), Writer(8, stock=500)
    equip(school, at=make.AT)
    made = [make.draft(school, title=writer.title(), html=text(writer)) for _ in range(20)]
    made.append(make.draft(school, title="给家长的说明", html=text(writer), audiences=["PAR"]))
    make.carry(make.issue(school, *made))
    issue = waiting_for_the_last_step(school, writer, items=10)
    make.draft(school, title="草稿", html=text(writer), by="clerk")
    parent = make.person("bench-parent", "家长")
    bodies.admit(school, by=make.actor(f"{CODE}-manager", school), at=make.AT, person=parent, audience="PAR",
                 until_on=date(2100, 1, 1))  # fmt: skip
    return school, issue


def decider(issue: Issue) -> str:
    """Return who may decide the waiting step."""
    step = issue.review.steps.order_by("order").last()
    role = {"signature": "principal", "secrecy": "secrecy"}.get(step.role if step else "", "principal")
    return f"{CODE}-{role}"


def addresses(issue: Issue) -> list[tuple[str, str, str]]:
    """Return name, who asks ("" = nobody signed in) and address of each page measured."""
    draft = Edition.objects.filter(state=EditionState.DRAFT, disclosure__body=issue.body).latest("pk")
    restricted = Rendition.objects.filter(for_society=False, edition__disclosure__body=issue.body).latest("pk")
    reader = {"body": CODE, "name": restricted.edition.disclosure.public_id}
    here = {"body": CODE}
    return [
        ("public.search", "", f"{reverse('search')}?q=%E5%A4%8D%E6%A0%B8"),
        ("public.search.body", "", f"{reverse('search_body', kwargs=here)}?q=%E5%A4%8D%E6%A0%B8"),
        ("public.opinion", "", reverse("opinion_form", kwargs=here)),
        ("public.restricted", "bench-parent", reverse("reader_disclosure", kwargs=reader)),
        ("public.restricted.home", "bench-parent", reverse("reader_home", kwargs=here)),
        ("staff.desk", f"{CODE}-clerk", reverse("desk", kwargs=here)),
        ("staff.list", f"{CODE}-clerk", reverse("publishing_list", kwargs=here)),
        ("staff.wall", f"{CODE}-clerk", reverse("catalogue_wall", kwargs=here)),
        ("staff.editor", f"{CODE}-clerk", reverse("publishing_edit", kwargs=here | {"edition": draft.pk})),
        ("staff.decide", decider(issue), reverse("publishing_decide", kwargs=here | {"issue": issue.pk})),
        ("staff.journal", f"{CODE}-manager", reverse("journal", kwargs=here)),
        ("staff.matrix", "bench-bureau-clerk", reverse("below_matrix", kwargs={"body": "bench-bureau"})),
    ]  # fmt: skip


def run() -> Iterator[Figure]:
    """Ask for each page as the person who opens it; the first answer, which compiles templates, is left out."""
    n = size("ASKED", 20)
    _, issue = world()
    for name, username, address in addresses(issue):
        client = Client()
        if username:
            client.force_login(Person.objects.get(username=username))
        answer = client.get(address)
        if answer.status_code != 200:
            raise AssertionError(f"{address} answered {answer.status_code}")
        asked: list[str] = []
        with connection.execute_wrapper(lambda run, sql, *more, asked=asked: (asked.append(sql), run(sql, *more))[1]):
            client.get(address)
        spent = times(lambda _, client=client, address=address: client.get(address), list(range(n)))
        public = name.startswith("public")
        yield Figure(
            name=f"page.{name}", value=percentile(spent, 50), unit="ms CPU", n=n, budget=PUBLIC if public else STAFF,
            what="one page through all middleware, templates compiled; p50",
        )  # fmt: skip
        yield Figure(
            name=f"page.{name}.queries", value=len(asked), unit="queries",
            budget=QUERIES if public else None,
            what="database queries of that page, session and person included",
        )  # fmt: skip
