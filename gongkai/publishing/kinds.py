"""Kinds of information (信息类别): those of `law/` and those a body has added."""

from dataclasses import dataclass

from gongkai.bodies.models import Body, OwnKind
from gongkai.catalogue.models import CatalogueItem
from gongkai.statute import law


@dataclass(frozen=True)
class Kind:
    """A kind a disclosure may be of: `counts_as` is the statutory kind whose report line it counts in."""

    code: str
    name: str
    counts_as: str
    short: bool = False
    notice: bool = False


def kinds_of(body: Body) -> list[Kind]:
    """Return the kinds a body uses: the statutory list, then its own."""
    known = [Kind(k.code, k.name, k.code, k.short, k.notice) for k in law().kinds.values()]
    flags = {kind.code: kind for kind in known}
    for own in OwnKind.objects.filter(body=body).order_by("pk"):
        like = flags.get(own.counts_as)
        known.append(Kind(own.code, own.name, own.counts_as, bool(like and like.short), bool(like and like.notice)))
    return known


def kind_of(body: Body, code: str) -> Kind:
    """Return one kind; raises KeyError where the body does not know the code."""
    statutory = law().kinds.get(code)
    if statutory is not None:
        return Kind(code, statutory.name, code, statutory.short, statutory.notice)
    return {kind.code: kind for kind in kinds_of(body)}[code]


def kind_name(body: Body, code: str) -> str:
    """Return a kind's name, or the code itself where it is no longer known."""
    try:
        return kind_of(body, code).name
    except KeyError:
        return code


def audience_names(codes: list[str]) -> str:
    """Return audiences as people say them: 社会、教职工."""
    known = law().audiences
    return "、".join(known[code].name if code in known else code for code in codes)


def channel_name(code: str) -> str:
    """Return a channel's name."""
    known = law().channels.get(code)
    return known.name if known else code


def own_channel(code: str) -> bool:
    """Tell whether the platform itself writes and removes what stands on this channel."""
    known = law().channels.get(code)
    return bool(known and known.own)


@dataclass(frozen=True)
class NoticePeriod:
    """The shortest time a publicity notice must stand: `n` working (`wd`) or calendar days (`cd`)."""

    n: int
    unit: str
    name: str
    cite: str

    @property
    def words(self) -> str:
        """Return the period as people say it."""
        return f"{self.n} 个工作日" if self.unit == "wd" else f"{self.n} 天"


def notice_period(items: list[CatalogueItem]) -> NoticePeriod:
    """Return the longest notice period the items' own records name, else the customary one."""
    codes = [time["notice"] for item in items for time in item.times if isinstance(time, dict) and time.get("notice")]
    limits = [law().limits[code] for code in codes if code in law().limits] or [law().limits["NOTICE5"]]
    limit = max(limits, key=lambda one: one.n)
    return NoticePeriod(limit.n, limit.unit, limit.name, limit.cite)
