"""What styles and numbering say about a paragraph of a Word document: heading, hidden, its number."""

from dataclasses import dataclass, field

from lxml import etree

from gongkai.documents.reading.package import attribute, child, local

OFF = ("0", "false", "off")
DIGITS = "〇一二三四五六七八九"


@dataclass
class Style:
    """One paragraph or character style with its parent."""

    name: str = ""
    parent: str = ""
    outline: int | None = None
    hidden: bool | None = None
    number: tuple[str, int] | None = None


@dataclass
class Styles:
    """All styles by id, following parents."""

    by_id: dict[str, Style] = field(default_factory=dict)

    def chain(self, style_id: str) -> list[Style]:
        """List a style and its ancestors, nearest first."""
        result: list[Style] = []
        while style_id in self.by_id and len(result) < 20:
            result.append(self.by_id[style_id])
            style_id = result[-1].parent
        return result

    def hidden(self, style_id: str) -> bool:
        """Tell whether text of this style is hidden."""
        return next((style.hidden for style in self.chain(style_id) if style.hidden is not None), False)

    def level(self, style_id: str) -> int:
        """Return the heading level 1–9 of a style, 0 for none; a title style counts as 1."""
        for style in self.chain(style_id):
            if style.outline is not None:
                return style.outline + 1 if style.outline < 9 else 0
            word, _, number = style.name.lower().rpartition(" ")
            if word in ("heading", "标题") and number.isdigit():
                return int(number)
            if style.name.lower() in ("title", "标题"):
                return 1
        return 0

    def number(self, style_id: str) -> tuple[str, int] | None:
        """Return the numbering a style brings, as (list id, level)."""
        return next((style.number for style in self.chain(style_id) if style.number), None)


def read_styles(root: etree._Element | None) -> Styles:
    """Read word/styles.xml."""
    styles = Styles()
    for item in root if root is not None else ():
        if local(item) != "style":
            continue
        level = attribute(child(item, "pPr", "outlineLvl"), "val")
        styles.by_id[attribute(item, "styleId")] = Style(
            name=attribute(child(item, "name"), "val"),
            parent=attribute(child(item, "basedOn"), "val"),
            outline=int(level) if level.isdigit() else None,
            hidden=is_hidden(child(item, "rPr")),
            number=number_of(child(item, "pPr")),
        )
    return styles


def is_hidden(run_properties: etree._Element | None) -> bool | None:
    """Tell whether run properties hide the text; None when they say nothing."""
    mark = child(run_properties, "vanish")
    return None if mark is None else attribute(mark, "val", "1") not in OFF


def number_of(paragraph_properties: etree._Element | None) -> tuple[str, int] | None:
    """Return a paragraph's own numbering as (list id, level)."""
    number = child(paragraph_properties, "numPr")
    if number is None:
        return None
    level = attribute(child(number, "ilvl"), "val", "0")
    return attribute(child(number, "numId"), "val"), int(level) if level.isdigit() else 0


@dataclass
class Level:
    """One level of a list."""

    form: str
    text: str
    start: int


class Numbering:
    """Counts automatic numbers, which are not part of a paragraph's text."""

    def __init__(self, root: etree._Element | None) -> None:
        abstract: dict[str, dict[int, Level]] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for item in root if root is not None else ():
            if local(item) == "abstractNum":
                abstract[attribute(item, "abstractNumId")] = dict(_levels(item))
            elif local(item) == "num":
                source = attribute(child(item, "abstractNumId"), "val")
                self._levels[attribute(item, "numId")] = abstract.get(source, {})

    def label(self, list_id: str, level: int) -> str:
        """Count one item and return its printed number; • for a bullet, nothing for an unknown list."""
        levels = self._levels.get(list_id, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(list_id, {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        if levels[level].form == "bullet":
            return "•"
        text = levels[level].text
        for number in range(1, 10):
            if f"%{number}" in text:
                known = levels.get(number - 1)
                value = counts.get(number - 1, known.start if known else 1)
                text = text.replace(f"%{number}", written(value, known.form if known else "decimal"))
        return text


def _levels(abstract: etree._Element) -> list[tuple[int, Level]]:
    result = []
    for item in abstract:
        number = attribute(item, "ilvl")
        if local(item) != "lvl" or not number.isdigit():
            continue
        start = attribute(child(item, "start"), "val", "1")
        form = attribute(child(item, "numFmt"), "val", "decimal")
        text = attribute(child(item, "lvlText"), "val")
        result.append((int(number), Level(form, text, int(start) if start.isdigit() else 1)))
    return result


def written(value: int, form: str) -> str:
    """Write a list number in its form; forms we do not know are written in Arabic digits."""
    if "hinese" in form or form.startswith(("ideograph", "japaneseCounting", "taiwanese")):
        return chinese(value)
    if form in ("lowerLetter", "upperLetter") and 1 <= value <= 26:
        return chr((96 if form == "lowerLetter" else 64) + value)
    if form in ("lowerRoman", "upperRoman") and 1 <= value <= 39:
        roman = "X" * (value // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[value % 10]
        return roman.lower() if form == "lowerRoman" else roman
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= value <= 20:
        return chr(0x245F + value)
    return "" if form == "none" else str(value)


def chinese(value: int) -> str:
    """Write 1 to 99 in Chinese numerals."""
    if not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones else "")
