"""A published report: every figure opens to what it counts, and what is withdrawn later shows no title there either."""

from datetime import date

import pytest

from gongkai.access.models import AccessSettings
from gongkai.journal import outbox
from gongkai.portal.rebuild import rebuild
from gongkai.publishing.actions import release
from gongkai.reporting.actions import passage, writing
from gongkai.reporting.freezing import figures_of
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


def test_the_statutory_tables_stand_on_the_public_page_and_their_cells_open_to_numbers_only():
    body = school()
    make.chains(body)
    AccessSettings.objects.create(body=body, kept_from=date(2026, 1, 1))
    case = make.request(body, name="李小明", title="食堂采购合同", identity="public", kind="biz")
    clerk = make.actor("shiyan-clerk", body)
    days = {"year": 2026, "start": date(2026, 1, 1), "end": date(2026, 12, 31)}
    report = writing.open_report(body, by=clerk, at=make.AT, family="cn-ogi-2021", **days)
    stated = {f.code: 0 for f in figures_of(report).values() if f.stated}
    writing.state_table(report, by=clerk, at=make.AT, values=stated, source="台账")
    for section in report.sections.all():
        writing.write_section(report, by=clerk, at=make.AT, code=section.code, text="已补充。")
    carry(passage.submit(writing.freeze(report, by=clerk, at=make.AT), by=clerk, at=make.AT))
    outbox.drain()
    root = "/g/shiyan/reports/2026-cn-ogi-2021/"
    page = read(root)
    assert f'href="{root}requests.R1.biz/"' in page
    assert "第一项加第二项之和，等于第三项加第四项之和" in page
    members = read(f"{root}requests.R1.tot/")
    assert f"第{case.number}号申请" in members
    assert not any(word.encode() in content for content in everything().values() for word in ("李小明", "食堂采购"))
    assert rebuild() == []
