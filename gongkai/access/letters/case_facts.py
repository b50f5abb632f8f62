"""What a letter takes from the case itself: the request, its dates, its course and who asked."""

from datetime import date

from gongkai.access.letters.voice import shown, you
from gongkai.access.models import AccessRequest, CaseEvent, Identity, Requester, RequesterKind
from gongkai.frame.dates import cn_date
from gongkai.statute.checks import EVENTS
from gongkai.statute.load import law

QUOTED = 300
SAID = {"received": "收到申请", "decided": "签发答复"}
FULL_WIDTH = str.maketrans(",;:()", "，；：（）")


def case_facts(case: AccessRequest, *, on: date) -> dict[str, str]:
    """Return the fields that the request and its course fill."""
    return {**_request(case), **_dates(case, on), **_course(case), **person_facts(case.requester)}


def _request(case: AccessRequest) -> dict[str, str]:
    wanted = shown(case.wanted, longest=QUOTED)
    names = (case.title, wanted if wanted != case.title else "")
    return {
        "number": case.number,
        "query_code": case.query_code,
        "title": shown(case.title),
        "wanted": wanted,
        "request": "：".join(part for part in names if part).rstrip("。；，"),
        "document_number": case.document_number,
        "purpose": shown(case.purpose, longest=QUOTED),
        "form": str(case.get_form_wanted_display()),
        "way": str(case.get_way_wanted_display()),
        "accepts_other": "是" if case.accepts_other else "否",
        "channel": str(case.get_channel_display()),
        "state": str(case.get_state_display()),
        "department": case.department.name if case.department else "",
        "handler": case.handler.name if case.handler else "",
        "earlier": case.repeats.number if case.repeats else "",
    }


def _dates(case: AccessRequest, on: date) -> dict[str, str]:
    due = "" if case.due_on is None else cn_date(case.due_on)
    rule = law().intake.get(case.channel)
    words = f"最迟{due}答复" + ("（放假安排公布后可能调整）" if case.provisional else "")
    return {
        "today": cn_date(on),
        "submitted": cn_date(case.submitted_on),
        "received": cn_date(case.received_on),
        "received_or_wait": cn_date(case.received_on) or "待与申请人确认后确定",
        "receipt_rule": rule.words.rstrip("。").translate(FULL_WIDTH) if rule else "",
        "due": due,
        "due_words": words if due else "收到申请之日确定后另行告知",
        "served": cn_date(case.served_on),
    }


def _course(case: AccessRequest) -> dict[str, str]:
    events = list(case.events.standing())
    last: dict[str, CaseEvent] = {event.kind: event for event in events}

    def day(kind: str) -> str:
        return cn_date(last[kind].on) if kind in last else ""

    return {
        "clarification_sent": day("clarification_sent"),
        "clarified": day("clarification_received"),
        "fee_notified": day("fee_notified"),
        "course": "；".join(f"{cn_date(event.on)}{said_of(event.kind)}" for event in events),
    }


def person_facts(requester: Requester) -> dict[str, str]:
    """Return the fields that the requester fills; an erased one is 申请人."""
    return {
        "you": you(requester, requester.kind),
        "requester": requester.name or "申请人",
        "person": "1" if requester.kind == RequesterKind.NP else "",
        "kind": str(requester.get_kind_display()),
        "identity": f"（{Identity(requester.identity).label}）" if requester.identity else "",
        "identification": f"{requester.id_kind} {requester.id_number}".strip(),
        "workplace": requester.workplace,
        "org_code": requester.org_code,
        "representative": requester.legal_representative,
        "contact_name": requester.contact_name,
        "pupil": requester.pupil,
        "requester_address": requester.address,
        "requester_postcode": requester.postcode,
        "requester_phone": requester.phone,
        "requester_fax": requester.fax,
        "requester_email": requester.email,
    }


def said_of(kind: str) -> str:
    """Return what an event of a case is called on paper."""
    return SAID.get(kind) or EVENTS.get(kind, kind)
