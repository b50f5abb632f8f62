"""How a form field is shown: label, hint, error and input tied together for every reader."""

from __future__ import annotations

from typing import Any

from django.forms import BoundField, CheckboxInput, DateInput, FileInput
from django.forms.widgets import ChoiceWidget


def plain_errors(bound: BoundField) -> list[str]:
    """Say what is wrong with a field; a missing value is asked for by its name."""
    chosen = isinstance(bound.field.widget, ChoiceWidget | FileInput)
    asked = f"请{'选择' if chosen else '填写'}{bound.label}"
    return [asked if error.code == "required" else text for error in bound.errors.as_data() for text in error.messages]


def field_parts(bound: BoundField, *, hint: str = "", label: str = "") -> dict[str, Any]:
    """Collect what the field template needs; the input names its hint and its errors."""
    hint = hint or str(bound.help_text or "")
    described = []
    attrs: dict[str, Any] = {}
    if hint:
        described.append(f"{bound.auto_id}_hint")
    if bound.errors:
        described.append(f"{bound.auto_id}_error")
        attrs["aria-invalid"] = "true"
    if described and not bound.use_fieldset:
        attrs["aria-describedby"] = " ".join(described)
    widget = bound.field.widget
    if isinstance(widget, DateInput):
        widget.input_type = "date"
        widget.format = "%Y-%m-%d"
    return {
        "bound": bound,
        "errors": plain_errors(bound),
        "input": bound.as_widget(attrs=attrs),
        "label": label or bound.label,
        "hint": hint,
        "described": " ".join(described),
        "optional": not bound.field.required and not isinstance(widget, CheckboxInput),
        "kind": "single" if isinstance(widget, CheckboxInput) else "group" if bound.use_fieldset else "line",
        "is_file": isinstance(widget, FileInput),
    }
