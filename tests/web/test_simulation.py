"""The simulated year: it balances, and its watch finds what is wrong."""

import json
from datetime import date
from random import Random

import pytest

from gongkai.web.commands import simulate as command
from gongkai.web.simulation.account import Account, Fought, Lived, added
from gongkai.web.simulation.daycount import Facts, LetterOut, after, reply_due
from gongkai.web.simulation.watching import Watch
from tests import make


@pytest.mark.django_db
def test_a_small_year_balances_without_violation(capsys):
    assert command.main(["--cases", "14", "--year", "2025", "--seed", "5", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    rows = answer["tables"]["requests"]
    assert answer["violations"] == []
    assert answer["cases"] >= 14
    assert rows["R1"]["tot"] + rows["R2"]["tot"] == rows["R3.7"]["tot"] + rows["R4"]["tot"]
    assert list(rows["R1"]) == ["np", "biz", "res", "ngo", "law", "oth", "tot"]
    assert list(answer["tables"]["remedies"]["reconsideration"]) == ["upheld", "corrected", "other", "pending", "total"]
    assert command.main(["--cases", "1"]) == 2
    assert "空的临时库" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_date_that_was_tampered_with_and_a_step_that_skips_the_table_are_found():
    body = make.school("jyj", kind="edu_bureau", name="示例区教育局", opened_on=date(2024, 1, 1))
    case = make.request(body)
    watch, facts = Watch(), Facts(need=20, pauses=True, begun=date(2026, 9, 1))
    watch.dated(case, facts)
    watch.tempted(case, Random(1))  # noqa: S311
    assert watch.violations == []
    case.due_on = date(2026, 10, 1)
    watch.dated(case, facts)
    watch.moved(case, "serve", "received")
    watch.ended(case, "disclosed", date(2026, 9, 9))
    assert len(watch.violations) == 3
    assert watch.violations[1].endswith("serve from received")


def test_wrong_numbers_are_wrong_use(capsys):
    assert command.main(["--cases", "0"]) == 2
    assert command.main(["--year", "1999"]) == 2
    assert "年度" in capsys.readouterr().err


def test_the_day_by_day_count_gives_the_days_of_the_worked_example():
    facts = Facts(need=20, pauses=True, begun=date(2024, 9, 6))
    facts.letters.append(LetterOut(date(2024, 9, 12), date(2024, 9, 12), date(2024, 9, 25)))
    assert reply_due(facts) == date(2024, 10, 22)
    facts.prolonged = 20
    assert reply_due(facts) == date(2024, 11, 19)
    facts.waiting = True
    assert reply_due(facts) is None
    assert after(date(2024, 9, 30), 1) == date(2024, 10, 8)


def test_an_account_counts_a_case_where_it_was_answered_and_carries_it_until_then():
    account = Account()
    account.cases[1] = Lived(1, "np", date(2024, 12, 20), "disclosed", date(2025, 1, 6))
    account.cases[2] = Lived(2, "biz", date(2025, 12, 20), "not_held", date(2026, 1, 6))
    account.cases[3] = Lived(3, "np", None)
    account.remedies.append(Fought("reconsideration", date(2024, 12, 1), "upheld", date(2025, 2, 1)))
    account.remedies.append(Fought("litigation_direct", date(2025, 12, 1)))
    tables = account.tables(2025)
    told = {row: cells["tot"] for row, cells in tables["requests"].items() if cells["tot"]}
    assert told == {"R1": 1, "R2": 1, "R3.1": 1, "R3.7": 1, "R4": 1}
    assert account.tables(2024)["requests"]["R4"]["np"] == 1
    assert tables["remedies"]["reconsideration"]["upheld"] == 1
    assert tables["remedies"]["litigation_direct"]["pending"] == 1
    assert added([tables, tables])["requests"]["R4"]["tot"] == 2
