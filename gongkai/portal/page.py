"""A page of the public site: where it lies, what it is about and how its bytes come about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string

RENDERER = "3"  # raise it when pages of the same content come out differently


@dataclass(frozen=True, kw_only=True)
class Page:
    """One file below the public root: `content` makes its bytes, or `blob` names them in the blob store."""

    path: str
    subject: str
    body: str = ""
    content: Callable[[], bytes] | None = None
    blob: str = ""


def from_template(template: str, context: dict[str, Any]) -> bytes:
    """Render a template to the bytes of a page; nothing of a request or of the clock enters."""
    return render_to_string(f"portal/{template}", context).encode()
