"""Opinions: what comes back from the public, the paper box and the telephone, and how it was answered."""

import secrets
from datetime import date

from django.conf import settings
from django.db import models

from gongkai.bodies.models import Body, Department
from gongkai.publishing.models import Disclosure


def new_query_code() -> str:
    """Return the code with which a writer looks up their opinion (10 characters, no account)."""
    alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    return "".join(secrets.choice(alphabet) for _ in range(10))


class OpinionKind(models.TextChoices):
    OPINION = "opinion", "意见"
    ENQUIRY = "enquiry", "咨询"
    REPORT = "report", "举报"
    OBJECTION = "objection", "异议"


class OpinionState(models.TextChoices):
    RECEIVED = "received", "已登记"
    ASSIGNED = "assigned", "已交办"
    ANSWERED = "answered", "已答复"
    CLOSED = "closed", "已办结"


TRANSITIONS: dict[str, tuple[str, ...]] = {
    OpinionState.RECEIVED: (OpinionState.ASSIGNED, OpinionState.ANSWERED),
    OpinionState.ASSIGNED: (OpinionState.ASSIGNED, OpinionState.ANSWERED),
    OpinionState.ANSWERED: (OpinionState.ANSWERED, OpinionState.CLOSED),
    OpinionState.CLOSED: (),
}


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def of(self, body: Body) -> "OpinionQuerySet":
        """Keep this body's opinions."""
        return self.filter(body=body)

    def open(self) -> "OpinionQuerySet":
        """Keep what has not been answered."""
        return self.filter(state__in=(OpinionState.RECEIVED, OpinionState.ASSIGNED))

    def overdue(self, *, on: date) -> "OpinionQuerySet":
        """Keep what is unanswered past its day."""
        return self.open().filter(due_on__lt=on)

    def waiting_for(self, person_id: int) -> "OpinionQuerySet":
        """Keep what is unanswered and assigned to this person."""
        return self.open().filter(handler_id=person_id)

    def with_open_answer(self) -> "OpinionQuerySet":
        """Keep what was answered in public, newest answers first."""
        answered = self.filter(answer_public=True).exclude(answered_on=None).exclude(answer="")
        return answered.order_by("-answered_on", "-pk")

    def received_within(self, *, start: date, end: date) -> "OpinionQuerySet":
        """Keep what was received in the period, both days included."""
        return self.filter(received_on__gte=start, received_on__lte=end)

    def import_keys(self) -> set[str]:
        """Return the keys of what came in by a list."""
        return set(self.exclude(import_key="").values_list("import_key", flat=True))


class Opinion(models.Model):
    """One opinion, enquiry, report or objection. The writer's data stays here and never enters the journal."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="opinions")
    number = models.CharField("编号", max_length=40)
    query_code = models.CharField("查询码", max_length=12, default=new_query_code, unique=True)
    channel = models.CharField("渠道", max_length=20)
    kind = models.CharField("类别", max_length=10, choices=OpinionKind, default=OpinionKind.OPINION)
    state = models.CharField(max_length=10, choices=OpinionState, default=OpinionState.RECEIVED)
    received_on = models.DateField("来信日期")
    recorded_at = models.DateTimeField("登记时间")
    title = models.CharField("标题", max_length=120)
    text = models.TextField("内容")
    writer_name = models.CharField("姓名", max_length=60, blank=True)
    writer_contact = models.CharField("联系方式", max_length=120, blank=True)
    about = models.ForeignKey(Disclosure, on_delete=models.PROTECT, null=True, related_name="opinions")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="+")
    handler = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField("应答复日期", null=True)
    provisional = models.BooleanField(default=False)
    answer = models.TextField("答复", blank=True)
    answered_on = models.DateField("答复日期", null=True)
    answer_public = models.BooleanField("公开答复", default=False)
    public_question = models.TextField("公开时的问题摘要", blank=True)
    rectified_by = models.ForeignKey(Disclosure, on_delete=models.PROTECT, null=True, related_name="rectifies")
    imported = models.CharField(max_length=200, blank=True)
    import_key = models.CharField(max_length=64, blank=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = "意见"
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="opinion_number_once"),
            models.UniqueConstraint(
                fields=["body", "import_key"],
                condition=~models.Q(import_key=""),
                name="imported_opinion_once",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Tell whether it still waits for an answer."""
        return self.state in (OpinionState.RECEIVED, OpinionState.ASSIGNED)


class Submission(models.Model):
    """One use of a public form: its key (a form shown, a proof of work) is spent once and for all."""

    key = models.CharField(max_length=120, unique=True)
    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, null=True, related_name="submissions")
    at = models.DateTimeField()


class Attempts(models.Model):
    """How often one sender used a form within an hour; the sender is a keyed digest that changes daily."""

    key = models.CharField(max_length=64)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "hour"], name="attempts_once_an_hour")]
