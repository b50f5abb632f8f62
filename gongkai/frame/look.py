"""How a visitor wants pages to look: large type, high contrast, remembered in a cookie."""

from __future__ import annotations

from django.http import HttpRequest

COOKIE = "gk_look"
CLASSES = {"large": "large-type", "contrast": "high-contrast"}
LABELS = {"large": ("大字版", "标准字号"), "contrast": ("高对比", "普通对比")}


def chosen(request: HttpRequest | None) -> set[str]:
    """Read the looks a visitor chose; unknown words in the cookie are ignored."""
    if request is None:
        return set()
    return {word for word in request.COOKIES.get(COOKIE, "").split(".") if word in CLASSES}


def classes(request: HttpRequest | None) -> str:
    """Give the class names of the html element."""
    return " ".join(sorted(CLASSES[look] for look in chosen(request)))
