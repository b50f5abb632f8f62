"""Correction claims (更正申请), the yearly look at refused information, and the anonymised log."""

from django.db import models

from gongkai.access.models.requests import AccessRequest, Requester
from gongkai.bodies.models import Body
from gongkai.publishing.models import Disclosure


class ClaimState(models.TextChoices):
    RECEIVED = "received", "办理中"
    CORRECTED = "corrected", "已更正"
    REFUSED = "refused", "不予更正"
    PASSED_ON = "passed_on", "已转送或告知有权单位"


class CorrectionClaim(models.Model):
    """A claim that a record about the requester is wrong (条例第四十一条)."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="correction_claims")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    requester = models.ForeignKey(Requester, on_delete=models.PROTECT, related_name="claims")
    state = models.CharField(max_length=10, choices=ClaimState, default=ClaimState.RECEIVED)
    record = models.CharField("不准确的信息", max_length=200)
    wrong = models.TextField("不准确之处")
    evidence = models.TextField("证据")
    received_on = models.DateField("收到日期")
    due_on = models.DateField("应答复日期", null=True)
    provisional = models.BooleanField(default=False)
    decided_on = models.DateField("处理日期", null=True)
    reasons = models.TextField("处理理由", blank=True)
    passed_to = models.CharField("转送或告知的单位", max_length=120, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "更正申请"
        ordering = ["-year", "-serial"]
        constraints = [models.UniqueConstraint(fields=["body", "year", "serial"], name="claim_number_once")]

    @property
    def number(self) -> str:
        """Return the claim's number, as 更2026-003."""
        return f"更{self.year}-{self.serial:03d}"


class Verdict(models.TextChoices):
    KEEP = "keep", "继续不予公开"
    OPEN = "open", "可以公开"
    PARTLY = "partly", "可以部分公开"


class RefusalCheck(models.Model):
    """What the yearly evaluation says of one refused case (条例第十八条)."""

    case = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="refusal_checks")
    year = models.PositiveSmallIntegerField("评估年度")
    verdict = models.CharField("评估结论", max_length=8, choices=Verdict)
    reasons = models.TextField("理由")
    opened_as = models.ForeignKey(Disclosure, on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField("评估人", max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "year"], name="refusal_checked_once_a_year")]


class LogEntry(models.Model):
    """The anonymised public account of a closed case: what was asked, what came of it, in the office's words."""

    case = models.OneToOneField(AccessRequest, on_delete=models.PROTECT, related_name="log_entry")
    question = models.CharField("申请内容（概括）", max_length=200)
    answer = models.TextField("答复摘要", blank=True)
    proactive = models.ForeignKey(Disclosure, on_delete=models.PROTECT, null=True, related_name="asked_for_by")
    opened_at = models.DateTimeField()
    shut_at = models.DateTimeField(null=True)
