"""Acts on the reply: written, sent through the body's reply chain, decided, taken back.

Cases merged into a lead are decided with it: one review, one decision, a letter and a service of its own each.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from gongkai.access import clocks
from gongkai.access.models import AccessRequest, CaseState, Draft, LetterState
from gongkai.access.policy import may_do
from gongkai.access.recording import File, clean_text, keep_files, record, supersede
from gongkai.access.replying import FIELDS, digest_of, faults_of
from gongkai.access.signing import drawn_up, reply_of, signed
from gongkai.access.transitions import TABLE, enter
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, note
from gongkai.journal.chain import day_of
from gongkai.review import actions as review
from gongkai.review.models import Chain, ItemState, Review, ReviewItem, ReviewStep, Route
from gongkai.review.policy import may_take_part
from gongkai.statute.outcomes import Reply, outcome

NAMES = {"given": "公开的内容", "withheld": "不公开的部分", "reasons": "理由", "searched": "检索情况"}
POINTS_TO = 200


class ReplyFacts(TypedDict, total=False):
    """What a reply says; one outcome, and grounds only where a part is withheld."""

    outcome: str
    grounds: Sequence[str]
    reasons: str
    given: str
    withheld: str
    points_to: str
    searched: str


@act("access.reply_drafted", may=may_do("draft_reply"))
def save_draft(
    case: AccessRequest, *, by: Actor, at: datetime, facts: dict[str, Any], files: Sequence[File] = (),
    without: Sequence[int] = (),
) -> Draft:  # fmt: skip
    """Keep a reply as far as it is written; `files` go out with it, `without` are keys of files taken out again."""
    case = enter(case, "draft_reply")
    _change_files(case, files, without, at=at)
    kept = {name: facts[name] for name in FIELDS if name in facts}
    draft, _ = Draft.objects.update_or_create(case=case, defaults={"facts": kept, "by_id": by.person_id, "at": at})
    note(number=case.number)
    return draft


@act("access.reply_submitted", cite="cn-ogi/36", may=may_do("submit_reply"))
def submit_reply(
    case: AccessRequest, *, by: Actor, at: datetime, files: Sequence[File] = (), without: Sequence[int] = (),
    **facts: Unpack[ReplyFacts],
) -> AccessRequest:  # fmt: skip
    """Send the reply through the body's reply chain; its letter is drawn up and read with it.

    Raises ActRefused naming every fault of the reply, and where no chain or nobody for a step is there.
    """
    case = enter(case, "submit_reply")
    reply, on = _cleaned(facts), day_of(at)
    if faults := faults_of(case, reply, on=on):
        raise ActRefused("".join(faults))
    _change_files(case, files, without, at=at)
    together = [case, *_followers(case, "submit_reply")]
    for one in together:
        for name in FIELDS:
            setattr(one, name, list(reply.grounds) if name == "grounds" else getattr(reply, name))
    _share_files(together)
    letters = [drawn_up(one, by=by, at=at, on=on) for one in together]
    digest = digest_of(together, letters)
    passage = _sent_in(case, digest, by=by, at=at)
    for one in together:
        one.review, one.digest = passage, digest
        one.save()
        clocks.refresh(one, at=at)
    Draft.objects.filter(case__in=together).delete()
    note(number=case.number, outcome=case.outcome, digest=digest, merged=[one.number for one in together[1:]])
    return case


@act("access.reply_decided", cite="cn-ogi/36", may=may_take_part)  # the review engine knows who may decide this step
def decide_reply(
    case: AccessRequest, *, by: Actor, at: datetime, step: ReviewStep, held: dict[str, Any] | None = None,
    **decision: Any,
) -> AccessRequest:  # fmt: skip
    """Decide a step on the reply (verdict, digests, opinion, checklist, back_to as in review.decide).

    `held`: the facts of the meeting that decided, recorded with the decision or not at all. The last approval
    numbers and signs the letters.
    """
    case = (
        AccessRequest.objects.select_for_update(of=("self",))
        .select_related("body", "review", "merged_into")
        .get(pk=case.pk)
    )
    if case.review is None:
        raise ActRefused(f"第{case.number}号的答复还没有送审。")
    lead = case.merged_into if case.merged_into and case.merged_into.review_id == case.review_id else case
    if held is not None:
        decision["meeting"] = review.hold_meeting(lead.body, by=by, at=at, **held)
    item = case.review.items.get()
    outcome_ = review.decide(case.review, by=by, at=at, step=step, items=[item.pk], **decision)
    if outcome_.returned:
        lead = _gone_back(lead, "return_reply", by=by, at=at)
    if outcome_.approved:
        lead = _approved(lead, by=by, at=at)
    note(number=lead.number)
    return lead


@act("access.reply_recalled", may=may_do("recall_reply"))
def recall_reply(case: AccessRequest, *, by: Actor, at: datetime, why: str) -> AccessRequest:
    """Take a reply back that was not served: it is written anew; a signed letter keeps its number as cancelled."""
    why = clean_text(why, what="理由", needed="请写明为什么撤回答复。", longest=200)
    if case.merged_into is not None and case.merged_into.state in TABLE["recall_reply"].froms:
        raise ActRefused(f"这一件随第{case.merged_into.number}号一起答复，请在那一件上撤回。")
    case = _gone_back(case, "recall_reply", by=by, at=at)
    item = case.review.items.get() if case.review else None
    if item is not None and item.state != ItemState.APPROVED:
        review.remove(item, by=Actor.system(), at=at, why=why)  # whoever may recall need not be a writer
    if case.review is not None:
        back = AccessRequest.objects.filter(review=case.review, state=CaseState.RECEIVED)
        back.update(review=None, digest="")
    case.review, case.digest = None, ""
    note(number=case.number, why=why)
    return case


def _cleaned(facts: ReplyFacts) -> Reply:
    texts = {name: clean_text(str(facts.get(name, "")), what=f"“{label}”") for name, label in NAMES.items()}
    points_to = clean_text(str(facts.get("points_to", "")), what="“负责的单位和联系方式”", longest=POINTS_TO)
    grounds = tuple(dict.fromkeys(facts.get("grounds", ())))
    return Reply(outcome=str(facts.get("outcome", "")), grounds=grounds, points_to=points_to, **texts)


def _change_files(case: AccessRequest, files: Sequence[File], without: Sequence[int], *, at: datetime) -> None:
    case.files.filter(pk__in=list(without), purpose="reply", from_requester=False).delete()
    keep_files(case, files, at=at, purpose="reply", from_requester=False)


def _share_files(together: Sequence[AccessRequest]) -> None:
    """Give the cases decided with a lead the same files to go out with their letters."""
    lead, *others = together
    given = list(lead.files.filter(purpose="reply"))
    for one in others:
        one.files.filter(purpose="reply", from_requester=False).delete()
        for file in given:
            file.pk, file.case = None, one
            file.save(force_insert=True)


def _followers(case: AccessRequest, code: str) -> list[AccessRequest]:
    """Return the cases merged into this one that stand where a transition begins, locked and moved by it."""
    among = case.merged.filter(state__in=TABLE[code].froms).order_by("pk")
    return [enter(one, code) for one in among]


def _sent_in(case: AccessRequest, digest: str, *, by: Actor, at: datetime) -> Review:
    """Send the reply in: again into the review it was returned from, else into a new one."""
    back = _returned_item(case)
    if back is not None:
        if by.person_id is not None:
            back.authors.add(by.person_id)
        review.resubmit(back, by=by, at=at, digest=digest)
        return back.review
    chain = Chain.objects.for_route(case.body, Route.REPLY, on=day_of(at))
    if chain is None:
        raise ActRefused(
            "本单位还没有设置依申请答复的审批流程。请单位管理员在“设置—审批流程”里点“采用依申请答复流程”，再送审。"
        )
    label = outcome(case.outcome, regime=case.regime).label
    title, subject = f"第{case.number}号申请的答复（{label}）", f"accessrequest/{case.pk}"
    authors = {by.person_id} if by.person_id is not None else set()
    candidate = review.Candidate(
        subject=subject, title=title, digest=digest, author_ids=authors, department_id=case.department_id
    )
    return review.start(
        Review(body=case.body, subject=subject, title=title, chain=chain), by=by, at=at, candidates=[candidate]
    )


def _returned_item(case: AccessRequest) -> ReviewItem | None:
    if case.review is None:
        return None
    return case.review.items.select_related("review").filter(state=ItemState.RETURNED).first()


def _gone_back(case: AccessRequest, code: str, *, by: Actor, at: datetime) -> AccessRequest:
    """Move a case and those decided with it back to writing; what was written becomes the draft again."""
    together = [enter(case, code), *_followers(case, code)]
    for one in together:
        if one is together[0]:
            facts = {name: getattr(one, name) for name in FIELDS}
            author = one.review.started_by_id if one.review else by.person_id
            Draft.objects.update_or_create(case=one, defaults={"facts": facts, "by_id": author, "at": at})
        letter = reply_of(one)
        if letter is not None and letter.state in (LetterState.SIGNED, LetterState.SEALED):
            letter.state = LetterState.CANCELLED
            letter.save(update_fields=["state"])
        for name in FIELDS:
            setattr(one, name, [] if name == "grounds" else "")
        one.decided_on = None
        one.save()
        supersede(one.events.standing().filter(kind="decided"), at=at, why=TABLE[code].label)
        clocks.refresh(one, at=at)
    return together[0]


def _approved(case: AccessRequest, *, by: Actor, at: datetime) -> AccessRequest:
    """Sign the letters of a case and of those decided with it."""
    together = [enter(case, "approve_reply"), *_followers(case, "approve_reply")]
    on = day_of(at)
    for one in together:
        letter = reply_of(one)
        if letter is None or letter.state != LetterState.DRAFT:
            raise ActRefused(f"第{one.number}号的答复书没有找到，请撤回后重新送审。")
        signed(letter, by=by, at=at, on=on)
        one.decided_on = on
        one.save()
        record(one, "decided", on, by=by, at=at)
        clocks.refresh(one, at=at)
    note(outcome=case.outcome, letters=[one.number for one in together])
    return together[0]
