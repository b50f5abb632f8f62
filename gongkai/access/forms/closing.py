"""Forms of corrections, seals, services and everything after the reply."""

from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction

from gongkai.access.actions import closing, delivery, events, letters, reply
from gongkai.access.forms.base import ActForm, day, some_files, words
from gongkai.access.models import AccessRequest, CaseEvent, DeliveryWay, Letter, LetterState
from gongkai.access.wording import event_name
from gongkai.frame.dates import cn_date
from gongkai.journal.actor import Actor
from gongkai.statute.checks import EVENTS
from gongkai.statute.events import Happened


class CorrectEventForm(ActForm):
    """A date that was entered wrongly."""

    help = "日期录错了，在这里更正：期限马上重新推算，原来的日期和更正的理由都留在记录里。"
    done = "已更正，期限重新推算。"
    event = forms.ModelChoiceField(CaseEvent.objects.none(), label="哪一个日期", empty_label="请选择")
    on = day("正确的日期")
    why = words("更正的理由", help_text="如：录入时看错邮戳，附件有信封照片。")

    def fill(self) -> None:
        """Offer the standing dates."""
        standing = self.case.events.standing().exclude(kind__in=events.FIXED)
        self.choose("event", standing, label=lambda one: f"{event_name(one.kind)}：{cn_date(one.on)}")

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Put it right."""
        data = self.cleaned_data
        return events.correct_event(data["event"], by=by, at=at, on=data["on"], why=data["why"])

    def happens(self, data: dict[str, Any]) -> tuple[Happened, ...]:
        """Move the event to its right day."""
        event = data.get("event")
        if not isinstance(event, CaseEvent) or event.kind not in EVENTS:
            return ()
        return (Happened(event.kind, data["on"], event.days, event.ref),)

    def without(self, data: dict[str, Any]) -> int | None:
        """Take the wrong one out."""
        return data["event"].pk if isinstance(data.get("event"), CaseEvent) else None


def letter_label(letter: Letter) -> str:
    """Name a letter in a list."""
    return f"{letter.title}（{letter.get_state_display()}）"


def waiting_letters(case: AccessRequest, *states: str) -> Any:
    """Return the case's letters in these states."""
    return Letter.objects.filter(case=case, state__in=states)


class SealForm(ActForm):
    """Which letter is sealed."""

    help = "打印、核对无误后用印。用印人和时间记入办理记录；用印后正文不能再改。"
    done = "已登记用印，可以送达。"
    letter = forms.ModelChoiceField(Letter.objects.none(), label="文书", empty_label="请选择")

    @classmethod
    def lacking(cls, case: AccessRequest) -> str:
        """Refuse without a signed letter."""
        return "" if waiting_letters(case, LetterState.SIGNED).exists() else "没有等待用印的文书。"

    def fill(self) -> None:
        """Offer the signed letters."""
        self.choose("letter", waiting_letters(self.case, LetterState.SIGNED), label=letter_label)

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Seal."""
        return letters.seal(self.cleaned_data["letter"], by=by, at=at)


class ServeForm(ActForm):
    """How and when a letter was served, with its proof."""

    help = (
        "送达的日期决定是否按期答复：当面交的是签收那天，邮寄的是交给邮政企业的那天（不能用其他快递），"
        "网上或邮件的是发出那天。答复书送达后，这一件办结并计入年报。"
    )
    done = "已登记送达。"
    states: tuple[str, ...] = (LetterState.SEALED,)
    letter = forms.ModelChoiceField(Letter.objects.none(), label="文书", empty_label="请选择")
    way = forms.ChoiceField(label="送达方式", choices=DeliveryWay.choices, widget=forms.RadioSelect)
    served_on = day("送达日期", help_text="当面交的填签收日，邮寄的填交邮日，电子的填发出日。")
    recipient = words("收件人", most=100, required=False)
    place = words("送达地点或地址、邮箱", required=False)
    postal_number = words("邮件号", most=60, required=False, help_text="邮寄的必填。")
    signed_by = words("签收人", most=100, required=False, help_text="当面交的必填。")
    signed_on = day("签收日期", required=False)
    witness = words("见证人", most=100, required=False, help_text="留置送达的必填。")
    server = words("送达人", most=80, required=False)
    note = words("备注", required=False)
    proof = some_files("送达凭证", help_text="回执、邮寄单、签收照片或邮件截图。")

    @classmethod
    def lacking(cls, case: AccessRequest) -> str:
        """Refuse without a sealed letter."""
        if waiting_letters(case, *cls.states).exists():
            return ""
        return "没有可以送达的文书。要先用印，再登记送达。"

    def fill(self) -> None:
        """Offer the sealed letters; the requester as the recipient of the reply."""
        among = waiting_letters(self.case, *self.states).order_by("-pk")
        self.choose("letter", among, label=letter_label)
        self.initial |= {"way": self.usual_way(), "server": self.scope.person.name}

    def usual_way(self) -> str:
        """Return the way that fits what the requester asked for."""
        wanted = {"post": DeliveryWay.POST, "email": DeliveryWay.ELECTRONIC, "fax": DeliveryWay.ELECTRONIC}
        return wanted.get(self.case.way_wanted, DeliveryWay.IN_PERSON)

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Serve."""
        data = dict(self.cleaned_data)
        letter = data.pop("letter")
        return delivery.serve(letter, by=by, at=at, **data)


class ServeAgainForm(ServeForm):
    """A further service of a reply, where the first came back."""

    help = "第一次送达被退回，或申请人要求再送一份的，在这里登记。年报按第一次答复的日期计，不会改变。"
    states = (LetterState.SEALED, LetterState.SERVED)
    failed_on = day("上一次送达被退回的日期", required=False, help_text="没有退回、只是再送一份的，不用填。")
    field_order = ("letter", "failed_on")

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Record that the last service came back, where it did, and the new one."""
        data = dict(self.cleaned_data)
        letter, failed_on = data.pop("letter"), data.pop("failed_on")
        last = letter.deliveries.order_by("pk").last()
        with transaction.atomic():
            if failed_on and last is not None and last.failed_on is None:
                delivery.fail(last, by=by, at=at, on=failed_on)
            return delivery.serve(letter, by=by, at=at, **data)


class WithdrawForm(ActForm):
    """The requester's own withdrawal."""

    help = "申请人书面或当面表示撤回申请的，登记后办结，计入年报「其他处理」。不能劝说或替申请人撤回。"
    done = "已登记撤回，这一件办结。"
    danger = True
    sure = "登记撤回后，这一件办结。"
    on = day("申请人撤回的日期")
    note = words("怎样表示撤回的", help_text="如：来电后又发来书面撤回申请，见附件。")

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Withdraw."""
        return closing.withdraw(self.case, by=by, at=at, **self.cleaned_data)


class FileUpForm(ActForm):
    """When the case was reported to the superior."""

    help = "党员申请的答复要报上级党组织备案。"
    done = "已登记备案。"
    on = day("报上级备案的日期")

    @classmethod
    def lacking(cls, case: AccessRequest) -> str:
        """Refuse for other regimes, and a second time."""
        if case.regime != "party-2017":
            return "只有党员提出的党务公开申请要报上一级党组织备案。"
        return "这一件已经备案，不用重复登记。" if case.filed_up_on else ""

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """File up."""
        return closing.file_up(self.case, by=by, at=at, on=self.cleaned_data["on"])


class ArchiveForm(ActForm):
    """Nothing but a word that the file is complete."""

    help = "材料齐全后归档：申请、文书、送达凭证、征求的意见都在。归档后只能查阅，复议、诉讼责令重办的除外。"
    done = "已归档。"

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Archive."""
        return closing.archive(self.case, by=by, at=at)


class RecallReplyForm(ActForm):
    """Why a reply not yet served is taken back."""

    help = "还没有送达的答复可以撤回重拟：审批作废，要重新送审。答复期限照常计算。"
    done = "已撤回答复，请重新拟写。"
    danger = True
    sure = "撤回后审批作废，要重新送审。"
    why = words("撤回的理由")

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Recall."""
        return reply.recall_reply(self.case, by=by, at=at, why=self.cleaned_data["why"])
