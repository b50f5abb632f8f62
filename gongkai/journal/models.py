"""The append-only journal and the outbox of projections."""

from django.db import models


class JournalEntryQuerySet(models.QuerySet["JournalEntry"]):
    def about(self, *subjects: str) -> "JournalEntryQuerySet":
        """Keep the entries about these subjects (`model/pk`)."""
        return self.filter(subject__in=subjects)

    def of_body(self, code: str) -> "JournalEntryQuerySet":
        """Keep the entries of acts done in this body."""
        return self.filter(body_code=code)


class JournalEntry(models.Model):
    """One act: who, in which post and body, when, what, on which basis. Never changed, never deleted."""

    seq = models.BigIntegerField("序号", primary_key=True)
    act = models.CharField("办理事项", max_length=80)
    cite = models.CharField("依据", max_length=80, blank=True)
    at = models.DateTimeField("办理时间")
    recorded_at = models.DateTimeField("记录时间")
    subject = models.CharField("对象", max_length=120, db_index=True)
    body_code = models.CharField("单位代码", max_length=40, db_index=True, blank=True)
    person_code = models.CharField("人员代码", max_length=80, blank=True)
    person_name = models.CharField("人员", max_length=80, blank=True)
    post_name = models.CharField("岗位", max_length=80, blank=True)
    text = models.TextField("正文")
    previous = models.CharField("前一条摘要", max_length=64)
    digest = models.CharField("摘要", max_length=64)

    objects = JournalEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "办理留痕"
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.act} {self.subject}"


class JournalHead(models.Model):
    """The chain's end: the row that every act locks last."""

    seq = models.BigIntegerField()
    digest = models.CharField(max_length=64)


class OutboxQuerySet(models.QuerySet["OutboxItem"]):
    def waiting(self) -> "OutboxQuerySet":
        """Keep what no projection has carried out yet, oldest first."""
        return self.filter(done_at=None).order_by("pk")


class OutboxItem(models.Model):
    """One thing a projection must do after the act that asked for it."""

    kind = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["id"], condition=models.Q(done_at=None), name="outbox_waiting")]
