"""Reconsideration, litigation and complaints about a case (table 4 of the statutory report)."""

from datetime import date

from django.db import models
from django.db.models import Q

from gongkai.access.models.requests import AccessRequest
from gongkai.bodies.models import Body


class RemedyKind(models.TextChoices):
    """The three blocks of table 4, and the complaint (申诉) of a school's requester."""

    RECONSIDERATION = "reconsideration", "行政复议"
    LITIGATION_DIRECT = "litigation_direct", "未经复议直接起诉"
    LITIGATION_AFTER = "litigation_after_reconsideration", "复议后起诉"
    COMPLAINT = "complaint", "申诉、投诉举报"


class RemedyResult(models.TextChoices):
    UPHELD = "upheld", "结果维持"
    CORRECTED = "corrected", "结果纠正"
    OTHER = "other", "其他结果"


class RemedyQuerySet(models.QuerySet["Remedy"]):
    def of(self, body: Body) -> "RemedyQuerySet":
        """Keep this body's remedies."""
        return self.filter(body=body)

    def decided_within(self, *, start: date, end: date) -> "RemedyQuerySet":
        """Keep what was decided in the period, both days included."""
        return self.filter(decided_on__gte=start, decided_on__lte=end)

    def pending(self, *, on: date) -> "RemedyQuerySet":
        """Keep what had been filed and not decided by the end of this day (尚未审结)."""
        return self.filter(filed_on__lte=on).filter(Q(decided_on=None) | Q(decided_on__gt=on))


class Remedy(models.Model):
    """One reconsideration, suit or complaint; `case` is null where the case lies outside the platform."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="remedies")
    case = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, null=True, related_name="remedies")
    kind = models.CharField("类型", max_length=40, choices=RemedyKind)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    number = models.CharField("案号", max_length=80, blank=True)
    organ = models.CharField("受理机关", max_length=120)
    simple = models.BooleanField("简易程序", default=False)
    filed_on = models.DateField("申请或起诉日期")
    copy_received_on = models.DateField("收到副本日期", null=True)
    answer_due_on = models.DateField("应提交答复日期", null=True)
    answered_on = models.DateField("提交答复日期", null=True)
    decided_on = models.DateField("审结日期", null=True)
    decision_received_on = models.DateField("收到决定日期", null=True)
    result = models.CharField("结果", max_length=10, choices=RemedyResult, blank=True)
    summary = models.TextField("摘要", blank=True)
    orders_new_reply = models.BooleanField("责令重新答复", default=False)
    redo_by = models.DateField("重新答复期限", null=True)

    objects = RemedyQuerySet.as_manager()

    class Meta:
        verbose_name = "复议诉讼"
        ordering = ["-filed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="decided_remedy_has_a_result",
                condition=Q(decided_on=None) | ~Q(result=""),
            )
        ]
