"""A body's own colour in place of the house blue, where it can be read."""

from __future__ import annotations

import re

HEX = re.compile(r"#[0-9a-fA-F]{6}")
# WCAG 2.2, 1.4.3: text against its ground; our colour carries white words and stands on white as links.
LEAST_CONTRAST = 4.5


class ColourUnreadable(ValueError):
    """The colour is no colour, or white words on it could not be read."""


def contrast_on_white(colour: str) -> float:
    """Give the contrast ratio of a colour (#rrggbb) with white, 1 to 21."""
    shares = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def theme_css(colour: str) -> str:
    """Write the small stylesheet that puts a body's colour (#rrggbb) in place of the house blue.

    Raises ColourUnreadable with a message for the screen.
    """
    if not HEX.fullmatch(colour):
        raise ColourUnreadable("颜色请写成 #1b4f9c 这样的六位编号。")
    contrast = contrast_on_white(colour)
    if contrast < LEAST_CONTRAST:
        raise ColourUnreadable(
            f"这个颜色太浅，白字放在上面看不清（对比度 {contrast:.1f}，至少要 4.5）。请选深一些的颜色。"
        )
    return (
        f"html:not(.high-contrast){{--blue:{colour};--deep:color-mix(in srgb,{colour} 78%,#000);"
        f"--tint:color-mix(in srgb,{colour} 9%,#fff)}}\n"
    )
