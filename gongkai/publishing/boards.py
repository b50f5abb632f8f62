"""Boards: what hangs where until when, and whether the year's number of issues is being reached."""

from dataclasses import dataclass
from datetime import date

from gongkai.bodies.models import Body
from gongkai.publishing.models import Board, Posting, PostingState

HANGING = (PostingState.POSTED, PostingState.TAKEDOWN)


@dataclass(frozen=True)
class BoardState:
    """One board on a day: what must hang, what hung long enough, how many issues this year has and lacks."""

    board: Board
    hanging: list[Posting]
    over: list[Posting]
    issues: int
    last_on: date | None

    @property
    def missing(self) -> int:
        """Return how many issues the year still lacks."""
        return max(self.board.issues_a_year - self.issues, 0)


def board_states(body: Body, *, on: date) -> list[BoardState]:
    """Return the state of every board of a body on a day; a day's postings on one board are one issue."""
    postings = Posting.objects.of(body).filter(board__isnull=False, posted_on__lte=on)
    hanging: dict[int, list[Posting]] = {}
    days: dict[int, set[date]] = {}
    for posting in postings.select_related("disclosure__body").order_by("posted_on"):
        days.setdefault(posting.board_id, set()).add(posting.posted_on)
        if posting.state in HANGING:
            hanging.setdefault(posting.board_id, []).append(posting)
    return [
        BoardState(
            board=board,
            hanging=[one for one in hanging.get(board.pk, []) if not _over(one, on)],
            over=[one for one in hanging.get(board.pk, []) if _over(one, on)],
            issues=sum(day.year == on.year for day in days.get(board.pk, ())),
            last_on=max(days.get(board.pk, ()), default=None),
        )
        for board in body.boards.order_by("pk")
    ]


def _over(posting: Posting, on: date) -> bool:
    until = posting.keep_until_on
    return posting.state == PostingState.POSTED and until is not None and until < on
