"""The history of a review, told in order: who sent, decided, changed, reminded, and what fell."""

from dataclasses import dataclass
from datetime import datetime

from gongkai.review.models import Decision, ItemChange, Recusal, Reminder, Review, Verdict
from gongkai.review.passage import Passage


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One line of the history; `state` is empty, `fallen` or `returned`."""

    at: datetime
    title: str
    who: str = ""
    text: str = ""
    items: tuple[str, ...] = ()
    state: str = ""


def history(review: Review) -> list[Moment]:
    """Return what happened in a review, oldest first; one decision on many items is one line."""
    passage = Passage(review)
    moments = [Moment(at=review.started_at, title="送审", who=review.started_by.name)]
    moments += _decisions(passage)
    changes = ItemChange.objects.filter(item__review=review).select_related("item")
    moments += [
        Moment(
            at=change.at, title=f"改动《{change.item.title}》", who=f"{change.person_name}（{change.post_name}）",
            text=change.difference, items=(change.item.title,),
        )
        for change in changes
    ]  # fmt: skip
    reminders = Reminder.objects.filter(step__review=review).select_related("step")
    moments += [
        Moment(at=found.at, title=f"催办「{found.step.name}」", who=found.by_name, text=found.text)
        for found in reminders
    ]
    recusals = Recusal.objects.filter(step__review=review).select_related("step", "person")
    moments += [
        Moment(at=found.at, title=f"不参加「{found.step.name}」", who=found.person.name, text=found.why)
        for found in recusals
    ]
    if review.closed_at:
        moments.append(Moment(at=review.closed_at, title="办结"))
    return sorted(moments, key=lambda moment: moment.at)


def _decisions(passage: Passage) -> list[Moment]:
    together: dict[tuple[object, ...], list[tuple[str, str]]] = {}
    titles = {item.pk: item.title for item in passage.items}
    for decisions in passage.decisions.values():
        renewed = {one.carried_from_id: one for one in decisions if one.carried_from_id}
        for one in (found for found in decisions if found.carried_from_id is None):
            key = (one.at, one.step.name, one.verdict, one.person.name, one.post_name, one.opinion, one.exception)
            together.setdefault(key, []).append((titles[one.item_id], _fate(one, renewed)))
    moments = []
    for (at, step, verdict, person, post, opinion, exception), rows in together.items():
        back = verdict == Verdict.RETURN
        told = [str(opinion)] if opinion else []
        told += [f"小规模学校例外：{exception}"] if exception else []
        told += [f"《{title}》：{why}" for title, why in rows if why]
        moments.append(
            Moment(
                at=at, title=f"「{step}」{Verdict(verdict).label}（{len(rows)}条）", who=f"{person}（{post}）",  # type: ignore[arg-type]
                text=";".join(told), items=tuple(title for title, _ in rows), state="returned" if back else "",
            )
        )  # fmt: skip
    return moments


def _fate(decision: Decision, renewed: dict[int | None, Decision]) -> str:
    """Say why a decision fell in the end; one re-recorded against a new content still stands in its copy."""
    while decision.pk in renewed:
        decision = renewed[decision.pk]
    return decision.voided_why
