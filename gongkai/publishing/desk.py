"""What publishing puts on the desk: take-downs, returned drafts, planned postings, filings from below."""

from django.db.models import Count, Q

from gongkai.bodies.desk import DeskLine, Rank, Why, address, month_day, timed
from gongkai.bodies.models import Duty
from gongkai.bodies.policy import OFFICE
from gongkai.bodies.scope import Scope
from gongkai.journal.chain import day_of
from gongkai.publishing.filings import arrived_at, title_above
from gongkai.publishing.models import Board, Edition, EditionState, Posting, PostingState
from gongkai.statute import law

SHOWN = 50


def lines(scope: Scope) -> list[DeskLine]:
    """Return the lines of this room for a person in a body."""
    found = _returned(scope)
    if scope.has(*OFFICE):
        found += _postings(scope) + _boards(scope)
    if scope.has(Duty.FILING, Duty.SUPERVISOR, *OFFICE):
        found += _filings(scope)
    return found


def _returned(scope: Scope) -> list[DeskLine]:
    """Return the drafts sent back to this person: their own, and for the office everybody's."""
    rows = Edition.objects.filter(disclosure__body=scope.body, state=EditionState.RETURNED)
    if not scope.has(*OFFICE):
        rows = rows.filter(Q(authors=scope.person) | Q(disclosure__created_by=scope.person))
    return [
        DeskLine(
            key=f"edition/{row.pk}", rank=Rank.RETURNED, state="returned", text=row.title,
            about="审批中被退回，修改后再提交", verb="修改", url=address("publishing_edit", scope.body.code, row.pk),
            why=Why("审批人退回了这一条，并写明了理由；改好以后可以重新提交。"),
        )
        for row in rows.distinct().order_by("pk")[:SHOWN]
    ]  # fmt: skip


def _channel(code: str) -> str:
    return law().channels[code].name if code in law().channels else code


def _postings(scope: Scope) -> list[DeskLine]:
    rows = Posting.objects.of(scope.body).filter(state__in=(PostingState.PLANNED, PostingState.TAKEDOWN))
    return [
        _takedown(row, scope) if row.state == PostingState.TAKEDOWN else _planned(row, scope)
        for row in rows.select_related("disclosure").order_by("-urgent", "planned_on", "pk")[:SHOWN]
    ]


def _takedown(row: Posting, scope: Scope) -> DeskLine:
    why = "这条信息已经撤回或公示期满，平台外的张贴要有人撤下并留下证明。"
    return DeskLine(
        key=f"posting/{row.pk}", rank=Rank.URGENT if row.urgent else Rank.SOON, state="late" if row.urgent else "soon",
        label="立即撤下" if row.urgent else "待撤下", text=f"{_channel(row.channel)}：{row.title}",
        about=f"位置：{row.place}" if row.place else "撤下后登记日期并附照片或截图", due_on=row.keep_until_on,
        verb="登记撤下", url=address("posting", scope.body.code, row.pk), why=Why(why),
    )  # fmt: skip


def _planned(row: Posting, scope: Scope) -> DeskLine:
    rank, state, label = timed(row.planned_on, on=scope.on)
    planned = f"，计划 {month_day(row.planned_on, on=scope.on)}" if row.planned_on else ""
    return DeskLine(
        key=f"posting/{row.pk}", rank=Rank.OWN if rank == Rank.OWN else Rank.SOON, state=state, label=label or "待发布",
        text=f"{_channel(row.channel)}：{row.title}", about=f"已批准，待在该渠道发布{planned}", due_on=row.planned_on,
        verb="登记发布", url=address("posting", scope.body.code, row.pk),
        why=Why("这条信息批准时选定了这个渠道；发布或张贴以后登记日期、位置和证明，年报会自动统计。"),
    )  # fmt: skip


def _boards(scope: Scope) -> list[DeskLine]:
    """Return the boards that fall behind the number of changes a year their own record asks for."""
    on = scope.on
    done = Count(
        "postings__posted_on", distinct=True,
        filter=Q(postings__posted_on__year=on.year, postings__posted_on__lte=on),
    )  # fmt: skip
    boards = Board.objects.filter(body=scope.body).annotate(done=done).order_by("pk")
    return [
        DeskLine(
            key=f"board/{row.pk}", rank=Rank.OWN, state="open", label="该换栏了",
            text=f"「{row.name}」今年换了 {row.done} 期，全年至少 {row.issues_a_year} 期",
            about=f"每期保留不少于 {row.keep_days} 天", verb="登记张贴", url=address("posting_new", scope.body.code),
            why=Why("公告栏按本单位登记的保留天数和每年期数更换；到现在的期数落在进度后面。"),
        )
        for row in boards
        if row.done < row.issues_a_year * (on.month - 1) // 12
    ]  # fmt: skip


def _filings(scope: Scope) -> list[DeskLine]:
    """Return the issues that bodies below have sent up for the record."""
    rows = arrived_at(scope.body, on=scope.on).filter(received_above_at=None)
    return [
        DeskLine(
            key=f"issue/{row.pk}", rank=Rank.WAITING, state="waiting", label="等您接收",
            text=f"{row.body.label}报备：{row}{f'「{title}」' if (title := title_above(row)) else ''}",
            about=f"{month_day(day_of(row.sent_up_at), on=scope.on)}报来" if row.sent_up_at else "",
            verb="接收备案", url=address("publishing_filings", scope.body.code),
            why=Why("下级单位公开以后报上级备案；接收只作登记，不影响已经公开的内容。"),
        )
        for row in rows.order_by("sent_up_at")[:SHOWN]
    ]  # fmt: skip
