"""The form field for rich text; its editor is optional, its cleaning is not."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from gongkai.frame.richtext.cleaning import clean, from_text, to_text

TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


class RichTextWidget(forms.Textarea):
    """A textarea that frame/richtext.js turns into an editor."""

    template_name = "frame/components/richtext.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Mark the textarea for the editor."""
        super().__init__({"rows": 18, "data-rich": "", **(attrs or {})})

    def use_required_attribute(self, initial: Any) -> bool:
        """Leave the check to the server: a hidden textarea cannot show the browser's complaint."""
        return False


class RichTextField(forms.CharField):
    """Take rich text, or plain text typed without the editor, and give cleaned HTML."""

    widget = RichTextWidget

    def to_python(self, value: Any) -> str:
        """Clean what was sent; a text without any tag becomes paragraphs."""
        text = super().to_python(value)
        if not text:
            return ""
        return clean(text) if TAG.search(text) else from_text(text)

    def validate(self, value: str) -> None:
        """Refuse a text that has neither words nor pictures where one is required."""
        empty = not to_text(value) and "<img" not in value
        super().validate("" if empty else value)
