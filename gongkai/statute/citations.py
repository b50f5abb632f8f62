"""Citations: `cn-ogi/33.2` is article 33, second paragraph; `cn-ogi/20(6)` item 6; `k12-15` all of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from gongkai.statute.records import Article, Instrument

GRAMMAR = re.compile(
    r"(?P<instrument>[a-z][a-z0-9-]*)(?:/(?P<article>[1-9]\d*)(?:\.(?P<paragraph>[1-9]\d*))?(?:\((?P<item>[1-9]\d*)\))?)?"
)
DIGITS = "零一二三四五六七八九"


class UnresolvableCite(LookupError):
    """The citation is malformed or names no article in `law/`."""


@dataclass(frozen=True, slots=True)
class Citation:
    """The parts of a citation; an absent part is 0."""

    instrument: str
    article: int = 0
    paragraph: int = 0
    item: int = 0


@dataclass(frozen=True, slots=True)
class Basis:
    """What a citation resolves to: a title a clerk can read and a summary in our own words."""

    cite: str
    title: str
    summary: str
    confidence: str


@cache
def parse(cite: str) -> Citation:
    """Split a citation into its parts. Raises UnresolvableCite when it is not one."""
    found = GRAMMAR.fullmatch(cite)
    if found is None:
        raise UnresolvableCite(f"依据写法不对:{cite!r},应如 cn-ogi/33.2、cn-ogi/20(6) 或 k12-15")
    parts = {name: int(value or 0) for name, value in found.groupdict().items() if name != "instrument"}
    return Citation(found["instrument"], **parts)


def resolve_in(instruments: Mapping[str, Instrument], articles: Mapping[tuple[str, int], Article], cite: str) -> Basis:
    """Find what the citation names. Raises UnresolvableCite when nothing in `law/` has that name."""
    c = parse(cite)
    instrument = instruments.get(c.instrument)
    if instrument is None:
        raise UnresolvableCite(f"依据 {cite} 的法规 {c.instrument} 不在 law/regimes.toml 中")
    if not c.article:
        return Basis(cite, _name(instrument), instrument.summary, instrument.confidence)
    article = articles.get((c.instrument, c.article))
    if article is None:
        raise UnresolvableCite(f"依据 {cite} 的条文不在 law/articles/{c.instrument}.toml 中")
    return Basis(cite, _name(instrument) + _place(c), article.summary, article.confidence)


def article_words(cite: str) -> str:
    """Write the article of a citation alone: 第三十六条第(一)项; empty where the whole instrument is cited."""
    c = parse(cite)
    return _place(c) if c.article else ""


def _name(instrument: Instrument) -> str:
    title, bracket, tail = instrument.short.partition("(")
    return f"《{title}》{bracket}{tail}"


def _place(c: Citation) -> str:
    text = f"第{numeral(c.article)}条"
    if c.paragraph:
        text += f"第{numeral(c.paragraph)}款"
    if c.item:
        text += f"第({numeral(c.item)})项"
    return text


def numeral(n: int) -> str:
    """Write a number from 1 to 999 in Chinese, as articles are numbered."""
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")
