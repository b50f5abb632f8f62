"""Acts that make more public: the anonymised log, the yearly look at refusals, proactive publication."""

from datetime import datetime

from gongkai.access.models import AccessRequest, CaseState, LogEntry, RefusalCheck, Verdict
from gongkai.access.openness import is_refusal, names_somebody
from gongkai.access.transitions import enter as entered
from gongkai.bodies.policy import OFFICE, holds
from gongkai.journal import outbox
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, note
from gongkai.publishing.actions import drafting
from gongkai.publishing.models import Edition

office = holds(*OFFICE)
LEAST = 4


@act("access.log_opened", may=office)
def open_log(case: AccessRequest, *, by: Actor, at: datetime, question: str, answer: str) -> LogEntry:
    """Publish what was asked and what came of it in the office's own words, never the requester's."""
    case = entered(case, "open_log")
    question, answer = question.strip(), answer.strip()
    if len(question) < LEAST:
        raise ActRefused("请用一句话概括申请的内容，不写申请人的姓名和联系方式。")
    if len(question) > 200 or len(answer) > 2000:
        raise ActRefused("概括最多 200 字，答复摘要最多 2000 字，请删短一些。")
    if names_somebody(case.requester, question + answer):
        raise ActRefused("概括里有申请人的姓名或联系方式，请去掉以后再公开。")
    entry, _ = LogEntry.objects.update_or_create(
        case=case, defaults={"question": question, "answer": answer, "opened_at": at, "shut_at": None}
    )
    note(number=case.number)
    outbox.put("access.logged", case=case.pk)
    return entry


@act("access.log_shut", may=office)
def shut_log(case: AccessRequest, *, by: Actor, at: datetime) -> LogEntry:
    """Take the account of a case off the public site."""
    entry = LogEntry.objects.select_for_update().filter(case=case, shut_at=None).first()
    if entry is None:
        raise ActRefused("这一件没有公开摘要。")
    entry.shut_at = at
    entry.save(update_fields=["shut_at"])
    note(number=case.number)
    outbox.put("access.logged", case=case.pk)
    return entry


@act("access.refusal_checked", cite="cn-ogi/18", may=office)
def check_refusal(
    case: AccessRequest, *, by: Actor, at: datetime, year: int, verdict: str, reasons: str
) -> RefusalCheck:
    """Say, in the yearly evaluation, whether what was refused must stay closed (条例第十八条)."""
    if case.state not in (CaseState.CLOSED, CaseState.ARCHIVED) or not is_refusal(case.counted_outcome):
        raise ActRefused("只评估答复为不予公开或部分公开的申请。")
    if verdict not in Verdict.values:
        raise ActRefused("请选择评估结论。")
    if len(reasons.strip()) < LEAST:
        raise ActRefused("请写明理由：原来的情形现在还在不在。")
    check, _ = RefusalCheck.objects.update_or_create(
        case=case, year=year,
        defaults={"verdict": verdict, "reasons": reasons.strip(), "by_name": by.person_name, "at": at},
    )  # fmt: skip
    note(number=case.number, year=year, verdict=verdict)
    return check


@act("access.made_proactive", cite="cn-ogi/44", may=office)
def make_proactive(case: AccessRequest, *, by: Actor, at: datetime, title: str) -> Edition:
    """Begin a draft that publishes to everybody what was asked for; it takes the usual chain."""
    if case.state not in (CaseState.CLOSED, CaseState.ARCHIVED):
        raise ActRefused("答复以后才能转为主动公开。")
    if names_somebody(case.requester, title):
        raise ActRefused("标题里有申请人的姓名或联系方式，请去掉。")
    if LogEntry.objects.filter(case=case).exclude(proactive=None).exists():
        raise ActRefused("这一件已经转为主动公开，请到信息公开里查看。")
    edition = drafting.draft(case.body, by=by, at=at, title=title.strip()[:200])
    entry, made = LogEntry.objects.get_or_create(
        case=case, defaults={"question": title.strip()[:200], "opened_at": at, "shut_at": at}
    )
    entry.proactive = edition.disclosure
    entry.save(update_fields=["proactive"])
    RefusalCheck.objects.filter(case=case, opened_as=None).exclude(verdict=Verdict.KEEP).update(
        opened_as=edition.disclosure
    )
    note(number=case.number, disclosure=edition.disclosure_id)
    return edition
