"""Forms of a case's ordinary course: confirming, handing over, splitting, clarification, explanation."""

from datetime import datetime
from typing import Any

from django import forms

from gongkai.access.actions import course, intake, splitting
from gongkai.access.forms.base import TEXT, ActForm, day, some_files, words
from gongkai.access.models import AccessRequest, AccessSettings, CaseState, HandOver
from gongkai.accounts.models import Person
from gongkai.bodies.forms import staff_of
from gongkai.bodies.models import Department
from gongkai.bodies.staff import whole_number
from gongkai.journal.actor import Actor
from gongkai.statute import law
from gongkai.statute.events import Happened


class ConfirmForm(ActForm):
    """The day on which the requester and the office agreed that the request has come."""

    help = "电子邮件、传真、平信要与申请人联系上、双方确认收到，确认之日就是收到申请之日，答复期限从次日起算。"
    done = "已确认收到，答复期限开始计算。"
    on = day("与申请人确认的日期", help_text="电话、短信、邮件回复均可；联系不上的先不登记，联系上的那天再登记。")

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Confirm."""
        return intake.confirm(self.case, by=by, at=at, on=self.cleaned_data["on"])

    def happens(self, data: dict[str, Any]) -> tuple[Happened, ...]:
        """Begin the reply clock."""
        return (Happened("received", data["on"]),)


class VoidForm(ActForm):
    """Why it is no request at all."""

    help = "只用于根本不是申请的来件：空白邮件、测试、重复提交的同一份、广告。真的申请不能作废，要按结果答复。"
    done = "已作未成立处理。"
    danger = True
    sure = "作未成立处理后，这一件不计入年报，也不能再办理。"
    reason = words("原因", help_text="如：与同日第 5 号是同一份申请，申请人误点两次。")

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Void."""
        return intake.void(self.case, by=by, at=at, reason=self.cleaned_data["reason"])


class AssignForm(ActForm):
    """Who carries the case."""

    help = "承办人负责拟写答复，能看到申请人的信息；其他同事只看到隐去的姓名。"
    done = "已确定承办人。"
    handler = forms.ModelChoiceField(Person.objects.none(), label="承办人", required=False, empty_label="不指定")
    department = forms.ModelChoiceField(
        Department.objects.none(), label="承办部门", required=False, empty_label="由办公室自己办"
    )

    def fill(self) -> None:
        """Offer the people and departments of the body."""
        self.fields["handler"].queryset = staff_of(self.case.body, on=self.scope.on)  # type: ignore[attr-defined]
        self.fields["department"].queryset = self.case.body.departments.filter(until_on=None)  # type: ignore[attr-defined]
        self.initial |= {"handler": self.case.handler_id or self.scope.person.pk, "department": self.case.department_id}

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        data = super().clean() or {}
        if not data.get("handler") and not data.get("department"):
            self.add_error("handler", "承办人和承办部门至少选一个。")
        return data

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Assign."""
        return course.assign(
            self.case, by=by, at=at, handler=self.cleaned_data["handler"], department=self.cleaned_data["department"]
        )


class HandOverForm(ActForm):
    """What a department has to deliver for the reply, and by when."""

    help = "请有关部门查找、提供材料或意见。这是单位内部的事，答复期限照常计算，所以日期要早于答复期限。"
    done = "已交办。"
    department = forms.ModelChoiceField(Department.objects.none(), label="部门", empty_label="请选择")
    person = forms.ModelChoiceField(Person.objects.none(), label="具体找谁", required=False, empty_label="由部门安排")
    task = words("要办的事", help_text="如：查找 2025 年秋季学期食堂招标合同，提供复印件，并说明有没有不宜公开的内容。")
    due_on = day("请在哪天前返回")

    def fill(self) -> None:
        """Offer the departments; five working days unless the reply is due before."""
        self.fields["department"].queryset = self.case.body.departments.filter(until_on=None)  # type: ignore[attr-defined]
        self.fields["person"].queryset = staff_of(self.case.body, on=self.scope.on)  # type: ignore[attr-defined]
        usual = law().calendar.add_working_days(self.scope.on, 5).on
        self.initial["due_on"] = min(usual, self.case.due_on) if self.case.due_on else usual

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Hand over."""
        return course.hand_over(self.case, by=by, at=at, **self.cleaned_data)


class ReturnMaterialForm(ActForm):
    """What the department found."""

    help = "把找到的材料和部门意见交回办公室。没有找到的，写明查了哪里、由谁查的：答复「信息不存在」要用。"
    done = "材料已返回。"
    hand_over = forms.ModelChoiceField(HandOver.objects.none(), label="哪一项交办", empty_label="请选择")
    answer = words("办理结果", rows=5, most=TEXT)
    files = some_files("材料", help_text="可以选几个文件。")

    @classmethod
    def lacking(cls, case: AccessRequest) -> str:
        """Refuse without an open hand-over."""
        return "" if case.hand_overs.filter(returned_on=None).exists() else "这一件没有等待返回的材料。"

    def fill(self) -> None:
        """Offer what is still out."""
        self.choose("hand_over", self.case.hand_overs.filter(returned_on=None), label=lambda one: one.task)

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Return the material."""
        data = self.cleaned_data
        return course.return_material(data["hand_over"], by=by, at=at, answer=data["answer"], files=data["files"])


class SplitForm(ActForm):
    """The matters of a request that asks for several things."""

    help = (
        "一份申请要求几项不相干的信息时，按「一事一申请」拆成几件，各有编号，收到日期不变，分别答复，分别计入年报。"
        "第一项留在本件，其余各成一件；空行不计。"
    )
    done = "已拆分，每一项各成一件。"
    sure = "拆分后每一项各有编号，不能再合回一件。"
    grows = True
    MOST = 10

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        more = 1 if "more" in self.data else 0
        self.rows = min(self.MOST, max(2, (whole_number(str(self.data.get("rows", ""))) or 3) + more))
        if more:
            self.data = self.data.copy()
            self.data["rows"] = str(self.rows)
        for n in range(1, self.rows + 1):
            self.fields[f"title{n}"] = words(f"第 {n} 项所需信息", required=n <= 2)
            self.fields[f"wanted{n}"] = words(f"第 {n} 项内容描述", rows=2, most=TEXT, required=False)
        self.fields["rows"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=self.rows)
        self.initial |= {"title1": self.case.title, "wanted1": self.case.wanted}

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Split."""
        data = self.cleaned_data
        pairs = [(data.get(f"title{n}", ""), data.get(f"wanted{n}", "")) for n in range(1, self.rows + 1)]
        matters = [splitting.Matter(title=title, wanted=wanted or title) for title, wanted in pairs if title.strip()]
        return splitting.split(self.case, by=by, at=at, matters=matters)


class UnmergeForm(ActForm):
    """Take a case out of those handled together."""

    help = "这一件将单独办理、单独答复。"
    done = "已取消合并。"

    @classmethod
    def lacking(cls, case: AccessRequest) -> str:
        """Refuse where the case stands alone."""
        return "" if case.merged_into_id else "这一件没有并入别的申请。"

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Unmerge."""
        return splitting.unmerge(self.case, by=by, at=at)


class MergeForm(ActForm):
    """Which other cases are carried together with this one."""

    help = "几件申请要的是同一信息时，可以一并办理、一并答复。每一件仍各自计数、各自送达。"
    done = "已合并办理。"
    cases = forms.ModelMultipleChoiceField(
        AccessRequest.objects.none(), label="与本件合并办理的申请", widget=forms.CheckboxSelectMultiple
    )

    @classmethod
    def others(cls, case: AccessRequest) -> Any:
        """Return the cases that could join this one."""
        rows = AccessRequest.objects.of(case.body).filter(state=CaseState.RECEIVED, merged_into=None)
        return rows.exclude(pk=case.pk).order_by("-year", "-serial")

    @classmethod
    def lacking(cls, case: AccessRequest) -> str:
        """Refuse where there is no other case."""
        return "" if cls.others(case).exists() else "没有别的正在办理的申请可以与本件合并。"

    def fill(self) -> None:
        """Offer at most thirty, newest first."""
        some = [one.pk for one in self.others(self.case)[:30]]
        field = self.fields["cases"]
        field.queryset = AccessRequest.objects.filter(pk__in=some)  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: f"{one.number}　{one.title}"  # type: ignore[attr-defined]

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Merge."""
        return splitting.merge(self.case, by=by, at=at, cases=list(self.cleaned_data["cases"]))


class AskClarificationForm(ActForm):
    """What has to be made clear, and how long the requester has."""

    help = (
        "申请内容不明确的，收到后 7 个工作日内一次性告知要补正什么、多久补正。只能告知一次，所以请把要补的都写上。"
        "补正期间答复期限停下，收到补正后重新计算。"
    )
    done = "补正告知书已生成，可以打印送达。"
    on = day("告知日期")
    items = words("需要补正的内容", rows=5, most=TEXT, help_text="一条一行，写清缺什么、怎样补，写进告知书。")
    days = forms.IntegerField(
        label="补正期限（工作日）", min_value=1, max_value=60, help_text="合理期限，一般 15 个工作日。"
    )

    @classmethod
    def lacking(cls, case: AccessRequest) -> str:
        """Refuse a second time: the law allows one."""
        asked = case.events.standing().filter(kind="clarification_sent").exists()
        if asked:
            return "这一件已经告知过补正。补正只能一次性告知，请按现有内容答复。"
        return ""

    def fill(self) -> None:
        """Take the body's usual period."""
        settled = AccessSettings.objects.filter(body=self.case.body).first() or AccessSettings()
        self.initial["days"] = settled.clarification_days

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Ask; the letter goes with it."""
        return course.ask_clarification(self.case, by=by, at=at, **self.cleaned_data)

    def happens(self, data: dict[str, Any]) -> tuple[Happened, ...]:
        """Stop the reply clock."""
        return (Happened("clarification_sent", data["on"], days=data.get("days") or 0),)


class ReceiveClarificationForm(ActForm):
    """What the requester made clear."""

    help = "收到补正的那天起，答复期限重新计算。"
    done = "已登记补正，答复期限重新计算。"
    on = day("收到补正的日期")
    text = words("补正的内容", rows=5, most=TEXT)
    files = some_files("补正材料")

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Take it in."""
        return course.receive_clarification(self.case, by=by, at=at, **self.cleaned_data)

    def happens(self, data: dict[str, Any]) -> tuple[Happened, ...]:
        """Begin the reply clock anew."""
        return (Happened("clarification_received", data["on"]),)


class AskExplanationForm(ActForm):
    """How long a requester of very many things has to say why."""

    help = (
        "同一申请人的申请数量、频次明显超过合理范围时，可以要求说明理由。理由不合理的，告知不予处理；"
        "理由合理但按期答复不了的，确定延迟答复的合理期限并告知。"
    )
    done = "说明理由告知书已生成，可以打印送达。"
    on = day("告知日期")
    days = forms.IntegerField(label="说明期限（工作日）", min_value=1, max_value=60, initial=10)

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Ask; the letter goes with it."""
        return course.ask_explanation(self.case, by=by, at=at, **self.cleaned_data)


class ReceiveExplanationForm(ActForm):
    """The requester's reasons."""

    help = "登记申请人说明的理由。理由不合理的，下一步拟写「不予处理」的答复。"
    done = "已登记说明的理由。"
    on = day("收到日期")
    text = words("说明的理由", rows=5, most=TEXT)

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Take it in."""
        return course.receive_explanation(self.case, by=by, at=at, **self.cleaned_data)
