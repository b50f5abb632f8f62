"""Acts on postings: recorded with proof, skipped, entered unplanned, taken down; boards; meetings."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings

from gongkai.bodies.models import Body
from gongkai.bodies.policy import OFFICE, WRITERS, holds
from gongkai.catalogue import actions as catalogue
from gongkai.documents.blobs import BlobStore
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, note, subject_of
from gongkai.journal.chain import SHANGHAI
from gongkai.publishing.models import Board, Congress, Posting, PostingState, Proof
from gongkai.publishing.proofs import MOST, Picture

writes = holds(*WRITERS)
office = holds(*OFFICE)


@act("posting.recorded", may=writes)
def record(
    posting: Posting, *, by: Actor, at: datetime, posted_on: date, proofs: Iterable[Picture] = (), **facts: Any
) -> Posting:  # facts: place, board, note
    """Record that a planned posting was made: when, where, with which proof."""
    posting = Posting.objects.select_for_update().get(pk=posting.pk)
    if posting.state not in (PostingState.PLANNED, PostingState.SKIPPED):
        raise ActRefused(f"这一次发布{posting.get_state_display()}，不用再登记。")
    _refuse_future(posted_on, at)
    posting.state, posting.posted_on, posting.recorded_by = PostingState.POSTED, posted_on, by.person_name
    _place(posting, facts)
    posting.save()
    _store(posting, proofs, at=at)
    note(channel=posting.channel, on=posted_on.isoformat(), place=posting.place)
    return posting


@act("posting.entered", may=writes)
def enter(
    body: Body, *, by: Actor, at: datetime, channel: str, title: str, posted_on: date, **facts: Any
) -> Posting:  # facts: place, board, kind, item, disclosure, public, note, proofs
    """Enter a posting that nobody had planned; one with a catalogue item counts for its duty."""
    _refuse_future(posted_on, at)
    proofs = facts.pop("proofs", ())
    posting = Posting(
        body=body, channel=channel, title=title, posted_on=posted_on, state=PostingState.POSTED,
        kind=facts.pop("kind", ""), item=facts.pop("item", None), disclosure=facts.pop("disclosure", None),
        public=facts.pop("public", True), recorded_by=by.person_name,
    )  # fmt: skip
    _place(posting, facts)
    posting.save()
    _store(posting, proofs, at=at)
    if posting.item is not None:
        catalogue.meet(posting.item, by=by, at=at, on=posted_on, by_subject=subject_of(posting))
    note(posting=posting.pk, channel=channel, title=title, on=posted_on.isoformat(), place=posting.place)
    return posting


@act("posting.amended", may=writes)
def amend(
    posting: Posting, *, by: Actor, at: datetime, posted_on: date, proofs: Iterable[Picture] = (), **facts: Any
) -> Posting:  # facts: place, board, note
    """Put a recorded posting's day or place right, or add proof that came later."""
    posting = Posting.objects.select_for_update().get(pk=posting.pk)
    if posting.posted_on is None:
        raise ActRefused("这一次还没有登记发布，请先登记。")
    _refuse_future(posted_on, at)
    before = {"on": posting.posted_on.isoformat(), "place": posting.place}
    posting.posted_on = posted_on
    _place(posting, facts)
    posting.save()
    _store(posting, proofs, at=at)
    note(before=before, on=posted_on.isoformat(), place=posting.place)
    return posting


@act("posting.skipped", may=writes)
def skip(posting: Posting, *, by: Actor, at: datetime, reason: str) -> Posting:
    """Say that a planned posting will not be made, and why."""
    posting = Posting.objects.select_for_update().get(pk=posting.pk)
    if posting.state != PostingState.PLANNED:
        raise ActRefused(f"这一次发布{posting.get_state_display()}，不能再改为不发布。")
    if len(reason.strip()) < 2:
        raise ActRefused("请写明为什么不在这个渠道发布。")
    posting.state, posting.note = PostingState.SKIPPED, reason.strip()[:200]
    posting.recorded_by = by.person_name
    posting.save()
    note(channel=posting.channel, reason=posting.note)
    return posting


@act("posting.taken_down", may=writes)
def take_down(
    posting: Posting, *, by: Actor, at: datetime, taken_down_on: date, proofs: Iterable[Picture] = (), why: str = ""
) -> Posting:
    """Record that a posting was taken down. An urgent one needs proof, or words why there is none.

    A board's sheet may come down only when it hung as long as the board's rule says – unless it was asked to.
    """
    posting = Posting.objects.select_for_update().get(pk=posting.pk)
    if posting.state not in (PostingState.POSTED, PostingState.TAKEDOWN):
        raise ActRefused(f"这一次发布{posting.get_state_display()}，不用撤下。")
    _refuse_future(taken_down_on, at)
    if posting.posted_on and taken_down_on < posting.posted_on:
        raise ActRefused("撤下日期不能早于发布日期，请核对。")
    pictures = list(proofs)
    if posting.urgent and not pictures and len(why.strip()) < 4:
        raise ActRefused("这是紧急撤下，请附撤下后的照片或截图；确实没有的，写明怎样确认已经撤下。")
    early = posting.keep_until_on and taken_down_on < posting.keep_until_on
    if early and posting.state == PostingState.POSTED and len(why.strip()) < 4:
        until = posting.keep_until_on
        raise ActRefused(f"应保留到{until.year}年{until.month}月{until.day}日。提前撤下要写明原因。")
    posting.state, posting.taken_down_on = PostingState.TAKEN_DOWN, taken_down_on
    posting.note = (why.strip() or posting.note)[:200]
    posting.save()
    _store(posting, pictures, at=at, of_takedown=True)
    note(channel=posting.channel, on=taken_down_on.isoformat(), urgent=posting.urgent, why=why.strip()[:200])
    return posting


@act("board.kept", may=office)
def keep_board(body: Body, *, by: Actor, at: datetime, board: Board | None = None, **facts: Any) -> Board:
    """Enter a board or change its rule (facts: name, place, keep_days, issues_a_year, area)."""
    board = board or Board(body=body)
    if board.body_id != body.pk:
        raise ActRefused("只能修改本单位的公开栏。")
    for name, value in facts.items():
        setattr(board, name, value)
    board.save()
    note(board=board.pk, name=board.name, keep_days=board.keep_days, issues_a_year=board.issues_a_year)
    return board


@act("board.cleared", may=writes)
def clear_board(board: Board, *, by: Actor, at: datetime, taken_down_on: date) -> int:
    """Record that everything that hung long enough was taken off a board on a day; returns how many."""
    over = board.postings.filter(state=PostingState.POSTED, keep_until_on__lt=taken_down_on)
    sheets = list(over.order_by("posted_on", "pk"))
    if not sheets:
        raise ActRefused("这块公开栏上没有到期可以换下的内容。")
    for sheet in sheets:
        take_down(sheet, by=by, at=at, taken_down_on=taken_down_on)
    note(board=board.name, postings=[sheet.pk for sheet in sheets], on=taken_down_on.isoformat())
    return len(sheets)


@act("congress.recorded", may=office)
def record_congress(body: Body, *, by: Actor, at: datetime, congress: Congress | None = None, **facts: Any) -> Congress:
    """Record a congress or meeting: what was heard and deliberated (facts of the model), or put a record right."""
    _refuse_future(facts["held_on"], at)
    attended, should = facts.get("attended"), facts.get("should_attend")
    if attended and should and attended > should:
        raise ActRefused("实到人数不能多于应到人数，请核对。")
    congress = congress or Congress(body=body)
    for name, value in facts.items():
        setattr(congress, name, value)
    congress.save()
    note(
        congress=congress.pk, name=congress.name, on=congress.held_on.isoformat(),
        heard=len(congress.heard), deliberated=len(congress.deliberated),
    )  # fmt: skip
    return congress


def _refuse_future(on: date, at: datetime) -> None:
    if on > at.astimezone(SHANGHAI).date():
        raise ActRefused("这一天还没有到，请在发布或撤下以后再登记。")


def _place(posting: Posting, facts: dict[str, Any]) -> None:
    board: Board | None = facts.get("board")
    if board is not None and board.body_id != posting.body_id:
        raise ActRefused("只能选择本单位的公开栏。")
    posting.board = board
    posting.place = facts.get("place") or (board.place or board.name if board else "")
    posting.note = facts.get("note") or posting.note
    posting.keep_until_on = _keep_until(posting)


def _keep_until(posting: Posting) -> date | None:
    """Return the last day a sheet must hang: the board's days after posting, and a notice's own last day."""
    if posting.board is None or posting.posted_on is None:
        return None
    by_rule = posting.posted_on + timedelta(days=posting.board.keep_days)
    edition = posting.disclosure.current if posting.disclosure else None
    return max(by_rule, edition.notice_last_on) if edition and edition.notice_last_on else by_rule


def _store(posting: Posting, pictures: Iterable[Picture], *, at: datetime, of_takedown: bool = False) -> None:
    store = BlobStore(settings.BLOB_ROOT)
    kept = []
    for picture in pictures:
        if posting.proofs.count() + len(kept) >= MOST:
            raise ActRefused(f"一次发布最多附 {MOST} 份证明。")
        kept.append(
            Proof(
                posting=posting, name=picture.name, sha256=store.put(picture.data), size=len(picture.data),
                media=picture.media, of_takedown=of_takedown, added_at=at,
            )
        )  # fmt: skip
    Proof.objects.bulk_create(kept)
    if kept:
        note(proofs=[proof.sha256 for proof in kept])
