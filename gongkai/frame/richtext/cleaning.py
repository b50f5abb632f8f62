"""Clean rich text from people, Word and WPS down to the few elements a disclosure needs."""

from __future__ import annotations

import re
from html import escape, unescape

import nh3
from lxml import etree, html
from lxml.html import HtmlElement

HEADINGS = {"h2", "h3", "h4"}
CELLS = {"td", "th"}
LISTS = {"ul", "ol"}
BLOCKS = {"p", "blockquote", "hr", "table", *LISTS, *HEADINGS}
INSIDE = {"caption", "thead", "tbody", "tfoot", "tr", "li", *CELLS}
INLINE = {"strong", "em", "u", "s", "sub", "sup", "br", "a", "img"}
RENAMED = {
    "b": "strong",
    "i": "em",
    "strike": "s",
    "del": "s",
    "ins": "u",
    "h1": "h2",
    "h5": "h4",
    "h6": "h4",
}
WRAPPERS = {
    "div",
    "section",
    "article",
    "center",
    "figure",
    "figcaption",
    "header",
    "footer",
    "main",
    "address",
    "pre",
}
DROPPED = {
    "script", "style", "xml", "head", "title", "object", "embed", "iframe", "svg", "math", "template",
    "noscript", "select", "option", "textarea", "form", "audio", "video", "canvas", "map", "frameset", "noframes",
}  # fmt: skip
ALIGNED = BLOCKS - {"hr", "table", *LISTS} | CELLS
ALIGNMENTS = {"center", "right"}
SCHEMES = {"http", "https", "mailto", "tel"}
# Only addresses this installation serves: public (/g/), staff (/b/) and stored files.
OWN_IMAGE = re.compile(r"/(?:g|b|files|media)/[\w\-./%]+")
OWN_LINK = re.compile(r"(?:https?://|mailto:|tel:|/(?!/)|#)", re.I)
LARGEST_SPAN = 200
# The tree parser gives up on deeper nesting and would lose the text; nobody writes like that.
DEEPEST = 150
TAG = re.compile(r"<(/?)(\w+)[^>]*>")
VOID = {"br", "hr", "img"}
EMPTY = re.compile(r"[\s\u3000]*")

_ROUGH = nh3.Cleaner(
    tags=BLOCKS | INSIDE | INLINE | set(RENAMED) | WRAPPERS,
    clean_content_tags=DROPPED,
    attributes={
        "*": {"style", "align", "class"},
        "a": {"href", "title"},
        "img": {"src", "alt", "width", "height"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan", "scope"},
        "ol": {"start"},
    },
    filter_style_properties={"text-align"},
    url_schemes=SCHEMES,
    link_rel=None,
)


def _keep(tag: str, name: str, value: str) -> str | None:
    if name in {"colspan", "rowspan"}:
        return value if value.isdigit() and 1 < int(value) <= LARGEST_SPAN else None
    if name in {"width", "height", "start"}:
        return value if value.isdigit() and len(value) <= 4 else None
    if (tag, name) == ("img", "src"):
        return value if OWN_IMAGE.fullmatch(value) and ".." not in value else None
    if (tag, name) == ("a", "href"):
        return value if OWN_LINK.match(value) else None
    return value


_FINAL = nh3.Cleaner(
    tags=BLOCKS | INSIDE | INLINE,
    clean_content_tags=DROPPED,
    attributes={
        "a": {"href", "title"},
        "img": {"src", "alt", "width", "height"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
        "ol": {"start"},
    },
    tag_attribute_values={"th": {"scope": {"col", "row", "colgroup", "rowgroup"}}},
    allowed_classes={tag: {f"align-{side}" for side in ALIGNMENTS} for tag in ALIGNED},
    attribute_filter=_keep,
    url_schemes=SCHEMES,
    link_rel="noopener noreferrer",
)


def clean(source: str) -> str:
    """Reduce HTML to paragraphs, headings, lists, tables, links and our own pictures.

    Merged cells and centred or right-hand alignment survive; scripts, styles, event handlers, office markup,
    data addresses and pictures from elsewhere do not. Cleaning twice gives the same as cleaning once.
    """
    rough = _ROUGH.clean(source.replace("\x00", "").replace("\r\n", "\n"))
    if _depth(rough) > DEEPEST:
        return from_text(unescape(nh3.clean(rough, tags=set())))
    root = parse(rough)
    for element in list(root.iter(etree.Element)):
        if element is not root:
            _normalise(element)
    _drop_foreign_images(root)
    _unwrap(root)
    _wrap_loose_text(root)
    _drop_empty(root)
    return _FINAL.clean(inner_html(root)).strip()


def from_text(text: str) -> str:
    """Turn plain text, one paragraph a line, into rich text."""
    lines = (line.strip(" \t\r") for line in text.splitlines())
    return "\n".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line)


def to_text(source: str) -> str:
    """Give the words of rich text: one block a line, cells of a row parted by tabs."""
    return text_of(parse(source))


def text_of(root: HtmlElement) -> str:
    """Give the words of a parsed element, as `to_text` does."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if event == "start":
            pieces.append(_squeezed(element.text))
        else:
            pieces.append(_mark_after(tag, element) + _squeezed(element.tail) if element is not root else "")
    lines = ("".join(pieces)).split("\n")
    tidy = ("\t".join(cell.strip() for cell in line.split("\t")) for line in lines)
    return "\n".join(line for line in tidy if line.strip())


def parse(fragment: str) -> HtmlElement:
    """Parse an HTML fragment into a div that holds it."""
    return html.fragment_fromstring(f"<div>{fragment}</div>", parser=html.HTMLParser(encoding=None, huge_tree=True))


def inner_html(element: HtmlElement) -> str:
    """Write the content of an element, without the element."""
    inside = "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
    return escape(element.text or "", quote=False) + inside


def _depth(source: str) -> int:
    depth = deepest = 0
    for closing, tag in TAG.findall(source):
        if tag not in VOID:
            depth += -1 if closing else 1
            deepest = max(deepest, depth)
    return deepest


def _mark_after(tag: str, element: HtmlElement) -> str:
    if tag in CELLS:
        return "\t" if element.getnext() is not None else ""
    if tag in {"p", *HEADINGS} and (parent := element.getparent()) is not None and parent.tag in CELLS:
        return " " if element.getnext() is not None else ""
    return "\n" if tag in BLOCKS | {"tr", "li", "caption", "br"} else ""


def _squeezed(text: str | None) -> str:
    return re.sub(r"[ \t\n\r\xa0]+", " ", text or "")


def _normalise(element: HtmlElement) -> None:
    element.tag = RENAMED.get(element.tag, element.tag)
    element.text = (element.text or "").replace("\xa0", " ")
    element.tail = (element.tail or "").replace("\xa0", " ")
    said = re.search(r"text-align:\s*(\w+)", element.attrib.pop("style", ""))
    classes = element.attrib.pop("class", "").split()
    wanted = [
        said.group(1) if said else "",
        element.attrib.pop("align", "").lower(),
        *(name.removeprefix("align-") for name in classes if name.startswith("align-")),
        "center" if element.tag == "center" else "",
    ]
    side = next((side for side in wanted if side in ALIGNMENTS), "")
    if side and (element.tag in ALIGNED or element.tag in WRAPPERS):
        element.set("class", f"align-{side}")


def _drop_foreign_images(root: HtmlElement) -> None:
    for image in list(root.iter("img")):
        if not _keep("img", "src", image.get("src", "")):
            image.drop_tree()


def _unwrap(root: HtmlElement) -> None:
    for element in reversed(list(root.iter(*WRAPPERS))):
        if element is root:
            continue
        if any(child.tag in BLOCKS | INSIDE for child in element) or _inside_text(element):
            if any(child.tag in BLOCKS for child in element):
                _wrap_loose_text(element)
            element.drop_tag()
        else:
            element.tag = "p"


def _inside_text(element: HtmlElement) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag in {"p", *HEADINGS, *INLINE}


def _wrap_loose_text(root: HtmlElement) -> None:
    paragraph = None
    children = list(root)
    if (root.text or "").strip():
        paragraph = etree.Element("p")
        paragraph.text, root.text = root.text, None
        root.insert(0, paragraph)
    for child in children:
        if child.tag in BLOCKS or child.tag in WRAPPERS:
            paragraph = None
        else:
            if paragraph is None:
                paragraph = etree.Element("p")
                child.addprevious(paragraph)
            tail, child.tail = child.tail, None
            paragraph.append(child)
            child.tail = tail
            continue
        if (child.tail or "").strip():
            paragraph = etree.Element("p")
            paragraph.text, child.tail = child.tail, None
            child.addnext(paragraph)


def _drop_empty(root: HtmlElement) -> None:
    for element in reversed(list(root.iter("p", "strong", "em", "u", "s", "sub", "sup", "a", *HEADINGS, "li", *LISTS))):
        holds = next(element.iter("img", "table", "hr"), None) is not None
        if not holds and EMPTY.fullmatch(element.text_content()):
            parent = element.getparent()
            if element.tag == "p" and parent is not None and parent.tag in CELLS and len(parent) == 1:
                element.drop_tag()
            elif element.tag in {"p", "li", *LISTS, *HEADINGS}:
                element.drop_tree()
            else:
                element.drop_tag()
