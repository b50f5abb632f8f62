"""Forms of consultations, extensions and fees."""

from datetime import datetime
from typing import Any

from django import forms

from gongkai.access.actions import consulting, course, fees
from gongkai.access.foresight import standing
from gongkai.access.forms.base import TEXT, ActForm, day, words
from gongkai.access.models import (
    AccessRequest,
    AccessSettings,
    Consultation,
    ConsultationKind,
    FeeMethod,
    FeeNotice,
    OpinionGiven,
)
from gongkai.access.paying import charge
from gongkai.journal.actor import Actor
from gongkai.statute.events import Happened
from gongkai.statute.fees import WrongQuantity


def told(one: Consultation) -> str:
    """Name a consultation in a list."""
    return f"{one.get_kind_display()}：{one.addressee}"


class ConsultForm(ActForm):
    """Whom the body asks, about what."""

    help = (
        "公开会损害第三方合法权益的，书面征求第三方意见；几个机关共同制作的，征求其他机关意见。对方有 15 个工作日答复；"
        "这段时间不计入答复期限。第三方逾期不答复的由本单位决定，共同制作机关逾期不答复的视为同意。"
    )
    done = "征求意见书已生成。请送达后登记送达日期。"
    kind = forms.ChoiceField(label="征求谁的意见", choices=ConsultationKind.choices, widget=forms.RadioSelect)
    addressee = words("名称或姓名", most=120)
    contact = words("地址、电话或联系人", most=120, required=False)
    about = words("涉及的内容", rows=4, most=TEXT, help_text="只写与对方有关的内容，不写申请人的姓名和联系方式。")
    on = day("发出日期")

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Consult; the letters go with it."""
        return consulting.consult(self.case, by=by, at=at, **self.cleaned_data)

    def happens(self, data: dict[str, Any]) -> tuple[Happened, ...]:
        """Pause the reply clock, at most until fifteen working days after a delivery on the same day."""
        return (
            Happened("consultation_sent", data["on"], ref="new"),
            Happened("consultation_delivered", data["on"], ref="new"),
        )


class DeliverConsultationForm(ActForm):
    """When the letter reached the one asked."""

    help = "对方收到征求意见书的次日起，15 个工作日内答复。没有登记送达日期的，按发出日估算，日期是暂定的。"
    done = "已登记送达。"
    consultation = forms.ModelChoiceField(Consultation.objects.none(), label="哪一份征求意见书", empty_label="请选择")
    on = day("送达日期")

    @classmethod
    def lacking(cls, case: AccessRequest) -> str:
        """Refuse without a letter under way."""
        under_way = case.consultations.filter(delivered_on=None, closed_on=None)
        return "" if under_way.exists() else "没有等待登记送达的征求意见书。"

    def fill(self) -> None:
        """Offer the letters under way."""
        self.choose("consultation", self.case.consultations.filter(delivered_on=None, closed_on=None), label=told)

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Record the delivery."""
        data = self.cleaned_data
        return consulting.deliver_consultation(data["consultation"], by=by, at=at, on=data["on"])

    def happens(self, data: dict[str, Any]) -> tuple[Happened, ...]:
        """Begin the other's period."""
        found = chosen(data, self.case)
        return (Happened("consultation_delivered", data["on"], ref=found.ref),) if found else ()


class CloseConsultationForm(ActForm):
    """What the one asked said."""

    help = (
        "收到意见当天登记，答复期限从次日起继续计算。不同意且有合理理由的，不予公开；"
        "但认为不公开会对公共利益造成重大影响的，可以公开，并把决定和理由书面告知第三方。"
    )
    done = "已登记意见，答复期限继续计算。"
    consultation = forms.ModelChoiceField(Consultation.objects.none(), label="哪一份征求意见书", empty_label="请选择")
    on = day("收到意见的日期", help_text="逾期没有答复的，填期限届满的次日或今天。")
    opinion = forms.ChoiceField(label="意见", choices=OpinionGiven.choices, widget=forms.RadioSelect)
    reasons = words("对方的理由", rows=3, most=TEXT, required=False)
    public_interest = words(
        "不同意仍要公开的理由", rows=3, most=TEXT, required=False,
        help_text="只在对方不同意、本单位仍决定公开时填写：不公开会对公共利益造成怎样的重大影响。",
    )  # fmt: skip

    @classmethod
    def lacking(cls, case: AccessRequest) -> str:
        """Refuse without an open consultation."""
        return "" if case.consultations.filter(closed_on=None).exists() else "没有等待反馈的征求意见书。"

    def fill(self) -> None:
        """Offer the open ones."""
        self.choose("consultation", self.case.consultations.filter(closed_on=None), label=told)

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Close."""
        data = dict(self.cleaned_data)
        return consulting.close_consultation(data.pop("consultation"), by=by, at=at, **data)

    def happens(self, data: dict[str, Any]) -> tuple[Happened, ...]:
        """End the pause."""
        found = chosen(data, self.case)
        return (Happened("consultation_closed", data["on"], ref=found.ref),) if found else ()


class WeighInterestForm(ActForm):
    """Why the public interest outweighs a refusal."""

    help = (
        "对方不同意公开，但不公开会对公共利益造成重大影响的，可以公开。理由写在这里，答复送审时一并审查，"
        "公开后书面告知对方。"
    )
    done = "已记下理由。"
    consultation = forms.ModelChoiceField(Consultation.objects.none(), label="哪一份征求意见书", empty_label="请选择")
    public_interest = words("不同意仍要公开的理由", rows=4, most=TEXT)

    @classmethod
    def refused(cls, case: AccessRequest) -> Any:
        """Return the consultations whose answer was a refusal, whole or in part."""
        return case.consultations.filter(opinion__in=(OpinionGiven.REFUSES, OpinionGiven.PARTLY))

    @classmethod
    def lacking(cls, case: AccessRequest) -> str:
        """Refuse where nobody refused."""
        return "" if cls.refused(case).exists() else "没有不同意公开的意见，不用写明公共利益的理由。"

    def fill(self) -> None:
        """Offer the refusals."""
        self.choose("consultation", self.refused(self.case), label=told)

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Record the reasons."""
        data = self.cleaned_data
        given = data["public_interest"]
        return consulting.weigh_interest(data["consultation"], by=by, at=at, public_interest=given)


def chosen(data: dict[str, Any], case: AccessRequest) -> Consultation | None:
    """Return the consultation a form means: the chosen one, or the one given by its key at first."""
    found = data.get("consultation")
    if isinstance(found, Consultation):
        return found
    return case.consultations.filter(pk=found).first() if found else case.consultations.filter(closed_on=None).first()


class ProposeExtensionForm(ActForm):
    """Why the reply needs longer."""

    help = "不能按期答复的，经信息公开工作机构负责人同意，可以延长一次，最多 20 个工作日，并在原期限届满前告知申请人。"
    done = "已提请延期，等负责人批准。"
    days = forms.IntegerField(label="延长几个工作日", min_value=1, max_value=60)
    reason = words("延期的理由", rows=3, help_text="写具体：要查什么、向谁了解。申请人会在告知书里看到。")

    @classmethod
    def lacking(cls, case: AccessRequest) -> str:
        """Refuse a second extension, and one no rule knows."""
        due = standing(case)
        if due is not None and due.extended:
            return "这一件已经延期过一次，不能再延。"
        if due is None or due.rule is None:
            return "还没有选定本地的答复期限，不能延期。请先到「设置」里选定。"
        return "" if due.rule.extension else "本单位适用的答复期限没有延期的规定，请在期限内答复。"

    def fill(self) -> None:
        """Take the longest the rule allows, and what was proposed."""
        proposed = self.case.events.standing().filter(kind="extension_proposed").last()
        now = standing(self.case)
        rule = now.rule if now else None
        self.initial["days"] = proposed.days if proposed else rule.extension if rule else 20
        if proposed:
            self.initial["reason"] = proposed.note

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Propose."""
        return course.propose_extension(self.case, by=by, at=at, **self.cleaned_data)

    def happens(self, data: dict[str, Any]) -> tuple[Happened, ...]:
        """Prolong the reply clock, if granted today."""
        return (Happened("extended", self.scope.on, days=data.get("days") or 0),)


class ExtendForm(ProposeExtensionForm):
    """The approver's word that the reply may take longer."""

    help = (
        "批准后生成延期答复告知书，要在原期限届满前送达申请人。只能延长一次，最多 20 个工作日。"
        "批准人和理由记入办理记录。"
    )
    done = "已批准延期，延期答复告知书已生成。"
    on = day("批准日期")
    field_order = ("on", "days", "reason")

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Extend; the letter goes with it."""
        return course.extend(self.case, by=by, at=at, **self.cleaned_data)

    def happens(self, data: dict[str, Any]) -> tuple[Happened, ...]:
        """Prolong the reply clock."""
        return (Happened("extended", data["on"], days=data.get("days") or 0),)


def fee_of(case: AccessRequest) -> FeeNotice:
    """Return the fee notice that stands."""
    return case.fees.filter(paid_on=None, cancelled_on=None).latest("pk")


class NotifyFeeForm(ActForm):
    """How the fee is counted."""

    help = (
        "只有申请数量、频次超过合理范围的才收信息处理费，一份申请只选一种计收方式。金额按国家标准分档累计，自动算出。"
        "申请人收到通知次日起 20 个工作日内缴费；期间答复期限停下，缴费后重新计算。"
    )
    done = "收费通知书已生成，请按提供信息的同一途径送达。"
    counts = True

    @classmethod
    def lacking(cls, case: AccessRequest) -> str:
        """Refuse where no fee may be asked, or was asked already."""
        settled = AccessSettings.objects.filter(body=case.body).first()
        if case.regime != "cn-ogi":
            return "信息处理费只由行政机关收取，学校和党组织不收。请直接答复。"
        if settled is None or not settled.charges_fees:
            return "本单位没有开通收取信息处理费。请先在「设置」里开通，或者直接答复。"
        asked = case.fees.filter(cancelled_on=None).exists()
        return "这一件已经通知过收费，一件申请只收一次。" if asked else ""

    method = forms.ChoiceField(label="计收方式", choices=FeeMethod.choices, widget=forms.RadioSelect)
    quantity = forms.IntegerField(
        label="件数或页数", min_value=1, max_value=1_000_000,
        help_text="按件：同一申请人一个自然月内的累计件数；按量：提供的总页数（A4 单面）。",
    )  # fmt: skip
    on = day("通知送达日期")

    def amount(self) -> str:
        """Return what these values cost."""
        data = self.tentative()
        if not data.get("method") or not data.get("quantity"):
            return ""
        try:
            yuan = charge(self.case, method=data["method"], quantity=data["quantity"])
        except WrongQuantity as wrong:
            return f"{wrong}。"
        return f"应收 {yuan} 元。" if yuan else "没有超过免费的件数或者页数，不收费，请直接答复。"

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Notify; the letter goes with it."""
        return fees.notify_fee(self.case, by=by, at=at, **self.cleaned_data)

    def happens(self, data: dict[str, Any]) -> tuple[Happened, ...]:
        """Stop the reply clock."""
        return (Happened("fee_notified", data["on"]),)


class PayFeeForm(ActForm):
    """When it was paid, and against which receipt."""

    help = "收到费用后开具财政票据，答复期限从次日起重新计算。"
    done = "已登记缴费，答复期限重新计算。"
    on = day("缴费日期")
    receipt_number = words("财政票据号", most=40)

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Record the payment."""
        return fees.pay_fee(fee_of(self.case), by=by, at=at, **self.cleaned_data)

    def happens(self, data: dict[str, Any]) -> tuple[Happened, ...]:
        """Begin the reply clock anew."""
        return (Happened("fee_paid", data["on"]),)


class CancelFeeForm(ActForm):
    """Why no fee is asked after all."""

    help = "撤销后答复期限按没有收费重新推算。请同时告知申请人不用缴费。"
    done = "已撤销收费。"
    reason = words("撤销的原因")

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Cancel."""
        return fees.cancel_fee(fee_of(self.case), by=by, at=at, reason=self.cleaned_data["reason"])
