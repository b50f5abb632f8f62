"""Show what changed between two texts, block by block and word by word, for Chinese readers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from html import escape

from lxml import etree
from lxml.html import HtmlElement

from gongkai.frame.richtext.cleaning import CELLS, LISTS, clean, parse, text_of

# A number with its unit stays whole, a Latin word stays whole, every other character stands alone.
WORD = re.compile(r"\d[\d,.%〔〕\-]*|[A-Za-z]+|\s+|.", re.S)
SENTENCE = re.compile(r"[^。；！？\n]+[。；！？\n]*")
LONG = 1200
ALIKE = 0.35
# How many removed blocks ahead a changed one is looked for: a rewritten text must not cost the square of its length.
NEAR = 8


def diff(old_html: str, new_html: str) -> str:
    """Mark additions with ins and removals with del; unchanged blocks stay as they are."""
    old, new = _blocks(clean(old_html)), _blocks(clean(new_html))
    out: list[str] = []
    for kind, before, after in _matched([block.text for block in old], [block.text for block in new]):
        if kind == "equal":
            out += [_same(a, b) for a, b in zip(old[before], new[after], strict=True)]
        else:
            out += _changed(old[before], new[after])
    return "\n".join(out)


class Block:
    """One paragraph, heading, list item, table row group or table of a text."""

    def __init__(self, element: HtmlElement, holder: str = "") -> None:
        """Remember the element and, for list items, the kind of list it stands in."""
        self.element = element
        self.holder = holder
        self.html = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
        self.text = text_of(element)

    def show(self, inner: str, mark: str = "") -> str:
        """Write the block anew around marked content."""
        tag = self.element.tag
        inner = f"<{mark}>{inner}</{mark}>" if mark else inner
        body = f"<{tag}>{inner}</{tag}>"
        return f"<{self.holder}>{body}</{self.holder}>" if self.holder else body

    def whole(self, mark: str) -> str:
        """Write the block as all new or all gone."""
        if self.element.tag != "table":
            return self.show(escape(self.text, quote=False), mark)
        return _table([_row(row, mark) for row in _rows(self.element)])


def _blocks(source: str) -> list[Block]:
    found: list[Block] = []
    for element in parse(source):
        if element.tag in LISTS:
            found += [Block(item, element.tag) for item in element]
        else:
            found.append(Block(element))
    return found


def _matched(old: list[str], new: list[str]) -> Iterator[tuple[str, slice, slice]]:
    # Among very many blocks, ones that repeat again and again are left to their neighbours to place.
    matcher = SequenceMatcher(None, old, new, autojunk=max(len(old), len(new)) > 300)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        yield kind, slice(i1, i2), slice(j1, j2)


def _same(before: Block, after: Block) -> str:
    shown = f"<{after.holder}>{after.html}</{after.holder}>" if after.holder else after.html
    if before.html == after.html:
        return shown
    old, new = _addresses(before), _addresses(after)
    gone, came = [a for a in old if a not in new], [a for a in new if a not in old]
    if not gone and not came:
        return shown + '<p class="diff-note">（文字未变，只改了格式）</p>'
    marks = "".join(f"<del>{escape(a)}</del> " for a in gone) + "".join(f"<ins>{escape(a)}</ins> " for a in came)
    return shown + f'<p class="diff-note">（链接或图片有改动：{marks.strip()}）</p>'


def _addresses(block: Block) -> list[str]:
    links = [link.get("href", "") for link in block.element.iter("a")]
    return links + [image.get("src", "") for image in block.element.iter("img")]


def _changed(old: list[Block], new: list[Block]) -> list[str]:
    out: list[str] = []
    waiting = list(old)
    for block in new:
        partner = next((known for known in waiting[:NEAR] if _alike(known, block)), None)
        if partner is None:
            out.append(block.whole("ins"))
            continue
        while waiting[0] is not partner:
            out.append(waiting.pop(0).whole("del"))
        waiting.pop(0)
        out.append(_inside(partner, block))
    return out + [block.whole("del") for block in waiting]


def _alike(before: Block, after: Block) -> bool:
    if before.element.tag != after.element.tag:
        return False
    if after.element.tag == "table":
        return True
    matcher = SequenceMatcher(None, before.text, after.text, autojunk=False)
    if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < ALIKE:
        return False
    return len(after.text) > LONG or matcher.ratio() >= ALIKE


def _inside(before: Block, after: Block) -> str:
    if after.element.tag == "table":
        return _table(_changed_rows(_rows(before.element), _rows(after.element)))
    return after.show(words(before.text, after.text))


def words(old: str, new: str) -> str:
    """Mark the changed words of one line; very long ones are compared by sentence."""
    pattern = SENTENCE if max(len(old), len(new)) > LONG else WORD
    a, b = pattern.findall(old), pattern.findall(new)
    out = []
    for same, before, after in _calm(a, b):
        if same:
            out.append(escape(before, quote=False))
            continue
        out.append(f"<del>{escape(before, quote=False)}</del>" if before else "")
        out.append(f"<ins>{escape(after, quote=False)}</ins>" if after else "")
    return "".join(out)


def _calm(a: list[str], b: list[str]) -> list[tuple[bool, str, str]]:
    """Join changes that a single shared character parts: scattered marks are hard to read."""
    runs: list[tuple[bool, str, str]] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        before, after = "".join(a[i1:i2]), "".join(b[j1:j2])
        short = kind == "equal" and len(before) == 1 and i1 > 0 and i2 < len(a)
        same = kind == "equal" and not short
        if not same and runs and not runs[-1][0]:
            runs[-1] = (False, runs[-1][1] + before, runs[-1][2] + after)
        else:
            runs.append((same, before, after))
    return [(same or before == after, before, after) for same, before, after in runs]


def _rows(table: HtmlElement) -> list[HtmlElement]:
    return [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in CELLS]


def _cell_text(cell: HtmlElement) -> str:
    return text_of(cell).replace("\n", " ")


def _cell(cell: HtmlElement, inner: str) -> str:
    spans = "".join(f' {name}="{cell.get(name)}"' for name in ("colspan", "rowspan") if cell.get(name))
    return f"<{cell.tag}{spans}>{inner}</{cell.tag}>"


def _row(row: HtmlElement, mark: str = "") -> str:
    inner = [escape(_cell_text(cell), quote=False) for cell in _cells(row)]
    marked = [f"<{mark}>{text}</{mark}>" if mark and text else text for text in inner]
    return "<tr>" + "".join(_cell(c, t) for c, t in zip(_cells(row), marked, strict=True)) + "</tr>"


def _changed_rows(old: list[HtmlElement], new: list[HtmlElement]) -> list[str]:
    texts_old = ["\t".join(map(_cell_text, _cells(row))) for row in old]
    texts_new = ["\t".join(map(_cell_text, _cells(row))) for row in new]
    out: list[str] = []
    for kind, before, after in _matched(texts_old, texts_new):
        gone, came = old[before], new[after]
        if kind == "equal":
            out += [_row(row) for row in came]
        elif len(gone) == len(came):
            out += [line for a, b in zip(gone, came, strict=True) for line in _changed_row(a, b)]
        else:
            out += [_row(row, "del") for row in gone] + [_row(row, "ins") for row in came]
    return out


def _changed_row(before: HtmlElement, after: HtmlElement) -> list[str]:
    old, new = _cells(before), _cells(after)
    if len(old) != len(new):
        return [_row(before, "del"), _row(after, "ins")]
    inner = (_cell(b, words(_cell_text(a), _cell_text(b))) for a, b in zip(old, new, strict=True))
    return ["<tr>" + "".join(inner) + "</tr>"]


def _table(rows: list[str]) -> str:
    return '<div class="table-scroll"><table>' + "".join(rows) + "</table></div>"
