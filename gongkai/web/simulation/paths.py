"""The paths a simulated case can take, each as a function of its life; weights say how often."""

from collections.abc import Callable
from datetime import timedelta

from gongkai.access.actions import closing, consulting, course, events, fees, reply, splitting
from gongkai.access.actions.splitting import Matter
from gongkai.access.models import CaseState
from gongkai.statute.outcomes import choices
from gongkai.web.simulation.daycount import DAY, LetterOut, after, reply_due
from gongkai.web.simulation.life import Life

Path = Callable[[Life], None]
LATE = 0.03
CLARIFY_DAYS, EXPLAIN_DAYS, FEE_DAYS = 15, 15, 20


def plain(life: Life) -> None:
    """Answer, now and then after the day."""
    due = reply_due(life.facts)
    if due is not None and life.chance.random() < LATE:
        life.day = max(life.day, due + 3 * DAY)
    else:
        life.later(1, 15)
    codes = [one.code for one in choices(life.place.regime) if not one.after]
    life.answer(life.chance.choice([*codes, *["disclosed"] * 8]))


def clarified(life: Life) -> None:
    """Ask what is unclear; the period begins anew with the answer."""
    _ask(life)
    if life.left_open():
        return
    life.later(1, 12)
    life.do("receive_clarification", course.receive_clarification, on=life.day, text="补充如下。")
    life.facts.begin_anew(life.day)
    life.look()
    if life.chance.random() < 0.3:
        life.later(1, 10)
        life.answer("still_unclear")
    else:
        plain(life)


def uncorrected(life: Life) -> None:
    """Ask what is unclear and hear nothing."""
    _ask(life)
    life.day = after(life.day, CLARIFY_DAYS) + DAY
    life.answer("abandoned_no_correction")


def _ask(life: Life) -> None:
    life.later(0, 4)
    life.do("ask_clarification", course.ask_clarification, on=life.day, items="请写明文件名称。", days=CLARIFY_DAYS)
    life.facts.waiting = True
    life.look()


def excessive(life: Life) -> None:
    """Ask the reasons of many requests; refuse to go on, or answer after all."""
    life.later(0, 5)
    life.do("ask_explanation", course.ask_explanation, on=life.day, days=EXPLAIN_DAYS)
    life.look()
    given = life.chance.random() < 0.5
    if given:
        life.later(1, 8)
        life.do("receive_explanation", course.receive_explanation, on=life.day, text="用于研究。")
    else:
        life.day = after(life.day, EXPLAIN_DAYS) + DAY
    life.answer("disclosed" if given and life.chance.random() < 0.5 else "excessive")


def consulted(life: Life) -> None:
    """Ask a third party or a joint author; they agree, refuse or keep silent."""
    life.later(0, 5)
    kind = life.chance.choice(("third_party", "third_party", "joint_author"))
    letter = LetterOut(life.day)
    asked = life.do("consult", consulting.consult, kind=kind, addressee="某某公司", contact="电话", on=life.day,
                    about="合同中的报价")  # fmt: skip
    life.facts.letters.append(letter)
    life.look()
    letter.delivered = life.later(0, 3)
    life.do("deliver_consultation", consulting.deliver_consultation, asked, on=life.day)
    life.look()
    if life.left_open():
        return
    opinion = life.chance.choice(("agrees", "refuses", "silent"))
    if opinion == "silent":
        life.day = after(letter.delivered, 15)
    letter.closed = life.day if opinion == "silent" else life.later(1, 12)
    life.do("close_consultation", consulting.close_consultation, asked, on=life.day, opinion=opinion, reasons="见来函")
    life.look()
    life.later(1, 6)
    refuses = opinion == "refuses" and kind == "third_party"
    life.answer(life.chance.choice(("third_party_rights", "partial") if refuses else ("disclosed", "partial")))


def extended(life: Life) -> None:
    """Give the reply more days, in time."""
    life.later(2, 12)
    days = life.chance.randint(1, life.place.extension)
    life.do("propose_extension", course.propose_extension, days=days, reason="需要检索的材料较多")
    life.do("extend", course.extend, by=life.place.people["signer"], on=life.day, days=days, reason="材料较多")
    life.facts.prolonged += days
    life.look()
    plain(life)


def charged(life: Life) -> None:
    """Notify a fee: it is paid, cancelled, or not paid in time."""
    life.later(0, 8)
    fee = life.do("notify_fee", fees.notify_fee, method="page", quantity=life.chance.randint(60, 400), on=life.day)
    life.facts.waiting = True
    life.look()
    fate = life.chance.random()
    if fate < 0.1:
        return
    if fate < 0.4:
        life.day = after(life.day, FEE_DAYS) + DAY
        life.answer("abandoned_no_fee")
        return
    life.later(1, 15)
    if fate < 0.5:
        life.do("cancel_fee", fees.cancel_fee, fee, by=life.place.people["signer"], reason="免收")
        life.facts.waiting = False
    else:
        life.do("pay_fee", fees.pay_fee, fee, on=life.day, receipt_number="票0001")
        life.facts.begin_anew(life.day)
    life.look()
    plain(life)


def handed(life: Life) -> None:
    """Let the department bring the material."""
    life.later(0, 3)
    due = life.day + timedelta(days=5)
    asked = life.do("hand_over", course.hand_over, department=life.place.department, task="请提供材料", due_on=due)
    life.look()
    life.later(1, 4)
    life.do("return_material", course.return_material, asked, by=life.place.people["dean"], answer="材料见附件")
    plain(life)


def split(life: Life) -> None:
    """Make two or three cases of one; each is answered by itself."""
    life.later(0, 3)
    matters = [Matter(f"第{n}项", f"请提供第{n}项") for n in range(1, life.chance.randint(2, 3) + 1)]
    parts = life.do("split", splitting.split, matters=matters)
    received, day = life.lived.received, life.day
    plain(life)
    for part in parts[1:]:
        other = Life(life.setting, day)
        other.adopt(part, received)
        other.facts.begun = received or day
        other.look()
        plain(other)


def merged(life: Life) -> None:
    """Handle another case of the same day with this one: one decision, a letter each."""
    other = Life(life.setting, life.day)
    other.receive()
    life.day = max(life.day, other.day)
    both = CaseState.RECEIVED == life.case.state == other.case.state
    if both:
        life.do("merge", splitting.merge, cases=[other.case])
    life.later(1, 10)
    life.answer("disclosed")
    other.case.refresh_from_db()
    if both and other.case.state == CaseState.DECIDED:
        other.day = life.day
        other.serve()


def withdrawn(life: Life) -> None:
    """Let the requester take the request back, before or after it was decided."""
    life.later(1, 10)
    if life.chance.random() < 0.3:
        life.decide_on("disclosed")
    life.later(0, 2)
    life.do("withdraw", closing.withdraw, on=life.day, note="来电撤回")
    life.close_counted("other_withdrawn_transferred")


def repeated(life: Life) -> None:
    """Refuse to answer the same once more."""
    before = [one for one in life.place.answered if one.served_on and one.served_on <= life.day]
    if before:
        life.do("assign", course.mark_repeat, of=before[-1])
        life.later(1, 10)
        life.answer("repeated")
    else:
        plain(life)


def recalled(life: Life) -> None:
    """Take a reply back before it is served, and give another."""
    life.later(1, 6)
    life.decide_on("needs_creation" if life.place.regime == "cn-ogi" else "not_held")
    life.do("recall_reply", reply.recall_reply, by=life.place.people["signer"], why="表述有误")
    life.look()
    plain(life)


def put_right(life: Life) -> None:
    """Find that the request was received on another day; every date follows."""
    event = life.case.events.standing().get(kind="received")
    life.later(1, 3)
    if life.case.submitted_on < event.on:
        day = event.on - DAY
        life.do("correct_event", events.correct_event, event, on=day, why="按签收记录更正")
        life.lived.received = life.facts.begun = day
        life.look()
    plain(life)


WEIGHTS: dict[Path, int] = {
    plain: 45, clarified: 9, uncorrected: 3, consulted: 9, extended: 7, handed: 5, split: 3, merged: 3, withdrawn: 4,
    repeated: 3, recalled: 2, put_right: 2,
}  # fmt: skip
CHARGING: dict[Path, int] = {charged: 5, excessive: 3}


def chosen(life: Life) -> Path:
    """Choose a path that the body's regime knows."""
    weights = {**WEIGHTS, **(CHARGING if life.place.charges else {})}
    if not life.place.extension:
        weights.pop(extended)
    (path,) = life.chance.choices(list(weights), list(weights.values()))
    return path
