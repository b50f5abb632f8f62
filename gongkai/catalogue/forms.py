"""Forms on the catalogue: adapting an item, own items, terms, local limits, what was formed."""

import re
from datetime import date
from typing import Any

from django import forms

from gongkai.bodies.models import Body, BodyKind, Department
from gongkai.catalogue.models import CatalogueItem, Origin
from gongkai.catalogue.timing import CYCLES, cycle_fits, cyclic, stages
from gongkai.statute import law
from gongkai.statute.limits import UNIT_NAMES, choices, in_words
from gongkai.statute.records import Limit
from gongkai.statute.times import CYCLE_NAMES, STAGE_NAMES

DATE = forms.DateInput(attrs={"type": "date"})
LASTING, CYCLIC, AT_ONCE, STAGED = "LONG", "REG", "IMM", "STG"
TIME_CHOICES = [
    (LASTING, "长期公开：内容稳定，每年核对一次"),
    (CYCLIC, "定期公开：按周期更新"),
    (AT_ONCE, "即时公开：信息形成后在期限内公开"),
    (STAGED, "分期公开：事前、事中、事后各公开一次"),
]


def audience_choices() -> list[tuple[str, str]]:
    """Return the audiences by name, with who they are."""
    return [(one.code, f"{one.name}（{one.who}）") for one in law().audiences.values()]


def channel_choices() -> list[tuple[str, str]]:
    """Return the channels by name."""
    return [(channel.code, channel.name) for channel in law().channels.values()]


class ItemForm(forms.Form):
    """What a body may adapt of an item."""

    owner = forms.ModelChoiceField(
        label="责任部门", queryset=Department.objects.none(), required=False, empty_label="未定"
    )
    audiences = forms.MultipleChoiceField(label="公开范围", widget=forms.CheckboxSelectMultiple)
    channels = forms.MultipleChoiceField(
        label="公开渠道", widget=forms.CheckboxSelectMultiple, required=False,
        help_text="起草这一事项时会预先勾选这些渠道。",
    )  # fmt: skip
    cycle = forms.ChoiceField(label="公开周期", required=False)
    yearly = forms.CharField(
        label="每年几月几日前公开", required=False, max_length=10, help_text="写成 月-日，例如 10-31；不填按年底算。"
    )
    note = forms.CharField(label="说明", required=False, max_length=300)

    def __init__(self, *args: Any, item: CatalogueItem, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {name: getattr(item, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = item.body.departments.all()  # type: ignore[attr-defined]
        self.fields["audiences"].choices = audience_choices()  # type: ignore[attr-defined]
        self.fields["channels"].choices = channel_choices()  # type: ignore[attr-defined]
        one = cyclic(item)
        if one is None:
            del self.fields["cycle"], self.fields["yearly"]
            return
        offered = one.choices or [c for c in CYCLES if cycle_fits(c, one.every)]
        empty = f"按目录：{CYCLE_NAMES[one.every]}" if one.every else "请选择"
        self.fields["cycle"].choices = [("", empty), *((c, CYCLE_NAMES[c]) for c in offered)]  # type: ignore[attr-defined]
        if "year" not in offered:
            del self.fields["yearly"]

    def clean_yearly(self) -> str:
        """Check that the month and day exist."""
        return month_day(self.cleaned_data["yearly"])


def month_day(text: str) -> str:
    """Return MM-DD of a month and day as people write them (10-31, 10月31日); empty for nothing."""
    if not text.strip():
        return ""
    parts = [int(n) for n in re.findall(r"\d+", text)]
    try:
        return f"{date(2024, *parts):%m-%d}" if len(parts) == 2 else _refuse_day()
    except ValueError:
        return _refuse_day()


def _refuse_day() -> str:
    raise forms.ValidationError("请写成 月-日，例如 10-31。这一天要在日历上存在。")


class ReasonForm(forms.Form):
    """A reason in words."""

    reason = forms.CharField(label="理由", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class FormedForm(forms.Form):
    """That information of an item was formed, or a stage reached."""

    label = forms.CharField(label="形成了什么", max_length=60, help_text="例如：2026年教师招聘结果、操场维修工程。")
    on = forms.DateField(label="形成日期", widget=DATE)
    stage = forms.ChoiceField(label="阶段", required=False)

    def __init__(self, *args: Any, item: CatalogueItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = stages(item)
        if found:
            self.fields["stage"].choices = [(s, STAGE_NAMES[s]) for s in found]  # type: ignore[attr-defined]
        else:
            del self.fields["stage"]


class OwnItemForm(forms.Form):
    """An item the body adds of its own, or one outside the catalogue that rests on a work plan."""

    name = forms.CharField(label="公开事项", max_length=300)
    origin = forms.ChoiceField(
        label="性质", widget=forms.RadioSelect, initial=Origin.OWN,
        choices=[(Origin.OWN, "本单位增加的目录事项"), (Origin.OUTSIDE, "目录外事项（须有经批准的工作方案）")],
    )  # fmt: skip
    note = forms.CharField(
        label="说明或工作方案", max_length=300, required=False, help_text="目录外事项写明方案名称和批准日期。"
    )
    owner = forms.ModelChoiceField(
        label="责任部门", queryset=Department.objects.none(), required=False, empty_label="未定"
    )
    audiences = forms.MultipleChoiceField(label="公开范围", widget=forms.CheckboxSelectMultiple, initial=["SOC"])
    channels = forms.MultipleChoiceField(label="公开渠道", widget=forms.CheckboxSelectMultiple, required=False)
    time = forms.ChoiceField(label="公开时限", choices=TIME_CHOICES, widget=forms.RadioSelect, initial=LASTING)
    every = forms.ChoiceField(
        label="定期公开的周期", required=False, choices=[("", "不是定期公开"), *((c, CYCLE_NAMES[c]) for c in CYCLES)]
    )

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = body.departments.all()  # type: ignore[attr-defined]
        self.fields["audiences"].choices = audience_choices()  # type: ignore[attr-defined]
        self.fields["channels"].choices = channel_choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the cycle of what comes round, and for the plan of what lies outside."""
        data = super().clean() or {}
        if data.get("time") == CYCLIC and not data.get("every"):
            self.add_error("every", "定期公开要选定周期。")
        if data.get("origin") == Origin.OUTSIDE and not data.get("note"):
            self.add_error("note", "目录外的事项按工作方案公开。请写明方案名称和批准日期。")
        return data

    def facts(self) -> dict[str, Any]:
        """Return what the act takes, the time class as data."""
        data = dict(self.cleaned_data)
        time, every = data.pop("time"), data.pop("every")
        extra = {CYCLIC: {"every": every}, STAGED: {"stages": list(STAGE_NAMES)}}.get(time, {})
        return {**data, "times": [{"class": time, **extra}]}


class TermForm(forms.Form):
    """A school term."""

    name = forms.CharField(label="学期名称", max_length=40, help_text="例如：2026年秋季学期。")
    starts_on = forms.DateField(label="开学日期", widget=DATE)
    ends_on = forms.DateField(label="放假日期", widget=DATE)


class RuleForm(forms.Form):
    """The local limits a body follows in place of its regime's own."""

    record = forms.ChoiceField(label="主动公开期限", required=False, widget=forms.RadioSelect)
    answer = forms.ChoiceField(label="依申请答复期限", required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, body: Body, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["record"].choices = local_choices(body, on=on)  # type: ignore[attr-defined]
        answers = answer_choices(body, on=on)
        self.fields["answer"].choices = answers  # type: ignore[attr-defined]
        if len(answers) == 1:
            del self.fields["answer"]


def local_choices(body: Body, *, on: date) -> list[tuple[str, str]]:
    """Return the proactive limits a body can choose, the default first, local ones marked as such."""
    regime = law().body_kinds[body.kind].main
    default = law().limits[law().regimes[regime].proactive]
    shown = [("", f"{in_words(default)}（没有地方规定时用这一条）")]
    return shown + [_local(one) for one in choices("proactive", regime=regime, on=on) if one.local]


def answer_choices(body: Body, *, on: date) -> list[tuple[str, str]]:
    """Return the periods for answering requests a body can choose; without a national one, first that none is."""
    found = choices("answer", regime=law().body_kinds[body.kind].main, on=on)
    default = next((one for one in found if not one.local), None)
    none = f"{in_words(default)}（没有地方规定时用这一条）" if default else "还没有选择（答复期限算不出来，请尽快选定）"
    return [("", none), *(_local(one) for one in found if one.local)]


def _local(one: Limit) -> tuple[str, str]:
    more = f"，可以延长{one.extension}{UNIT_NAMES[one.unit]}" if one.extension else ""
    return one.code, f"{in_words(one)}{more} – 地方规定：{one.local}，请核对本地文件后选用"


class FoundForm(forms.Form):
    """A new body under this one, with its first manager."""

    name = forms.CharField(label="单位全称", max_length=120)
    short_name = forms.CharField(label="简称", max_length=40, required=False)
    code = forms.SlugField(
        label="代码",
        max_length=40,
        help_text="用在公开网址里，设好以后不能再改。只用小写字母、数字和短横线，例如 shiyan-xx。",
    )
    kind = forms.ChoiceField(label="类别", choices=BodyKind.choices)
    manager_name = forms.CharField(label="第一位管理员姓名", max_length=80)
    manager_login = forms.CharField(
        label="管理员登录名", max_length=80, help_text="办好以后会打印一张密码条交给这位管理员。"
    )

    def clean_code(self) -> str:
        """Keep codes lower-case and unique."""
        code = self.cleaned_data["code"].lower()
        if Body.objects.filter(code=code).exists():
            raise forms.ValidationError("这个代码已经有单位在用，请换一个。")
        return code
