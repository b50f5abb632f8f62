"""Which duties bind a body: adopted catalogue items and the dated obligations that follow from them."""

from datetime import date

from django.db import models
from django.db.models import Q

from gongkai.bodies.models import Body, Department


class Adoption(models.Model):
    """A body's adoption of one statutory or local catalogue on a day."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="adoptions")
    catalogue = models.CharField("目录代码", max_length=24)
    adopted_on = models.DateField("采用日期")
    until_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "catalogue"], name="catalogue_adopted_once")]


class Origin(models.TextChoices):
    """Where an item comes from; what lies outside the catalogue needs a plan its maker approved."""

    CATALOGUE = "catalogue", "目录内"
    OWN = "own", "本单位增加"
    OUTSIDE = "outside", "目录外（按工作方案）"


class ItemQuerySet(models.QuerySet["CatalogueItem"]):
    def of(self, body: Body) -> "ItemQuerySet":
        """Keep this body's items."""
        return self.filter(body=body)

    def applicable(self) -> "ItemQuerySet":
        """Keep the items the body has not marked as not applicable nor retired."""
        return self.filter(not_applicable_reason="", retired_on=None)


class CatalogueItem(models.Model):
    """A catalogue item as this body has adapted it; statutory facts stay in `law/` under `code`."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="catalogue_items")
    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, null=True, related_name="items")
    code = models.CharField("事项代码", max_length=24)
    origin = models.CharField("来源", max_length=10, choices=Origin, default=Origin.CATALOGUE)
    name = models.CharField("公开事项", max_length=300)
    level1 = models.CharField("一级事项", max_length=120, blank=True)
    owner = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    audiences = models.JSONField("公开范围", default=list)
    channels = models.JSONField("公开渠道", default=list)
    times = models.JSONField("公开时限", default=list)
    cycle = models.CharField("选定的周期", max_length=12, blank=True)
    yearly = models.CharField("每年公开的月日", max_length=5, blank=True)
    ask = models.CharField("尚待本单位确定", max_length=12, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    not_applicable_reason = models.CharField("不适用理由", max_length=200, blank=True)
    not_applicable_on = models.DateField("标为不适用日期", null=True, blank=True)
    adopted_on = models.DateField("采用日期")
    retired_on = models.DateField("停用日期", null=True, blank=True)
    retired_why = models.CharField("停用理由", max_length=200, blank=True)
    order = models.PositiveIntegerField(default=0)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "公开事项"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["body", "code"], name="item_code_once_a_body")]

    def __str__(self) -> str:
        return self.name

    @property
    def brief(self) -> str:
        """Return the name short enough for a line: its first clause, cut at 22 characters."""
        clause = self.name.split(",")[0].split(";")[0]
        return clause if len(clause) <= 22 else f"{clause[:21]}…"


class Formation(models.Model):
    """An event from which a duty of an item runs: information formed, changed, a project begun or ended."""

    item = models.ForeignKey(CatalogueItem, on_delete=models.PROTECT, related_name="formations")
    event = models.CharField("事件", max_length=24, default="formed")
    stage = models.CharField("阶段", max_length=12, blank=True)
    on = models.DateField("发生日期")
    label = models.CharField("内容", max_length=80)
    by_subject = models.CharField("由何得知", max_length=80, blank=True)

    class Meta:
        verbose_name = "信息形成"
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "event", "stage", "on", "label"], name="formation_once")]


class Fulfilment(models.Model):
    """A publication that counts for an item; which obligations it meets is computed from all of them."""

    item = models.ForeignKey(CatalogueItem, on_delete=models.PROTECT, related_name="fulfilments")
    on = models.DateField("公开日期")
    by_subject = models.CharField("由何公开", max_length=80, db_index=True)
    formed_on = models.DateField("成文日期", null=True)

    class Meta:
        verbose_name = "履行"
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "by_subject", "on"], name="fulfilment_once")]


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def of(self, body: Body) -> "ObligationQuerySet":
        """Keep this body's obligations."""
        return self.filter(body=body)

    def open(self) -> "ObligationQuerySet":
        """Keep what has not been met."""
        return self.filter(met_on=None, item__not_applicable_reason="", item__retired_on=None)

    def overdue(self, *, on: date) -> "ObligationQuerySet":
        """Keep what is unmet and past its due day."""
        return self.open().filter(due_on__lt=on)


class Obligation(models.Model):
    """One dated duty to publish one item (应公开的一次). `due_on` is an index; the law data recomputes it."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="obligations")
    item = models.ForeignKey(CatalogueItem, on_delete=models.PROTECT, related_name="obligations")
    series = models.CharField("时限类型", max_length=24)
    label = models.CharField("期别", max_length=100)
    stage = models.CharField("阶段", max_length=12, blank=True)
    opens_on = models.DateField("自")
    due_on = models.DateField("应公开日期", db_index=True)
    target_on = models.DateField("建议公开日期")
    provisional = models.BooleanField("暂定", default=False)
    cite = models.CharField("依据", max_length=80, blank=True)
    why = models.CharField("说明", max_length=300, blank=True)
    law_digest = models.CharField(max_length=64, blank=True)
    kind = models.CharField("性质", max_length=8, default="publish")
    formed_on = models.DateField("信息形成日期", null=True)
    met_on = models.DateField("公开日期", null=True)
    met_by = models.CharField("由何公开", max_length=80, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = "应公开义务"
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "series", "label", "stage", "opens_on"], name="obligation_once_a_period"
            )
        ]
        indexes = [models.Index(fields=["body", "due_on"], condition=Q(met_on=None), name="obligation_open")]


class Equivalence(models.Model):
    """A person's confirmation that, in this body, publishing one item also meets another."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="equivalences")
    publishing = models.ForeignKey(CatalogueItem, on_delete=models.CASCADE, related_name="satisfies")
    also_meets = models.ForeignKey(CatalogueItem, on_delete=models.CASCADE, related_name="satisfied_by")
    confirmed_by = models.CharField(max_length=80)
    confirmed_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["publishing", "also_meets"], name="equivalence_once")]
