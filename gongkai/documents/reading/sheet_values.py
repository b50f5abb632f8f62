"""What an Excel cell shows: numbers, dates and texts by their number format."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from lxml import etree

from gongkai.documents.reading.package import attribute, child, local

BUILT_IN = {9: "0%", 10: "0.00%", 2: "0.00", 4: "#,##0.00", 14: "yyyy-mm-dd", 22: "yyyy-mm-dd h:mm"}
# ECMA-376 part 1, 18.8.30: built-in date and time formats, those of Chinese versions included.
DATES = frozenset({*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58})
TIMES = frozenset({*range(18, 22), *range(32, 36), *range(45, 48), 55, 56})
UNQUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


@dataclass
class Formats:
    """The number format code of every cell style, and the date system of the workbook."""

    codes: list[tuple[int, str]] = field(default_factory=list)
    epoch: datetime = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's dates have no zone

    def invisible(self, style: int) -> bool:
        """Tell whether the format shows nothing (;;;)."""
        return self._code(style)[1].replace(" ", "").startswith(";;;")

    def shown(self, raw: str, style: int) -> str:
        """Write a number as its cell shows it, dates as 2026-11-21 and 2026-11-21 08:30."""
        try:
            value = float(raw)
        except ValueError:
            return raw
        number, code = self._code(style)
        bare = UNQUOTED.sub("", code.partition(";")[0]).lower()
        if number in DATES | TIMES or re.search(r"[ymdhs]", bare.replace("general", "")):
            return self._moment(value, raw)
        return _number(value, bare)

    def _code(self, style: int) -> tuple[int, str]:
        return self.codes[style] if 0 <= style < len(self.codes) else (0, "")

    def _moment(self, value: float, raw: str) -> str:
        try:
            moment = self.epoch + timedelta(seconds=round(value * 86_400))
        except OverflowError:
            return raw
        if 0 <= value < 1:
            return f"{moment:%H:%M}"
        return f"{moment:%Y-%m-%d}" if value == int(value) else f"{moment:%Y-%m-%d %H:%M}"


def _number(value: float, bare: str) -> str:
    if value != value or abs(value) >= 1e15:
        return f"{value:.15g}"
    percent = "%" in bare
    value = value * 100 if percent else value
    decimals = re.search(r"\.([0#?]+)", bare)
    if decimals and "e" not in bare:
        text = f"{value:.{len(decimals.group(1))}f}"
    else:
        text = str(int(value)) if value == int(value) else f"{value:.15g}"
    return text + "%" if percent else text


def read_formats(styles: etree._Element | None, workbook: etree._Element) -> Formats:
    """Read xl/styles.xml and the workbook's date system."""
    formats = Formats()
    if attribute(child(workbook, "workbookPr"), "date1904") in ("1", "true"):
        formats.epoch = datetime(1904, 1, 1)  # noqa: DTZ001 - a spreadsheet's dates have no zone
    own = {int(attribute(item, "numFmtId", "0")): attribute(item, "formatCode") for item in _items(styles, "numFmts")}
    for item in _items(styles, "cellXfs"):
        number = int(attribute(item, "numFmtId", "0") or 0)
        formats.codes.append((number, own.get(number, BUILT_IN.get(number, ""))))
    return formats


def _items(root: etree._Element | None, name: str) -> list[etree._Element]:
    holder = child(root, name) if root is not None else None
    return [] if holder is None else [item for item in holder if isinstance(item.tag, str)]


def read_strings(root: etree._Element | None) -> list[str]:
    """Read xl/sharedStrings.xml; phonetic readings are left out."""
    return [string_of(item) for item in root or () if local(item) == "si"]


def string_of(item: etree._Element) -> str:
    """Join the runs of a rich string."""
    pieces = []
    for piece in item:
        tag = local(piece)
        if tag == "t":
            pieces.append(piece.text or "")
        elif tag == "r":
            pieces += [text.text or "" for text in piece if local(text) == "t"]
    return "".join(pieces)
