"""Read the cells of an xlsx workbook, hidden ones included, without building a grid."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from gongkai.documents.reading.package import Package, attribute, local
from gongkai.documents.reading.refusal import TooLarge, Unreadable
from gongkai.documents.reading.sheet_values import Formats, read_formats, read_strings, string_of

MAX_CELLS = 2_000_000
REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass(frozen=True)
class SheetCell:
    """One cell with text; row and column count from 1; `hidden` is row, column, format or empty."""

    row: int
    column: int
    text: str
    hidden: str = ""

    @property
    def reference(self) -> str:
        """Return the address, for instance C7."""
        return f"{letters(self.column)}{self.row}"


@dataclass
class Sheet:
    """One sheet; `state` is visible, hidden or veryHidden; merged are (row, column, rows, columns)."""

    name: str
    member: str
    state: str = "visible"
    cells: list[SheetCell] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    around: list[str] = field(default_factory=list)


def letters(column: int) -> str:
    """Write a column number as letters."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def place(reference: str) -> tuple[int, int]:
    """Return (row, column) of an address, (0, 0) when it is none."""
    found = REFERENCE.fullmatch(reference.replace("$", ""))
    if not found:
        return 0, 0
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - 64
    return int(found.group(2)), column


def read_workbook(package: Package) -> list[Sheet]:
    """Read all sheets; raises Unreadable, TooLarge."""
    main = next(
        (target for kind, target in package.relations("").values() if kind == "officeDocument"),
        "xl/workbook.xml",
    )
    if main not in package:
        raise Unreadable
    root = package.xml(main)
    targets = package.relations(main)
    by_kind = {kind: target for kind, target in targets.values()}
    strings = read_strings(_optional(package, by_kind.get("sharedStrings", "")))
    formats = read_formats(_optional(package, by_kind.get("styles", "")), root)
    sheets = []
    left = MAX_CELLS
    for item in root.iter():
        if local(item) != "sheet":
            continue
        kind, target = targets.get(_relation(item), ("", ""))
        sheet = Sheet(attribute(item, "name"), target, attribute(item, "state", "visible"))
        if kind == "worksheet" and target in package:
            _Reader(strings, formats, left).fill(sheet, package.read(target))
            left -= len(sheet.cells)
        sheets.append(sheet)
    return sheets


def _optional(package: Package, name: str) -> etree._Element | None:
    return package.xml(name) if name in package else None


def _relation(item: etree._Element) -> str:
    return next((str(value) for key, value in item.items() if str(key).endswith("}id")), "")


class _Reader:
    """Reads one sheet's XML as a stream."""

    def __init__(self, strings: list[str], formats: Formats, limit: int) -> None:
        self.strings = strings
        self.formats = formats
        self.limit = limit
        self.hidden_columns: list[tuple[int, int]] = []
        self.row = self.column = 0

    def fill(self, sheet: Sheet, data: bytes) -> None:
        """Read rows, merges, headers and footers into the sheet."""
        try:
            for element in self.elements(data):
                self.take(sheet, element)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Unreadable from error

    def elements(self, data: bytes) -> Iterator[etree._Element]:
        events = etree.iterparse(
            io.BytesIO(data),
            events=("end",),
            tag=("{*}row", "{*}col", "{*}mergeCell", "{*}headerFooter"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        for _, element in events:
            yield element
            element.clear()
            while element.getprevious() is not None and local(element) == "row":
                del element.getparent()[0]

    def take(self, sheet: Sheet, element: etree._Element) -> None:
        tag = local(element)
        if tag == "row":
            self.take_row(sheet, element)
        elif tag == "col" and (_on(element, "hidden") or attribute(element, "width") == "0"):
            self.hidden_columns.append((int(attribute(element, "min", "0")), int(attribute(element, "max", "0"))))
        elif tag == "mergeCell":
            first, _, last = attribute(element, "ref").partition(":")
            (top, left), (bottom, right) = place(first), place(last or first)
            sheet.merged.append((top, left, bottom - top + 1, right - left + 1))
        elif tag == "headerFooter":
            sheet.around += [str(text) for text in element.itertext() if str(text).strip()]

    def take_row(self, sheet: Sheet, element: etree._Element) -> None:
        given = attribute(element, "r")
        self.row = int(given) if given.isdigit() else self.row + 1
        self.column = 0
        gone = _on(element, "hidden") or attribute(element, "ht") == "0"
        for cell in element:
            if local(cell) != "c":
                continue
            self.column = place(attribute(cell, "r"))[1] or self.column + 1
            text, style = self.value(cell)
            if text.strip():
                sheet.cells.append(SheetCell(self.row, self.column, text, self.why_hidden(gone, style)))
        if len(sheet.cells) > self.limit:
            raise TooLarge("表格里的单元格太多(超过 200 万个)。请删去不需要的行列,或拆成几个文件后再上传。")

    def why_hidden(self, row_hidden: bool, style: int) -> str:
        if row_hidden:
            return "row"
        if any(low <= self.column <= high for low, high in self.hidden_columns):
            return "column"
        return "format" if self.formats.invisible(style) else ""

    def value(self, cell: etree._Element) -> tuple[str, int]:
        kind = cell.get("t", "n")
        style = int(cell.get("s", "0"))
        raw = ""
        for item in cell:
            if local(item) == "v":
                raw = item.text or ""
            elif local(item) == "is":
                return string_of(item), style
        if kind == "s":
            index = int(raw) if raw.isdigit() else -1
            return (self.strings[index] if 0 <= index < len(self.strings) else ""), style
        if kind == "b":
            return ("是" if raw == "1" else "否") if raw else "", style
        if kind == "n" and raw:
            return self.formats.shown(raw, style), style
        return raw, style


def _on(element: etree._Element, name: str) -> bool:
    return attribute(element, name) in ("1", "true")
