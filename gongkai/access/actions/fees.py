"""Acts on the information processing fee: notified within the reply's period, paid, or taken back."""

from datetime import date, datetime

from gongkai.access import clocks
from gongkai.access.actions import letters
from gongkai.access.models import AccessRequest, AccessSettings, FeeMethod, FeeNotice
from gongkai.access.paying import charge
from gongkai.access.policy import may_do
from gongkai.access.recording import clean_text, record, refuse_day, supersede
from gongkai.access.transitions import enter
from gongkai.frame.dates import cn_date
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, note
from gongkai.statute.fees import WrongQuantity


@act("access.fee_notified", cite="fee-109", may=may_do("notify_fee"))
def notify_fee(case: AccessRequest, *, by: Actor, at: datetime, method: str, quantity: int, on: date) -> FeeNotice:
    """Notify the fee of a case, by one method only; the reply's period stands still until it is paid.

    `on` is the day the notice was served. By the piece, the requester's earlier pieces of the same natural month
    count. Raises ActRefused where nothing is to be charged, or may not be.
    """
    case = enter(case, "notify_fee")
    _refuse_charging(case)
    refuse_day(on, what="通知送达日期", at=at, since=case.received_on)
    last = clocks.reply(case).due_on
    if last is not None and on > last:
        raise ActRefused(f"收费通知应在答复期限（{cn_date(last)}）以内发出，已经超过期限，不能再收费。请尽快答复。")
    if method not in FeeMethod.values:
        raise ActRefused("请选择按件计收还是按量计收，一件申请只能用一种。")
    try:
        amount = charge(case, method=method, quantity=quantity)
    except WrongQuantity as wrong:
        raise ActRefused(f"{wrong}，请核对件数或者页数。") from wrong
    if not amount:
        raise ActRefused("没有超过免费的件数或者页数，不收费。请直接答复。")
    fee = FeeNotice.objects.create(case=case, method=method, quantity=quantity, amount=amount, notified_on=on)
    record(case, "fee_notified", on, by=by, at=at, ref=f"f{fee.pk}")
    case.save()
    clocks.refresh(case, at=at)
    fee.due_on = clocks.limit_of(case, "fee-payment").due_on
    fee.save(update_fields=["due_on"])
    letters.issue(case, "F11", by=by, at=at, on=on, fee=fee)
    note(number=case.number, method=method, quantity=quantity, amount=amount, on=on.isoformat())
    return fee


@act("access.fee_paid", cite="fee-109", may=may_do("pay_fee"))
def pay_fee(fee: FeeNotice, *, by: Actor, at: datetime, on: date, receipt_number: str) -> FeeNotice:
    """Write down the payment: the reply's period begins anew on that day."""
    case, fee = _standing(fee, "pay_fee")
    refuse_day(on, what="缴费日期", at=at, since=fee.notified_on, since_what="通知送达日期")
    if fee.due_on is not None and on > fee.due_on:
        raise ActRefused(
            f"缴费期限{cn_date(fee.due_on)}已过，逾期不缴费的视为放弃申请。请按“逾期未缴费”办理，申请人可以重新申请。"
        )
    fee.paid_on = on
    fee.receipt_number = clean_text(receipt_number, what="票据号", needed="请填写非税收入票据号。", longest=40)
    fee.save()
    record(case, "fee_paid", on, by=by, at=at, ref=f"f{fee.pk}")
    case.save()
    clocks.refresh(case, at=at)
    note(number=case.number, amount=fee.amount, on=on.isoformat())
    return fee


@act("access.fee_cancelled", cite="fee-109", may=may_do("cancel_fee"))
def cancel_fee(fee: FeeNotice, *, by: Actor, at: datetime, reason: str) -> FeeNotice:
    """Take back a notice that was not paid: the reply's period counts as if there had been none."""
    case, fee = _standing(fee, "cancel_fee")
    reason = clean_text(reason, what="理由", needed="请写明为什么不再收费。", longest=200)
    fee.cancelled_on = at.date()
    fee.save()
    supersede(case.events.standing().filter(kind="fee_notified", ref=f"f{fee.pk}"), at=at, why=reason)
    case.save()
    clocks.refresh(case, at=at)
    note(number=case.number, amount=fee.amount)
    return fee


def _refuse_charging(case: AccessRequest) -> None:
    settings = AccessSettings.objects.filter(body=case.body_id).first()
    if case.regime != "cn-ogi":
        raise ActRefused("信息处理费只由行政机关收取，学校和党组织不收。请直接答复。")
    if settings is None or not settings.charges_fees:
        raise ActRefused("本单位没有开通收取信息处理费，请先在申请设置里开通，或者直接答复。")
    if case.fees.filter(cancelled_on=None).exists():
        raise ActRefused("这一件已经通知过收费，一件申请只收一次。")


def _standing(fee: FeeNotice, code: str) -> tuple[AccessRequest, FeeNotice]:
    case = enter(fee.case, code)
    fee = FeeNotice.objects.select_for_update().get(pk=fee.pk)
    if fee.paid_on is not None or fee.cancelled_on is not None:
        raise ActRefused("这一次收费已经缴纳或者撤销。")
    return case, fee
