"""How a body speaks in its letters under each regime: of itself, of the information, to the requester."""

from gongkai.access.models import AccessSettings, Requester, RequesterKind
from gongkai.bodies.models import Body, BodyKind
from gongkai.statute.bodies import body_kind

PARTY = "party-2017"


def settings_of(body: Body) -> AccessSettings:
    """Return what the body has settled, the defaults where it has settled nothing."""
    return AccessSettings.objects.filter(body=body).first() or AccessSettings(body=body)


def is_government(regime: str) -> bool:
    """Tell whether the regime is the government's own (政府信息公开)."""
    return regime.startswith("cn-ogi")


def voice(body: Body, regime: str) -> dict[str, str]:
    """Return the words for the body itself, its field of work, its office and how to reach it."""
    field = "政府信息公开" if is_government(regime) else "党务公开" if regime == PARTY else "信息公开"
    return {
        "organ": _organ(body, regime),
        "body": body.name,
        "field": field,
        "info": "政府信息" if is_government(regime) else "党务信息" if regime == PARTY else "信息",
        "office": body.office_name,
        "contact": _contact(body),
        "superior": "上级党组织" if regime == PARTY else "上级机关" if is_government(regime) else "主管教育行政部门",
    }


def _organ(body: Body, regime: str) -> str:
    if is_government(regime):
        return "本机关"
    if regime == PARTY:
        return "本党组织"
    if body.kind == BodyKind.KINDERGARTEN:
        return "本园"
    return "本校" if body_kind(body.kind).school else "本单位"


def _contact(body: Body) -> str:
    ways = (("地址：", body.address), ("电话：", body.phone), ("电子邮箱：", body.email))
    given = [f"{label}{way}" for label, way in ways if way]
    return "，".join([body.office_name, *given])


def you(requester: Requester | None, kind: str) -> str:
    """Return how the requester is addressed inside a letter."""
    kind = requester.kind if requester else kind
    return "你" if kind == RequesterKind.NP else "你单位"


def shown(words: str, *, longest: int = 0) -> str:
    """Write a text of several lines as one, cut where it is longer than asked."""
    flat = "；".join(part.strip() for part in words.splitlines() if part.strip())
    return f"{flat[:longest]}……（全文见申请表）" if longest and len(flat) > longest else flat


def sentence(words: str) -> str:
    """End a text with a stop where it has none."""
    text = words.strip()
    return text if not text or text.endswith(("。", "！", "？", "；", "”")) else f"{text}。"
