"""A published report: every figure opens to what it counts, and what is withdrawn later shows no title there either."""

from datetime import date

import pytest

from gongkai.journal import outbox
from gongkai.portal.rebuild import rebuild
from gongkai.publishing.actions import release
from gongkai.reporting.actions import passage, writing
from tests import make
from tests.portal.world import everything, lies, published, read, school
from tests.reporting.test_passage import carry, complete

pytestmark = pytest.mark.django_db
ROOT = "/g/shiyan/reports/2026-k12/"


def publish_report(body):
    clerk = make.actor("shiyan-clerk", body)
    report = writing.open_report(body, by=clerk, at=make.AT, year=2026, start=date(2026, 1, 1), end=date(2026, 12, 31))
    complete(report, clerk)
    report = passage.submit(writing.freeze(report, by=clerk, at=make.AT), by=clerk, at=make.AT)
    carry(report)
    outbox.drain()
    return report


def test_every_figure_of_a_published_report_opens_to_its_members():
    body = school()
    one = published(body, title="校园一周动态")
    published(body, title="收费公示", kind="finance")
    report = publish_report(body)
    assert report.title in read("/g/shiyan/reports/")
    page = read(ROOT)
    assert f'href="{ROOT}proactive.total/"' in page
    assert "的正文。" in page
    members = read(f"{ROOT}proactive.total/")
    assert "校园一周动态" in members
    assert f"/g/shiyan/d/{one.public_id}/" in members
    assert lies(f"{ROOT}files/report.pdf").read_bytes().startswith(b"%PDF")
    assert lies(f"{ROOT}files/report.docx").read_bytes().startswith(b"PK")
    assert rebuild() == []


def test_a_withdrawn_member_stays_counted_without_its_title():
    body = school()
    one = published(body, title="误公开的名单")
    publish_report(body)
    release.withdraw(one, by=make.actor("shiyan-clerk", body), at=make.AT, reason="personal")
    outbox.drain()
    assert "已撤回" in read(f"{ROOT}proactive.total/")
    assert not any("误公开的名单".encode() in content for content in everything().values())
    assert rebuild() == []
