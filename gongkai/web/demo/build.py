"""Build the demonstration district through the acts; run again, it changes nothing (or goes on where it stopped)."""

import tomllib
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from time import perf_counter

from django.contrib.auth.hashers import make_password

from gongkai.accounts.models import Person
from gongkai.bodies import actions as bodies
from gongkai.bodies.models import Body, Duty
from gongkai.bodies.scope import Scope
from gongkai.catalogue.actions import adopting, duties, settling
from gongkai.journal import outbox
from gongkai.journal.actor import Actor
from gongkai.journal.chain import SHANGHAI
from gongkai.publishing.actions import drafting, issues, release
from gongkai.publishing.models import Edition
from gongkai.review.actions import adopt_default_chains
from gongkai.statute import bodies as kinds
from gongkai.statute import catalogues, law
from gongkai.web.demo import aftermath, content
from gongkai.web.demo.carrying import carry

PASSWORD = "gk-demo-2026"  # noqa: S105 – printed on the screen; the demonstration is never a production database
SYSTEM = Actor.system()
FIRST_DAY = 420
WITHOUT_TERMS = ("edu_bureau", "township", "party_org")
HERE = Path(__file__).parent


class NotADemonstration(Exception):
    """Refuse to write a demonstration into an installation that has bodies of its own."""


def build(now: datetime, *, say: Callable[[str], None] = lambda line: None) -> bool:
    """Build the district as of `now`; return False where it stands already. Raises NotADemonstration."""
    now = now.astimezone(SHANGHAI)
    marker = tomllib.loads((HERE / "cast.toml").read_text(encoding="utf-8"))["body"]
    codes = {entry["code"] for entry in marker}
    present = set(Body.objects.values_list("code", flat=True))
    if present - codes - {"cpsy"}:
        raise NotADemonstration("这个数据库里已有别的单位，不写入示范数据。请换一个空的 GONGKAI_DATA 目录。")
    if aftermath.finished(codes):
        return False
    begun = perf_counter()
    first = now - timedelta(days=FIRST_DAY)
    for entry in marker:
        found_body(entry, at=first)
    say(f"单位和人员 {len(codes)} 个")
    today = now.astimezone(SHANGHAI).date()
    batches = [*content.written_year(), *content.canteen_accounts(today), *content.weekly_news(today)]
    with outbox.drained_once():
        for batch in sorted(batches, key=lambda one: -one.ago):
            publish(batch, now=now)
        say(f"公开信息 {sum(len(batch.texts) for batch in batches)} 条，{len(batches)} 期")
        aftermath.follow(now, say=say)
    say(f"用时 {perf_counter() - begun:.0f} 秒")
    return True


def found_body(entry: dict[str, object], *, at: datetime) -> Body:
    """Found one body with its departments, people, chains, catalogues and terms (kept where they stand)."""
    facts = dict(entry)
    people, parent = facts.pop("people"), facts.pop("parent", None)
    existing = Body.objects.filter(code=facts["code"]).first()
    if existing:
        return existing
    above = Body.objects.get(code=parent) if parent else None
    regimes = list(kinds.find_body_kind(str(facts["kind"])).regimes)
    made = bodies.found(
        Body(**facts, regimes=regimes, opened_on=at.astimezone(SHANGHAI).date()), by=SYSTEM, at=at, parent=above
    )
    for username, name, duty, department, title in people:  # type: ignore[attr-defined]
        appoint(made, username, name, duty=duty, department=department, title=title, at=at)
    equip(made, at=at)
    return made


def appoint(body: Body, username: str, name: str, *, at: datetime, **post: str) -> Person:
    """Give a person (made on first mention, with the demonstration password) a post."""
    person = Person.objects.filter(username=username).first()
    person = person or Person.objects.create(username=username, name=name, password=_hashed())
    name_of = post["department"]
    department = bodies.add_department(body, by=SYSTEM, at=at, name=name_of) if name_of else None
    bodies.appoint(
        body, by=SYSTEM, at=at, person=person, duty=post["duty"], department=department, title=post["title"],
        from_on=at.astimezone(SHANGHAI).date(),
    )  # fmt: skip
    return person


@lru_cache(maxsize=1)
def _hashed() -> str:
    """Return the demonstration password, hashed once: seventy slow hashes would be half of the building time."""
    return make_password(PASSWORD)


def equip(body: Body, *, at: datetime) -> None:
    """Lay down the default chains, adopt the catalogues the body's kind requires, enter its terms."""
    adopt_default_chains(body, by=SYSTEM, at=at)
    if body.kind not in WITHOUT_TERMS:
        enter_terms(body, at=at)
    required, _ = catalogues.for_body_kind(body.kind)
    extra = ("TOWNBOARD",) if body.kind == "township" else ()
    for code in (*(one.code for one in required), *extra):
        adopting.adopt(body, by=SYSTEM, at=at, catalogue=code)
    duties.refresh_obligations(body, by=SYSTEM, at=at)


def enter_terms(body: Body, *, at: datetime) -> None:
    """Enter three years of school terms from the year of `at` on."""
    first = at.astimezone(SHANGHAI).year
    for year in range(first, first + 3):
        spring = {"name": f"{year}年春季学期", "starts_on": date(year, 2, 20), "ends_on": date(year, 7, 5)}
        autumn = {"name": f"{year}年秋季学期", "starts_on": date(year, 9, 1), "ends_on": date(year + 1, 1, 20)}
        for term in (spring, autumn):
            settling.enter_term(body, by=SYSTEM, at=at, **term)


def publish(batch: content.Batch, *, now: datetime) -> None:
    """Draft a batch, open its issue, carry it through the chain (or leave it standing at a step)."""
    at = morning(now, ago=batch.ago)
    body = Body.objects.get(code=batch.body)
    if body.issues.filter(title=batch.title, opened_at__date=at.date()).exists():
        return
    clerk = scope_of(body, Duty.CLERK, on=at.date())
    editions = [draft(body, text, at=at + timedelta(minutes=5 * n)) for n, text in enumerate(batch.texts)]
    at += timedelta(minutes=5 * len(editions))
    issue = issues.open_issue(body, by=clerk.actor(), at=at, title=batch.title, route=batch.route)
    issues.add(issue, by=clerk.actor(), at=at, editions=editions)
    if batch.stop == "draft":
        return
    issue = issues.submit(issue, by=clerk.actor(), at=at + timedelta(minutes=10))
    carry(issue, at=at + timedelta(minutes=10), stop=batch.stop)
    _open_outside(editions, now=now)


def _open_outside(editions: list[Edition], *, now: datetime) -> None:
    """Show outside the party on its day, as the sweep would have done then."""
    for one in Edition.objects.filter(
        pk__in=[one.pk for one in editions], inside_only=True, outside_on__lte=now.date()
    ):
        day = datetime.combine(one.outside_on or now.date(), time(0, 10), SHANGHAI)
        release.open_outside(one.disclosure, by=Actor.system(body_code=one.body.code, body_name=one.body.name), at=day)


def draft(body: Body, text: content.Text, *, at: datetime) -> Edition:
    """Draft one text by somebody of its department, else by the office."""
    on = at.astimezone(SHANGHAI).date()
    writer = writer_of(body, text.department, on=on)
    department = body.departments.filter(name=text.department).first()
    found = [body.catalogue_items.get(code=code) for code in text.items]
    last = on + timedelta(days=text.notice_days) if text.notice_days else None
    return drafting.draft(
        body, by=writer.actor(), at=at, title=text.title, kind=text.kind, html=text.html, items=found,
        channels=list(text.channels), audiences=list(text.audiences), department=department,
        document_number=text.document_number, formed_on=on - timedelta(days=2), notice_last_on=last,
    )  # fmt: skip


def writer_of(body: Body, department: str, *, on: date) -> Scope:
    """Return the editor of a department, or the body's clerk."""
    posts = body.posts.held(on=on).filter(duty=Duty.EDITOR, department__name=department)
    post = posts.first()
    return Scope(post.person, body, on) if post else scope_of(body, Duty.CLERK, on=on)


def scope_of(body: Body, duty: str, *, on: date) -> Scope:
    """Return the scope of the first person who holds a duty."""
    return Scope(body.posts.held(on=on).filter(duty=duty)[0].person, body, on)


def morning(now: datetime, *, ago: int) -> datetime:
    """Return half past eight on the working day that many days ago, or the last one before it."""
    day = (now - timedelta(days=ago)).astimezone(SHANGHAI).date()
    day = law().calendar.last_working_day(day).on
    return datetime(day.year, day.month, day.day, 8, 30, tzinfo=SHANGHAI)


def sign_ins() -> Iterable[tuple[str, str, str]]:
    """Return body, login name and post of the people worth signing in as."""
    roles = ("clerk", "zw", "secrecy", "deputy", "watch", "principal", "super", "manager")
    data = tomllib.loads((HERE / "cast.toml").read_text(encoding="utf-8"))["body"]
    for entry in data:
        seen: set[str] = set()
        for username, name, _, _, title in entry["people"]:
            if username not in seen and username.rsplit("-", 1)[1] in roles:
                seen.add(username)
                yield entry["name"], username, f"{name}（{title}）"
