"""Text fields for what strangers write: marks nobody sees are taken out, and too much is told by its length."""

import re
from typing import Any

from django import forms

from gongkai.access.models import AccessRequest, Requester

# Control characters, and marks that are not seen or turn the reading direction.
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
LONGEST = {"wanted": 5000, "purpose": 1000, "answer": 5000}


def longest(name: str) -> int:
    """Return how many characters a field of a request or its requester holds."""
    if name in LONGEST:
        return LONGEST[name]
    model = Requester if name in {field.name for field in Requester._meta.get_fields()} else AccessRequest
    return int(model._meta.get_field(name).max_length or 0)  # type: ignore[union-attr]


class Words(forms.CharField):
    """A text of limited length; the refusal says how long it is and may be."""

    def __init__(self, label: str, most: int, *, rows: int = 0, **more: Any) -> None:
        self.lines = bool(rows)
        messages = {
            "max_length": f"太长了：写了 %(show_value)d 字，最多 {most} 字。请删短一些，或作为附件提交。",
            "required": f"请填写{label}。",
        }
        widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
        more.setdefault("widget", widget)
        super().__init__(label=label, max_length=most, error_messages=messages, **more)
        # The browser's own cut-off would lose the end of a pasted text without a word.
        self.widget.attrs.pop("maxlength", None)

    def to_python(self, value: Any) -> str:
        """Return the text without unseen marks; a line's breaks become spaces."""
        text = UNSEEN.sub("", str(value or "").replace("\r\n", "\n").replace("\r", "\n"))
        return super().to_python(text if self.lines else re.sub(r"\s+", " ", text)) or ""


def words(name: str, label: str, *, rows: int = 0, **more: Any) -> Words:
    """Return the text field of a request or its requester with this name."""
    return Words(label, longest(name), rows=rows, **more)
