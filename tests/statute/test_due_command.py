"""`gongkai due` and `gongkai calendars`: the contract others build on."""

import io
import json
import subprocess
import sys

import pytest

from gongkai.cli import main
from gongkai.statute.load import add_calendars_from

ANSWER = ["due", "--regime", "cn-ogi", "--limit", "answer"]
RECEIVED, SENT, CLOSED = "received=2024-09-06", "consultation_sent=2024-09-12", "consultation_closed=2024-09-25"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GONGKAI_DATA", str(tmp_path))
    yield
    add_calendars_from(None)


def asked(capsys, *events, words=ANSWER, code=0):
    options = [part for event in events for part in ("--event", event)]
    assert main([*words, *options, "--json"]) == code
    out = capsys.readouterr()
    return json.loads(out.out) if code == 0 else out.err


def stream(capsys, monkeypatch, *lines, code=0):
    text = b"".join((line if isinstance(line, bytes) else json.dumps(line).encode()) + b"\n" for line in lines)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert main(["due", "--json", "-"]) == code
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def query(*events, limit="answer", regime="cn-ogi", **more):
    return {"regime": regime, "limit": limit, "events": list(events), **more}


def test_the_example_of_the_contract_comes_out_to_the_letter(capsys):
    answer = asked(capsys, RECEIVED, SENT, CLOSED)
    assert (answer["due_on"], answer["provisional"]) == ("2024-10-22", False)
    assert (answer["limit"], answer["cite"], answer["calendar"]) == ("answer", "cn-ogi/33.2", ["2024"])
    assert answer["days"][0] | {"why": "…"} == {"on": "2024-09-09", "counted": True, "n": 1, "why": "…"}
    assert sum(day["counted"] for day in answer["days"]) == 20
    assert (answer["days"][-1]["on"], answer["days"][-1]["n"]) == ("2024-10-22", 20)


def test_with_the_extension_of_the_contract_it_is_the_nineteenth_of_november(capsys):
    assert asked(capsys, RECEIVED, SENT, CLOSED, "extended=2024-10-08:20")["due_on"] == "2024-11-19"


def test_where_a_local_record_is_needed_the_answer_asks_for_it(capsys):
    school = ["due", "--regime", "k12-15", "--limit", "answer"]
    assert asked(capsys, RECEIVED, words=school) == {
        "due_on": None, "provisional": True, "ask": "请先选择本地答复期限"
    }  # fmt: skip
    assert asked(capsys, RECEIVED, words=[*school, "--local", "K-REPLY"])["due_on"] == "2024-09-23"


@pytest.mark.parametrize(
    ("limit", "event", "due_on"),
    [
        ("clarification-notice", RECEIVED, "2024-09-18"),
        ("third-party-opinion", "consultation_delivered=2024-09-13", "2024-10-11"),
        ("joint-author-opinion", "consultation_delivered=2024-09-13", "2024-10-11"),
        ("fee-payment", "fee_notified=2024-10-08", "2024-11-04"),
        ("reconsideration", "served=2024-09-06", "2024-11-05"),
        ("litigation", "served=2024-09-06", "2025-03-06"),
        ("litigation-after-reconsideration", "served=2024-09-20", "2024-10-08"),
        ("proactive", "formed=2024-09-06", "2024-10-11"),
        ("proactive-finance", "approved=2024-02-20", "2024-03-11"),
        ("notice", "posted=2025-04-30", "2025-05-12"),
        ("procurement-result", "decided=2024-09-30", "2024-10-09"),
    ],
)
def test_each_limit_of_the_contract_answers(capsys, limit, event, due_on):
    assert asked(capsys, event, words=["due", "--regime", "cn-ogi", "--limit", limit])["due_on"] == due_on


def test_a_delivery_that_is_not_known_makes_the_third_partys_limit_provisional(capsys):
    answer = asked(capsys, "consultation_sent=2024-09-12", words=[*ANSWER[:4], "third-party-opinion"])
    assert (answer["due_on"], answer["provisional"]) == ("2024-10-10", True)


def test_limits_in_hours_take_and_answer_moments(capsys, monkeypatch):
    event = {"kind": "happened", "at": "2024-09-06T12:30:00Z"}
    (answer,) = stream(capsys, monkeypatch, query(event, limit="event-first-word"))
    assert (answer["due_at"], answer["due_on"]) == ("2024-09-07T01:30:00+08:00", "2024-09-07")
    words = ["due", "--regime", "cn-ogi", "--limit", "event-response"]
    assert asked(capsys, "happened=2024-09-06T20:30", words=words)["due_at"] == "2024-09-08T20:30:00"


def test_one_answer_a_line_and_a_bad_line_does_not_stop_the_rest(capsys, monkeypatch):
    good = query({"kind": "received", "on": "2024-09-06"})
    answers = stream(
        capsys, monkeypatch, good, b"not json", b"\xff", b"[" * 100_000, b"", [], {}, query(), query(7), "x",
        query({"kind": "received", "on": "2024-02-30"}), query({"kind": "received", "on": "20240906"}),
        query({"kind": "received"}), query({"kind": "received", "on": "2024-09-06", "day": 2}),
        query({"kind": "received", "on": "2024-09-06", "days": "20"}),
        query({"kind": "happened", "at": "noon"}),
        query({"kind": "received", "on": "2024-09-06", "at": "2024-09-07T08:00"}),
        {**good, "limit": 5}, {**good, "regime": "x"},
        {**good, "events": "received"}, {**good, "local": 5}, good, code=1,
    )  # fmt: skip
    assert answers[0]["due_on"] == answers[-1]["due_on"] == "2024-10-11"
    assert len(answers) == 22
    assert all(isinstance(answer["error"], str) and answer["error"] for answer in answers[1:-1])


def test_all_good_lines_end_well(capsys, monkeypatch):
    school = query(
        {"kind": "received", "on": "2024-09-06", "days": None, "ref": None}, regime="k12-15", local="K-REPLY"
    )
    waiting = query({"kind": "received", "on": "2024-09-06"}, {"kind": "clarification_sent", "on": "2024-09-12"})
    answers = stream(capsys, monkeypatch, school, waiting)
    assert [a["due_on"] for a in answers] == ["2024-09-23", None]
    (bare,) = stream(capsys, monkeypatch, school | {"days": False})
    assert (bare["due_on"], "days" in bare) == ("2024-09-23", False)
    assert answers[1]["waiting"] == "clarification_sent"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["due"], "用法:gongkai due"),
        (["due", "--help"], "用法:gongkai due"),
        (["due", "--regime"], "--regime 之后要写值"),
        (["due", "--luck"], "没有这个选项:--luck"),
        (["due", "-"], "从标准输入读要写 --json -"),
        ([*ANSWER, "--event", "received"], "事件应写成"),
        ([*ANSWER, "--event", "received=2024-13-01"], "日期应写成"),
        ([*ANSWER, "--event", "received=2024-09-06T99:99"], "时刻应写成"),
        ([*ANSWER, "--event", RECEIVED, "--event", "extended=2024-10-12:20"], "已经过了,不能再延期"),
        (["due", "--regime", "cn-ogi", "--limit", "luck", "--event", RECEIVED], "没有「luck」这种期限"),
        (["due", "--list", "--regime", "cn"], "没有「cn」这种制度"),
        (["calendars", "--all"], "用法:gongkai calendars"),
    ],
)
def test_wrong_use_is_told_on_stderr_with_exit_2(capsys, words, message):
    assert main(words) == 2
    out = capsys.readouterr()
    assert message in out.err
    assert out.out == ""


def test_without_json_the_answer_is_chinese_with_every_day(capsys):
    options = ["--event", RECEIVED, f"--event={SENT}#甲公司", "--event", f"{CLOSED}#甲公司"]
    assert main([*ANSWER, *options]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "到期日 2024年10月22日 星期二"
    assert lines[1].startswith("依据 《政府信息公开条例》第三十三条第二款:")
    assert lines[2] == "20个工作日内,从2024年9月6日的次日起算"
    assert lines[3] == "2024年9月12日之后至2024年9月25日征求意见(甲公司),不计算在内"
    assert lines[-1] == "   20  2024年10月22日 星期二,工作日"


def test_without_a_date_the_words_say_what_is_missing(capsys):
    assert main(["due", "--regime", "k12-15", "--limit", "answer", "--event", RECEIVED]) == 0
    assert capsys.readouterr().out == "没有确定的到期日。\n请先选择本地答复期限\n"
    assert main([*ANSWER, "--event", "received=2026-12-04"]) == 0
    assert capsys.readouterr().out.startswith("到期日 2027年1月1日 星期五(暂定)\n")


def test_the_list_names_limits_and_the_local_records_to_choose(capsys):
    assert main(["due", "--list", "--regime", "k12-15"]) == 0
    listed = capsys.readouterr().out
    assert "K-REPLY " in listed
    assert "[--local K-REPLY:杭州市西湖区]" in listed
    assert "G-REPLY " not in listed


def test_an_added_calendar_counts_here_too_and_a_bad_one_is_named(capsys, tmp_path):
    folder = tmp_path / "calendars"
    folder.mkdir()
    days = ", ".join(f"2027-01-0{n}" for n in range(4, 9))
    year = f'year = 2027\ncite = "holiday-2027"\nconfidence = "web"\nrest = [{days}]\nwork = []\n'
    (folder / "2027.toml").write_text(year, encoding="utf-8")
    answer = asked(capsys, "received=2026-12-04")
    assert (answer["due_on"], answer["provisional"]) == ("2027-01-01", False)
    assert main(["calendars"]) == 0
    assert "2027年  休息 5 天,调休上班 0 天" in capsys.readouterr().out
    (folder / "2028.toml").write_text("year = 2028", encoding="utf-8")
    assert main(["calendars", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["refused"] == ["calendars/2028.toml:缺少字段 cite"]
    assert main(["calendars"]) == 1
    assert "没有采用:calendars/2028.toml:缺少字段 cite" in capsys.readouterr().out
    other = tmp_path / "other"
    other.mkdir()
    assert main(["calendars", str(other)]) == 0
    assert "2027年" not in capsys.readouterr().out


def test_a_reader_who_stops_reading_is_no_error():
    command = f"{sys.executable} -m gongkai.cli due --list | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=True)  # noqa: S607
    assert done.stderr == b""
