"""Calendar files an installation adds: taken when they hold, left out and named when not."""

from datetime import date

import pytest

from gongkai.statute import law, load_law
from gongkai.statute.deadlines import deadline
from gongkai.statute.events import Happened
from gongkai.statute.load import add_calendars_from, renew_if_changed
from gongkai.statute.source import LAW_ROOT

YEAR = """year = 2027
cite = "holiday-2027"
confidence = "web"
rest = [2027-01-01, 2027-01-04, 2027-01-05, 2027-02-05, 2027-02-08, 2027-02-09, 2027-02-10]
work = [2027-01-09]
"""
DECEMBER = [Happened("received", date(2026, 12, 4))]


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "calendars"
    folder.mkdir()
    yield folder
    add_calendars_from(None)


def put(folder, text=YEAR, name="2027.toml"):
    (folder / name).write_text(text, encoding="utf-8")
    return load_law(LAW_ROOT, added_calendars=folder)


def test_a_file_makes_a_new_year_known_and_what_was_provisional_certain(folder):
    known = put(folder)
    assert known.calendar.published_through == date(2027, 12, 31)
    assert known.resolve("holiday-2027").title == "《2027年放假通知》"
    after = deadline("answer", DECEMBER, regime="cn-ogi", calendar=known.calendar)
    assert (after.due_on, after.provisional, after.calendar) == (date(2027, 1, 6), False, (2026, 2027))
    assert after.days[-1].n == 20
    assert known.refused_calendars == ()
    assert known.digest != law().digest
    assert known.calendar_digest != law().calendar_digest


def test_the_law_of_the_process_takes_the_folder_up_when_it_changes(folder):
    add_calendars_from(folder)
    before = law().digest
    assert not renew_if_changed()
    (folder / "2027.toml").write_text(YEAR, encoding="utf-8")
    assert renew_if_changed()
    assert not renew_if_changed()
    assert law().digest != before
    assert deadline("answer", DECEMBER, regime="cn-ogi").due_on == date(2027, 1, 6)
    (folder / "2027.toml").unlink()
    assert renew_if_changed()
    assert deadline("answer", DECEMBER, regime="cn-ogi").provisional
    assert law().digest == before


def test_a_folder_that_is_not_there_changes_nothing(tmp_path):
    assert load_law(LAW_ROOT, added_calendars=tmp_path / "none").digest == load_law(LAW_ROOT).digest


def test_a_file_of_a_year_that_ships_replaces_it(folder):
    text = (
        (LAW_ROOT / "calendars/2026.toml").read_text(encoding="utf-8").replace("2026-10-07,", "2026-10-07, 2026-11-23,")
    )
    assert not put(folder, text, "2026.toml").calendar.is_working_day(date(2026, 11, 23))
    assert law().calendar.is_working_day(date(2026, 11, 23))


WRONG = [
    ("year = 2027", "year = ", "calendars/2027.toml:不是正确的 TOML"),
    ("year = 2027", "year = 2029", "2027-01-01:不在2029年(可含上一年12月)"),
    ("2027-01-04", "2028-01-04", "2028-01-04:不在2027年"),
    ("2027-01-09", "2027-01-05", "有的日子写了两次,或者既休息又上班"),
    ("2027-01-01", "2026-12-31, 2026-12-31", "有的日子写了两次"),
    (
        "2027-01-04, 2027-01-05, 2027-02-05, 2027-02-08, 2027-02-09",
        "2027-02-09",
        "2027年的放假日太少,请对照放假通知补全",
    ),
    ('"holiday-2027"', '"holiday-2026"', "依据应写 holiday-2027,现为 holiday-2026"),
    ("rest =", "off =", "calendars/2027.toml:不认识的字段 off"),
    ('confidence = "web"\n', "", "缺少字段 confidence"),
    ("2027-01-01", '"2027-01-01"', "应为 date"),
]


@pytest.mark.parametrize(("old", "new", "message"), WRONG, ids=[w[2] for w in WRONG])
def test_a_file_that_does_not_hold_is_left_out_and_named(folder, old, new, message):
    known = put(folder, YEAR.replace(old, new, 1))
    assert known.calendar.published_through == date(2026, 12, 31)
    assert len(known.refused_calendars) == 1
    assert message in known.refused_calendars[0]


def test_a_bad_file_does_not_keep_a_good_one_out(folder):
    (folder / "a.toml").write_bytes(b"\xff\xfe")
    known = put(folder)
    assert known.calendar.published_through == date(2027, 12, 31)
    assert known.refused_calendars[0].startswith("calendars/a.toml:不是正确的 TOML")


def test_a_gap_and_a_second_file_of_one_year_are_refused(folder):
    gap = put(folder, YEAR.replace("2027", "2028"), "2028.toml")
    assert gap.refused_calendars == ("calendars/2028.toml:缺少 2027 年的日历,2028年暂不能用",)
    both = put(folder)
    assert both.calendar.published_through == date(2028, 12, 31)
    twice = put(folder, name="copy.toml")
    assert twice.refused_calendars == ("calendars/copy.toml:2027年已由 2027.toml 给出",)


def test_a_day_another_year_has_settled_is_not_settled_twice(folder):
    early = put(folder, YEAR.replace("rest = [", "rest = [2026-12-31, ").replace("work = [", "work = [2026-12-26, "))
    assert early.refused_calendars == ()
    assert not early.calendar.is_working_day(date(2026, 12, 31))
    later = YEAR.replace("2027-", "2028-").replace("2027", "2028").replace("rest = [", "rest = [2027-12-31, ")
    put(folder, YEAR.replace("2027-02-10", "2027-02-10, 2027-12-31"))
    known = put(folder, later, "2028.toml")
    assert "2027-12-31:这一天在2027年的日历已有安排" in known.refused_calendars[0]
