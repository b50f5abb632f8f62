"""Who may ask a body, and by which words: the kinds of requesters its form distinguishes, what the form is called."""

from dataclasses import dataclass

from gongkai.access.models import Identity, RequesterKind
from gongkai.bodies.models import Body
from gongkai.statute import law

ORGANISATIONS = (RequesterKind.BIZ, RequesterKind.RES, RequesterKind.NGO, RequesterKind.LAW, RequesterKind.OTH)


@dataclass(frozen=True, slots=True)
class Asker:
    """One answer to 'who are you': `kind` is empty where the form must still ask which kind of organisation."""

    code: str
    label: str
    about: str = ""
    kind: str = RequesterKind.NP
    identity: str = ""


PARENT = Asker("parent", "家长", "为自己孩子的事", identity=Identity.PARENT)
STUDENT = Asker("student", "学生", identity=Identity.STUDENT)
STAFF = Asker("staff", "教职工", identity=Identity.STAFF)
MEMBER = Asker("member", "党员", identity=Identity.MEMBER)
PUBLIC = Asker("citizen", "社会公众（个人）", identity=Identity.PUBLIC)
CITIZEN = Asker("citizen", "公民（个人）")
ORGANISATION = Asker("organisation", "法人或其他组织", "企业、科研机构、社会公益组织、法律服务机构等", kind="")


def askers(body: Body) -> tuple[Asker, ...]:
    """Return who may ask this body, as its form offers them."""
    if body.is_party:
        return (MEMBER,)
    kind = law().body_kinds.get(body.kind)
    if kind is not None and kind.school:
        return (PARENT, STUDENT, STAFF, PUBLIC, ORGANISATION)
    return (CITIZEN, ORGANISATION)


def asker(body: Body, code: str) -> Asker | None:
    """Return the kind of requester with this code, where the body distinguishes it."""
    return next((one for one in askers(body) if one.code == code), None)


def regime_of(body: Body) -> str:
    """Return the regime under which a body answers requests."""
    kind = law().body_kinds.get(body.kind)
    return "party-2017" if body.is_party else kind.main if kind else "cn-ogi"


def subject_of(regime: str) -> str:
    """Return what is disclosed, in the words of a regime: only the 条例 speaks of 政府信息."""
    return {"cn-ogi": "政府信息公开", "party-2017": "党务公开"}.get(regime, "信息公开")


def takes_online(body: Body) -> bool:
    """Tell whether a body takes requests on the site (unless it has said otherwise, it does)."""
    settled = getattr(body, "access_settings", None)
    return settled is None or settled.open_online
