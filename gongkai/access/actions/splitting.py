"""Acts that make one case of several or several of one (一事一申请)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongkai.access import clocks
from gongkai.access.models import AccessRequest, CaseState
from gongkai.access.numbering import Serials
from gongkai.access.policy import may_do
from gongkai.access.recording import clean_text, keep_text
from gongkai.access.transitions import enter
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, note

MOST_MATTERS = 100
SHARED = (
    "body", "regime", "local", "year", "requester", "requester_kind", "identity", "channel", "submitted_on",
    "arrived_on", "confirmed_on", "received_on", "recorded_at", "document_number", "purpose", "form_wanted",
    "way_wanted", "accepts_other", "handler", "department",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter of a request that asks for several."""

    title: str
    wanted: str


@act("access.split", cite="cn-ogi/29", may=may_do("split"))
def split(case: AccessRequest, *, by: Actor, at: datetime, matters: Sequence[Matter]) -> list[AccessRequest]:
    """Make a case of each matter: the first stays here, each other gets its own number and the same receipt date.

    What was asked as a whole is kept as a file of the first. Returns all of them, this one first.
    """
    serials = Serials(case.body)
    case = enter(case, "split")
    matters = [_cleaned(matter) for matter in matters]
    if not 2 <= len(matters) <= MOST_MATTERS:
        raise ActRefused(f"请拆成2到{MOST_MATTERS}件，每件写明所需信息。")
    if case.consultations.exists() or case.fees.exists() or case.merged_into_id or case.merged.exists():
        raise ActRefused("已经征求意见、通知收费或者合并办理的申请不能再拆分。请在答复里分项说明。")
    keep_text(case, "拆分前的申请内容.txt", f"{case.title}\n\n{case.wanted}", at=at, purpose="application",
              from_requester=True)  # fmt: skip
    case.title, case.wanted = matters[0].title, matters[0].wanted
    case.save(update_fields=["title", "wanted"])
    made = [_another(case, matter, serials.next(case.year), at=at) for matter in matters[1:]]
    note(number=case.number, split_into=[one.number for one in made])
    return [case, *made]


@act("access.merged", may=may_do("merge"))
def merge(into: AccessRequest, *, by: Actor, at: datetime, cases: Sequence[AccessRequest]) -> AccessRequest:
    """Handle cases about the same together with a lead case; each is still answered, served and counted by itself."""
    into = enter(into, "merge")
    others = [enter(case, "merge") for case in cases if case.pk != into.pk]
    if not others:
        raise ActRefused("请选择要合并办理的申请。")
    if into.merged_into_id is not None:
        raise ActRefused(f"第{into.number}号本身已经并入另一件，请选择牵头的那一件。")
    for case in others:
        _refuse_merging(case, into)
        case.merged_into = into
        case.handler, case.department = into.handler, into.department
        case.save(update_fields=["merged_into", "handler", "department"])
        clocks.refresh(case, at=at)
    note(number=into.number, merged=[case.number for case in others])
    return into


@act("access.unmerged", may=may_do("unmerge"))
def unmerge(case: AccessRequest, *, by: Actor, at: datetime) -> AccessRequest:
    """Handle a case by itself again."""
    case = enter(case, "unmerge")
    if case.merged_into is None:
        raise ActRefused("这一件没有并入别的申请。")
    note(number=case.number, lead=case.merged_into.number)
    case.merged_into = None
    case.save(update_fields=["merged_into"])
    return case


def _cleaned(matter: Matter) -> Matter:
    return Matter(
        clean_text(matter.title, what="所需信息", needed="请写明每一件的所需信息。", longest=200),
        clean_text(matter.wanted, what="内容描述", needed="请写明每一件需要的内容。"),
    )


def _another(case: AccessRequest, matter: Matter, serial: int, *, at: datetime) -> AccessRequest:
    """Make the case of one more matter, with the same course so far."""
    facts = {name: getattr(case, name) for name in SHARED}
    made = AccessRequest.objects.create(
        **facts, serial=serial, state=CaseState.RECEIVED, split_from=case,
        title=matter.title, wanted=matter.wanted,
    )  # fmt: skip
    for event in case.events.standing():
        event.pk, event._state.adding, event.case = None, True, made
        event.save()
    return clocks.refresh(made, at=at)


def _refuse_merging(case: AccessRequest, into: AccessRequest) -> None:
    if case.body_id != into.body_id:
        raise ActRefused("只能合并本单位的申请。")
    if case.merged_into_id is not None or case.merged.exists():
        raise ActRefused(f"第{case.number}号已经合并办理，请先取消原来的合并。")
