"""A calendar file put into the data folder is taken up by the running site and by the sweep."""

from datetime import date

import pytest
from django.urls import reverse

from gongkai.statute import law
from gongkai.statute.load import add_calendars_from
from gongkai.web import calendars

YEAR = """year = 2027
cite = "holiday-2027"
confidence = "web"
rest = [2027-01-01, 2027-01-04, 2027-01-05, 2027-02-08]
work = []
"""


@pytest.fixture
def folder(settings):
    found = calendars.folder()
    found.mkdir(parents=True)
    calendars.point()
    yield found
    add_calendars_from(None)


def test_the_site_counts_by_a_new_year_without_a_restart(client, folder, monkeypatch):
    monkeypatch.setattr(calendars, "SECONDS", 0)
    asked = {"limit": "answer", "received": "2026-12-04"}
    assert "暂定" in client.get(reverse("limit_calculator"), asked).content.decode()
    (folder / "2027.toml").write_text(YEAR, encoding="utf-8")
    answered = client.get(reverse("limit_calculator"), asked).content.decode()
    assert "答复申请：2027年1月6日（周三）到期" in answered
    assert "暂定" not in answered


def test_the_sweep_takes_it_up_and_logs_what_it_leaves_out(folder, at, caplog):
    law()
    (folder / "2027.toml").write_text(YEAR, encoding="utf-8")
    (folder / "2028.toml").write_text("year = 2028", encoding="utf-8")
    assert calendars.renew(at) == 1
    assert calendars.renew(at) == 0
    assert law().calendar.published_through == date(2027, 12, 31)
    assert [record.getMessage() for record in caplog.records] == [
        "calendar left out: calendars/2028.toml:缺少字段 cite"
    ]
