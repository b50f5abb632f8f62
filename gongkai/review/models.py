"""Review: chains are data of the body; a decision binds to the exact content hash that was read.

What is under review belongs to a higher room (an issue's editions, an annual report). It is known here as a
`ReviewItem` with a `subject` ("edition/17"), its current `digest` and its authors. Where an item stands is
derived: its current step is the first step without a standing approval bound to its current digest.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.bodies.models import Body, Department, in_force


class StepKind(models.TextChoices):
    PERSON = "person", "个人审批"
    MEETING = "meeting", "会议决定"


class StepRole(models.TextChoices):
    """Which group decides a step (keys of bodies.GROUPS); the order here is the design's default order."""

    DEPARTMENT = "department", "部门负责人审核"
    OFFICE = "office", "办公室审核"
    LEGAL = "legal", "法制审核"
    SECRECY = "secrecy", "保密审查"
    LEADING = "leading", "领导小组审议"
    SUPERVISION = "supervision", "监督小组审查"
    SIGNATURE = "signature", "签发"
    READER = "reader", "校读"


class Route(models.TextChoices):
    """What a chain is for."""

    FULL = "full", "完整流程"
    SHORT = "short", "动态简易流程"
    TYPO = "typo", "文字更正"
    REPORT = "report", "年度报告"
    PARTY = "party", "党务公开"
    REPLY = "reply", "依申请答复"


class ChainQuerySet(models.QuerySet["Chain"]):
    def of(self, body: Body) -> "ChainQuerySet":
        """Keep this body's chains."""
        return self.filter(body=body)

    def in_force(self, *, on: date) -> "ChainQuerySet":
        """Keep the chains that new reviews use on this day."""
        return self.filter(in_force(on))

    def for_route(self, body: Body, route: str, *, on: date, kind: str = "") -> "Chain | None":
        """Return the body's chain for a route: one laid down for this kind before one for every kind.

        Without a kind the body's newest universal chain, else its newest.
        """
        found = list(self.of(body).in_force(on=on).filter(route=route).order_by("-pk"))
        fitting = [chain for chain in found if kind in chain.kinds] + [chain for chain in found if not chain.kinds]
        fitting += found if not kind else []
        return fitting[0] if fitting else None


class Chain(models.Model):
    """A chain of steps that a body has laid down for certain kinds of information (审批流程)."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="chains")
    code = models.SlugField("代码", max_length=40)
    name = models.CharField("名称", max_length=60)
    route = models.CharField("用途", max_length=12, default=Route.FULL, choices=Route)
    kinds = models.JSONField("适用信息类别", default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    from_on = models.DateField("启用")
    until_on = models.DateField("停用", null=True, blank=True)

    objects = ChainQuerySet.as_manager()

    class Meta:
        verbose_name = "审批流程"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class ChainStep(models.Model):
    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    role = models.CharField("环节", max_length=16, choices=StepRole)
    kind = models.CharField("方式", max_length=8, choices=StepKind, default=StepKind.PERSON)
    name = models.CharField("名称", max_length=40)
    checklist = models.CharField("审查表", max_length=24, blank=True)
    days = models.PositiveSmallIntegerField("办理工作日", default=2)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["chain", "order"], name="chain_step_order_once")]


class ReviewQuerySet(models.QuerySet["Review"]):
    def of(self, body: Body) -> "ReviewQuerySet":
        """Keep this body's reviews."""
        return self.filter(body=body)

    def open(self) -> "ReviewQuerySet":
        """Keep the reviews in which something is still to be decided or put right."""
        return self.filter(closed_at=None)


class Review(models.Model):
    """One passage of a batch through a chain; its steps are copied, so a changed chain binds later reviews only."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="reviews")
    subject = models.CharField("送审对象", max_length=80, db_index=True)
    title = models.CharField("标题", max_length=200)
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="reviews")
    started_at = models.DateTimeField("送审时间")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField("办结时间", null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "审查"
        ordering = ["pk"]


class ReviewStep(models.Model):
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=16, choices=StepRole)
    kind = models.CharField(max_length=8, choices=StepKind)
    name = models.CharField(max_length=40)
    checklist = models.CharField(max_length=24, blank=True)
    days = models.PositiveSmallIntegerField(default=2)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["review", "order"], name="review_step_order_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def body(self) -> Body:
        """Return the body whose review this is."""
        return self.review.body

    @property
    def is_meeting(self) -> bool:
        """Tell whether a meeting decides this step."""
        return self.kind == StepKind.MEETING


class ItemState(models.TextChoices):
    RUNNING = "running", "审批中"
    RETURNED = "returned", "已退回"
    APPROVED = "approved", "已通过"
    REMOVED = "removed", "已撤出"


class ReviewItem(models.Model):
    """One thing under review: what it is, the digest being read, who wrote it."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="items")
    subject = models.CharField("对象", max_length=80, db_index=True)
    title = models.CharField("标题", max_length=200)
    digest = models.CharField("内容摘要", max_length=64)
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=ItemState, default=ItemState.RUNNING)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def body(self) -> Body:
        """Return the body whose review this is."""
        return self.review.body


class Voids(models.TextChoices):
    """What a change touches, and with it which decisions fall."""

    CONTENT = "content", "标题、正文、摘要、附件或公开范围"
    METADATA = "metadata", "公开事项、渠道或有效期"
    NONE = "none", "不影响内容"


class ItemChange(models.Model):
    """A change of an item during its review: by whom, what differs, and what it did to the decisions."""

    item = models.ForeignKey(ReviewItem, on_delete=models.PROTECT, related_name="changes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    person_name = models.CharField("修改人", max_length=80)
    post_name = models.CharField("岗位", max_length=80, blank=True)
    at = models.DateTimeField("修改时间")
    voids = models.CharField("改动了", max_length=8, choices=Voids)
    difference = models.TextField("改动内容", blank=True)
    digest_before = models.CharField(max_length=64)
    digest_after = models.CharField(max_length=64)
    by_department_head = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]


class Meeting(models.Model):
    """A meeting that decided a step for items of a review: date, attendance, result, minutes."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    name = models.CharField("会议名称", max_length=80)
    held_on = models.DateField("召开日期")
    should_attend = models.PositiveSmallIntegerField("应到人数")
    attended = models.PositiveSmallIntegerField("实到人数")
    in_favour = models.PositiveSmallIntegerField("赞成人数", null=True)
    attendees = models.TextField("出席人员", blank=True)
    summary = models.TextField("会议结论", blank=True)
    minutes_sha256 = models.CharField("会议纪要文件", max_length=64, blank=True)
    minutes_name = models.CharField("会议纪要文件名", max_length=200, blank=True)


class Verdict(models.TextChoices):
    APPROVE = "approve", "同意"
    RETURN = "return", "退回"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def standing(self) -> "DecisionQuerySet":
        """Keep the decisions that no edit or return has voided."""
        return self.filter(voided_at=None)


class Decision(models.Model):
    """One person's or meeting's decision on one item at one step, bound to the digest read.

    Append-only by trigger: only `voided_at` and `voided_why` may ever be set, once.
    """

    step = models.ForeignKey(ReviewStep, on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey(ReviewItem, on_delete=models.PROTECT, related_name="decisions")
    verdict = models.CharField("决定", max_length=8, choices=Verdict)
    opinion = models.TextField("意见", blank=True)
    digest = models.CharField("所读内容摘要", max_length=64)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="decisions")
    post_name = models.CharField("岗位", max_length=80)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="decisions")
    checklist = models.JSONField("审查表", default=dict)
    exception = models.CharField("小规模学校例外", max_length=200, blank=True)
    merged = models.BooleanField("与相邻环节合并", default=False)
    carried_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("时间")
    voided_at = models.DateTimeField("失效时间", null=True)
    voided_why = models.CharField("失效原因", max_length=200, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "审批决定"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "item"], condition=Q(voided_at=None), name="one_standing_decision_a_step"
            )
        ]


class Recusal(models.Model):
    """A person's own word that they take no part in a step (回避,或把自己留给另一个小组)."""

    step = models.ForeignKey(ReviewStep, on_delete=models.CASCADE, related_name="recusals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.CharField("原因", max_length=200)
    at = models.DateTimeField("时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "person"], name="recused_once_a_step")]


class Reminder(models.Model):
    """A reminder sent to those a step waits for (催办)."""

    step = models.ForeignKey(ReviewStep, on_delete=models.CASCADE, related_name="reminders")
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField()
    text = models.CharField(max_length=200, blank=True)
