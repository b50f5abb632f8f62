"""One case, act by act, as its handlers would do it; after each act the watch looks at it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from gongkai.access.actions import course, delivery, intake, letters, reply
from gongkai.access.actions.intake import RequesterFacts, WantedFacts
from gongkai.access.models import AccessRequest, CaseState, DeliveryWay
from gongkai.access.signing import reply_of
from gongkai.journal.actor import Actor
from gongkai.journal.chain import SHANGHAI
from gongkai.review.progress import current_step
from gongkai.review.secrecy import without_trouble
from gongkai.web.simulation.account import Account, Lived
from gongkai.web.simulation.daycount import Facts
from gongkai.web.simulation.places import Place
from gongkai.web.simulation.replies import reply_facts
from gongkai.web.simulation.watching import Watch

TO_CONFIRM = ("email", "fax", "mail_plain", "mail_misdirected")
CHANNELS = ("web", "web", "web", "counter", "mail_signed", "mail_signed", *TO_CONFIRM)
KIND_WEIGHTS = {"np": 70, "biz": 10, "res": 3, "ngo": 4, "law": 8, "oth": 5}
LEFT_OPEN = 0.04


@dataclass
class Setting:
    """Where and when a case lives, and who looks on."""

    place: Place
    account: Account
    watch: Watch
    chance: Random
    first: date
    last: date


class Life:
    """A case on its way: `day` is today, `facts` what its period follows from, `lived` what must be counted."""

    case: AccessRequest
    lived: Lived
    facts: Facts

    def __init__(self, setting: Setting, day: date) -> None:
        self.setting, self.place, self.chance, self.day = setting, setting.place, setting.chance, day
        self.watch = setting.watch

    @property
    def at(self) -> datetime:
        """Return the moment of today's acts."""
        return datetime.combine(self.day, time(10), SHANGHAI)

    def later(self, least: int, most: int) -> date:
        """Let days pass."""
        self.day += timedelta(days=self.chance.randint(least, most))
        return self.day

    def do(self, code: str, act: Callable[..., Any], subject: Any = None, by: Actor | None = None, **facts: Any) -> Any:
        """Do one act on the case (or on a record of it) and look at what came of it."""
        before = self.case.state
        result = act(subject or self.case, by=by or self.place.clerk, at=self.at, **facts)
        self.case.refresh_from_db()
        self.watch.seen["acts"] += 1
        self.watch.moved(self.case, code, before)
        return result

    def look(self) -> None:
        """Check the reply's day, now and then also that a wrong step is refused."""
        self.watch.dated(self.case, self.facts)
        if self.chance.random() < 0.15:
            self.watch.tempted(self.case, self.chance)

    def adopt(self, case: AccessRequest, received: date | None) -> None:
        """Take up a case that came in."""
        self.case = case
        self.facts = Facts(need=self.place.need, pauses=self.place.pauses, begun=received or self.day)
        self.lived = self.setting.account.cases.setdefault(case.pk, Lived(case.pk, case.requester_kind, received))

    def receive(self) -> None:
        """Let a request come in by some channel and, where the law asks for it, be confirmed."""
        channel = self.chance.choice(CHANNELS)
        who, what = self._asked()
        body, day = self.place.body, self.day
        if channel == "web":
            public = Actor.public(body_code=body.code, body_name=body.name)
            case = intake.receive_online(body, by=public, at=self.at, requester=who, wanted=what)
        else:
            sent = day - timedelta(days=self.chance.randint(1, 4)) if channel.startswith("mail") else day
            signed = {"signed_on": day} if channel == "mail_signed" else {"arrived_on": day}
            case = intake.enter(body, by=self.place.clerk, at=self.at, channel=channel, submitted_on=sent,
                                requester=who, wanted=what, **signed)  # fmt: skip
        self.watch.seen["acts"] += 1
        waits = channel in TO_CONFIRM
        self.adopt(case, None if waits else day)
        if waits and self.chance.random() < 0.1:
            self.do("void", intake.void, reason="不是信息公开申请")
        elif waits:
            self.later(0, 1)
            self.do("confirm", intake.confirm, on=self.day)
            self.lived.received = self.facts.begun = self.day
        if self.case.state == CaseState.RECEIVED:
            self.do("assign", course.assign, department=self.place.department)
            self.look()

    def _asked(self) -> tuple[RequesterFacts, WantedFacts]:
        serial = next(self.place.serials)
        (kind,) = self.chance.choices(list(KIND_WEIGHTS), list(KIND_WEIGHTS.values()))
        identity = "" if self.place.regime == "cn-ogi" else self.chance.choice(("staff", "student", "parent", "public"))
        who = RequesterFacts(kind=kind, name=f"申请人{serial}", identity=identity, phone=f"139{serial:08d}")
        return who, WantedFacts(title=f"第{serial}项信息", wanted=f"请提供第{serial}项信息的全文。")

    def left_open(self) -> bool:
        """Tell whether the case is left as it stands, for good."""
        return self.chance.random() < LEFT_OPEN

    def answer(self, code: str) -> None:
        """Write, decide, sign and serve the reply; now and then it is returned first or left on the way."""
        self.decide_on(code)
        if self.case.state == CaseState.DECIDED and not self.left_open():
            self.later(0, 3)
            self.serve()

    def decide_on(self, code: str) -> None:
        """Send a reply through its chain up to the signature (or as far as it gets)."""
        says = reply_facts(self.case.regime, code)
        self.do("submit_reply", reply.submit_reply, **says)
        if self.chance.random() < 0.04:
            self._step("return")
            self.later(0, 2)
            self.do("submit_reply", reply.submit_reply, **says)
        if self.left_open():
            return self.look()
        while self.case.state == CaseState.IN_REVIEW:
            self.later(0, 1)
            self._step("approve")
        self.look()
        return None

    def _step(self, verdict: str) -> None:
        item = self.case.review.items.get()
        step = current_step(item)
        by = self.place.decider(step, item, on=self.day)
        support = {"checklist": without_trouble()} if step.checklist and verdict == "approve" else {}
        reply.decide_reply(
            self.case, by=by, at=self.at, step=step, verdict=verdict, digests={item.pk: item.digest},
            opinion="请核对。" if verdict == "return" else "", **support,
        )  # fmt: skip
        self.watch.seen["acts"] += 1
        before = self.case.state
        self.case.refresh_from_db()
        if self.case.state != before:
            self.watch.moved(self.case, "return_reply" if verdict == "return" else "approve_reply", before)

    def serve(self) -> None:
        """Seal the reply letter and serve it one way or another; the first service is what is counted."""
        letter = reply_of(self.case)
        self.do("seal", letters.seal, letter)
        self.do("serve", delivery.serve, letter, **self._proof())
        if self.lived.counted is None:
            self.lived.outcome, self.lived.counted = self.case.outcome, self.day
        self.facts.set_by = None
        if self.chance.random() < 0.02:
            self.later(1, 5)
            delivery.fail(letter.deliveries.get(), by=self.place.clerk, at=self.at, on=self.day)
            self.later(1, 3)
            self.do("reserve", delivery.serve, letter, **self._proof())
        self.place.answered.append(self.case)

    def _proof(self) -> dict[str, Any]:
        way = self.chance.choice(DeliveryWay.values)
        number = f"11{next(self.place.serials):011d}"
        proofs: dict[str, dict[str, Any]] = {
            DeliveryWay.POST: {"postal_number": number},
            DeliveryWay.LEFT: {"witness": "见证人", "place": "申请人住处"},
            DeliveryWay.ELECTRONIC: {},
        }
        return {"way": way, "served_on": self.day, **proofs.get(way, {"signed_by": "签收人", "signed_on": self.day})}

    def close_counted(self, outcome: str) -> None:
        """Remember a case that closed without a letter."""
        if self.lived.counted is None:
            self.lived.outcome, self.lived.counted = outcome, self.day
