"""Acts on the course of a case: who handles it, what is asked of the requester, more time."""

import hmac
from collections.abc import Sequence
from datetime import date, datetime

from gongkai.access import clocks
from gongkai.access.actions import letters
from gongkai.access.likeness import asked_within
from gongkai.access.models import AccessRequest, AccessSettings, CaseState, HandOver
from gongkai.access.policy import may_do
from gongkai.access.recording import File, clean_text, keep_files, keep_text, record, refuse_day
from gongkai.access.transitions import enter
from gongkai.accounts.models import Person
from gongkai.bodies.models import Department
from gongkai.bodies.scope import duties_of
from gongkai.frame.dates import cn_date
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, anyone, note
from gongkai.journal.chain import day_of
from gongkai.statute.letters import words_of

BULK_DAYS = 30  # the days in which a requester's cases are counted when reasons are asked
MOST_DAYS = 60  # working days that a letter may give the requester
LONG_AGO = "请核对日期；确实在期限内告知的，按实际日期补登。"


@act("access.assigned", may=may_do("assign"))
def assign(
    case: AccessRequest, *, by: Actor, at: datetime, handler: Person | None = None, department: Department | None = None
) -> AccessRequest:
    """Say who handles a case: a person, a department, or a person of a department."""
    case = enter(case, "assign")
    if handler is None and department is None:
        raise ActRefused("请选择由哪个部门或者哪个人承办。")
    _refuse_foreign(case, handler, department, at=at)
    case.handler, case.department = handler, department
    case.save()
    clocks.refresh(case, at=at)
    note(number=case.number, department=department.name if department else "",
         handler=handler.username if handler else "")  # fmt: skip
    return case


@act("access.handed_over", may=may_do("hand_over"))
def hand_over(
    case: AccessRequest,
    *,
    by: Actor,
    at: datetime,
    department: Department | None = None,
    person: Person | None = None,
    task: str,
    due_on: date,
) -> HandOver:
    """Ask a department or a person of the body for the material of a case, by a day."""
    case, on = enter(case, "hand_over"), day_of(at)
    if department is None and person is None:
        raise ActRefused("请选择请哪个部门或者哪个人提供材料。")
    _refuse_foreign(case, person, department, at=at)
    if due_on < on:
        raise ActRefused("要求返回的日期不能早于今天。")
    if case.due_on is not None and on <= case.due_on < due_on:
        raise ActRefused(f"要求返回的日期晚于答复期限（{cn_date(case.due_on)}），请提前。")
    handed = HandOver.objects.create(
        case=case, department=department, person=person, asked_on=on, due_on=due_on,
        task=clean_text(task, what="要办的事", needed="请写明需要提供什么。", longest=200),
    )  # fmt: skip
    clocks.refresh(case, at=at)
    note(
        number=case.number,
        on=on.isoformat(),
        until=due_on.isoformat(),
        department=department.name if department else "",
    )
    return handed


@act("access.material_returned", may=may_do("return_material"))
def return_material(handed: HandOver, *, by: Actor, at: datetime, answer: str, files: Sequence[File] = ()) -> HandOver:
    """Give back what was asked for: words, files, or that there is nothing."""
    case = enter(handed.case, "return_material")
    handed = HandOver.objects.select_for_update().get(pk=handed.pk)
    if handed.returned_on is not None:
        raise ActRefused(f"{cn_date(handed.returned_on)}已经返回过了。要补充，请办公室再请一次。")
    handed.answer = clean_text(answer, what="办理结果", needed="请写明办理结果；没有相关材料的也请写明。")
    handed.returned_on = day_of(at)
    handed.save()
    keep_files(case, files, at=at, purpose="material", from_requester=False)
    clocks.refresh(case, at=at)
    note(number=case.number, on=handed.returned_on.isoformat())
    return handed


@act("access.clarification_asked", cite="cn-ogi/30", may=may_do("ask_clarification"))
def ask_clarification(
    case: AccessRequest, *, by: Actor, at: datetime, on: date, items: str, days: int | None = None
) -> AccessRequest:
    """Tell the requester, once and for all, what to make clear and by when; the reply's period stands still.

    `days` are working days, by default the body's own setting. Raises ActRefused a second time and after the last
    day of the notice.
    """
    case = enter(case, "ask_clarification")
    refuse_day(on, what="告知补正日期", at=at, since=case.received_on)
    items = clean_text(items, what="补正事项", needed="请写明要补正哪些内容。")
    if earlier := clocks.standing(case, "clarification_sent"):
        raise ActRefused(
            f"{cn_date(earlier.on)}已经告知补正一次，补正只能告知一次。仍不明确的，请按“补正后仍不明确”答复。"
        )
    last = clocks.limit_of(case, "clarification-notice").due_on
    if last is not None and on > last:
        raise ActRefused(
            f"补正应在{cn_date(last)}以前告知，已经超过期限，不能再要求补正。请按现有内容检索并答复；{LONG_AGO}"
        )
    given = _given_days(case, days)
    record(case, "clarification_sent", on, by=by, at=at, days=given, note=items)
    keep_text(case, "补正事项.txt", items, at=at, purpose="clarification", from_requester=False)
    case.save()
    clocks.refresh(case, at=at)
    letters.issue(case, "F04", by=by, at=at, on=on, items=items, days=given)
    note(number=case.number, on=on.isoformat(), days=given)
    return case


@act("access.clarified", cite="cn-ogi/30", may=may_do("receive_clarification"))
def receive_clarification(
    case: AccessRequest, *, by: Actor, at: datetime, on: date, text: str, files: Sequence[File] = ()
) -> AccessRequest:
    """Take in the requester's clarification: the reply's period begins anew on that day."""
    return _clarified(case, by=by, at=at, on=on, text=text, files=files)


@act("access.explanation_asked", cite="cn-ogi/35", may=may_do("ask_explanation"))
def ask_explanation(
    case: AccessRequest, *, by: Actor, at: datetime, on: date, days: int | None = None
) -> AccessRequest:
    """Ask the reasons of requests made in bulk; the reply's period runs on."""
    case = enter(case, "ask_explanation")
    refuse_day(on, what="告知日期", at=at, since=case.received_on)
    if clocks.standing(case, "reasons_asked"):
        raise ActRefused("已经要求说明过理由，请根据说明的理由办理。")
    given = _given_days(case, days)
    record(case, "reasons_asked", on, by=by, at=at, days=given)
    case.save()
    clocks.refresh(case, at=at)
    letters.issue(case, "F05", by=by, at=at, on=on, count=asked_within(case, days=BULK_DAYS), days=given)
    note(number=case.number, on=on.isoformat(), days=given)
    return case


@act("access.explained", cite="cn-ogi/35", may=may_do("receive_explanation"))
def receive_explanation(case: AccessRequest, *, by: Actor, at: datetime, on: date, text: str) -> AccessRequest:
    """Take in the reasons the requester gives, or that none were given (a text of the office that says so)."""
    return _explained(case, by=by, at=at, on=on, text=text)


@act("access.answered_online", cite="cn-ogi/30", may=anyone)
def answer_online(
    case: AccessRequest, *, by: Actor, at: datetime, code: str, text: str, files: Sequence[File] = ()
) -> AccessRequest:
    """Take in, from whoever holds the case's query code, the clarification or the reasons it waits for."""
    if not hmac.compare_digest(code.strip().upper().encode(), case.query_code.encode()):
        raise ActRefused("申请编号或者查询码不对，请核对回执后再填。")
    state = AccessRequest.objects.get(pk=case.pk).state
    if state == CaseState.EXPLAINING:
        answered = _explained(case, by=by, at=at, on=day_of(at), text=text)
        keep_files(answered, files, at=at, purpose="explanation")
        return answered
    return _clarified(case, by=by, at=at, on=day_of(at), text=text, files=files)


@act("access.extension_proposed", may=may_do("propose_extension"))
def propose_extension(case: AccessRequest, *, by: Actor, at: datetime, days: int, reason: str) -> AccessRequest:
    """Propose to the approver that the reply be given later."""
    case = enter(case, "propose_extension")
    reason = clean_text(reason, what="延期理由", needed="请写明为什么需要延期。", longest=200)
    _refuse_extension(case, on=day_of(at), days=days)
    record(case, "extension_proposed", day_of(at), by=by, at=at, days=days, note=reason)
    note(number=case.number, days=days)
    return case


@act("access.extended", cite="cn-ogi/33.2", may=may_do("extend"))
def extend(case: AccessRequest, *, by: Actor, at: datetime, on: date, days: int, reason: str) -> AccessRequest:
    """Give the reply more working days: once, within the cap, and told to the requester before the day is over."""
    case = enter(case, "extend")
    refuse_day(on, what="延期日期", at=at, since=case.received_on)
    reason = clean_text(reason, what="延期理由", needed="请写明为什么需要延期。", longest=200)
    _refuse_extension(case, on=on, days=days)
    record(case, "extended", on, by=by, at=at, days=days, note=reason)
    case.save()
    clocks.refresh(case, at=at)
    letters.issue(case, "F06", by=by, at=at, on=on, reasons=reason, days=days, extended=case.due_on)
    note(number=case.number, on=on.isoformat(), days=days, due_on=case.due_on.isoformat() if case.due_on else None)
    return case


@act("access.deferred", cite="cn-ogi/35", may=may_do("defer"))
def defer(case: AccessRequest, *, by: Actor, at: datetime, on: date, days: int, reason: str) -> AccessRequest:
    """Fix the reasonable delayed day of a reply whose bulk the requester has explained, and tell it: once, in time."""
    case = enter(case, "defer")
    refuse_day(on, what="确定日期", at=at, since=case.received_on)
    reason = clean_text(reason, what="理由", needed="请写明为什么不能在规定期限内答复。", longest=200)
    _refuse_deferring(case, on=on, days=days)
    record(case, "deferred", on, by=by, at=at, days=days, note=reason)
    case.save()
    clocks.refresh(case, at=at)
    basis = words_of("cn-ogi/35")  # not article 33, on which an extension rests
    letters.issue(case, "F06", by=by, at=at, on=on, reasons=reason, days=days, extended=case.due_on, basis=basis)
    note(number=case.number, on=on.isoformat(), days=days, due_on=case.due_on.isoformat() if case.due_on else None)
    return case


@act("access.repeat_marked", cite="cn-ogi/36(6)", may=may_do("assign"))
def mark_repeat(case: AccessRequest, *, by: Actor, at: datetime, of: AccessRequest | None) -> AccessRequest:
    """Say which earlier case of the same requester this one repeats (None: it repeats none after all)."""
    case = enter(case, "assign")
    if of is not None and of.body_id != case.body_id:
        raise ActRefused("只能与本单位的申请比较。")
    if of is not None and of.pk >= case.pk:
        raise ActRefused("重复申请要指明在前的那一件。")
    case.repeats = of
    case.save(update_fields=["repeats"])
    note(number=case.number, repeats=of.number if of else None)
    return case


def _clarified(
    case: AccessRequest, *, by: Actor, at: datetime, on: date, text: str, files: Sequence[File]
) -> AccessRequest:
    case = enter(case, "receive_clarification")
    asked = clocks.standing(case, "clarification_sent")
    refuse_day(on, what="收到补正日期", at=at, since=asked.on if asked else None, since_what="告知补正日期")
    text = clean_text(text, what="补正内容", needed="" if files else "请填写补正的内容。")
    record(case, "clarification_received", on, by=by, at=at)
    if text:
        keep_text(case, "补正内容.txt", text, at=at, purpose="clarification", from_requester=True)
    keep_files(case, files, at=at, purpose="clarification")
    case.save()
    clocks.refresh(case, at=at)
    note(number=case.number, on=on.isoformat(), due_on=case.due_on.isoformat() if case.due_on else None)
    return case


def _explained(case: AccessRequest, *, by: Actor, at: datetime, on: date, text: str) -> AccessRequest:
    case = enter(case, "receive_explanation")
    asked = clocks.standing(case, "reasons_asked")
    refuse_day(on, what="收到说明日期", at=at, since=asked.on if asked else None, since_what="要求说明的日期")
    text = clean_text(text, what="说明", needed="请填写申请人说明的理由；没有说明的，请写明没有收到说明。")
    record(case, "reasons_given", on, by=by, at=at)
    keep_text(case, "说明理由.txt", text, at=at, purpose="explanation", from_requester=True)
    case.save()
    clocks.refresh(case, at=at)
    note(number=case.number, on=on.isoformat())
    return case


def _given_days(case: AccessRequest, days: int | None) -> int:
    settings = AccessSettings.objects.filter(body=case.body_id).first() or AccessSettings()
    given = settings.clarification_days if days is None else days
    if not 1 <= given <= MOST_DAYS:
        raise ActRefused(f"给申请人的期限应在1到{MOST_DAYS}个工作日之间。")
    return given


def _refuse_extension(case: AccessRequest, *, on: date, days: int) -> None:
    due = clocks.reply(case)
    if due.rule is None or due.due_on is None:
        raise ActRefused(f"{due.ask or '还不能确定答复期限'}，然后才能延期。")
    if not due.rule.extension:
        raise ActRefused("本单位适用的答复期限没有延期的规定，请在期限内答复。")
    if due.extended:
        raise ActRefused("已经延期一次，不能再延。请在期限内答复。")
    if not 1 <= days <= due.rule.extension:
        raise ActRefused(f"延期应在1到{due.rule.extension}个工作日之间。")
    if on > due.due_on:
        raise ActRefused(f"答复期限{cn_date(due.due_on)}已经届满，不能再延期。请尽快答复。{LONG_AGO}")


def _refuse_deferring(case: AccessRequest, *, on: date, days: int) -> None:
    due = clocks.reply(case)
    if due.rule is None or due.due_on is None or not due.rule.deferrable:
        raise ActRefused("本单位适用的答复期限没有确定延迟答复的规定，请在期限内答复。")
    given = clocks.standing(case, "reasons_given")
    if given is None:
        raise ActRefused("先要求申请人说明理由，认为理由合理、又不能在期限内答复的，才能确定延迟答复的期限。")
    if clocks.standing(case, "deferred"):
        raise ActRefused("已经确定过延迟答复的期限，不能再延。请在期限内答复。")
    if not 1 <= days <= MOST_DAYS:
        raise ActRefused(f"延迟应在1到{MOST_DAYS}个工作日之间，以合理为限。")
    if not given.on <= on <= due.due_on:
        raise ActRefused(f"应在收到说明以后、答复期限{cn_date(due.due_on)}届满以前确定并告知。{LONG_AGO}")


def _refuse_foreign(case: AccessRequest, person: Person | None, department: Department | None, *, at: datetime) -> None:
    if department is not None and department.body_id != case.body_id:
        raise ActRefused("只能交给本单位的部门。")
    if person is not None and not duties_of(person.pk, case.body, on=day_of(at)):
        raise ActRefused(f"{person.name}不在本单位任职，请另选一位。")
