"""Forms on people, posts, departments, absences, exceptions and reader codes."""

from datetime import date
from typing import Any

from django import forms

from gongkai.accounts.forms import NewPasswordForm
from gongkai.accounts.models import Person
from gongkai.bodies.models import Body, Department, Duty, Post

GROUP_CHOICES = [
    ("department", "部门负责人审核"),
    ("office", "办公室审核"),
    ("secrecy", "保密审查"),
    ("leading", "领导小组审议"),
    ("supervision", "监督小组审查"),
    ("signature", "签发"),
    ("reader", "校读"),
]
READER_CHOICES = [
    ("PAR", "家长"),
    ("STU", "学生"),
    ("RES", "居民"),
    ("STF", "教职工（没有登录岗位的）"),
    ("PTY", "党员"),
]


def date_field(label: str, **options: Any) -> forms.DateField:
    """Make a date field with the browser's own picker."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **options)


def staff_of(body: Body, *, on: date) -> Any:
    """Return the people who work in a body on a day."""
    held = Post.objects.held(on=on).filter(body=body)
    return Person.objects.filter(pk__in=held.values("person")).order_by("name")


class PostForm(forms.Form):
    """A post: duty, department, title, from when."""

    duty = forms.ChoiceField(label="职责", choices=Duty.choices)
    department = forms.ModelChoiceField(
        label="部门", queryset=Department.objects.none(), required=False, empty_label="不属于哪个部门",
        help_text="部门经办和部门负责人必须选部门。",
    )  # fmt: skip
    title = forms.CharField(
        label="岗位名称", max_length=60, required=False, help_text="留空就用职责的名称；例如：副校长、教务主任。"
    )
    from_on = date_field("任期起")

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = body.departments.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the department where the duty is one of a department."""
        data = super().clean() or {}
        if data.get("duty") in (Duty.EDITOR, Duty.DEPARTMENT_HEAD) and not data.get("department"):
            self.add_error("department", "这个职责属于部门，请选部门。还没有部门的，先到「部门」里添加。")
        return data


class PersonForm(PostForm):
    """A new colleague with a first post."""

    name = forms.CharField(label="姓名", max_length=80)
    username = forms.CharField(
        label="登录名",
        max_length=80,
        help_text="在整个平台里不能重复。本人已在别的单位有登录名的，填同一个，姓名也要一致。",
    )
    field_order = ["name", "username", "duty", "department", "title", "from_on"]


class UntilForm(forms.Form):
    """The day something ends."""

    until_on = date_field("离任日期", help_text="从这一天起不再任职。")


class DepartmentForm(forms.Form):
    """A department's name."""

    name = forms.CharField(label="部门名称", max_length=80)


class AbsenceForm(forms.Form):
    """Who is away, until when, and who stands in."""

    person = forms.ModelChoiceField(label="谁不在", queryset=Person.objects.none(), empty_label="请选择")
    delegate = forms.ModelChoiceField(
        label="由谁代办", queryset=Person.objects.none(), required=False, empty_label="不委托，待办等本人回来",
        help_text="代办人以本人名义处理，留痕里写明「代某某」。",
    )  # fmt: skip
    from_on = date_field("自")
    until_on = date_field("回来的日期", help_text="这一天起恢复由本人办理。")
    reason = forms.CharField(label="事由", max_length=80, required=False)

    def __init__(self, *args: Any, body: Body, on: date, oneself: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = staff_of(body, on=on)
        self.fields["delegate"].queryset = staff  # type: ignore[attr-defined]
        self.fields["person"].queryset = staff.filter(pk=oneself.pk) if oneself else staff  # type: ignore[attr-defined]
        if oneself:
            self.fields["person"].initial = oneself.pk

    def clean(self) -> dict[str, Any]:
        """Check the order of days and that nobody stands in for themselves."""
        data = super().clean() or {}
        if data.get("from_on") and data.get("until_on") and data["until_on"] <= data["from_on"]:
            self.add_error("until_on", "回来的日期应在离开之后，请核对。")
        if data.get("person") and data.get("person") == data.get("delegate"):
            self.add_error("delegate", "代办人不能是本人，请另选一位同事。")
        return data


class ExceptionForm(forms.Form):
    """The small-school exception: who reads a step that the rule leaves empty."""

    group = forms.ChoiceField(label="哪个环节", choices=GROUP_CHOICES)
    reader = forms.ModelChoiceField(
        label="由谁代行",
        queryset=Person.objects.none(),
        empty_label="请选择",
        help_text="可以是本单位人员，也可以是上级单位的人员（只看得到这一份稿件）。",
    )
    reason = forms.CharField(label="理由", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, body: Body, above: list[Body], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Post.objects.held(on=on).filter(body__in=[body, *above])
        self.fields["reader"].queryset = (  # type: ignore[attr-defined]
            Person.objects.filter(pk__in=held.values("person")).order_by("name")
        )


class JoinCodesForm(forms.Form):
    """A batch of one-time codes for readers."""

    audience = forms.ChoiceField(label="发给谁", choices=READER_CHOICES)
    label = forms.CharField(label="班级或备注", max_length=60, required=False, help_text="例如：三年级2班家长。")
    count = forms.IntegerField(label="数量", min_value=1, max_value=500, initial=40)
    member_until_on = date_field("身份有效期至", help_text="例如学生毕业的日期；到期自动失效。")


class JoinForm(forms.Form):
    """A reader's one-time code, for somebody already signed in."""

    code = forms.CharField(label="加入码", max_length=30, help_text="学校或乡镇发的纸条上印着，形如 ABCD-EFGH-JKLM。")


class JoinAsNewForm(NewPasswordForm):
    """A reader's one-time code with a new account."""

    code = forms.CharField(label="加入码", max_length=30, help_text="学校或乡镇发的纸条上印着，形如 ABCD-EFGH-JKLM。")
    name = forms.CharField(label="姓名", max_length=80)
    username = forms.CharField(
        label="登录名", max_length=80, help_text="自己取一个，可以用手机号；下次用它登录。",
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )  # fmt: skip
    field_order = ["code", "name", "username", "password", "again"]

    def checked_for(self) -> Person:
        """Return an unsaved person of the typed name."""
        return Person(username=self.cleaned_data.get("username", ""), name=self.cleaned_data.get("name", ""))
