"""Acts on opinions: receive, assign, answer, open the answer, close. No entry ever names the writer."""

from datetime import date, datetime
from typing import Any

from gongkai.accounts.models import Person
from gongkai.bodies.lists import Counts
from gongkai.bodies.models import Body, Department
from gongkai.bodies.rows import Listing, Row
from gongkai.bodies.scope import duties_of
from gongkai.feedback.answering import answer_by
from gongkai.feedback.models import TRANSITIONS, Opinion, OpinionKind, OpinionState, Submission
from gongkai.feedback.numbering import Numbers
from gongkai.feedback.policy import may_answer, office
from gongkai.journal import outbox
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, anyone, note
from gongkai.journal.chain import SHANGHAI
from gongkai.publishing.actions import drafting, release
from gongkai.publishing.importing.matching import new_rows
from gongkai.publishing.models import Disclosure, Edition, Standing

LOT = 500
LIMITS = {"title": 120, "text": 5000, "writer_name": 60, "writer_contact": 120}


@act("opinion.received", may=anyone)
def receive(
    body: Body, *, by: Actor, at: datetime, title: str, text: str, spent: tuple[str, ...] = (), **facts: Any
) -> Opinion:  # facts: kind, about, writer_name, writer_contact
    """Take in what a citizen sends; `spent` are the keys of the form and the proof of work, used up with it.

    Raises IntegrityError when a key was used before: nothing is taken in twice.
    """
    opinion = _taken_in(body, at=at, received_on=_day(at), channel="web", title=title, text=text, **facts)
    Submission.objects.bulk_create(Submission(key=key, opinion=opinion, at=at) for key in spent)
    return opinion


@act("opinion.entered", may=office)
def enter(
    body: Body, *, by: Actor, at: datetime, channel: str, received_on: date, title: str, text: str, **facts: Any
) -> Opinion:  # facts: kind, about, writer_name, writer_contact
    """Enter what came on paper, by telephone or in a meeting, with the day on which it came."""
    if received_on > _day(at):
        raise ActRefused("来信日期不能晚于今天。")
    return _taken_in(body, at=at, received_on=received_on, channel=channel, title=title, text=text, **facts)


def _taken_in(body: Body, *, at: datetime, received_on: date, **facts: Any) -> Opinion:
    Body.objects.select_for_update().get(pk=body.pk)
    about: Disclosure | None = facts.get("about")
    if about is not None and about.body_id != body.pk:
        raise ActRefused("只能对本单位公开的信息提意见。")
    for name, most in LIMITS.items():
        if len(facts.get(name) or "") > most:
            raise ActRefused(f"内容太长，最多 {most} 字。")
    due_on, provisional = answer_by(body, received_on)
    opinion = Opinion.objects.create(
        body=body, number=Numbers(body).next(received_on.year), received_on=received_on, recorded_at=at,
        due_on=due_on, provisional=provisional, **facts,
    )  # fmt: skip
    note(
        number=opinion.number, channel=opinion.channel, kind=opinion.kind, on=received_on.isoformat(),
        about=about.pk if about else None, due_on=due_on.isoformat() if due_on else None,
    )  # fmt: skip
    _count_objection(opinion)
    return opinion


@act("opinion.assigned", may=office)
def assign(
    opinion: Opinion, *, by: Actor, at: datetime, department: Department | None, handler: Person | None
) -> Opinion:
    """Give it to a department or a person of this body to answer."""
    opinion = _moved(opinion, OpinionState.ASSIGNED)
    if department is None and handler is None:
        raise ActRefused("请选择交给哪个部门或哪个人办理。")
    if department is not None and department.body_id != opinion.body_id:
        raise ActRefused("只能交给本单位的部门。")
    if handler is not None and not duties_of(handler.pk, opinion.body, on=_day(at)):
        raise ActRefused(f"{handler.name}不在本单位任职，请另选一位。")
    opinion.department, opinion.handler = department, handler
    opinion.save()
    note(department=department.name if department else "", handler=handler.username if handler else "")
    return opinion


@act("opinion.answered", may=may_answer)
def answer(opinion: Opinion, *, by: Actor, at: datetime, text: str, answered_on: date | None = None) -> Opinion:
    """Answer it; `answered_on` is given when the answer went out earlier, by telephone or on paper."""
    on = answered_on or _day(at)
    opinion = _moved(opinion, OpinionState.ANSWERED)
    if not text.strip():
        raise ActRefused("请写答复内容。")
    if len(text) > LIMITS["text"]:
        raise ActRefused(f"答复太长：{len(text)} 字，最多 {LIMITS['text']} 字。")
    if not opinion.received_on <= on <= _day(at):
        raise ActRefused("答复日期要在来信日期和今天之间，请核对。")
    opinion.answer, opinion.answered_on = text.strip(), opinion.answered_on or on
    opinion.save()
    note(number=opinion.number, on=on.isoformat(), late=bool(opinion.due_on and on > opinion.due_on))
    _show(opinion)
    _count_objection(opinion)
    return opinion


@act("opinion.answer_opened", may=office)
def open_answer(opinion: Opinion, *, by: Actor, at: datetime, public_question: str) -> Opinion:
    """Publish the answer under a question in the office's own words; never the letter or its writer."""
    opinion = Opinion.objects.select_for_update().get(pk=opinion.pk)
    if not opinion.answer:
        raise ActRefused("还没有答复，答复以后才能公开。")
    if opinion.kind == OpinionKind.REPORT:
        raise ActRefused("举报的办理结果不在网上公开。")
    if len(public_question.strip()) < 4:
        raise ActRefused("请用一两句话概括所提的问题，不要写来信人的姓名和电话。")
    named = [value for value in (opinion.writer_name, opinion.writer_contact) if value]
    if any(value in public_question or value in opinion.answer for value in named):
        raise ActRefused("问题摘要或答复里有来信人的姓名或联系方式，请去掉以后再公开。")
    opinion.answer_public, opinion.public_question = True, public_question.strip()
    opinion.save(update_fields=["answer_public", "public_question"])
    note(number=opinion.number)
    outbox.put("opinion.published", opinion=opinion.pk)
    return opinion


@act("opinion.answer_shut", may=office)
def shut_answer(opinion: Opinion, *, by: Actor, at: datetime) -> Opinion:
    """Take a published answer off the public site."""
    opinion = Opinion.objects.select_for_update().get(pk=opinion.pk)
    if not opinion.answer_public:
        raise ActRefused("这条答复没有公开。")
    opinion.answer_public = False
    opinion.save(update_fields=["answer_public"])
    note(number=opinion.number)
    outbox.put("opinion.published", opinion=opinion.pk)
    return opinion


@act("opinion.rectification_begun", may=office)
def rectify(opinion: Opinion, *, by: Actor, at: datetime, reason: str) -> Edition:
    """Begin the draft that puts right what an opinion found: a revision of what it is about, or a new disclosure.

    A disclosure of ours that still stands is revised; otherwise (withdrawn, ended, outside, or none) a new one
    is drafted that says what it puts right. Both are linked with the opinion.
    """
    opinion = Opinion.objects.select_for_update().get(pk=opinion.pk)
    if opinion.rectified_by_id is not None:
        raise ActRefused("这一件已经有整改在办，请打开那一条继续。")
    if opinion.state == OpinionState.CLOSED:
        raise ActRefused("这一件已经办结，不能再开始整改。")
    if len(reason.strip()) < 4:
        raise ActRefused("请写明要改什么，它会记入修订原因。")
    about = opinion.about
    if about is not None and about.standing == Standing.PUBLISHED:
        edition = release.revise(about, by=by, at=at, reason=reason, change_note="根据群众意见修改")
    else:
        title = f"{about.current.title if about and about.current else opinion.title}（整改后公布）"
        facts = {"puts_right": about} if about is not None and about.current is not None else {}
        edition = drafting.draft(opinion.body, by=by, at=at, title=title[:200], **facts)
    opinion.rectified_by = edition.disclosure
    opinion.save(update_fields=["rectified_by"])
    note(number=opinion.number, disclosure=edition.disclosure_id, edition=edition.pk)
    return edition


@act("opinion.closed", may=office)
def close(opinion: Opinion, *, by: Actor, at: datetime) -> Opinion:
    """Close it: answered, and what had to be put right was put right."""
    opinion = _moved(opinion, OpinionState.CLOSED)
    opinion.save()
    note(number=opinion.number)
    return opinion


def _moved(opinion: Opinion, state: str) -> Opinion:
    opinion = Opinion.objects.select_for_update().get(pk=opinion.pk)
    if state not in TRANSITIONS[opinion.state]:
        raise ActRefused(f"这一件{opinion.get_state_display()}，不能再这样办理。")
    opinion.state = state
    return opinion


def _count_objection(opinion: Opinion) -> None:
    """Let the notice say how many objections came in and were answered."""
    if opinion.kind == OpinionKind.OBJECTION and opinion.about_id is not None:
        outbox.put("objections.changed", disclosure=opinion.about_id)


def _show(opinion: Opinion) -> None:
    if opinion.answer_public:
        outbox.put("opinion.published", opinion=opinion.pk)


def _day(at: datetime) -> date:
    return at.astimezone(SHANGHAI).date()


@act("opinion.imported", may=office)
def import_opinions(body: Body, *, by: Actor, at: datetime, listing: Listing) -> Counts:
    """Enter the opinions of a settled list; rows already here change nothing."""
    Body.objects.select_for_update().get(pk=body.pk)
    rows = new_rows(listing, known=Opinion.objects.of(body).import_keys())
    numbers = Numbers(body)
    in_order = sorted(rows, key=lambda row: (row.values["received_on"], row.number))
    opinions = [_imported(body, row, numbers, at=at, imported=listing.file[:200]) for row in in_order]
    Opinion.objects.bulk_create(opinions, batch_size=LOT)
    note(
        file=listing.file, digest=listing.digest, read=listing.read, imported=len(rows),
        unchanged=len(listing.rows) - len(rows), rejected=[fault.row for fault in listing.rejected][:200],
    )  # fmt: skip
    return Counts(len(rows), len(listing.rows) - len(rows))


def _imported(body: Body, row: Row, numbers: Numbers, *, at: datetime, imported: str) -> Opinion:
    values: dict[str, Any] = row.values
    due_on, provisional = answer_by(body, values["received_on"])
    return Opinion(
        body=body, number=numbers.next(values["received_on"].year), channel=values["channel"], kind=values["kind"],
        state=OpinionState.ANSWERED if values["answered_on"] else OpinionState.RECEIVED,
        received_on=values["received_on"], recorded_at=at, title=values["title"], text=values["text"],
        due_on=due_on, provisional=provisional, answer=values["answer"], answered_on=values["answered_on"],
        imported=imported, import_key=values["key"],
    )  # fmt: skip
