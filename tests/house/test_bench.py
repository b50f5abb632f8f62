"""The benchmarks run, print one line of JSON a figure, and leave nothing behind."""

import json
import os
import subprocess
import sys

SMALL = {"DISCLOSURES": "60", "QUERIES": "12", "DUE": "200", "ROWS": "20", "RECORDS": "40"}


def test_each_figure_is_one_line_of_json_with_what_was_measured_and_on_how_many_cores():
    small = {f"GONGKAI_BENCH_{name}": value for name, value in SMALL.items()}
    command = [sys.executable, "-m", "bench", "due", "imports", "report", "search"]
    done = subprocess.run(command, env=os.environ | small, capture_output=True, text=True, check=True)
    figures = [json.loads(line) for line in done.stdout.splitlines()]
    assert {"due.dates", "import.postings", "report.figures", "search.ranked.p50"} <= {f["name"] for f in figures}
    assert all({"name", "value", "unit", "n", "what", "cores"} <= set(figure) for figure in figures)


def test_an_unknown_benchmark_is_wrong_use():
    done = subprocess.run([sys.executable, "-m", "bench", "moon"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "moon" in done.stderr
