"""The information processing fee by the piece and by the page, tier by tier."""

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute import fees
from gongkai.statute.fee_records import FeeLine
from gongkai.statute.load import load_law
from gongkai.statute.reading import RefusedRecord
from gongkai.statute.source import LAW_ROOT


@pytest.mark.parametrize(
    ("method", "quantity", "amount"),
    [
        ("piece", 1, 0), ("piece", 10, 0), ("piece", 11, 100), ("piece", 30, 2000), ("piece", 31, 2200),
        ("piece", 40, 4000), ("piece", 41, 4300), ("piece", 45, 5500), ("piece", 50, 7000), ("piece", 51, 7400),
        ("page", 1, 0), ("page", 30, 0), ("page", 31, 10), ("page", 100, 700), ("page", 101, 720),
        ("page", 200, 2700), ("page", 201, 2740), ("page", 250, 4700),
    ],
)  # fmt: skip
def test_the_fee_is_progressive(method, quantity, amount):
    assert fees.amount(method, quantity) == amount


def test_pieces_count_on_from_those_of_the_same_month():
    assert fees.amount("piece", 1, already=10) == 100
    assert fees.amount("piece", 5, already=8) == 300
    assert fees.lines("piece", 3, already=29) == (FeeLine(30, 30, 100), FeeLine(31, 32, 200))
    assert fees.lines("page", 101) == (FeeLine(31, 100, 10), FeeLine(101, 101, 20))


@given(st.sampled_from(["piece", "page"]), st.integers(1, 400), st.integers(0, 400))
def test_the_fee_of_a_part_and_the_rest_is_the_fee_of_the_whole(method, quantity, already):
    before = fees.amount(method, already) if already else 0
    assert before + fees.amount(method, quantity, already=already) == fees.amount(method, already + quantity)


@given(st.integers(1, 400))
def test_each_piece_costs_what_its_own_tier_says(n):
    each = 0 if n <= 10 else 100 if n <= 30 else 100 * ((n - 31) // 10 + 2)
    assert fees.amount("piece", 1, already=n - 1) == each


@pytest.mark.parametrize(("quantity", "already"), [(0, 0), (-1, 0), (1, -1), (1_000_001, 0)])
def test_a_number_that_cannot_be_is_refused(quantity, already):
    with pytest.raises(fees.WrongQuantity):
        fees.amount("piece", quantity, already=already)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("{ quantity = 45, amount = 5500 }", "{ quantity = 45, amount = 5600 }", "45件应为5600元,算得5500元"),
        ("{ upto = 30, each = 100 }", "{ upto = 3, each = 100 }", "依次递增"),
    ],
)
def test_a_tariff_that_does_not_come_to_its_worked_cases_is_refused(tmp_path, old, new, says):
    shutil.copytree(LAW_ROOT, tmp_path / "law")
    path = tmp_path / "law" / "fees.toml"
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(RefusedRecord, match=says):
        load_law(tmp_path / "law")
