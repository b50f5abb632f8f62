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


class ItemQuerySet(models.QuerySet["CatalogueItem"]):
    def applicable(self) -> "ItemQuerySet":
        """Keep the items the body has not marked as not applicable nor retired."""
        return self.filter(not_applicable_reason="", retired_on=None)


class CatalogueItem(models.Model):
    """A catalogue item as this body has adapted it; statutory facts stay in `law/` under `code`."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="catalogue_items")
    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, null=True, related_name="items")
    code = models.CharField("事项代码", max_length=24)
    name = models.CharField("公开事项", max_length=300)
    level1 = models.CharField("一级事项", max_length=120, blank=True)
    owner = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    audiences = models.JSONField("公开范围", default=list)
    channels = models.JSONField("公开渠道", default=list)
    times = models.JSONField("公开时限", default=list)
    note = models.CharField("说明", max_length=300, blank=True)
    not_applicable_reason = models.CharField("不适用理由", max_length=200, blank=True)
    adopted_on = models.DateField("采用日期")
    retired_on = models.DateField("停用日期", null=True, blank=True)
    order = models.PositiveIntegerField(default=0)

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = "公开事项"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["body", "code"], name="item_code_once_a_body")]

    def __str__(self) -> str:
        return self.name


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def open(self) -> "ObligationQuerySet":
        """Keep what has not been met."""
        return self.filter(met_on=None, item__not_applicable_reason="", item__retired_on=None)

    def overdue(self, *, on: date) -> "ObligationQuerySet":
        """Keep what is unmet and past its due day."""
        return self.open().filter(due_on__lt=on)

    def due_soon(self, *, on: date, until: date) -> "ObligationQuerySet":
        """Keep what is unmet and due between these days (both included)."""
        return self.open().filter(due_on__gte=on, due_on__lte=until)


class Obligation(models.Model):
    """One dated duty to publish one item (应公开的一次). `due_on` is an index; the law data recomputes it."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="obligations")
    item = models.ForeignKey(CatalogueItem, on_delete=models.PROTECT, related_name="obligations")
    label = models.CharField("期别", max_length=80)
    stage = models.CharField("阶段", max_length=12, blank=True)
    opens_on = models.DateField("自")
    due_on = models.DateField("应公开日期", null=True, db_index=True)
    target_on = models.DateField("建议公开日期", null=True)
    provisional = models.BooleanField("暂定", default=False)
    cite = models.CharField("依据", max_length=80, blank=True)
    why = models.CharField("说明", max_length=300, blank=True)
    law_digest = models.CharField(max_length=64, blank=True)
    formed_on = models.DateField("信息形成日期", null=True)
    met_on = models.DateField("公开日期", null=True)
    met_by = models.CharField("由何公开", max_length=80, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = "应公开义务"
        ordering = ["due_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "label", "stage"], name="obligation_once_a_period")]
        indexes = [models.Index(fields=["body", "due_on"], condition=Q(met_on=None), name="obligation_open")]


class Equivalence(models.Model):
    """A person's confirmation that, in this body, publishing one item also meets another."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="equivalences")
    publishing = models.ForeignKey(CatalogueItem, on_delete=models.CASCADE, related_name="satisfies")
    also_meets = models.ForeignKey(CatalogueItem, on_delete=models.CASCADE, related_name="satisfied_by")
    confirmed_by = models.CharField(max_length=80)
    confirmed_on = models.DateField()
