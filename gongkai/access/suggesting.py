"""What is public already and may answer a request being written: by the words of its title, best first."""

import math
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from gongkai.bodies.models import Body
from gongkai.catalogue.models import CatalogueItem
from gongkai.publishing.models import Disclosure
from gongkai.search import index, tokens
from gongkai.search.index import Filters
from gongkai.search.models import Entry

MOST = 5
LOOKED_AT = 1500  # newest entries of the body
LONGEST = 400  # characters of what is being written that are looked at
# Words every request holds; what stands between them is what is asked for.
COMMON = re.compile(
    r"[0-9]+|申请公开|信息公开|请公开|公开|公示|申请|提供|查询|获取|了解|知道|有关|关于|相关|情况|信息|材料|文件|资料|明细|"
    r"今年|去年|学年度?|本学期|上学期|学期|年度|年|月|日|学校|我校|贵校|本校|我们|孩子|[的和及与或在是了把我想要请]|\s+"
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something public: its title, address and day, and the catalogue item it stands under, where found by that."""

    title: str
    url: str
    on: date | None
    item: str = ""


def suggestions(body: Body, words: str, *, most: int = MOST) -> list[Suggestion]:
    """Return what society reads of this body that may answer these words; at most `most`, best first."""
    asked = pairs(words[:LONGEST])
    if not asked:
        return []
    found = [*_by_item(body, asked), *_by_title(body, asked), *_by_text(body, words[:LONGEST])]
    unlike: dict[str, Suggestion] = {}
    for one in found:
        unlike.setdefault(one.url, one)
    return list(unlike.values())[:most]


def pairs(text: str) -> set[str]:
    """Return the pairs of neighbouring characters of a text without the words every request holds."""
    parts = (part for part in COMMON.split(tokens.folded(text)) if len(part) > 1)
    return {a + b for part in parts for run in tokens.runs(part) for a, b in zip(run, run[1:], strict=False)}


def _by_title(body: Body, asked: set[str]) -> list[Suggestion]:
    standing = Entry.objects.filter(body_code=body.code, for_society=True).exclude(effect="repealed")
    rows = list(standing.order_by("-position").values_list("title", "address", "published_on")[:LOOKED_AT])
    likely = _best([title for title, _, _ in rows], asked)
    return [Suggestion(*rows[place]) for place in likely]


def _by_item(body: Body, asked: set[str]) -> list[Suggestion]:
    items = [one for one in CatalogueItem.objects.of(body).applicable() if "SOC" in one.audiences]
    found = []
    for place in _best([item.name for item in items], asked)[:2]:
        item = items[place]
        shown = Disclosure.objects.of(body).public().filter(current__items=item).select_related("current")
        latest = shown.order_by("-first_public_on", "-pk").first()
        if latest is not None and latest.current is not None:
            url = f"/g/{body.code}/item/{item.code}/"
            found.append(Suggestion(latest.current.title, url, latest.first_public_on, item.brief))
    return found


def _best(texts: list[str], asked: set[str]) -> list[int]:
    """Return the places of the texts that share telling pairs with what is asked, the likeliest first."""
    shared = [{pair for pair in asked if pair in text} for text in map(tokens.folded, texts)]
    spread = Counter(pair for own in shared for pair in own)
    needed = min(2, len(asked))
    weight = [sum(math.log(1 + len(texts) / spread[pair]) for pair in own) for own in shared]
    likely = [place for place, own in enumerate(shared) if len(own) >= needed]
    return sorted(likely, key=lambda place: (-weight[place], place))[:MOST]


def _by_text(body: Body, words: str) -> list[Suggestion]:
    parts = [part for part in COMMON.split(words) if len(part) > 1][:4]
    if not parts:
        return []
    hits = index.query(" ".join(parts), filters=Filters(body=body.code), order="ranked", size=MOST).hits
    return [Suggestion(hit.entry.title, hit.entry.address, hit.entry.published_on) for hit in hits]
