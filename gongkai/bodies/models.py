"""Disclosing bodies, their tree, departments, posts and memberships: who is who, where and since when."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q


def in_force(on: date) -> Q:
    """Return the condition that a dated record (`from_on` inclusive, `until_on` exclusive) holds on a day."""
    return Q(from_on__lte=on) & (Q(until_on=None) | Q(until_on__gt=on))


class BodyKind(models.TextChoices):
    EDU_BUREAU = "edu_bureau", "教育局"
    PRIMARY = "primary", "小学"
    MIDDLE = "middle", "初中"
    NINE_YEAR = "nine_year", "九年一贯制学校"
    FULL_SECONDARY = "full_secondary", "完全中学"
    SENIOR = "senior", "高中"
    VOCATIONAL = "vocational", "中职"
    SPECIAL = "special", "特教学校"
    KINDERGARTEN = "kindergarten", "幼儿园"
    COLLEGE = "college", "高校"
    COMMUNITY_COLLEGE = "community_college", "社区学院"
    TOWNSHIP = "township", "乡镇"
    SUBDISTRICT = "subdistrict", "街道"
    PARTY_ORG = "party_org", "党组织"
    AFFILIATE = "affiliate", "直属单位"


class SiteMode(models.TextChoices):
    OWN = "own", "在本平台设信息公开专栏"
    ELSEWHERE = "elsewhere", "没有自己的网站，内容粘贴到上级门户"


class BodyQuerySet(models.QuerySet["Body"]):
    def open_on(self, on: date) -> "BodyQuerySet":
        """Keep the bodies that exist on this day."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=on))

    def children_of(self, body: "Body", *, on: date, tree: str = "administrative") -> "BodyQuerySet":
        """Keep the direct subordinates of a body on a day in one tree."""
        links = BodyLink.objects.filter(in_force(on), parent=body, tree=tree)
        return self.filter(pk__in=links.values("child"))

    def subtree_of(self, body: "Body", *, on: date, tree: str = "administrative") -> "BodyQuerySet":
        """Keep every body below this one (the body itself left out)."""
        pairs = BodyLink.objects.filter(in_force(on), tree=tree).values_list("parent_id", "child_id")
        below: set[int] = set()
        frontier = {body.pk}
        while frontier:
            frontier = {child for parent, child in pairs if parent in frontier} - below
            below |= frontier
        return self.filter(pk__in=below - {body.pk})


class Body(models.Model):
    """A body that must disclose (公开主体). Its code stands in public addresses and never changes."""

    code = models.SlugField("代码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=120)
    short_name = models.CharField("简称", max_length=40, blank=True)
    kind = models.CharField("类别", max_length=24, choices=BodyKind)
    regimes = models.JSONField("适用法规", default=list)
    site_mode = models.CharField("公开网站", max_length=12, choices=SiteMode, default=SiteMode.OWN)
    org_code = models.CharField("统一社会信用代码或机构代码", max_length=20, blank=True)
    index_template = models.CharField(
        "索引号样式", max_length=80, default="{org}/{year}-{serial:05d}",
        help_text="可用 {org}、{year}、{month}、{serial}",
    )  # fmt: skip
    address = models.CharField("地址", max_length=200, blank=True)
    postcode = models.CharField("邮编", max_length=10, blank=True)
    phone = models.CharField("电话", max_length=60, blank=True)
    fax = models.CharField("传真", max_length=60, blank=True)
    email = models.EmailField("邮箱", blank=True)
    office_hours = models.CharField("办公时间", max_length=120, blank=True)
    office_name = models.CharField("信息公开工作机构", max_length=60, default="校办公室")
    supervision_phone = models.CharField("监督电话", max_length=60, blank=True)
    colour = models.CharField("主色", max_length=7, default="#1b4b8f")
    introduction = models.TextField("简介", blank=True)
    opinion_days = models.PositiveSmallIntegerField("意见答复工作日", default=7)
    opened_on = models.DateField("启用日期", null=True, blank=True)
    closed_on = models.DateField("停用日期", null=True, blank=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = "公开主体"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """Return the short name where there is one."""
        return self.short_name or self.name

    @property
    def is_party(self) -> bool:
        """Tell whether this is a party organisation (党务公开)."""
        return self.kind == BodyKind.PARTY_ORG


class Tree(models.TextChoices):
    ADMINISTRATIVE = "administrative", "行政隶属"
    PARTY = "party", "党组织隶属"


class BodyLink(models.Model):
    """A dated parent link in one of the two trees."""

    child = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="parent_links")
    parent = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="child_links")
    tree = models.CharField(max_length=16, choices=Tree, default=Tree.ADMINISTRATIVE)
    from_on = models.DateField("自")
    until_on = models.DateField("至", null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(child=F("parent")), name="body_not_its_own_parent")]


class Department(models.Model):
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="departments")
    name = models.CharField("名称", max_length=60)
    order = models.PositiveSmallIntegerField(default=0)
    until_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        verbose_name = "部门"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["body", "name"], name="department_name_once")]

    def __str__(self) -> str:
        return self.name


class Duty(models.TextChoices):
    """What a post is charged with; a person's rights in a body are the union of their posts' duties."""

    CLERK = "clerk", "办公室经办"
    OFFICE_HEAD = "office_head", "办公室负责人"
    EDITOR = "editor", "部门经办"
    DEPARTMENT_HEAD = "department_head", "部门负责人"
    SECRECY = "secrecy", "保密审查员"
    LEGAL = "legal", "法制审核员"
    LEADING_HEAD = "leading_head", "领导小组组长"
    LEADING_DEPUTY = "leading_deputy", "领导小组副组长"
    LEADING_MEMBER = "leading_member", "领导小组成员"
    SUPERVISION_HEAD = "supervision_head", "监督小组组长"
    SUPERVISION_MEMBER = "supervision_member", "监督小组成员"
    SIGNER = "signer", "签发人"
    DEPUTY_SIGNER = "deputy_signer", "代签人"
    READER = "reader", "校读人"
    FILING = "filing", "备案接收"
    SUPERVISOR = "supervisor", "上级监督员"
    MANAGER = "manager", "单位管理员"


GROUPS: dict[str, tuple[str, ...]] = {
    "department": (Duty.DEPARTMENT_HEAD,),
    "office": (Duty.OFFICE_HEAD, Duty.CLERK),
    "legal": (Duty.LEGAL,),
    "secrecy": (Duty.SECRECY,),
    "leading": (Duty.LEADING_HEAD, Duty.LEADING_DEPUTY, Duty.LEADING_MEMBER),
    "supervision": (Duty.SUPERVISION_HEAD, Duty.SUPERVISION_MEMBER),
    "signature": (Duty.SIGNER, Duty.DEPUTY_SIGNER),
    "reader": (Duty.READER, Duty.CLERK, Duty.OFFICE_HEAD, Duty.SECRECY, Duty.DEPARTMENT_HEAD),
}


class PostQuerySet(models.QuerySet["Post"]):
    def held(self, *, on: date) -> "PostQuerySet":
        """Keep the posts in force on a day, of people who may still sign in."""
        return self.filter(in_force(on), person__is_active=True)

    def in_group(self, group: str) -> "PostQuerySet":
        """Keep the posts that belong to a deciding group (a key of GROUPS)."""
        return self.filter(duty__in=GROUPS[group])


class Post(models.Model):
    """A person's dated charge in a body (岗位); a person may hold several, in several bodies."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="posts")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="posts")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, blank=True, related_name="posts")
    duty = models.CharField("职责", max_length=24, choices=Duty)
    title = models.CharField("岗位名称", max_length=60, blank=True)
    from_on = models.DateField("任期起")
    until_on = models.DateField("任期止", null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "岗位"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Return the post as people say it: its own title, else the duty."""
        return self.title or str(self.get_duty_display())


class Absence(models.Model):
    """A dated absence; the delegate acts in this body for the absent person's posts, and the journal says so."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="absences")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences")
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="stands_in"
    )
    reason = models.CharField("事由", max_length=80, blank=True)
    from_on = models.DateField("自")
    until_on = models.DateField("至", null=True)


class ReaderException(models.Model):
    """The recorded small-school exception: who reads where the body has too few people for the rule."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="reader_exceptions")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    group = models.CharField("代行的环节", max_length=24)
    reason = models.CharField("理由", max_length=200)
    from_on = models.DateField("自")
    until_on = models.DateField("至", null=True, blank=True)


class Membership(models.Model):
    """A parent's, student's, teacher's or resident's time-limited right to read what is open to them."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships")
    audience = models.CharField("公开对象", max_length=3)
    from_on = models.DateField("自")
    until_on = models.DateField("至", null=True)

    class Meta:
        verbose_name = "读者身份"


class JoinCode(models.Model):
    """A one-time code that gives a parent, student or resident their membership."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="join_codes")
    audience = models.CharField("公开对象", max_length=3)
    label = models.CharField("备注（班级等）", max_length=60, blank=True)
    code_hash = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField("签发时间")
    expires_at = models.DateTimeField("有效期至")
    member_until_on = models.DateField("身份有效期至")
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    used_at = models.DateTimeField("使用时间", null=True)


class Term(models.Model):
    """A body's own school term; termly duties wait for these dates."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="terms")
    name = models.CharField("学期", max_length=40)
    starts_on = models.DateField("开学日期")
    ends_on = models.DateField("放假日期")

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="term_ends_after_it_starts")
        ]


class LocalRule(models.Model):
    """A local record (a district's own limit, a term of its own) that a body has chosen."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="local_rules")
    record = models.CharField("地方规定代码", max_length=80)
    from_on = models.DateField("自")
    until_on = models.DateField("至", null=True, blank=True)


class OwnKind(models.Model):
    """A kind of information the body has added to the list in `law/`, mapped to a report line."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="own_kinds")
    code = models.CharField("代码", max_length=24)
    name = models.CharField("名称", max_length=40)
    counts_as = models.CharField("年报栏次", max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "code"], name="own_kind_once")]
