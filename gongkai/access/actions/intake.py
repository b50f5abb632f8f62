"""Acts of intake: a request comes in, its receipt is confirmed, or it turns out to be none."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from gongkai.access import clocks
from gongkai.access.likeness import person_key
from gongkai.access.models import AccessRequest, AccessSettings, CaseState, Form, Identity, Requester, SpentForm, Way
from gongkai.access.numbering import Serials
from gongkai.access.policy import may_do, office
from gongkai.access.recording import File, clean_fields, clean_text, keep_files, record, refuse_day
from gongkai.access.transitions import enter as moved
from gongkai.bodies.models import Body
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, anyone, note
from gongkai.journal.chain import day_of
from gongkai.statute.events import WrongEvents
from gongkai.statute.intake import Receipt, UnknownChannel, receipt_on

DAYS = ("arrived_on", "signed_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class RequesterFacts:
    """Who asks, by the fields of Requester."""

    kind: str
    name: str
    identity: str = ""
    id_kind: str = ""
    id_number: str = ""
    workplace: str = ""
    org_code: str = ""
    legal_representative: str = ""
    contact_name: str = ""
    pupil: str = ""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedFacts:
    """What is asked for, by the fields of AccessRequest."""

    title: str
    wanted: str
    document_number: str = ""
    purpose: str = ""
    form_wanted: str = Form.PAPER
    way_wanted: str = Way.POST
    accepts_other: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Days:
    """The days of a request on its way in; `received_on` is open where the requester must still be asked."""

    channel: str
    submitted_on: date
    arrived_on: date | None = None
    received_on: date | None = None
    confirmed_on: date | None = None


@act("access.received", cite="cn-ogi/31", may=anyone)
def receive_online(
    body: Body,
    *,
    by: Actor,
    at: datetime,
    requester: RequesterFacts,
    wanted: WantedFacts,
    files: Sequence[File] = (),
    spent: Sequence[str] = (),
) -> AccessRequest:
    """Take in a request sent by the public form; the receipt that is shown is the confirmation.

    `spent` are the keys of the form and the proof of work, used up with it. Raises IntegrityError when a key was
    used before: nothing is taken in twice.
    """
    settings = AccessSettings.objects.filter(body=body).first()
    if settings is not None and not settings.open_online:
        raise ActRefused("本单位没有开通网上申请，请当面提交或者邮寄书面申请。")
    on = day_of(at)
    days = _Days(channel="web", submitted_on=on, arrived_on=on, received_on=on, confirmed_on=on)
    case = _taken_in(body, days, requester, wanted, by=by, at=at)
    SpentForm.objects.bulk_create(SpentForm(key=key, case=case, at=at) for key in spent)
    keep_files(case, files, at=at, purpose="application")
    return case


@act("access.entered", cite="cn-ogi/31", may=office)
def enter(
    body: Body,
    *,
    by: Actor,
    at: datetime,
    channel: str,
    submitted_on: date,
    requester: RequesterFacts,
    wanted: WantedFacts,
    files: Sequence[File] = (),
    **days: date | None,
) -> AccessRequest:
    """Enter a request that came on paper, by e-mail or fax; days: `arrived_on`, `signed_on` (registered post).

    It is received on the day the law counts for its channel; where that is the day of the confirmation it waits to
    be confirmed. Raises ActRefused for a day that cannot be and a channel that takes no requests.
    """
    if unknown := set(days) - set(DAYS):
        raise TypeError(f"enter() takes no {', '.join(sorted(unknown))}")
    arrived_on = days.get("arrived_on") or days.get("signed_on") or _arrival(channel, submitted_on, at=at)
    refuse_day(submitted_on, what="提交或寄出日期", at=at)
    for what, day in (("到达日期", arrived_on), ("签收日期", days.get("signed_on"))):
        if day:
            refuse_day(day, what=what, at=at, since=submitted_on, since_what="提交或寄出日期")
    receipt = _receipt(channel, submitted_on=submitted_on, signed_on=days.get("signed_on"))
    if receipt.on is None and not receipt.confirm:
        raise ActRefused(f"{receipt.ask}。")
    known = _Days(channel=channel, submitted_on=submitted_on, arrived_on=arrived_on, received_on=receipt.on)
    case = _taken_in(body, known, requester, wanted, by=by, at=at)
    keep_files(case, files, at=at, purpose="application")
    return case


@act("access.confirmed", cite="cn-ogi/31", may=may_do("confirm"))
def confirm(case: AccessRequest, *, by: Actor, at: datetime, on: date) -> AccessRequest:
    """Say on which day the receipt was confirmed with the requester: the request counts as received on it."""
    case = moved(case, "confirm")
    refuse_day(on, what="确认日期", at=at, since=case.arrived_on or case.submitted_on, since_what="到达日期")
    case.confirmed_on = case.received_on = on
    case.regime = clocks.regime_of(case.body, on=on)
    case.save()
    record(case, "received", on, by=by, at=at)
    clocks.refresh(case, at=at)
    note(number=case.number, on=on.isoformat(), due_on=case.due_on.isoformat() if case.due_on else None)
    return case


@act("access.voided", may=may_do("void"))
def void(case: AccessRequest, *, by: Actor, at: datetime, reason: str) -> AccessRequest:
    """Set aside what came in and is no request, before its receipt was confirmed; it is not counted."""
    case = moved(case, "void")
    case.void_reason = clean_text(reason, what="原因", needed="请写明为什么不作为申请办理。", longest=200)
    case.closed_at = at
    case.save()
    clocks.refresh(case, at=at)
    note(number=case.number)
    return case


def _arrival(channel: str, submitted_on: date, *, at: datetime) -> date:
    """Take the day something arrived where it was not said: what is sent by wire the day it was sent."""
    return submitted_on if channel in ("email", "fax", "counter", "web") else day_of(at)


def _receipt(channel: str, **days: date | None) -> Receipt:
    confirmed_on = days["submitted_on"] if channel == "web" else None
    try:
        receipt = receipt_on(channel, confirmed_on=confirmed_on, **days)
    except (UnknownChannel, WrongEvents) as wrong:
        raise ActRefused("请选择提交方式，并核对日期。") from wrong
    if not receipt.accepted:
        raise ActRefused(receipt.words.replace(",", "，").replace(";", "；"))
    return receipt


def _taken_in(
    body: Body, days: _Days, requester: RequesterFacts, wanted: WantedFacts, *, by: Actor, at: datetime
) -> AccessRequest:
    first_day = days.received_on or days.arrived_on or days.submitted_on
    regime = clocks.regime_of(body, on=first_day)
    who, what = _checked(regime, requester, wanted)
    serial = Serials(body).next(first_day.year)
    person = Requester.objects.create(body=body, same_person=person_key(body, requester), **who)
    case = AccessRequest.objects.create(
        body=body, regime=regime, year=first_day.year, serial=serial,
        local=clocks.local_of(body, regime=regime, on=first_day), requester=person, requester_kind=person.kind,
        identity=person.identity, channel=days.channel, submitted_on=days.submitted_on, arrived_on=days.arrived_on,
        confirmed_on=days.confirmed_on, received_on=days.received_on, recorded_at=at,
        state=CaseState.RECEIVED if days.received_on else CaseState.SUBMITTED, **what,
    )  # fmt: skip
    if days.received_on is None and days.arrived_on:
        record(case, "arrived", days.arrived_on, by=by, at=at)
    if days.received_on:
        record(case, "received", days.received_on, by=by, at=at)
    clocks.refresh(case, at=at)
    note(
        number=case.number, channel=case.channel, kind=case.requester_kind,
        on=first_day.isoformat(), due_on=case.due_on.isoformat() if case.due_on else None,
    )  # fmt: skip
    return case


def _checked(regime: str, requester: RequesterFacts, wanted: WantedFacts) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the fields of the requester and of the request, cleaned. Raises ActRefused for what must be there."""
    who = clean_fields(Requester, asdict(requester))
    what = clean_fields(AccessRequest, asdict(wanted))
    if not who["name"] or not who["kind"]:
        raise ActRefused("请填写申请人的姓名或者名称，并选择申请人类型。")
    if not what["title"] or not what["wanted"]:
        raise ActRefused("请写明所需信息的名称，并描述需要的内容。")
    if not any(who[name] for name in ("address", "phone", "fax", "email")):
        raise ActRefused("请至少填写一种联系方式：通信地址、电话、传真或者邮箱。")
    if regime == "party-2017" and who["identity"] != Identity.MEMBER:
        raise ActRefused("党务公开的申请由党员提出，请选择“党员”。其他公民可以向有关单位申请信息公开。")
    return who, what
