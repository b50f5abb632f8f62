"""Open cases follow the calendar; silence ends by itself; a worker that was down for days loses nothing."""

import json
from datetime import date, datetime

import pytest

from gongkai.access.actions import consulting, course, intake, redating
from gongkai.access.models import AccessRequest, Clock
from gongkai.access.redating import moves
from gongkai.access.sweep import sweep
from gongkai.bodies.models import LocalRule
from gongkai.journal.acts import NotAllowed
from gongkai.journal.models import JournalEntry
from gongkai.statute.load import add_calendars_from, law
from gongkai.web import sweeping
from gongkai.web.commands import redate as command
from tests import make

BY = make.SYSTEM
YEAR = """year = 2027
cite = "holiday-2027"
confidence = "web"
rest = [2027-01-01, 2027-01-04, 2027-01-05, 2027-02-08]
work = []
"""
pytestmark = pytest.mark.django_db


def at(month, day, year=2026):
    return datetime(year, month, day, 10, 0, tzinfo=make.SHANGHAI)


def on(month, day, year=2026):
    return date(year, month, day)


@pytest.fixture
def bureau():
    return make.school("jiaoyuju", name="示范区教育局", kind="edu_bureau")


@pytest.fixture
def new_year(tmp_path):
    """A function that lets the law know the year 2027."""

    def put():
        folder = tmp_path / "calendars"
        folder.mkdir()
        (folder / "2027.toml").write_text(YEAR, encoding="utf-8")
        add_calendars_from(folder)

    yield put
    add_calendars_from(None)


def test_a_new_calendar_moves_open_cases_after_a_dry_run_that_says_which(bureau, new_year):
    moving = make.request(bureau, at=at(12, 10))
    staying = make.request(bureau, at=at(9, 7))
    gone = intake.void(make.request(bureau, at=at(12, 10), channel="email"), by=BY, at=at(12, 10), reason="广告")
    assert (moving.due_on, moving.provisional) == (on(1, 7, 2027), True)
    new_year()
    dry = moves(at=at(12, 11))
    assert (dry.cases, [(m.number, m.kind, m.was, m.now) for m in dry.moved]) == (
        2, [(moving.number, "reply", on(1, 7, 2027), on(1, 12, 2027))]
    )  # fmt: skip
    moving.refresh_from_db()
    assert moving.due_on == on(1, 7, 2027)
    done = redating.redate("access", by=BY, at=at(12, 11))
    assert done.moved == dry.moved
    for case in (moving, staying, gone):
        case.refresh_from_db()
    assert (moving.due_on, moving.provisional, moving.clocks.get(kind="reply").due_on) == (
        on(1, 12, 2027), False, on(1, 12, 2027)
    )  # fmt: skip
    assert {moving.law_digest, staying.law_digest} == {law().digest}
    assert gone.law_digest != law().digest
    entry = json.loads(JournalEntry.objects.get(act="access.redated").text)["details"]
    assert entry["moved"] == [f"jiaoyuju {moving.number} 答复申请人：2027-01-07 → 2027-01-12"]
    assert moves(at=at(12, 12)).moved == []


def test_the_sweep_redates_once_and_only_where_the_law_changed(bureau, new_year):
    make.request(bureau, at=at(12, 10))
    assert sweep(at(12, 10)) == 0
    new_year()
    assert sweep(at(12, 11)) == 1
    assert sweep(at(12, 11)) == 0


def test_only_the_platform_redates(bureau):
    with pytest.raises(NotAllowed):
        redating.redate("access", by=make.actor("jiaoyuju-office", bureau), at=make.AT)


def test_the_command_lists_before_it_moves(bureau, new_year, capsys):
    case = make.request(bureau, at=at(12, 10))
    new_year()
    assert command.main(["--dry-run"]) == 0
    assert "将变动期限 1 个" in capsys.readouterr().out
    assert command.main(["--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["cases"], told["moved"][0]["number"], told["moved"][0]["now"]) == (1, case.number, "2027-01-12")


def test_cases_are_redated_in_lots_with_few_queries(bureau, new_year, django_assert_max_num_queries):
    for _ in range(30):
        make.request(bureau, at=at(12, 10))
    new_year()
    with django_assert_max_num_queries(30):
        assert len(redating.redate("access", by=BY, at=at(12, 11)).moved) == 30
    assert AccessRequest.objects.filter(due_on=on(1, 12, 2027)).count() == 30
    assert Clock.objects.filter(kind="reply", due_on=on(1, 12, 2027)).count() == 30


def test_a_school_that_chose_its_period_has_its_dates_after_the_next_sweep():
    school = make.school()
    case = make.request(school, at=at(9, 7))
    waiting = course.ask_clarification(make.request(school, at=at(9, 7)), by=BY, at=at(9, 8), on=on(9, 8), items="年度")
    LocalRule.objects.create(body=school, record="K-REPLY", from_on=on(9, 8))
    LocalRule.objects.create(body=school, record="K-ACT-30", from_on=on(9, 8))
    assert sweep(at(9, 8)) == 2
    assert sweep(at(9, 8)) == 0
    case.refresh_from_db()
    waiting.refresh_from_db()
    assert (case.local, case.due_on, waiting.local) == ("K-REPLY", on(9, 20), "K-REPLY")


# Silence ----------------------------------------------------------------------------------------------------------


def ask(case, kind="third_party", delivered=True):
    given = {"kind": kind, "addressee": "某公司", "about": "价格", "on": on(9, 8)}
    asked = consulting.consult(case, by=BY, at=at(9, 9), **given)
    return consulting.deliver_consultation(asked, by=BY, at=at(9, 9), on=on(9, 9)) if delivered else asked


def test_a_period_that_passed_in_silence_is_closed_on_its_last_day_however_late_the_sweep_comes(bureau):
    case = make.request(bureau, at=at(9, 7))
    third, joint, lost = ask(case), ask(case, "joint_author"), ask(case, delivered=False)
    assert third.due_on == on(9, 30)
    assert sweep(at(9, 30)) == 1  # the notice of clarification nobody needed
    assert sweep(at(10, 12)) == 2
    assert sweep(at(10, 12)) == 0
    for one in (third, joint, lost):
        one.refresh_from_db()
    assert [(one.closed_on, one.opinion) for one in (third, joint)] == [(on(9, 30), "silent")] * 2
    assert (lost.closed_on, lost.opinion) == (None, "")
    assert JournalEntry.objects.filter(act="access.consultation_closed", person_code="system").count() == 2


def test_the_sweep_decides_nothing_else(bureau):
    case = course.ask_clarification(make.request(bureau, at=at(9, 7)), by=BY, at=at(9, 8), on=on(9, 8), items="年度")
    sweep(at(12, 30))
    case.refresh_from_db()
    assert case.state == "clarifying"


def test_the_whole_sweep_runs_this_one():
    assert "gongkai.access.sweep:sweep" in sweeping.SWEEPS


def test_a_calendar_is_rehearsed_from_another_folder_and_nothing_is_written(bureau, tmp_path, capsys):
    moving = make.request(bureau, at=at(12, 10))
    was = AccessRequest.objects.get(pk=moving.pk).due_on
    (tmp_path / "2027.toml").write_text(YEAR, encoding="utf-8")
    (tmp_path / "2028.toml").write_text("year = 2028", encoding="utf-8")
    try:
        assert command.main(["--dry-run", "--calendars", str(tmp_path), "--json"]) == 0
    finally:
        add_calendars_from(None)
    told = capsys.readouterr()
    assert json.loads(told.out)["moved"]
    assert "calendars/2028.toml:缺少字段 cite" in told.err
    assert AccessRequest.objects.get(pk=moving.pk).due_on == was
    with pytest.raises(SystemExit) as wrong:
        command.main(["--calendars", str(tmp_path)])
    assert wrong.value.code == 2
