"""The form of a chain: its name and use, and rows of steps that can be added, moved and taken out without a script."""

from typing import Any

from django import forms
from django.http import QueryDict

from gongkai.bodies.models import Body
from gongkai.review.chains import ChainPlan, StepPlan, default_chains, plan
from gongkai.review.models import Chain, Route, StepKind, StepRole
from gongkai.statute import law

MOST_STEPS = 12


class StepForm(forms.Form):
    """One step of a chain."""

    role = forms.ChoiceField(label="由谁办", choices=StepRole.choices)
    name = forms.CharField(label="环节名称", max_length=40, required=False)
    kind = forms.ChoiceField(label="怎么办", choices=StepKind.choices)
    days = forms.IntegerField(label="办理工作日", min_value=1, max_value=30, initial=2)

    def step(self) -> StepPlan:
        """Return the step as a chain takes it."""
        data = self.cleaned_data
        return plan(data["role"], data["name"].strip(), kind=data["kind"], days=data["days"])


class ChainForm(forms.Form):
    """A chain's name, use and kinds; the steps stand in rows beside it."""

    name = forms.CharField(label="流程名称", max_length=60)
    route = forms.ChoiceField(label="用途", choices=Route.choices)
    kinds = forms.MultipleChoiceField(
        label="只用于这些信息类别", required=False, help_text="都不选就是全部类别。",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, body: Body, old: Chain | None = None, **kwargs: Any) -> None:
        initial = {"name": old.name, "route": old.route, "kinds": old.kinds} if old else {}
        super().__init__(*args, initial=initial, **kwargs)
        self.body, self.old = body, old
        own = body.own_kinds.order_by("pk").values_list("code", "name")
        choices = [*((code, kind.name) for code, kind in law().kinds.items()), *own]
        self.fields["kinds"].choices = choices  # type: ignore[attr-defined]

    def check_rows(self, rows: list[StepForm]) -> bool:
        """Check every row; a chain without steps is no chain."""
        if not rows:
            self.add_error(None, "流程里还没有环节，请添加。")
        return all([row.is_valid() for row in rows]) and bool(rows)

    def plan(self, rows: list[StepForm]) -> ChainPlan:
        """Return the chain as it is saved; a changed one keeps its code."""
        data = self.cleaned_data
        taken = self.body.chains.count() + 1
        return ChainPlan(
            code=self.old.code if self.old else f"own-{taken}", name=data["name"], route=data["route"],
            kinds=tuple(data["kinds"]), steps=tuple(row.step() for row in rows),
        )  # fmt: skip


def rows_of(posted: QueryDict | None, *, body: Body, old: Chain | None) -> list[StepForm]:
    """Return the rows of steps: of the chain, or as posted, after the pressed button (up, down, out, add) acted."""
    if posted is None:
        steps = list(old.steps.order_by("order")) if old else default_chains(body)[0].steps
        told = [{name: getattr(step, name) for name in StepForm.base_fields} for step in steps]
        return [StepForm(initial=initial, prefix=f"s{place}") for place, initial in enumerate(told)]
    order = [key for key in posted.get("rows", "").split(",") if key.isdecimal()][:MOST_STEPS]
    values = [{name: posted.get(f"s{key}-{name}", "") for name in StepForm.base_fields} for key in order]
    press = posted.get("press", "")
    values = _pressed(values, press) if press else values
    return [_filled(place, value) for place, value in enumerate(values)]


def _pressed(values: list[dict[str, Any]], press: str) -> list[dict[str, Any]]:
    what, _, where = press.partition("-")
    place = int(where) if where.isascii() and where.isdecimal() else -1
    if what == "add" and len(values) < MOST_STEPS:
        return [*values, {"role": "office", "name": "", "kind": "person", "days": "2"}]
    if not 0 <= place < len(values):
        return values
    if what == "out":
        return values[:place] + values[place + 1 :]
    other = place + {"up": -1, "down": 1}.get(what, 0)
    if 0 <= other < len(values):
        values[place], values[other] = values[other], values[place]
    return values


def _filled(place: int, value: dict[str, Any]) -> StepForm:
    return StepForm({f"s{place}-{name}": given for name, given in value.items()}, prefix=f"s{place}")
