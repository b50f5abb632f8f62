"""Time classes written as data and read out in Chinese."""

import pytest

from gongkai.statute import law
from gongkai.statute.catalogues import item
from gongkai.statute.reading import RefusedRecord
from gongkai.statute.times import as_data, describe, from_data

WORDS = [
    ("K12-02", ["长期公开"]),
    ("K12-01", ["长期公开", "即时公开(形成或变更后20个工作日内)"]),
    ("K12-05", ["长期公开", "定期公开(每学期开学前)"]),
    ("K12-04", ["定期公开(每年招生季)", "即时公开(形成或变更后20个工作日内)"]),
    ("K12-09", ["定期公开(每月或每学期或每年,由本单位选定)"]),
    ("SD-05", ["定期公开(周期由本单位选定)"]),
    ("K12-07", ["即时公开(公示不少于5个工作日)"]),
    ("K12-08", ["即时公开(形成或变更后20个工作日内)", "分期公开(事前、事中、事后)"]),
    ("HE-06", ["定期公开(每年10月31日前)"]),
    ("HE-21", ["长期公开", "即时公开(变更后20个工作日内)"]),
    ("G20-12", ["即时公开"]),
    ("G20-07", ["定期公开(批复后20日内)"]),
    ("G20-09", ["即时公开(确定后2个工作日内)"]),
    ("P4-18", ["即时公开(发生后5小时内)", "即时公开(发生后24小时内)", "即时公开(发生后48小时内)"]),
    ("P6-11", ["即时公开(教代会通过后20个工作日内)"]),
    ("P7-B3", ["定期公开(教代会闭会后20个工作日内)"]),
    ("PTY-03", ["定期公开(每季度)", "定期公开(每月微调)"]),
]


@pytest.mark.parametrize(("code", "words"), WORDS)
def test_a_time_class_is_read_out_in_chinese(code, words):
    one = item(code)
    assert [describe(time, regime=one.regime) for time in one.times] == words


def test_the_limit_a_body_has_chosen_is_the_one_read_out():
    time = item("K12-01").times[1]
    assert describe(time, regime="k12-15", chosen="K-ACT-30") == "即时公开(形成或变更后30日内)"


def test_every_time_class_survives_being_written_as_data():
    for one in law().items.values():
        assert tuple(from_data(as_data(time)) for time in one.times) == one.times
    assert as_data(item("K12-08").times[1]) == {"class": "STG", "stages": ["before", "during", "after"]}


def test_data_that_is_no_time_class_is_refused():
    with pytest.raises(RefusedRecord, match="不认识的字段 every_day"):
        from_data({"class": "REG", "every_day": True})
