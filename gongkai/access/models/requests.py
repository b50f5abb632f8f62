"""The case: one request for one matter (一事一申请), who asked, and where it stands."""

import secrets
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongkai.bodies.models import Body, Department
from gongkai.review.models import Review


def new_query_code() -> str:
    """Return the code with which a requester looks up their case (10 characters, no account)."""
    alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
    return "".join(secrets.choice(alphabet) for _ in range(10))


class AccessSettings(models.Model):
    """What a body has settled about access requests; a body without a row has the defaults."""

    body = models.OneToOneField(Body, on_delete=models.CASCADE, related_name="access_settings")
    open_online = models.BooleanField("开通网上申请", default=True)
    letter_prefix = models.CharField("文书代字", max_length=20, blank=True, help_text="如：示教公复")
    reconsideration_organ = models.CharField("行政复议机关", max_length=80, blank=True)
    court = models.CharField("有管辖权的人民法院", max_length=80, blank=True)
    complaint_organ = models.CharField("申诉受理单位", max_length=80, blank=True)
    charges_fees = models.BooleanField("收取信息处理费", default=False)
    fee_account = models.CharField("缴费办法", max_length=200, blank=True)
    clarification_days = models.PositiveSmallIntegerField("补正期限（工作日）", default=15)
    bulk_a_month = models.PositiveSmallIntegerField("一个月内多少件算大量", default=10)
    keeps_years = models.PositiveSmallIntegerField("办结后保留申请人信息的年数", default=5)
    shows_log = models.BooleanField("公开办理情况摘要", default=True)
    kept_from = models.DateField("从哪天起的申请都登记在本平台", null=True, blank=True)


class RequesterKind(models.TextChoices):
    """The columns of the statutory table (annual-report-schema)."""

    NP = "np", "自然人"
    BIZ = "biz", "商业企业"
    RES = "res", "科研机构"
    NGO = "ngo", "社会公益组织"
    LAW = "law", "法律服务机构"
    OTH = "oth", "其他"


class Identity(models.TextChoices):
    """Who asks a school or a party organisation."""

    STAFF = "staff", "教职工"
    STUDENT = "student", "学生"
    PARENT = "parent", "家长"
    MEMBER = "member", "党员"
    PUBLIC = "public", "社会公众"


class RequesterQuerySet(models.QuerySet["Requester"]):
    def to_erase(self, *, on: date) -> "RequesterQuerySet":
        """Keep those whose data must be erased by this day."""
        return self.filter(erased_at=None, erase_on__lte=on)


class Requester(models.Model):
    """The personal data of one request; seen only by who handles the case, erased by schedule."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="requesters")
    kind = models.CharField("申请人类型", max_length=3, choices=RequesterKind)
    identity = models.CharField("身份", max_length=8, choices=Identity, blank=True)
    name = models.CharField("姓名或名称", max_length=100, blank=True)
    id_kind = models.CharField("证件名称", max_length=40, blank=True)
    id_number = models.CharField("证件号码", max_length=40, blank=True)
    workplace = models.CharField("工作单位", max_length=120, blank=True)
    org_code = models.CharField("统一社会信用代码", max_length=20, blank=True)
    legal_representative = models.CharField("法定代表人", max_length=60, blank=True)
    contact_name = models.CharField("联系人", max_length=60, blank=True)
    pupil = models.CharField("学生姓名、班级", max_length=80, blank=True)
    address = models.CharField("通信地址", max_length=200, blank=True)
    postcode = models.CharField("邮编", max_length=10, blank=True)
    phone = models.CharField("电话", max_length=40, blank=True)
    fax = models.CharField("传真", max_length=40, blank=True)
    email = models.CharField("邮箱", max_length=120, blank=True)
    # 证件号码，没有的用姓名加联系方式，的带密钥摘要；用来认出同一个申请人的重复申请。
    same_person = models.CharField(max_length=64, blank=True, db_index=True)
    erase_on = models.DateField("到期删除", null=True)
    erased_at = models.DateTimeField(null=True)

    objects = RequesterQuerySet.as_manager()


class IntakeChannel(models.TextChoices):
    """How a request came in; keys of `law/intake.toml`."""

    COUNTER = "counter", "当面提交"
    MAIL_SIGNED = "mail_signed", "挂号信或邮政快递"
    MAIL_PLAIN = "mail_plain", "平信"
    MAIL_MISDIRECTED = "mail_misdirected", "寄到其他科室或个人"
    WEB = "web", "网上申请"
    EMAIL = "email", "电子邮件"
    FAX = "fax", "传真"


class Form(models.TextChoices):
    PAPER = "paper", "纸质"
    EMAIL = "email", "电子邮件"
    DISK = "disk", "光盘、磁盘"
    OTHER = "other", "其他"


class Way(models.TextChoices):
    POST = "post", "邮寄"
    EMAIL = "email", "电子邮件"
    FAX = "fax", "传真"
    PICK_UP = "pick_up", "自行领取"
    READ_HERE = "read_here", "当场阅读、抄录"


class CaseState(models.TextChoices):
    """Where a case stands (request-outcomes §2.7); consultations and extensions run beside it."""

    SUBMITTED = "submitted", "待确认收到"
    RECEIVED = "received", "办理中"
    CLARIFYING = "clarifying", "待补正"
    EXPLAINING = "explaining", "待说明理由"
    FEE = "fee", "待缴费"
    IN_REVIEW = "in_review", "答复审批中"
    DECIDED = "decided", "已签发待送达"
    CLOSED = "closed", "已答复办结"
    ARCHIVED = "archived", "已归档"
    VOID = "void", "未成立"


OPEN_STATES = (
    CaseState.SUBMITTED, CaseState.RECEIVED, CaseState.CLARIFYING, CaseState.EXPLAINING, CaseState.FEE,
    CaseState.IN_REVIEW, CaseState.DECIDED,
)  # fmt: skip
COUNTED_STATES = tuple(state for state in CaseState if state not in (CaseState.SUBMITTED, CaseState.VOID))


class AccessRequestQuerySet(models.QuerySet["AccessRequest"]):
    def of(self, body: Body) -> "AccessRequestQuerySet":
        """Keep this body's cases."""
        return self.filter(body=body)

    def open(self) -> "AccessRequestQuerySet":
        """Keep the cases in which something is still to be done before they are closed."""
        return self.filter(state__in=OPEN_STATES)

    def counted(self) -> "AccessRequestQuerySet":
        """Keep what the statutory table counts: received cases, also those closed since."""
        return self.filter(state__in=COUNTED_STATES).exclude(received_on=None)

    def overdue(self, *, on: date) -> "AccessRequestQuerySet":
        """Keep open cases whose reply was due before this day."""
        return self.open().filter(due_on__lt=on)

    def new_within(self, *, start: date, end: date) -> "AccessRequestQuerySet":
        """Keep the cases received in the period (R1), both days included."""
        return self.counted().filter(received_on__gte=start, received_on__lte=end)

    def carried_over(self, *, on: date) -> "AccessRequestQuerySet":
        """Keep the cases received by the end of this day and not answered by then (R4; R2 of the next day)."""
        return self.counted().filter(received_on__lte=on).filter(Q(counted_on=None) | Q(counted_on__gt=on))

    def answered_within(self, *, start: date, end: date) -> "AccessRequestQuerySet":
        """Keep the cases whose (first) reply was served in the period (R3)."""
        return self.counted().filter(counted_on__gte=start, counted_on__lte=end)


class AccessRequest(models.Model):
    """One case (申请). Splitting makes cases; each closes in exactly one leaf of table 3.

    `outcome` is a code of `law/outcomes.toml`; `counted_*` is what table 3 counts: the leaf and day of the first
    service, never changed by a reopening. `due_on` and `provisional` are an index recomputed from the events.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="access_requests")
    regime = models.CharField("适用法规", max_length=16)
    local = models.CharField("地方答复期限", max_length=40, blank=True)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    query_code = models.CharField("查询码", max_length=12, default=new_query_code, unique=True)
    state = models.CharField(max_length=10, choices=CaseState, default=CaseState.SUBMITTED)

    requester = models.ForeignKey(Requester, on_delete=models.PROTECT, related_name="cases")
    requester_kind = models.CharField("申请人类型", max_length=3, choices=RequesterKind)
    identity = models.CharField("身份", max_length=8, choices=Identity, blank=True)

    channel = models.CharField("提交方式", max_length=16, choices=IntakeChannel)
    submitted_on = models.DateField("提交或寄出日期")
    arrived_on = models.DateField("到达日期", null=True)
    confirmed_on = models.DateField("确认收到日期", null=True)
    received_on = models.DateField("收到申请之日", null=True)
    recorded_at = models.DateTimeField("登记时间")

    title = models.CharField("所需信息", max_length=200)
    wanted = models.TextField("内容描述")
    document_number = models.CharField("文号", max_length=80, blank=True)
    purpose = models.TextField("用途", blank=True)
    form_wanted = models.CharField("提供形式", max_length=8, choices=Form, default=Form.PAPER)
    way_wanted = models.CharField("获取方式", max_length=10, choices=Way, default=Way.POST)
    accepts_other = models.BooleanField("接受其他形式", default=True)

    handler = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="+")
    split_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="split_into")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    repeats = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="repeated_by")

    due_on = models.DateField("应答复日期", null=True, db_index=True)
    provisional = models.BooleanField(default=False)
    law_digest = models.CharField(max_length=64, blank=True)

    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, related_name="access_requests")
    digest = models.CharField("送审内容摘要", max_length=64, blank=True)
    outcome = models.CharField("处理结果", max_length=40, blank=True)
    grounds = models.JSONField("部分公开时不公开部分的情形", default=list)
    reasons = models.TextField("理由", blank=True)
    given = models.TextField("公开的内容", blank=True)
    withheld = models.TextField("不公开的部分", blank=True)
    points_to = models.CharField("负责公开的单位和联系方式", max_length=200, blank=True)
    searched = models.TextField("检索情况", blank=True)
    decided_on = models.DateField("签发日期", null=True)
    served_on = models.DateField("答复日期", null=True)
    counted_outcome = models.CharField(max_length=40, blank=True)
    counted_on = models.DateField("计入年报的日期", null=True, db_index=True)
    closed_at = models.DateTimeField("办结时间", null=True)
    reopened_by = models.ForeignKey("access.Remedy", on_delete=models.PROTECT, null=True, related_name="+")
    void_reason = models.CharField("未成立的原因", max_length=200, blank=True)
    filed_up_on = models.DateField("报上级备案日期", null=True)
    archived_at = models.DateTimeField("归档时间", null=True)

    objects = AccessRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "依申请公开"
        ordering = ["-year", "-serial"]
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "serial"], name="access_number_once"),
            models.CheckConstraint(
                name="received_case_has_its_day",
                condition=Q(state__in=("submitted", "void")) | Q(received_on__isnull=False),
            ),
            models.CheckConstraint(
                name="closed_case_has_one_leaf",
                condition=~Q(state__in=("closed", "archived"))
                | (Q(counted_on__isnull=False) & ~Q(counted_outcome="") & ~Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """Return the case number, as 2026-0012."""
        return f"{self.year}-{self.serial:04d}"

    @property
    def is_open(self) -> bool:
        """Tell whether it still waits for something before it is closed."""
        return self.state in OPEN_STATES


class RequestFile(models.Model):
    """A file of a case, by whoever it came; bytes lie under their SHA-256 in the blob store."""

    case = models.ForeignKey(AccessRequest, on_delete=models.CASCADE, related_name="files")
    name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField("大小（字节）")
    media = models.CharField("格式", max_length=16)
    purpose = models.CharField("用处", max_length=24, default="application")
    from_requester = models.BooleanField(default=True)
    text = models.TextField("文字", blank=True)
    finding = models.CharField("检查结果", max_length=200, blank=True)
    at = models.DateTimeField()


class Draft(models.Model):
    """The reply as it is being written: kept apart until it is submitted for review."""

    case = models.OneToOneField(AccessRequest, on_delete=models.CASCADE, related_name="draft")
    facts = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class SpentForm(models.Model):
    """One use of the public form: its key (a form shown, a proof of work) is spent once and for all."""

    key = models.CharField(max_length=120, unique=True)
    case = models.ForeignKey(AccessRequest, on_delete=models.CASCADE, null=True, related_name="spent_forms")
    at = models.DateTimeField()


class RequestAttempts(models.Model):
    """How often one sender used a form within an hour; the sender is a keyed digest that changes daily."""

    key = models.CharField(max_length=64)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "hour"], name="request_attempts_once_an_hour")]
