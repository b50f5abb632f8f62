"""How cells of both lists are read: channels, kinds of information, catalogue items, audiences."""

import re
from collections.abc import Callable
from typing import Any

from gongkai.bodies.models import Body
from gongkai.bodies.rows import BadValue, one_of, plain, several_of
from gongkai.catalogue.models import CatalogueItem
from gongkai.publishing.channels import channel_words, channels
from gongkai.statute.load import law

Read = Callable[[str], Any]
AUDIENCE_WORDS = {
    "SOC": ("社会", "全社会", "公众", "社会公众", "公开", "向社会公开"),
    "PAR": ("家长", "学生家长", "监护人"),
    "STU": ("学生",),
    "STF": ("教职工", "教师", "教职员工", "校内", "本单位", "内部"),
    "PTY": ("党员", "党内"),
    "RES": ("居民", "村民", "辖区居民"),
    "PER": ("当事人", "本人"),
}


def channel() -> Read:
    """Make the reader of one channel."""
    return one_of(channel_words(), "渠道", [record.name for record in channels().values()])


def several_channels() -> Read:
    """Make the reader of several channels; the channels' own names may hold a 、."""
    one = channel()
    many = several_of(one)
    whole = {plain(record.name): code for code, record in channels().items()}
    return lambda cell: [whole[plain(cell)]] if plain(cell) in whole else many(cell)


def kind(body: Body) -> Read:
    """Make the reader of a kind of information: the law's list and the body's own kinds."""
    names = {word: code for code, record in law().kinds.items() for word in (record.name, code, *record.words)}
    own = list(body.own_kinds.all())
    names |= {word: each.code for each in own for word in (each.name, each.code)}
    # 「政策解读(本级)」 loses its bracket when headings are compared, so the bracketless word must not win.
    names.pop("政策解读", None)
    exact = {_squeezed(name): code for name, code in names.items()}
    show = "、".join([*(record.name for record in law().kinds.values()), *(each.name for each in own)])

    def read(cell: str) -> str:
        found = exact.get(_squeezed(cell))
        if found is None:
            raise BadValue(f"没有这个信息类别。可以填：{show}")
        return found

    return read


def _squeezed(text: str) -> str:
    return re.sub(r"[\s()()]", "", text).lower()


def audiences() -> Read:
    """Make the reader of a list of audiences."""
    names = {word: code for code, words in AUDIENCE_WORDS.items() for word in words}
    names |= {code: code for code in AUDIENCE_WORDS}
    return several_of(one_of(names, "公开范围", [words[0] for words in AUDIENCE_WORDS.values()]))


def items(body: Body) -> Read:
    """Make the reader of catalogue items by name or code; several are divided by ; or a line break."""
    known = _known_items(body)

    def read_one(cell: str) -> CatalogueItem:
        found = known.get(_squeezed(cell))
        if found is None:
            raise BadValue("本单位的公开目录里没有这个事项。请照目录填名称或代码，或者留空")
        if found.retired_on is not None:
            on = found.retired_on
            raise BadValue(f"这个事项已于{on.year}年{on.month}月{on.day}日停用。请改填现行事项，或者留空")
        return found

    def read(cell: str) -> list[CatalogueItem]:
        if _squeezed(cell) in known:
            return [read_one(cell)]
        return [read_one(part) for part in re.split(r"[;;|\n]+", cell) if part.strip()]

    return read


def _known_items(body: Body) -> dict[str, CatalogueItem]:
    """Return the body's items by name and code: those in force win, then the first of the catalogue."""
    everything = sorted(body.catalogue_items.all(), key=lambda item: (item.retired_on is None, -item.pk))
    return {_squeezed(name): item for item in everything for name in (item.name, item.code)}
