"""What comes after a reply: reconsideration and suits, decided or pending, and cases answered anew."""

from datetime import date, timedelta

from gongkai.access.actions import closing, delivery, letters, remedies
from gongkai.access.actions.remedies import Ruling
from gongkai.access.models import CaseState, DeliveryWay, LetterState, Remedy
from gongkai.web.simulation.account import Fought
from gongkai.web.simulation.daycount import DAY
from gongkai.web.simulation.life import Life
from gongkai.web.simulation.paths import plain

FOUGHT = 0.07
ARCHIVED = 0.2
RESULTS = ("upheld", "upheld", "corrected", "other")


def aftermath(life: Life) -> None:
    """Let some closed cases be fought over, some archived."""
    if life.case.state != CaseState.CLOSED or life.case.served_on is None:
        return
    if life.chance.random() < FOUGHT:
        _fought(life)
    elif life.chance.random() < ARCHIVED:
        life.later(1, 20)
        _sent_off(life)
        life.do("archive", closing.archive)


def _sent_off(life: Life) -> None:
    """Seal and send the letters of the course that nobody has served yet."""
    by, at = life.place.clerk, life.at
    for letter in life.case.letters.filter(state__in=(LetterState.SIGNED, LetterState.SEALED)):
        if letter.state == LetterState.SIGNED:
            letters.seal(letter, by=by, at=at)
        delivery.serve(letter, by=by, at=at, way=DeliveryWay.ELECTRONIC, served_on=life.day)
        life.watch.seen["acts"] += 2


def _fought(life: Life) -> None:
    direct = life.chance.random() < 0.3
    first = _entered(life, "litigation_direct" if direct else "reconsideration")
    anew = _decided(life, first)
    if not direct and not anew and first.decided_on and life.chance.random() < 0.3:
        anew = _decided(life, _entered(life, "litigation_after_reconsideration", follows=first))
    if anew:
        life.watch.moved(life.case, "reopen", CaseState.CLOSED)
        life.facts.begin_anew(life.day)
        life.facts.set_by = life.case.reopened_by.redo_by if life.case.reopened_by else None
        life.look()
        plain(life)


def _entered(life: Life, kind: str, follows: Remedy | None = None) -> Remedy:
    life.later(3, 50)
    remedy = remedies.enter(
        life.place.body, by=life.place.clerk, at=life.at, kind=kind, organ="示例区人民政府", filed_on=life.day,
        case=life.case, follows=follows,
    )  # fmt: skip
    life.setting.account.remedies.append(Fought(kind, life.day))
    life.watch.seen["acts"] += 1
    return remedy


def _decided(life: Life, remedy: Remedy) -> bool:
    """Decide a remedy, or leave it pending; tell whether the case is answered anew."""
    if life.chance.random() < 0.2:
        return False
    fought = life.setting.account.remedies[-1]
    life.later(2, 6)
    remedies.receive_copy(remedy, by=life.place.clerk, at=life.at, on=life.day, answer_due_on=_court(life, remedy))
    life.later(1, 8)
    remedies.answer(remedy, by=life.place.clerk, at=life.at, on=life.day)
    life.later(20, 80)
    result = life.chance.choice(RESULTS)
    anew = result == "corrected"
    redo_by = life.day + timedelta(days=15) if anew and life.chance.random() < 0.5 else None
    ruling = Ruling(on=life.day, result=result, received_on=life.day, orders_new_reply=anew, redo_by=redo_by)
    remedies.decide(remedy, by=life.place.clerk, at=life.at, ruling=ruling)
    fought.decided, fought.result = life.day, result
    life.watch.seen["acts"] += 3
    remedy.refresh_from_db()
    life.case.refresh_from_db()
    return anew


def _court(life: Life, remedy: Remedy) -> date | None:
    return None if remedy.kind == "reconsideration" else life.day + 15 * DAY
