"""What happens to a case and the clocks that follow from it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from gongkai.access.models.requests import AccessRequest


class CaseEventQuerySet(models.QuerySet["CaseEvent"]):
    def standing(self) -> "CaseEventQuerySet":
        """Keep the events that no later entry has put right."""
        return self.filter(superseded_at=None)


class CaseEvent(models.Model):
    """One dated fact that the law counts from; dates are recomputed from these rows alone.

    `kind` is an event kind of `gongkai.statute.deadlines`; a wrong date is put right by a new row and
    `superseded_at` on the old one, so that history keeps both.
    """

    case = models.ForeignKey(AccessRequest, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=32)
    on = models.DateField("日期")
    days = models.PositiveSmallIntegerField(default=0)
    ref = models.CharField(max_length=40, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    entered_at = models.DateTimeField("录入时间")
    entered_by = models.CharField("录入人", max_length=80, blank=True)
    superseded_at = models.DateTimeField(null=True)
    superseded_why = models.CharField(max_length=200, blank=True)

    objects = CaseEventQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]


class ClockKind(models.TextChoices):
    """The clocks that run side by side in a case."""

    CONFIRM = "confirm", "与申请人确认收到"
    REPLY = "reply", "答复申请人"
    CLARIFICATION_NOTICE = "clarification_notice", "告知补正"
    CLARIFICATION = "clarification", "申请人补正"
    EXPLANATION = "explanation", "申请人说明理由"
    CONSULTATION = "consultation", "第三方或其他机关答复意见"
    FEE = "fee", "申请人缴费"
    HAND_OVER = "hand_over", "承办部门提供材料"
    DELIVERY = "delivery", "送达答复"
    REMEDY_ANSWER = "remedy_answer", "答复复议、应诉"
    REMEDY_WINDOW = "remedy_window", "申请人申请复议或起诉"
    CLAIM = "claim", "答复更正申请"


# Asking for a clarification is a right that ends, not a duty.
NOT_OURS = (
    ClockKind.CLARIFICATION_NOTICE, ClockKind.CLARIFICATION, ClockKind.EXPLANATION, ClockKind.FEE,
    ClockKind.CONSULTATION, ClockKind.REMEDY_WINDOW,
)  # fmt: skip


class ClockQuerySet(models.QuerySet["Clock"]):
    def running(self) -> "ClockQuerySet":
        """Keep the clocks that nothing has stopped yet."""
        return self.filter(met_on=None, stopped_at=None)

    def ours(self) -> "ClockQuerySet":
        """Keep those on which the body itself must act: not the requester's periods, nor what it only may do."""
        return self.exclude(kind__in=NOT_OURS)

    def due_by(self, on: date) -> "ClockQuerySet":
        """Keep those whose day has come or passed."""
        return self.filter(due_on__lte=on)


class Clock(models.Model):
    """An index of one running period: recomputed from the case's events, never typed in."""

    case = models.ForeignKey(AccessRequest, on_delete=models.CASCADE, related_name="clocks")
    kind = models.CharField(max_length=24, choices=ClockKind)
    ref = models.CharField(max_length=40, blank=True)
    begun_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    limit = models.CharField("期限代码", max_length=40, blank=True)
    cite = models.CharField("依据", max_length=80, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    met_on = models.DateField(null=True)
    stopped_at = models.DateTimeField(null=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        ordering = [F("due_on").asc(nulls_last=True), "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "kind", "ref"], name="clock_once_a_matter")]


class Reminder(models.Model):
    """A reminder that went out for a clock, once a stage and reader; also the letter in the mail outbox."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="reminders")
    stage = models.CharField(max_length=16)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    mail_error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clock", "stage", "person", "due_on"], name="reminded_once_a_stage")
        ]


class ConsultationKind(models.TextChoices):
    THIRD_PARTY = "third_party", "第三方"
    JOINT_AUTHOR = "joint_author", "共同制作机关"
    OTHER_BODY = "other_body", "其他机关"


class OpinionGiven(models.TextChoices):
    AGREES = "agrees", "同意公开"
    PARTLY = "partly", "部分同意"
    REFUSES = "refuses", "不同意公开"
    SILENT = "silent", "逾期未答复"


class Consultation(models.Model):
    """A question to a third party or joint author; it pauses the reply clock from dispatch to its close."""

    case = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="consultations")
    kind = models.CharField(max_length=16, choices=ConsultationKind)
    addressee = models.CharField("征求对象", max_length=120)
    contact = models.CharField("联系方式", max_length=120, blank=True)
    about = models.TextField("涉及的内容")
    sent_on = models.DateField("发出日期")
    delivered_on = models.DateField("送达日期", null=True)
    due_on = models.DateField("应答复日期", null=True)
    closed_on = models.DateField("结束日期", null=True)
    opinion = models.CharField("意见", max_length=8, choices=OpinionGiven, blank=True)
    reasons = models.TextField("理由", blank=True)
    public_interest = models.TextField("不同意仍公开的理由", blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="consultation_closes_after_it_was_sent",
                condition=Q(closed_on=None) | Q(closed_on__gte=F("sent_on")),
            )
        ]

    @property
    def ref(self) -> str:
        """Return the name by which the case's events tie to this consultation."""
        return f"c{self.pk}"


class FeeMethod(models.TextChoices):
    PIECE = "piece", "按件计收"
    PAGE = "page", "按量计收"


class FeeNotice(models.Model):
    """A notice of the information processing fee (国办函〔2020〕109号): one method a request, its own clock."""

    case = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="fees")
    method = models.CharField("计收方式", max_length=5, choices=FeeMethod)
    quantity = models.PositiveIntegerField("件数或页数")
    amount = models.PositiveIntegerField("金额（元）")
    notified_on = models.DateField("通知送达日期")
    due_on = models.DateField("应缴日期", null=True)
    paid_on = models.DateField("缴费日期", null=True)
    receipt_number = models.CharField("票据号", max_length=40, blank=True)
    cancelled_on = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]


class HandOver(models.Model):
    """A request inside the body (or to another body) for the material of a case, with a day (协办函)."""

    case = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="hand_overs")
    department = models.ForeignKey("bodies.Department", on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    asked_on = models.DateField("交办日期")
    due_on = models.DateField("应返回日期")
    returned_on = models.DateField("返回日期", null=True)
    task = models.CharField("要办的事", max_length=200)
    answer = models.TextField("办理结果", blank=True)

    class Meta:
        ordering = ["pk"]
