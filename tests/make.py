"""Worlds for tests, built through the rooms' own acts."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.access.actions import closing, course, delivery, intake
from gongkai.access.actions import fees as access_fees
from gongkai.access.actions import letters as access_letters
from gongkai.access.actions import reply as replying
from gongkai.access.actions import settings as access_settings
from gongkai.access.actions.intake import RequesterFacts, WantedFacts
from gongkai.access.models import AccessRequest
from gongkai.access.signing import reply_of
from gongkai.accounts.models import Person
from gongkai.bodies import actions as bodies
from gongkai.bodies.models import Body, Duty
from gongkai.bodies.scope import Scope
from gongkai.journal.actor import Actor
from gongkai.publishing.actions import deciding as issue_deciding
from gongkai.publishing.actions import drafting, issues
from gongkai.publishing.models import Edition, Issue
from gongkai.review.actions import adopt_default_chains, deciding
from gongkai.review.actions.deciding import Outcome
from gongkai.review.models import Chain, Meeting, Review, ReviewStep
from gongkai.review.passage import Passage
from gongkai.review.progress import current_step, may_decide, waiting_for
from gongkai.review.secrecy import without_trouble
from gongkai.statute import outcomes

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 9, 1, 9, 0, tzinfo=SHANGHAI)
SYSTEM = Actor.system()


def body(code: str = "shiyan", *, name: str = "示范区实验小学", kind: str = "primary", **facts: Any) -> Body:
    """Found a body (facts: parent, tree and any field of Body)."""
    parent, tree = facts.pop("parent", None), facts.pop("tree", "administrative")
    facts.setdefault("opened_on", date(2025, 1, 1))
    return bodies.found(Body(code=code, name=name, kind=kind, **facts), by=SYSTEM, at=AT, parent=parent, tree=tree)


def person(username: str, name: str = "", *, password: str | None = "gk-demo-2026") -> Person:
    """Enter a person who can sign in with the demonstration password."""
    found = Person.objects.filter(username=username).first()
    return found or Person.objects.create_user(username, password, name=name or username)


def post(in_body: Body, username: str, duty: str, *, department: str = "", title: str = "") -> Person:
    """Appoint a person (made on first mention) to a duty of a body, in a department made on first mention."""
    who = person(username)
    where = bodies.add_department(in_body, by=SYSTEM, at=AT, name=department) if department else None
    bodies.appoint(
        in_body, by=SYSTEM, at=AT, person=who, duty=duty, department=where, title=title, from_on=date(2025, 1, 1)
    )
    return who


CAST = {
    "clerk": Duty.CLERK,
    "office": Duty.OFFICE_HEAD,
    "editor": Duty.EDITOR,
    "dean": Duty.DEPARTMENT_HEAD,
    "secrecy": Duty.SECRECY,
    "lead": Duty.LEADING_HEAD,
    "deputy": Duty.LEADING_DEPUTY,
    "watch": Duty.SUPERVISION_HEAD,
    "watch2": Duty.SUPERVISION_MEMBER,
    "principal": Duty.SIGNER,
    "vice": Duty.DEPUTY_SIGNER,
    "manager": Duty.MANAGER,
}


def school(code: str = "shiyan", **facts: Any) -> Body:
    """Found a school with one person in every duty: usernames `<code>-clerk`, `<code>-principal` …"""
    made = body(code, **facts)
    for role, duty in CAST.items():
        department = "教务处" if role in ("editor", "dean") else ""
        post(made, f"{code}-{role}", duty, department=department)
    return made


def scope(username: str, in_body: Body, *, on: date = date(2026, 9, 1)) -> Scope:
    """Return the scope of a person in a body on a day."""
    return Scope(Person.objects.get(username=username), in_body, on)


def actor(username: str, in_body: Body, *, on: date = date(2026, 9, 1)) -> Actor:
    """Return a person as the actor of an act in a body."""
    return scope(username, in_body, on=on).actor()


def chains(in_body: Body) -> list[Chain]:
    """Lay down the body's usual chains."""
    return adopt_default_chains(in_body, by=SYSTEM, at=AT)


def decide(review: Review, username: str, *, at: datetime = AT, verdict: str = "approve", **facts: Any) -> Outcome:
    """Let a person decide everything that waits for them (else at the first step); fills in what a form asks.

    facts: `items` (keys, default all that wait), `step`, `opinion`, `checklist`, `meeting`, `back_to`, `digests`.
    """
    passage = Passage(review)
    mine = [found.step for found in waiting_for(scope(username, review.body)) if found.review == review]
    steps = mine or [step for step in passage.steps if passage.waiting(step)]
    step = facts.pop("step", None) or steps[0]
    items = facts.pop("items", None) or [item.pk for item in passage.waiting(step)]
    digests = facts.pop("digests", {item.pk: item.digest for item in passage.items})
    by = actor(username, review.body)
    if verdict == "approve" and step.is_meeting and "meeting" not in facts:
        facts["meeting"] = meeting(review.body, username, at=at)
    if verdict == "approve" and step.checklist:
        facts.setdefault("checklist", without_trouble())
    return deciding.decide(review, by=by, at=at, step=step, verdict=verdict, items=items, digests=digests, **facts)


def meeting(in_body: Body, username: str, *, at: datetime = AT, **facts: Any) -> Meeting:
    """Hold a meeting of five, four present, all in favour, unless the facts say otherwise."""
    usual = {"name": "领导小组会议", "held_on": at.astimezone(SHANGHAI).date(), "should_attend": 5, "attended": 4}
    told = {**usual, "in_favour": 4, "summary": "同意公开。", **facts}
    return deciding.hold_meeting(in_body, by=actor(username, in_body), at=at, **told)


TEXT = "<p>现将本校本学期有关情况公开如下，欢迎监督。</p>"


def draft(
    in_body: Body, *, title: str = "校园一周动态", by: str = "editor", at: datetime = AT, **facts: Any
) -> Edition:
    """Begin a draft by a member of the cast (`by` without the body's code); html, items, kind … as facts."""
    facts.setdefault("html", TEXT)
    facts.setdefault("channels", ["site"])
    if by == "editor":
        facts.setdefault("department", in_body.departments.filter(name="教务处").first())
    who = actor(f"{in_body.code}-{by}", in_body, on=at.date())
    return drafting.draft(in_body, by=who, at=at, title=title, **facts)


def issue(in_body: Body, *editions: Edition, route: str = "", title: str = "", at: datetime = AT) -> Issue:
    """Open an issue of these drafts (one made where none is given) and submit it, chains laid down first."""
    clerk = actor(f"{in_body.code}-clerk", in_body, on=at.date())
    adopt_default_chains(in_body, by=SYSTEM, at=at)
    opened = issues.open_issue(in_body, by=clerk, at=at, title=title, route=route)
    issues.add(opened, by=clerk, at=at, editions=editions or [draft(in_body, at=at)])
    return issues.submit(opened, by=clerk, at=at)


def decide_step(of: Issue, step: ReviewStep, *, verdict: str = "approve", at: datetime = AT, **facts: Any) -> None:
    """Let the first person of the cast who may do so decide what waits at a step."""
    waiting = Passage(of.review).waiting(step)
    if not waiting:
        return
    people = Person.objects.filter(posts__body=of.body).distinct().order_by("pk")
    scopes = [Scope(person, of.body, at.date()) for person in people]
    fit = next(one for one in scopes if all(may_decide(one, step, item).allowed for item in waiting))
    if step.is_meeting:
        facts.setdefault("meeting", meeting(of.body, fit.person.username, at=at))
    if step.checklist:
        facts.setdefault("checklist", without_trouble())
    issue_deciding.decide(
        of, by=fit.actor(), at=at, step=step, verdict=verdict,
        items=[item.pk for item in waiting], digests={item.pk: item.digest for item in waiting}, **facts,
    )  # fmt: skip


def carry(of: Issue, *, at: datetime = AT, until: str = "") -> Issue:
    """Take an issue through its whole chain with the cast (or up to, not including, the role `until`)."""
    for step in of.review.steps.order_by("order"):
        if step.role == until:
            break
        decide_step(of, step, at=at)
    of.refresh_from_db()
    return of


def published(in_body: Body, *, at: datetime = AT, **facts: Any) -> Edition:
    """Draft, submit and carry one disclosure; return its published edition."""
    edition = draft(in_body, at=at, **facts)
    carry(issue(in_body, edition, at=at), at=at)
    edition.refresh_from_db()
    return edition


def requester(name: str = "张三丰", **facts: Any) -> RequesterFacts:
    """Return who asks: a citizen with an address and a telephone, unless the facts say otherwise."""
    usual = {"kind": "np", "address": "佛山市禅城区示范路一号", "phone": "13800000001"}
    return RequesterFacts(name=name, **{**usual, **facts})


def request(in_body: Body, *, at: datetime = AT, channel: str = "counter", **facts: Any) -> AccessRequest:
    """Enter a request at the counter today, or as the facts say.

    facts: name, kind, identity, id_number … of the requester; title, wanted, purpose … ; submitted_on, arrived_on,
    signed_on, files; channel "web" sends it by the public form.
    """
    asks = {name: facts.pop(name) for name in list(facts) if name in RequesterFacts.__slots__}
    days = {name: facts.pop(name) for name in ("arrived_on", "signed_on") if name in facts}
    if in_body.is_party:
        asks.setdefault("identity", "member")
    submitted_on, files = facts.pop("submitted_on", at.astimezone(SHANGHAI).date()), facts.pop("files", ())
    told = {"title": "2025年度预算执行情况", "wanted": "本单位2025年度预算执行情况及说明", **facts}
    who, what = requester(**asks), WantedFacts(**told)
    if channel == "web":
        by = Actor.public(body_code=in_body.code, body_name=in_body.name)
        return intake.receive_online(in_body, by=by, at=at, requester=who, wanted=what, files=files)
    return intake.enter(
        in_body, by=SYSTEM, at=at, channel=channel, submitted_on=submitted_on, requester=who, wanted=what,
        files=files, **days,
    )  # fmt: skip


WHY = "经审查，该信息{words}，依照有关规定作出本答复。"
SAYS: dict[str, dict[str, Any]] = {
    "already_public": {"given": "该信息已在本单位网站公开，网址见信息公开栏目。"},
    "disclosed": {"given": "现将2025年度预算执行情况全文提供，见附件。"},
    "partial": {
        "given": "预算执行情况表（已区分处理）。", "withheld": "表中供应商报价明细。", "grounds": ["prohibited_by_law"],
        "reasons": "其余部分依照《中华人民共和国政府采购法》的规定不得公开。",
    },
    "special_query": {"points_to": "示范区不动产登记中心，电话0757-82000001"},
    "not_held": {"searched": "办公室于档案室和办公系统检索，没有找到。"},
    "petition_complaint": {"points_to": "示范区信访局，电话0757-82000002"},
    "published_book": {"points_to": "《示范区年鉴》，新华书店有售"},
    "abandoned_no_correction": {"reasons": ""},
    "abandoned_no_fee": {"reasons": ""},
}  # fmt: skip


def reply_facts(regime: str, outcome: str, **facts: Any) -> dict[str, Any]:
    """Return what a reply with this outcome says, lawful under the regime unless the facts say otherwise."""
    chosen = outcomes.outcome(outcome, regime=regime)
    words = "、".join(chosen.words[:2]) and f"涉及{'、'.join(chosen.words[:2])}，没有征求意见的必要"
    usual = {"reasons": WHY.format(words=words or chosen.label)} if "reasons" in chosen.needs else {}
    return {"outcome": outcome, **usual, **SAYS.get(outcome, {}), **facts}


def submitted_reply(
    case: AccessRequest, outcome: str = "disclosed", *, at: datetime = AT, **facts: Any
) -> AccessRequest:
    """Send a reply with this outcome into its chain (laid down first) as the clerk of the cast."""
    adopt_default_chains(case.body, by=SYSTEM, at=at)
    clerk = actor(f"{case.body.code}-clerk", case.body, on=at.date())
    return replying.submit_reply(case, by=clerk, at=at, **reply_facts(case.regime, outcome, **facts))


def decide_reply(case: AccessRequest, *, verdict: str = "approve", at: datetime = AT, **facts: Any) -> AccessRequest:
    """Let the first person of the cast who may do so decide the step at which a reply waits."""
    case.refresh_from_db()
    item = case.review.items.get()
    step = current_step(item)
    people = Person.objects.filter(posts__body=case.body).distinct().order_by("pk")
    scopes = [Scope(person, case.body, at.astimezone(SHANGHAI).date()) for person in people]
    fit = next(one for one in scopes if may_decide(one, step, item).allowed)
    if step.checklist and verdict == "approve":
        facts.setdefault("checklist", without_trouble())
    return replying.decide_reply(
        case, by=fit.actor(), at=at, step=step, verdict=verdict, digests={item.pk: item.digest}, **facts
    )


def decided_reply(case: AccessRequest, outcome: str = "disclosed", *, at: datetime = AT, **facts: Any) -> AccessRequest:
    """Carry a reply through its whole chain: numbered and signed, not sealed yet."""
    case = submitted_reply(case, outcome, at=at, **facts)
    while case.state == "in_review":
        case = decide_reply(case, at=at)
    return case


def serve_reply(
    case: AccessRequest, *, at: datetime = AT, served_on: date | None = None, **proof: Any
) -> AccessRequest:
    """Seal and serve the reply letter of a decided case: by e-mail on the day, or as the proof says (`way` …)."""
    clerk = actor(f"{case.body.code}-clerk", case.body, on=at.date())
    letter = reply_of(case)
    access_letters.seal(letter, by=clerk, at=at)
    proof.setdefault("way", "electronic")
    delivery.serve(letter, by=clerk, at=at, served_on=served_on or at.astimezone(SHANGHAI).date(), **proof)
    case.refresh_from_db()
    return case


def reply(case: AccessRequest, outcome: str = "disclosed", *, at: datetime = AT, **facts: Any) -> AccessRequest:
    """Answer a case from its draft to its service, all at one instant; facts of the reply (reasons, given …)."""
    return serve_reply(decided_reply(case, outcome, at=at, **facts), at=at)


def case_in(state: str, in_body: Body, *, at: datetime = AT, **facts: Any) -> AccessRequest:
    """Carry a new request into a state through the acts, all on one day; a school charges no fee."""
    if state in ("submitted", "void"):
        waiting = request(in_body, at=at, channel="email", **facts)
        return waiting if state == "submitted" else intake.void(waiting, by=SYSTEM, at=at, reason="不是申请")
    case = request(in_body, at=at, **facts)
    if state in ("clarifying", "explaining", "fee"):
        _waiting_for_the_requester(case, state, at=at)
    elif state != "received":
        _answered(case, state, at=at)
    case.refresh_from_db()
    return case


def _waiting_for_the_requester(case: AccessRequest, state: str, *, at: datetime) -> None:
    on = at.astimezone(SHANGHAI).date()
    if state == "clarifying":
        course.ask_clarification(case, by=SYSTEM, at=at, on=on, items="请写明所需信息的年度。")
    elif state == "explaining":
        course.ask_explanation(case, by=SYSTEM, at=at, on=on)
    else:
        access_settings.save_settings(case.body, by=SYSTEM, at=at, charges_fees=True, fee_account="到财务室缴纳")
        access_fees.notify_fee(case, by=SYSTEM, at=at, method="page", quantity=101, on=on)


def _answered(case: AccessRequest, state: str, *, at: datetime) -> None:
    if state == "in_review":
        submitted_reply(case, at=at)
    elif state == "decided":
        decided_reply(case, at=at)
    else:
        case = reply(case, at=at)
    if state == "archived":
        closing.archive(case, by=SYSTEM, at=at)


def typed(edition: Edition, **changes: Any) -> dict[str, Any]:
    """Return the edit form of a draft as the page shows it, with what a person changes."""
    first = edition.renditions.all()[0]
    form = {
        "version": edition.version, "title": edition.title, "html": first.html, "summary": first.summary,
        "audiences": first.audiences, "kind": edition.kind, "channels": edition.channels,
        "department": edition.department_id or "", "document_number": "", "reprinted_from": "",
        "formed_on": "", "notice_last_on": "", "publish_on": "",
    }  # fmt: skip
    return {**form, **changes}
