"""Write PDF with typst: templates in this package, data passed as JSON, no system library, no network."""

import importlib.util
import json
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

TEMPLATES = Path(__file__).with_name("templates")
NAMES = ("board_sheet", "annual_report", "issue_file", "slip", "letter", "letter_form", "case_file")
FONT_PACKAGE = "pylopdf_fonts_zh_cn"
# One compiler at a time: it keeps its fonts and last document, and is not made for two threads.
_lock = threading.Lock()


class UnknownTemplate(LookupError):
    """No template has this name."""


def render_pdf(template: str, data: dict[str, Any], *, fonts: tuple[str, ...] = ()) -> bytes:
    """Render a template with data; the same data gives the same bytes.

    `fonts` are folders with a body's own licensed fonts (仿宋_GB2312, 小标宋); without them Noto is used.
    The templates say at their top which data they read. Raises UnknownTemplate, typst.TypstError.
    """
    if template not in NAMES:
        raise UnknownTemplate(template)
    with _lock:
        written = _compiler(template, fonts).compile(
            format="pdf", sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, timestamp=0
        )
    if not isinstance(written, bytes):
        raise TypeError(template)
    return written


@lru_cache(maxsize=16)
def _compiler(template: str, fonts: tuple[str, ...]) -> typst.Compiler:
    return typst.Compiler(
        input=str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=[*fonts, str(font_folder())],
        ignore_system_fonts=True,
        sys_inputs={"data": "{}"},
    )


def font_folder() -> Path:
    """Return the folder of the font package that comes with the installation."""
    found = importlib.util.find_spec(FONT_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(FONT_PACKAGE)
    return Path(found.submodule_search_locations[0])


def picture(data: bytes) -> list[int]:
    """Return picture bytes (PNG, JPEG, SVG) as the templates take them."""
    return list(data)
