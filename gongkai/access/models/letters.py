"""Letters of a case (文书), their numbers, seals and deliveries."""

from django.conf import settings
from django.db import models

from gongkai.access.models.requests import AccessRequest
from gongkai.bodies.models import Body


class LetterState(models.TextChoices):
    DRAFT = "draft", "拟稿"
    SIGNED = "signed", "已签发待用印"
    SEALED = "sealed", "已用印"
    SERVED = "served", "已送达"
    CANCELLED = "cancelled", "作废"


class LetterQuerySet(models.QuerySet["Letter"]):
    def of(self, body: Body) -> "LetterQuerySet":
        """Keep this body's letters."""
        return self.filter(body=body)


class Letter(models.Model):
    """One official letter; `kind` is a code of `law/letters.toml` (F03 …), its number runs gap-free a year.

    `serial` is given when the letter is signed; a cancelled letter keeps its number.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="letters")
    case = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, null=True, related_name="letters")
    claim = models.ForeignKey("access.CorrectionClaim", on_delete=models.PROTECT, null=True, related_name="letters")
    consultation = models.ForeignKey("access.Consultation", on_delete=models.PROTECT, null=True, related_name="letters")
    fee = models.ForeignKey("access.FeeNotice", on_delete=models.PROTECT, null=True, related_name="letters")
    kind = models.CharField("文书种类", max_length=6)
    title = models.CharField("标题", max_length=120)
    year = models.PositiveSmallIntegerField(null=True)
    serial = models.PositiveIntegerField(null=True)
    addressee = models.CharField("主送", max_length=120, blank=True)
    text = models.TextField("正文")
    note = models.TextField("通俗说明", blank=True)
    dated = models.DateField("成文日期", null=True)
    state = models.CharField(max_length=10, choices=LetterState, default=LetterState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField()
    signed_by_name = models.CharField("签发人", max_length=80, blank=True)
    signed_at = models.DateTimeField(null=True)
    sealed_by_name = models.CharField("用印人", max_length=80, blank=True)
    sealed_at = models.DateTimeField("用印时间", null=True)
    digest = models.CharField("签发内容摘要", max_length=64, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    docx_sha256 = models.CharField(max_length=64, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "文书"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["body", "year", "serial"], name="letter_number_once")]

    def __str__(self) -> str:
        return self.title


class DeliveryWay(models.TextChoices):
    IN_PERSON = "in_person", "直接送达"
    ENTRUSTED = "entrusted", "委托送达"
    POST = "post", "邮寄送达"
    LEFT = "left", "留置送达"
    ELECTRONIC = "electronic", "电子送达"


class Delivery(models.Model):
    """A service of a letter with its proof (送达回证); `served_on` is the compliance day.

    In person or entrusted: the day of signature; by post: the day of posting with the postal enterprise;
    electronic: the day sent (国办公开办函〔2016〕235号).
    """

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="deliveries")
    way = models.CharField("送达方式", max_length=12, choices=DeliveryWay)
    served_on = models.DateField("送达日期")
    recipient = models.CharField("收件人", max_length=100, blank=True)
    place = models.CharField("送达地点", max_length=200, blank=True)
    postal_number = models.CharField("邮件号", max_length=60, blank=True)
    signed_by = models.CharField("签收人", max_length=100, blank=True)
    signed_on = models.DateField("签收日期", null=True)
    witness = models.CharField("见证人", max_length=100, blank=True)
    server = models.CharField("送达人", max_length=80, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)
    proof_sha256 = models.CharField(max_length=64, blank=True)
    proof_name = models.CharField(max_length=200, blank=True)
    failed_on = models.DateField("退回日期", null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
