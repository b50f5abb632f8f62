"""Disclosures, their editions and renditions, issues (期), channels and postings."""

import secrets
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.bodies.models import Body, Department
from gongkai.catalogue.models import CatalogueItem
from gongkai.review.models import Review, ReviewItem


class Standing(models.TextChoices):
    """Where a disclosure stands as a whole; its editions have states of their own."""

    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已公开"
    ENDED = "ended", "公示期满已下架"
    WITHDRAWN = "withdrawn", "已撤回"
    ELSEWHERE = "elsewhere", "在平台外公开"
    DISCARDED = "discarded", "已作废"


class Effect(models.TextChoices):
    VALID = "valid", "有效"
    EXPIRED = "expired", "失效"
    REPEALED = "repealed", "废止"
    AMENDED = "amended", "部分修改"


class WithdrawalReason(models.TextChoices):
    """Why a disclosure was withdrawn; the word stands on the page that remains."""

    PERSONAL = "personal", "含有不应公开的个人信息"
    SECRET = "secret", "含有不应公开的国家秘密或工作秘密"
    RIGHTS = "rights", "可能损害他人合法权益"
    WRONG = "wrong", "内容有误"
    DUPLICATE = "duplicate", "重复公开"
    NOT_OURS = "not_ours", "不属于本单位公开"
    ORDERED = "ordered", "按上级要求撤回"
    OTHER = "other", "其他原因"


def new_public_id() -> str:
    """Return an unguessable short public name (12 hex digits)."""
    return secrets.token_hex(6)


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    def of(self, body: Body) -> "DisclosureQuerySet":
        """Keep this body's disclosures."""
        return self.filter(body=body)

    def public(self) -> "DisclosureQuerySet":
        """Keep what stands on the public site now (audience 社会 among its renditions)."""
        return self.filter(standing=Standing.PUBLISHED, current__renditions__for_society=True).distinct()

    def first_made_public(self, *, start: date, end: date) -> "DisclosureQuerySet":
        """Keep what was first made public to 社会 within the period, both days included."""
        return self.filter(first_public_on__gte=start, first_public_on__lte=end)

    def import_keys(self) -> set[str]:
        """Return the keys of what came in by a list."""
        return set(self.exclude(import_key="").values_list("import_key", flat=True))


class Disclosure(models.Model):
    """A piece of information a body discloses (公开信息). Text and metadata live in its editions."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="disclosures")
    public_id = models.CharField(max_length=12, default=new_public_id, unique=True)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.DRAFT)
    index_number = models.CharField("索引号", max_length=80, blank=True)
    current = models.ForeignKey("Edition", on_delete=models.PROTECT, null=True, related_name="+")
    first_published_at = models.DateTimeField("首次公开时间", null=True)
    first_public_on = models.DateField("首次向社会公开日期", null=True, db_index=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    withdrawn_reason = models.CharField("撤回理由", max_length=24, blank=True, choices=WithdrawalReason)
    imported = models.CharField("导入来源", max_length=200, blank=True)
    import_key = models.CharField(max_length=64, blank=True)
    address = models.CharField("平台外网址", max_length=500, blank=True)
    puts_right = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="put_right_by")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField("建立时间")

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        verbose_name = "公开信息"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "index_number"],
                condition=~Q(index_number=""),
                name="index_number_once_a_body",
            ),
            models.UniqueConstraint(
                fields=["body", "import_key"], condition=~Q(import_key=""), name="imported_disclosure_once"
            ),
        ]


class IndexSeries(models.Model):
    """The next serial of a body's index numbers: one series for society, one for restricted items, a year each."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="index_series")
    year = models.PositiveIntegerField()
    restricted = models.BooleanField(default=False)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "year", "restricted"], name="index_series_once")]


class EditionState(models.TextChoices):
    DRAFT = "draft", "草稿"
    IN_REVIEW = "in_review", "审批中"
    RETURNED = "returned", "被退回"
    APPROVED = "approved", "已签发待公开"
    PUBLISHED = "published", "已公开"
    SUPERSEDED = "superseded", "已被新版代替"
    DISCARDED = "discarded", "已作废"


class Edition(models.Model):
    """A typed edition of a disclosure; what reviews approve and pages show is always one edition."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=EditionState, default=EditionState.DRAFT)
    title = models.CharField("标题", max_length=200)
    kind = models.CharField("信息类别", max_length=24, default="dynamic")
    items = models.ManyToManyField(CatalogueItem, related_name="editions", blank=True)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reprinted_from = models.CharField("转载来源（原创留空）", max_length=200, blank=True)
    document_number = models.CharField("文号", max_length=80, blank=True)
    formed_on = models.DateField("成文日期", null=True, blank=True)
    effect = models.CharField("有效性", max_length=10, choices=Effect, default=Effect.VALID)
    effect_note = models.CharField("有效性说明", max_length=200, blank=True)
    notice_last_on = models.DateField("公示最后一天", null=True, blank=True)
    channels = models.JSONField("计划渠道", default=list)
    route = models.CharField("审批流程", max_length=12, default="full")
    publish_on = models.DateField("定于某日公开", null=True, blank=True)
    outside_from = models.DateField("向党外公开的日期", null=True, blank=True)
    outside_why = models.CharField("党内党外同日公开的理由", max_length=200, blank=True)
    inside_only = models.BooleanField("只在党内公开", default=False)
    outside_on = models.DateField("将于某日向党外公开", null=True, blank=True)
    change_note = models.CharField("修改说明（公开）", max_length=300, blank=True)
    change_reason = models.CharField("修改原因", max_length=300, blank=True)
    digest = models.CharField("内容摘要", max_length=64, blank=True)
    version = models.PositiveIntegerField("保存次数", default=0)
    saved_at = models.DateTimeField("保存时间", null=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="written_editions")
    published_at = models.DateTimeField("公开时间", null=True)

    class Meta:
        verbose_name = "版本"
        ordering = ["disclosure", "number"]
        constraints = [models.UniqueConstraint(fields=["disclosure", "number"], name="edition_number_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def body(self) -> Body:
        """Return the body this edition belongs to."""
        return self.disclosure.body


class Rendition(models.Model):
    """What one set of audiences reads of an edition: one by default, more when society reads less than staff.

    `for_society`: society is among the audiences, and the edition is not kept inside the party for now.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="renditions")
    audiences = models.JSONField("公开范围", default=list)
    for_society = models.BooleanField(default=False)
    summary = models.CharField("摘要", max_length=300, blank=True)
    html = models.TextField("正文", blank=True)
    text = models.TextField("正文纯文本", blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]


class Attachment(models.Model):
    """A file of a rendition; bytes lie under their SHA-256 in the blob store."""

    rendition = models.ForeignKey(Rendition, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField("大小（字节）")
    media = models.CharField("格式", max_length=16)
    text = models.TextField("可检索文字", blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]


class ContentFinding(models.Model):
    """A screening finding in an edition and what became of it (去掉 happens by editing; 说明 by another person)."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="findings")
    rendition = models.ForeignKey(Rendition, on_delete=models.CASCADE, null=True, related_name="findings")
    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, null=True, related_name="findings")
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    severity = models.CharField(max_length=8)
    where = models.CharField("位置", max_length=200)
    masked = models.CharField("内容（已遮盖）", max_length=80, blank=True)
    message = models.CharField("说明", max_length=300)
    fingerprint = models.CharField(max_length=64)
    cleared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    cleared_at = models.DateTimeField(null=True)
    cleared_why = models.CharField("保留理由", max_length=200, blank=True)
    reopened_by = models.CharField("重新打开的人", max_length=80, blank=True)
    reopened_why = models.CharField("重新打开的理由", max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]

    @property
    def body(self) -> Body:
        """Return the body whose edition this was found in."""
        return self.edition.disclosure.body


class IssueState(models.TextChoices):
    OPEN = "open", "组稿中"
    IN_REVIEW = "in_review", "审批中"
    DONE = "done", "已办结"
    FILED = "filed", "已归档"


class Issue(models.Model):
    """A batch (期) of editions that goes through one chain together."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="issues")
    year = models.PositiveIntegerField("年度")
    number = models.PositiveIntegerField("期号")
    title = models.CharField("主题", max_length=120)
    state = models.CharField(max_length=10, choices=IssueState, default=IssueState.OPEN)
    route = models.CharField("审批流程", max_length=12, default="full")
    review = models.OneToOneField(Review, on_delete=models.PROTECT, null=True, related_name="issue")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("建立时间")
    sent_up_at = models.DateTimeField("报备时间", null=True)
    received_above_at = models.DateTimeField("上级接收备案时间", null=True)
    received_above_by = models.CharField("上级接收人", max_length=80, blank=True)

    class Meta:
        verbose_name = "期"
        ordering = ["-year", "-number"]
        constraints = [models.UniqueConstraint(fields=["body", "year", "number"], name="issue_number_once_a_year")]

    def __str__(self) -> str:
        return f"{self.year}年第{self.number}期"


class IssueEntry(models.Model):
    """An edition's place in an issue."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="entries")
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="entry")
    review_item = models.OneToOneField(ReviewItem, on_delete=models.PROTECT, null=True, related_name="entry")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]


class Board(models.Model):
    """A body's physical board or other outlet with its own keeping rules (板/屏/栏)."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="boards")
    name = models.CharField("名称", max_length=80)
    place = models.CharField("位置", max_length=120, blank=True)
    keep_days = models.PositiveSmallIntegerField("至少保留天数", default=15)
    issues_a_year = models.PositiveSmallIntegerField("每年至少期数", default=4)
    area = models.CharField("面积或规格", max_length=40, blank=True)


class PostingState(models.TextChoices):
    PLANNED = "planned", "待发布"
    POSTED = "posted", "已发布"
    TAKEDOWN = "takedown", "待撤下"
    TAKEN_DOWN = "taken_down", "已撤下"
    SKIPPED = "skipped", "不再发布"


class PostingQuerySet(models.QuerySet["Posting"]):
    def of(self, body: Body) -> "PostingQuerySet":
        """Keep this body's postings."""
        return self.filter(body=body)

    def to_record(self) -> "PostingQuerySet":
        """Keep what is planned and not yet recorded."""
        return self.filter(state=PostingState.PLANNED)

    def to_take_down(self) -> "PostingQuerySet":
        """Keep what must be taken down, the urgent first."""
        return self.filter(state=PostingState.TAKEDOWN).order_by("-urgent", "posted_on")

    def ledger(self) -> "PostingQuerySet":
        """Keep what was really posted, newest first."""
        return self.exclude(posted_on=None).order_by("-posted_on", "-pk")

    def posted_within(self, *, start: date, end: date) -> "PostingQuerySet":
        """Keep what was posted in the period, both days included."""
        return self.filter(posted_on__gte=start, posted_on__lte=end)

    def import_keys(self) -> set[str]:
        """Return the keys of what came in by a list."""
        return set(self.exclude(import_key="").values_list("import_key", flat=True))


class Posting(models.Model):
    """One appearance on one channel (一次发布/张贴), planned or done, here or outside the platform."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="postings")
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, null=True, related_name="postings")
    channel = models.CharField("渠道", max_length=20)
    state = models.CharField(max_length=10, choices=PostingState, default=PostingState.POSTED)
    title = models.CharField("标题", max_length=200)
    kind = models.CharField("信息类别", max_length=24, blank=True)
    item = models.ForeignKey(CatalogueItem, on_delete=models.PROTECT, null=True, related_name="postings")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, null=True, related_name="postings")
    planned_on = models.DateField("计划日期", null=True)
    posted_on = models.DateField("发布日期", null=True, db_index=True)
    place = models.CharField("网址或位置", max_length=500, blank=True)
    public = models.BooleanField("面向社会", default=True)
    keep_until_on = models.DateField("应保留至", null=True)
    taken_down_on = models.DateField("撤下日期", null=True)
    urgent = models.BooleanField(default=False)
    note = models.CharField("说明", max_length=200, blank=True)
    imported = models.CharField("导入来源", max_length=200, blank=True)
    import_key = models.CharField(max_length=64, blank=True)
    recorded_by = models.CharField("登记人", max_length=80, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = "发布记录"
        ordering = ["-posted_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "import_key"], condition=~Q(import_key=""), name="imported_posting_once"
            )
        ]
        indexes = [models.Index(fields=["body", "channel", "posted_on"], name="posting_by_channel")]


class Proof(models.Model):
    """A photo or screenshot that proves a posting or a take-down."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="proofs")
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media = models.CharField(max_length=16)
    of_takedown = models.BooleanField(default=False)
    added_at = models.DateTimeField()


class Congress(models.Model):
    """A staff congress or other meeting in which information was heard or deliberated (教代会、家长会…)."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="congresses")
    name = models.CharField("会议名称", max_length=120)
    held_on = models.DateField("召开日期")
    should_attend = models.PositiveIntegerField("应到人数", null=True)
    attended = models.PositiveIntegerField("实到人数", null=True)
    heard = models.JSONField("听取的报告", default=list)
    deliberated = models.JSONField("审议的事项", default=list)
    note = models.TextField("说明", blank=True)
