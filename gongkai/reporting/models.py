"""Annual reports: figures that are members of the records, section texts, and the frozen result."""

from django.conf import settings
from django.db import models

from gongkai.bodies.models import Body
from gongkai.review.models import Review


class ReportState(models.TextChoices):
    DRAFT = "draft", "编写中"
    FROZEN = "frozen", "已冻结待审批"
    IN_REVIEW = "in_review", "审批中"
    RETURNED = "returned", "被退回"
    PUBLISHED = "published", "已公开"


class AnnualReport(models.Model):
    """A body's report for a period, in one family's form."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="annual_reports")
    family = models.CharField("体例", max_length=16)
    year = models.PositiveIntegerField("年度")
    start_on = models.DateField("统计期起")
    end_on = models.DateField("统计期止")
    title = models.CharField("标题", max_length=200)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.DRAFT)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, related_name="annual_reports")
    digest = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "年度报告"
        ordering = ["-year", "pk"]
        constraints = [models.UniqueConstraint(fields=["body", "family", "year"], name="one_report_a_year")]


class ReportSection(models.Model):
    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="sections")
    code = models.CharField(max_length=24)
    heading = models.CharField("标题", max_length=80)
    text = models.TextField("正文", blank=True)
    drafted = models.TextField("系统拟稿", blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]


class StatedFigure(models.Model):
    """A number no record of ours holds: stated by a person with its source (null = not stated, 0 = stated zero)."""

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="stated")
    code = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    source = models.CharField("来源", max_length=200)
    by_name = models.CharField("填报人", max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "code"], name="stated_figure_once")]


class FrozenFigure(models.Model):
    """A figure as frozen: its value and the names of the records it counts."""

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="figures")
    code = models.CharField(max_length=60)
    label = models.CharField(max_length=120)
    value = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    unit = models.CharField(max_length=8, default="条")
    members = models.JSONField(default=list)
    source = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["report", "code"], name="frozen_figure_once")]
