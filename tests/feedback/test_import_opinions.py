"""The book of opinions comes in as a list."""

from datetime import date

import pytest

from gongkai.bodies.lists import LISTS, Import
from gongkai.feedback import importing as _opinions  # noqa: F401 – enters the list of opinions
from gongkai.feedback.models import Opinion
from tests import make

pytestmark = pytest.mark.django_db
ROWS = (
    "来信日期,渠道,类别,标题,内容,答复日期,答复\n"
    "2026-03-02,意见箱,意见,食堂菜品,希望加素菜,2026-03-06,已增加\n"
    "2026-02-28,电话,咨询,课后服务,怎样收费,,\n"
)


def bring(school, content, *, at):
    task = Import(kind=LISTS["opinions"], body=school, data=content.encode(), name="意见.csv")
    return task.run(by=make.actor("shiyan-clerk", school), at=at)


def test_opinions_are_numbered_by_day_and_dated_for_their_answer(at):
    school = make.school()
    assert bring(school, ROWS, at=at).imported == 2
    first, second = Opinion.objects.order_by("number")
    assert (first.number, first.title, first.state, first.due_on) == (
        "2026-0001",
        "课后服务",
        "received",
        date(2026, 3, 10),
    )
    assert (second.state, second.answered_on, second.answer) == ("answered", date(2026, 3, 6), "已增加")
    again = bring(school, ROWS, at=at)
    assert (again.imported, again.unchanged) == (0, 2)


def test_an_answer_before_its_letter_or_without_a_day_is_a_fault(at):
    rows = (
        "来信日期,渠道,类别,标题,内容,答复日期,答复\n"
        "2026-03-02,意见箱,表扬,一,x,,\n2026-03-02,电话,意见,二,x,2026-03-01,y\n2026-03-02,电话,意见,三,x,,y\n"
    )
    outcome = bring(make.school(), rows, at=at)
    assert [(f.row, f.column) for f in outcome.listing.rejected] == [(2, "类别"), (3, "答复日期"), (4, "答复日期")]
    assert Opinion.objects.count() == 0
