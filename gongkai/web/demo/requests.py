"""Access requests of the demonstration, in every state, carried there by the acts a year would see."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from gongkai.access.actions import (
    closing,
    consulting,
    course,
    delivery,
    fees,
    intake,
    letters,
    openness,
    remedies,
    reply,
    settings,
)
from gongkai.access.actions.intake import RequesterFacts, WantedFacts
from gongkai.access.models import AccessRequest, DeliveryWay, RemedyKind, RemedyResult
from gongkai.access.signing import reply_of
from gongkai.bodies.models import Body, Duty
from gongkai.bodies.scope import Scope
from gongkai.catalogue.actions.settling import choose_rule
from gongkai.journal.actor import Actor
from gongkai.journal.chain import SHANGHAI
from gongkai.review.progress import current_step, may_decide
from gongkai.review.secrecy import without_trouble
from gongkai.statute import law
from gongkai.web.demo.carrying import meeting_for, scopes_of

SYSTEM = Actor.system()
LOCAL = {"ezhong": "K-REPLY-20", "syxx": "K-REPLY", "syxxdzb": "P-APP"}
HERE = Path(__file__).parent


@dataclass
class Carried:
    """A case on its way: what was told of it, and the moment it has come to."""

    case: AccessRequest
    at: datetime
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def on(self) -> date:
        """Return the day it has come to."""
        return self.at.astimezone(SHANGHAI).date()

    def by(self, *duties: str) -> Actor:
        """Return who does the next act: the clerk, or the first who holds one of these duties."""
        return actor_of(self.case.body, duties or (Duty.CLERK,), on=self.on)


def requests(now: datetime) -> int:
    """Let everybody ask, and the offices carry what was asked; returns how many cases there are."""
    told = tomllib.loads((HERE / "requests.toml").read_text(encoding="utf-8"))
    for code, facts in told["settings"].items():
        settle(Body.objects.get(code=code), facts, at=now - timedelta(days=300))
    for entry in sorted(told["request"], key=lambda one: -one["ago"]):
        carry_request(entry, now=now)
    return AccessRequest.objects.count()


def settle(body: Body, facts: dict[str, Any], *, at: datetime) -> None:
    """Settle where requesters turn next, and the local reply limit where the nation has none."""
    if body.code in LOCAL and not body.local_rules.filter(record=LOCAL[body.code]).exists():
        choose_rule(body, by=SYSTEM, at=at, record=LOCAL[body.code], kind="answer")
    settings.save_settings(body, by=SYSTEM, at=at, kept_from=date(at.year, 1, 1), **facts)


def carry_request(entry: dict[str, Any], *, now: datetime) -> None:
    """Receive one request and take it through its steps; each is a name and how many working days later it comes."""
    body = Body.objects.get(code=entry["body"])
    if AccessRequest.objects.of(body).filter(title=entry["title"]).exists():
        return
    at = working_morning(now, ago=entry["ago"])
    carried = Carried(received(body, entry, at=at), at, entry)
    for step in entry.get("steps", ()):
        name, _, days = step.partition("+")
        carried.at = min(later(carried.at, int(days or 1)), now)
        STEPS[name](carried)
        carried.case.refresh_from_db()


def received(body: Body, entry: dict[str, Any], *, at: datetime) -> AccessRequest:
    """Take a request in by the channel it came."""
    facts = {"kind": "np", "phone": "0799-8000000", "address": f"{body.address or '云溪区'}附近"} | entry["who"]
    asks = RequesterFacts(**facts)
    wants = WantedFacts(title=entry["title"], wanted=entry["wanted"], **entry.get("wants", {}))
    channel = entry.get("channel", "web")
    if channel == "web":
        public = Actor.public(body_code=body.code, body_name=body.name)
        return intake.receive_online(body, by=public, at=at, requester=asks, wanted=wants)
    on = at.astimezone(SHANGHAI).date()
    days = {"signed_on": on} if channel == "mail_signed" else {}
    sent = on - timedelta(days=3) if channel.startswith("mail") else on
    clerk = actor_of(body, (Duty.CLERK,), on=on)
    return intake.enter(body, by=clerk, at=at, channel=channel, submitted_on=sent, requester=asks, wanted=wants, **days)


def assigned(one: Carried) -> None:
    """Give the case to the clerk."""
    person = scope_of(one.case.body, (Duty.CLERK,), on=one.on).person
    course.assign(one.case, by=one.by(), at=one.at, handler=person)


def handed_over(one: Carried) -> None:
    """Ask a department for the material."""
    department = one.case.body.departments.filter(posts__duty=Duty.DEPARTMENT_HEAD).first()
    task = f"查找“{one.case.title}”的原件，说明有没有不宜公开的内容"[:200]
    course.hand_over(one.case, by=one.by(), at=one.at, department=department, task=task, due_on=after(one, 3))


def material(one: Carried) -> None:
    """Let the department answer."""
    handed = one.case.hand_overs.get(returned_on=None)
    by = actor_of(one.case.body, (Duty.DEPARTMENT_HEAD,), on=one.on)
    course.return_material(handed, by=by, at=one.at, answer="已找到，共 6 页，其中 1 页有个人电话，建议遮盖。")


def confirmed(one: Carried) -> None:
    """Reach the requester."""
    intake.confirm(one.case, by=one.by(), at=one.at, on=one.on)


def voided(one: Carried) -> None:
    """Find that it is no request."""
    intake.void(one.case, by=one.by(), at=one.at, reason="内容是推销广告，不是申请。")


def asked_to_clarify(one: Carried) -> None:
    """Ask once to make clear what is meant."""
    items = "请写明要哪一年、哪一所学校的材料。"
    course.ask_clarification(one.case, by=one.by(), at=one.at, on=one.on, items=items, days=15)


def clarified(one: Carried) -> None:
    """Take the clarification in."""
    text = one.told.get("clarified", "要2025年的，全区公办小学。")
    course.receive_clarification(one.case, by=one.by(), at=one.at, on=one.on, text=text)


def asked_why(one: Carried) -> None:
    """Ask the reasons of many requests."""
    course.ask_explanation(one.case, by=one.by(), at=one.at, on=one.on, days=10)


def consulted(one: Carried) -> None:
    """Ask the third party."""
    made = consulting.consult(
        one.case, by=one.by(), at=one.at, kind="third_party", addressee=one.told["third"], contact="",
        about=one.told.get("about", one.case.title), on=one.on,
    )  # fmt: skip
    consulting.deliver_consultation(made, by=one.by(), at=one.at, on=one.on)


def opinion(one: Carried) -> None:
    """Hear the third party."""
    made = one.case.consultations.get()
    consulting.close_consultation(
        made, by=one.by(), at=one.at, on=one.on, opinion="refuses", reasons="含有本公司报价明细，公开会损害竞争利益。"
    )


def proposed(one: Carried) -> None:
    """Propose more time."""
    course.propose_extension(one.case, by=one.by(), at=one.at, days=20, reason="涉及五年的档案，需要逐卷查找")


def extended(one: Carried) -> None:
    """Give more time."""
    approver = one.by(Duty.OFFICE_HEAD)
    why = "涉及五年的档案，需要逐卷查找"
    course.extend(one.case, by=approver, at=one.at, on=one.on, days=20, reason=why)


def charged(one: Carried) -> None:
    """Notify the fee of many pages."""
    fees.notify_fee(one.case, by=one.by(), at=one.at, method="page", quantity=80, on=one.on)


def paid(one: Carried) -> None:
    """Take the fee."""
    fees.pay_fee(one.case.fees.get(), by=one.by(), at=one.at, on=one.on, receipt_number="赣财0012345")


def drafted(one: Carried) -> None:
    """Begin the reply."""
    reply.save_draft(one.case, by=one.by(), at=one.at, facts=dict(one.told["reply"]))


def submitted(one: Carried) -> None:
    """Send the reply in."""
    reply.submit_reply(one.case, by=one.by(), at=one.at, **one.told["reply"])


def decided(one: Carried) -> None:
    """Let everybody decide the reply whom its chain asks."""
    item = one.case.review.items.get()
    while (step := current_step(item)) is not None:
        decide(one, step, item)
        one.case.refresh_from_db()


def decided_once(one: Carried) -> None:
    """Let the first step be decided."""
    item = one.case.review.items.get()
    decide(one, current_step(item), item)


def sent_back(one: Carried) -> None:
    """Let the first step send the reply back."""
    item = one.case.review.items.get()
    decide(one, current_step(item), item, verdict="return", opinion="检索情况写得太简单，请写明查了哪些系统。")


def decide(one: Carried, step: Any, item: Any, *, verdict: str = "approve", opinion: str = "同意。") -> None:
    """Let the first person entitled to it decide a step."""
    who = next(s for s in scopes_of(one.case.body, at=one.at) if may_decide(s, step, item).allowed)
    support: dict[str, Any] = {}
    if step.checklist and verdict == "approve":
        support["checklist"] = without_trouble()
    if step.is_meeting and verdict == "approve":
        support["meeting"] = meeting_for(step, who, at=one.at)
    reply.decide_reply(
        one.case, by=who.actor(), at=one.at, step=step, verdict=verdict, digests={item.pk: item.digest},
        opinion=opinion, **support,
    )  # fmt: skip


def sealed(one: Carried) -> None:
    """Set the seal."""
    letters.seal(reply_of(one.case), by=one.by(), at=one.at)


def served(one: Carried) -> None:
    """Serve the reply by post."""
    delivery.serve(
        reply_of(one.case), by=one.by(), at=one.at, way=DeliveryWay.POST, served_on=one.on,
        postal_number=f"1{one.case.pk:012d}", recipient=one.case.requester.name,
    )  # fmt: skip


def withdrawn(one: Carried) -> None:
    """Let the requester take it back."""
    closing.withdraw(one.case, by=one.by(), at=one.at, on=one.on, note="申请人来函撤回，函件已存。")


def filed_up(one: Carried) -> None:
    """Report it to the party organisation above."""
    closing.file_up(one.case, by=one.by(), at=one.at, on=one.on)


def archived(one: Carried) -> None:
    """Lay it down."""
    for letter in one.case.letters.filter(state="signed"):
        letters.cancel(letter, by=one.by(), at=one.at, why="申请人已当面知悉，没有另行送达。")
    closing.archive(one.case, by=one.by(), at=one.at)


def contested(one: Carried) -> None:
    """Let the requester go to the reconsideration organ, and its copy come in."""
    remedies.enter(
        one.case.body, by=one.by(), at=one.at, case=one.case, kind=RemedyKind.RECONSIDERATION,
        organ="云溪区人民政府", filed_on=one.on, copy_received_on=one.on, **one.told.get("remedy", {}),
    )  # fmt: skip


def defended(one: Carried) -> None:
    """Send the written answer and the evidence."""
    remedies.answer(one.case.remedies.get(), by=one.by(), at=one.at, on=one.on)


def ruled(one: Carried) -> None:
    """Enter that the reply was upheld."""
    ruling = remedies.Ruling(on=one.on, result=RemedyResult.UPHELD, summary="维持答复。")
    remedies.decide(one.case.remedies.get(), by=one.by(), at=one.at, ruling=ruling)


def logged(one: Carried) -> None:
    """Publish the anonymised account of the case."""
    openness.open_log(one.case, by=one.by(), at=one.at, **one.told["log"])


STEPS: dict[str, Callable[[Carried], None]] = {
    "assign": assigned, "hand_over": handed_over, "material": material, "confirm": confirmed, "void": voided,
    "clarify": asked_to_clarify, "clarified": clarified, "explain": asked_why, "consult": consulted,
    "opinion": opinion, "propose": proposed, "extend": extended, "fee": charged, "paid": paid, "draft": drafted,
    "submit": submitted, "decide": decided, "decide_once": decided_once, "send_back": sent_back, "seal": sealed,
    "serve": served, "withdraw": withdrawn, "file_up": filed_up, "archive": archived,
    "contest": contested, "defend": defended, "rule": ruled, "log": logged,
}  # fmt: skip


def actor_of(body: Body, duties: tuple[str, ...], *, on: date) -> Actor:
    """Return the first person who holds one of these duties as an actor."""
    return scope_of(body, duties, on=on).actor(*duties)


def scope_of(body: Body, duties: tuple[str, ...], *, on: date) -> Scope:
    """Return the scope of the first person who holds one of these duties."""
    return Scope(body.posts.held(on=on).filter(duty__in=duties)[0].person, body, on)


def working_morning(now: datetime, *, ago: int) -> datetime:
    """Return half past nine on the working day that many days ago, or the last one before it."""
    on = law().calendar.last_working_day((now - timedelta(days=ago)).astimezone(SHANGHAI).date()).on
    return datetime(on.year, on.month, on.day, 9, 30, tzinfo=SHANGHAI)


def later(at: datetime, days: int) -> datetime:
    """Return the same hour so many working days later."""
    on = law().calendar.add_working_days(at.astimezone(SHANGHAI).date(), days).on if days else at.date()
    return datetime(on.year, on.month, on.day, 10, 0, tzinfo=SHANGHAI)


def after(one: Carried, days: int) -> date:
    """Return the day so many working days after the one a case has come to."""
    return law().calendar.add_working_days(one.on, days).on
