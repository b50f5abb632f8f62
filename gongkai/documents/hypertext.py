"""Read HTML into blocks; whatever a browser would not show is kept apart."""

import re
from dataclasses import dataclass, field

from lxml import etree, html

from gongkai.documents.blocks import (
    ALIGNMENTS,
    Block,
    Cell,
    Heading,
    ListBlock,
    Paragraph,
    Run,
    Table,
    to_text,
)

DROPPED = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "object",
        "embed",
        "applet",
        "link",
        "meta",
        "svg",
        "math",
    }
)
ACTIVE = frozenset({"script", "iframe", "object", "embed", "applet"})
PICTURE = frozenset({"img", "video", "audio", "iframe", "canvas", "picture", "svg", "object", "embed", "map"})
BLOCK = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure "  # noqa: SIM905
    "footer form header hr html legend li main nav p pre section summary caption tbody thead tfoot tr td th "
    "option".split()
)
HEADINGS = {"h1": 1, "h2": 1, "h3": 2, "h4": 3, "h5": 4, "h6": 4}
BOLD = frozenset({"b", "strong"})
HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])",
    re.I,
)
ALIGN_STYLE = re.compile(r"text-align\s*:\s*(left|center|right)", re.I)
ALIGN_CLASS = re.compile(r"\balign-(left|center|right)\b")
SAFE_HREF = re.compile(r"(?:https?:|mailto:|tel:|/|#)", re.I)
# Deeper text counts as hidden: nobody nests so for readers, and a walk must not exhaust the stack.
MAX_DEPTH = 100
MAX_SPAN = 200


@dataclass
class Page:
    """A page as blocks, and what is on it besides; `cut` says that the parser gave up somewhere."""

    blocks: list[Block] = field(default_factory=list)
    title: str = ""
    hidden: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    pictures: int = 0
    scripts: int = 0
    cut: bool = False


def from_html(text: str) -> list[Block]:
    """Make blocks from HTML; scripts, styles and hidden elements are left out."""
    return read_page(text).blocks


def read_page(text: str) -> Page:
    """Read a whole page or a fragment."""
    page = Page()
    if not text.strip():
        return page
    # Without huge_tree the parser silently drops whatever is nested deeper than 255 levels.
    parser = html.HTMLParser(encoding="utf-8", remove_pis=True, huge_tree=True)
    # Text that XML forbids would otherwise stop the parser in the middle of the page.
    clean = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "", text)
    if not re.search(r"<[a-zA-Z]|[^\s<]", re.sub(r"<!--.*?-->", "", clean, flags=re.S)):
        # The parser calls a page of comments empty and refuses it.
        clean = f"<p></p>{clean}"
    try:
        root = html.document_fromstring(clean.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        page.cut = True
        return page
    page.cut = any("depth" in entry.message or "too long" in entry.message for entry in parser.error_log)
    page.title = squeezed("".join(str(text) for item in root.iter("title") for text in item.itertext()))
    page.pictures = sum(1 for element in root.iter(*PICTURE))
    page.scripts = sum(1 for element in root.iter(*ACTIVE)) + sum(map(_acts, root.iter()))
    page.comments = [
        comment for item in root.iter(etree.Comment) if (comment := (item.text or "").strip()) and comment[:1] != "["
    ]
    _Walker(page, 0).walk_into(root)
    return page


def squeezed(text: str) -> str:
    """Collapse white space as a browser does; a line break between two Chinese characters is nothing."""
    text = re.sub(r"(?<=[\u2e80-\uffef])[ \t]*[\r\n]+[ \t]*(?=[\u2e80-\uffef])", "", text)
    return re.sub(r"[ \t\r\n\f]+", " ", text)


class _Walker:
    """Collects runs into the open paragraph and closes it at every block boundary."""

    def __init__(self, page: Page, depth: int) -> None:
        self.page = page
        self.depth = depth
        self.blocks = page.blocks
        self.runs: list[Run] = []
        self.align = "left"

    def walk_into(self, root: etree._Element) -> None:
        self.children(root, Run(""), self.depth)
        self.close()

    def close(self) -> None:
        runs = _trimmed(self.runs)
        if runs:
            self.blocks.append(Paragraph(runs, self.align))
        self.runs = []

    def children(self, element: etree._Element, look: Run, depth: int) -> None:
        self.add(element.text, look)
        for item in element:
            if isinstance(item.tag, str):
                self.element(item, look, depth + 1)
            self.add(item.tail, look)

    def add(self, text: str | None, look: Run) -> None:
        if text:
            self.runs.append(Run(squeezed(text), look.bold, look.href))

    def element(self, element: etree._Element, look: Run, depth: int) -> None:
        tag = str(element.tag).lower()
        if tag in DROPPED:
            return
        if _hidden(element) or depth > MAX_DEPTH:
            self.page.hidden += _all_text(element)
        elif tag == "br":
            self.runs.append(Run("\n", look.bold, look.href))
        elif tag in HEADINGS or tag in ("ul", "ol", "table"):
            self.close()
            outer, self.depth = self.depth, depth
            self.blocks += self.whole(element, tag)
            self.depth = outer
        elif tag in BLOCK:
            self.block(element, look, depth)
        else:
            self.children(element, _look(element, tag, look), depth)

    def block(self, element: etree._Element, look: Run, depth: int) -> None:
        self.close()
        outer, self.align = self.align, _align(element, self.align)
        self.children(element, look, depth)
        self.close()
        self.align = outer

    def whole(self, element: etree._Element, tag: str) -> list[Block]:
        if tag == "table":
            table = self.table(element)
            return [table] if table.rows else []
        if tag in HEADINGS:
            text = to_text(self.inside(element)).replace("\n", " ").strip()
            return [Heading(HEADINGS[tag], text)] if text else []
        items = [item for row in element if local(row) == "li" for item in self.items(row)]
        return [ListBlock(tag == "ol", tuple(items))] if items else []

    def items(self, row: etree._Element) -> list[Paragraph]:
        if _hidden(row):
            self.page.hidden += _all_text(row)
            return []
        result: list[Paragraph] = []
        for block in self.inside(row):
            if isinstance(block, ListBlock):
                result += block.items
            elif isinstance(block, Paragraph):
                result.append(block)
            else:
                result.append(Paragraph((Run(to_text([block])),)))
        return result

    def inside(self, element: etree._Element) -> list[Block]:
        inner = _Walker(Page(hidden=self.page.hidden), self.depth + 2)
        inner.walk_into(element)
        return inner.blocks

    def table(self, element: etree._Element) -> Table:
        caption = ""
        rows = []
        for row in element.iter("caption", "tr"):
            if next(row.iterancestors("table"), None) is not element:
                continue
            if _hidden(row):
                self.page.hidden += _all_text(row)
            elif row.tag == "caption":
                caption = to_text(self.inside(row)).strip()
            else:
                cells = [self.cell(item) for item in row if local(item) in ("td", "th") and self.shown(item)]
                rows.append(tuple(cells))
        return Table(tuple(rows), caption)

    def shown(self, element: etree._Element) -> bool:
        if not _hidden(element):
            return True
        self.page.hidden += _all_text(element)
        return False

    def cell(self, element: etree._Element) -> Cell:
        text = to_text(self.inside(element)).strip()
        return Cell(text, _span(element, "colspan"), _span(element, "rowspan"), local(element) == "th")


def local(element: etree._Element) -> str:
    """Return the lower-case tag name, nothing for comments."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def _acts(element: etree._Element) -> bool:
    """Tell whether an element carries an event handler or a script address."""
    return any(
        str(name).startswith("on") or str(value).strip().lower().startswith("javascript:")
        for name, value in element.items()
    )


def _hidden(element: etree._Element) -> bool:
    if element.get("hidden") is not None or (local(element) == "input" and element.get("type") == "hidden"):
        return True
    return bool(HIDDEN_STYLE.search(element.get("style") or ""))


def _all_text(element: etree._Element) -> list[str]:
    text = squeezed(" ".join(str(piece) for piece in element.itertext() if piece.strip())).strip()
    return [text] if text else []


def _look(element: etree._Element, tag: str, look: Run) -> Run:
    href = (element.get("href") or "").strip() if tag == "a" else ""
    return Run("", look.bold or tag in BOLD, href if SAFE_HREF.match(href) else look.href)


def _align(element: etree._Element, outer: str) -> str:
    """Read the alignment from a style, a class of ours (align-center) or the old attribute."""
    found = ALIGN_STYLE.search(element.get("style") or "") or ALIGN_CLASS.search(element.get("class") or "")
    value = (found.group(1) if found else element.get("align") or "").lower()
    return value if value in ALIGNMENTS else outer


def _span(element: etree._Element, name: str) -> int:
    value = element.get(name) or "1"
    return min(max(int(value), 1), MAX_SPAN) if value.isdecimal() else 1


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    """Join runs of one look and strip the paragraph's ends; all-blank paragraphs vanish."""
    joined: list[Run] = []
    for run in runs:
        if joined and (joined[-1].bold, joined[-1].href) == (run.bold, run.href):
            joined[-1] = Run(joined[-1].text + run.text, run.bold, run.href)
        else:
            joined.append(run)
    while joined and not joined[0].text.strip():
        joined.pop(0)
    while joined and not joined[-1].text.strip():
        joined.pop()
    if not joined:
        return ()
    # The ideographic space of a Chinese first-line indent goes too: style sheets indent.
    joined[0] = Run(joined[0].text.lstrip(), joined[0].bold, joined[0].href)
    joined[-1] = Run(joined[-1].text.rstrip(), joined[-1].bold, joined[-1].href)
    return tuple(Run(re.sub(r" ?\n ?", "\n", run.text), run.bold, run.href) for run in joined)
