"""Open a figure: the records behind its members, scoped, in a form a page can show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gongkai.access.models import AccessRequest, Remedy
from gongkai.bodies.models import Body
from gongkai.feedback.models import Opinion, OpinionKind
from gongkai.publishing.models import Disclosure, Posting, Standing
from gongkai.statute import law


@dataclass(frozen=True)
class Member:
    """One counted record: its title (empty where it may not be shown), day, place, address and a remark."""

    name: str
    title: str
    on: date | None
    where: str
    address: str
    remark: str = ""


def open_members(body: Body, names: Iterable[str], *, public: bool) -> list[Member]:
    """Return the records these names stand for, in their order.

    `public`: for the published report – withdrawn records show no title (已撤回), restricted postings and
    opinions show their number and day only. Requests never show who asked or for what: number, day and outcome.
    """
    wanted: dict[str, list[str]] = {kind: [] for kind in ("disclosure", "posting", "opinion", "case", "remedy")}
    names = list(names)
    for name in names:
        kind, _, key = name.partition("/")
        wanted[kind].append(key)
    found = {
        **_disclosures(body, wanted["disclosure"], public=public),
        **_postings(body, wanted["posting"], public=public),
        **_opinions(body, wanted["opinion"], public=public),
        **_cases(body, wanted["case"], public=public),
        **_remedies(body, wanted["remedy"], public=public),
    }
    return [found.get(name) or Member(name, "", None, "", "", "记录已不在") for name in names]


def _chunks(keys: list[str], size: int = 500) -> Iterable[list[str]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]


def _disclosures(body: Body, keys: list[str], *, public: bool) -> dict[str, Member]:
    found = {}
    for chunk in _chunks(keys):
        for one in (
            Disclosure.objects.of(body)
            .filter(public_id__in=chunk)
            .select_related("current")
            .prefetch_related("current__renditions")
        ):
            name = f"disclosure/{one.public_id}"
            if one.standing in (Standing.WITHDRAWN, Standing.ENDED):
                remark = "已撤回" if one.standing == Standing.WITHDRAWN else "公示期满已下架"
                found[name] = Member(name, "", one.first_public_on, one.index_number, "", remark)
                continue
            here = f"/g/{body.code}/d/{one.public_id}/"
            address = one.address if one.standing == Standing.ELSEWHERE else here
            title = one.current.title if one.current and not (public and _restricted(one)) else ""
            found[name] = Member(name, title, one.first_public_on, one.index_number, address)
    return found


def _restricted(one: Disclosure) -> bool:
    return one.standing == Standing.PUBLISHED and not any(r.for_society for r in one.current.renditions.all())


def _postings(body: Body, keys: list[str], *, public: bool) -> dict[str, Member]:
    found = {}
    channels = law().channels
    for chunk in _chunks(keys):
        for one in Posting.objects.of(body).filter(pk__in=chunk).select_related("disclosure"):
            name = f"posting/{one.pk}"
            label = channels[one.channel].name if one.channel in channels else one.channel
            hidden = public and not one.public
            withdrawn = one.disclosure is not None and one.disclosure.standing == Standing.WITHDRAWN
            title = "" if hidden or (public and withdrawn) else one.title
            web = one.place.startswith(("http://", "https://"))
            remark = "已撤回" if withdrawn else ("限定范围" if hidden else ("" if web else one.place))
            found[name] = Member(name, title, one.posted_on, label, one.place if web and not hidden else "", remark)
    return found


def _opinions(body: Body, keys: list[str], *, public: bool) -> dict[str, Member]:
    found = {}
    for chunk in _chunks(keys):
        for one in Opinion.objects.of(body).filter(pk__in=chunk):
            name = f"opinion/{one.pk}"
            shown = one.public_question or one.title if one.answer_public else ""
            # A report against somebody (举报) is read by those who handle it, in the book of opinions.
            title = shown if public or one.kind == OpinionKind.REPORT else one.title
            remark = "已答复" if one.answered_on else "办理中"
            found[name] = Member(name, title, one.received_on, one.number, "", remark)
    return found


def _cases(body: Body, keys: list[str], *, public: bool) -> dict[str, Member]:
    found = {}
    outcomes = law().outcomes
    for chunk in _chunks(keys):
        for one in AccessRequest.objects.of(body).filter(pk__in=chunk):
            name = f"case/{one.pk}"
            done = outcomes[one.counted_outcome].label if one.counted_outcome in outcomes else "办理中"
            column = "" if public else one.get_requester_kind_display()
            address = "" if public else f"/b/{body.code}/requests/{one.pk}/"
            found[name] = Member(name, f"第{one.number}号申请", one.received_on, column, address, done)
    return found


def _remedies(body: Body, keys: list[str], *, public: bool) -> dict[str, Member]:
    found = {}
    for chunk in _chunks(keys):
        for one in Remedy.objects.of(body).filter(pk__in=chunk).select_related("case"):
            name = f"remedy/{one.pk}"
            about = f"，第{one.case.number}号申请" if one.case else ""
            address = f"/b/{body.code}/requests/{one.case.pk}/" if one.case and not public else ""
            result = one.get_result_display() or "尚未审结"
            title = f"{one.get_kind_display()}{about}"
            found[name] = Member(name, title, one.filed_on, "" if public else one.organ, address, result)
    return found
