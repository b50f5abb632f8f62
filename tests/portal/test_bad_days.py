"""Full disks, cut-off acts, tampered pages: nothing half-done is seen, nothing is lost, everything is named."""

import contextlib
import errno
import os
import time

import pytest
from django.conf import settings
from django.db import connection, transaction

from gongkai.bodies import actions as bodies
from gongkai.journal import outbox, triggers
from gongkai.journal.acts import ActRefused
from gongkai.journal.models import OutboxItem
from gongkai.portal import project, staging
from gongkai.portal.models import PageRecord
from gongkai.portal.rebuild import rebuild
from gongkai.portal.verify import verify
from gongkai.publishing.actions import drafting, release
from gongkai.publishing.models import Disclosure, EditionState, Standing
from gongkai.search import index
from gongkai.web.sweeping import sweep
from tests import make
from tests.portal.world import everything, lies, published, read, school

pytestmark = pytest.mark.django_db


class Killed(Exception):
    """Stand for the end of the process before the commit."""


def clerk(body):
    return make.actor(f"{body.code}-clerk", body)


def waiting_for_signature(body, **facts):
    edition = make.draft(body, **facts)
    return edition, make.carry(make.issue(body, edition), until="signature")


def sign(issue):
    step = issue.review.steps.get(role="signature")
    make.decide_step(issue, step)


def test_a_full_disk_lets_the_whole_act_fail_and_nothing_is_lost(monkeypatch):
    body = school()
    edition, issue = waiting_for_signature(body, title="收费公示")
    before, entries = everything(), index.query("收费").total

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"), transaction.atomic():
            sign(issue)
    edition.refresh_from_db()
    assert edition.state == EditionState.IN_REVIEW
    assert (everything(), index.query("收费").total) == (before, entries)
    assert not PageRecord.objects.filter(subject=f"disclosure/{edition.disclosure_id}").exists()
    sign(issue)
    outbox.drain()
    assert "收费公示" in read(f"/g/shiyan/d/{edition.disclosure.public_id}/")
    assert index.query("收费").total == 1


def test_an_act_killed_between_commit_and_rename_is_finished_by_the_sweep():
    body = school()
    edition, issue = waiting_for_signature(body, title="收费公示")
    sign(issue)
    address = f"/g/shiyan/d/{edition.disclosure.public_id}/"
    assert not lies(address).exists()
    assert OutboxItem.objects.waiting().exists()
    assert sweep(make.AT) == []
    assert "收费公示" in read(address)
    assert "收费公示" in read("/g/shiyan/")
    assert not list(staging.staging().iterdir())


def test_staged_files_lost_before_their_rename_are_made_again():
    body = school()
    edition, issue = waiting_for_signature(body, title="收费公示")
    sign(issue)
    for place in staging.staging().iterdir():
        place.unlink()
    sweep(make.AT)
    assert "收费公示" in read(f"/g/shiyan/d/{edition.disclosure.public_id}/")
    assert verify() == []


def test_a_taking_down_that_was_rolled_back_is_put_right():
    body = school()
    one = published(body, title="收费公示")
    before = everything()
    with contextlib.suppress(Killed), transaction.atomic():
        release.withdraw(one, by=clerk(body), at=make.AT, reason="wrong")
        raise Killed
    assert not lies(f"/g/shiyan/d/{one.public_id}/").exists()
    sweep(make.AT)
    assert everything() == before
    assert Disclosure.objects.get(pk=one.pk).standing == Standing.PUBLISHED


def test_what_a_failed_act_staged_is_cleared_away_later():
    body = school()
    _, issue = waiting_for_signature(body, title="收费公示")
    with contextlib.suppress(Killed), transaction.atomic():
        sign(issue)
        raise Killed
    assert list(staging.staging().iterdir())
    assert project.repair(before=time.time() - 3600) == 0
    assert project.repair(before=time.time() + 1) > 0
    assert not list(staging.staging().iterdir())


def test_a_missing_attachment_stops_the_publication_and_says_so():
    body = school()
    edition = make.draft(body, title="决算")
    held = drafting.attach(edition, by=make.actor("shiyan-editor", body), at=make.AT, name="表.txt", data=b"1")
    issue = make.carry(make.issue(body, edition), until="signature")
    (settings.BLOB_ROOT / held.sha256[:2] / held.sha256).unlink()
    with pytest.raises(ActRefused, match="重新上传"), transaction.atomic():
        sign(issue)


def test_rebuilding_finds_nothing_after_a_year_of_acts():
    body = school()
    first = published(body, title="收费公示", kind="finance")
    wrong = published(body, title="食堂账目", kind="finance")
    published(body, title="食堂账目（整改后）", kind="finance", puts_right=wrong)
    published(body, title="教职工绩效方案", audiences=["STF"])
    release.withdraw(first, by=clerk(body), at=make.AT, reason="wrong")
    release.mark_effect(wrong, by=clerk(body), at=make.AT, effect="repealed", explanation="已有新账目")
    bodies.describe(body, by=make.actor("shiyan-manager", body), at=make.AT, phone="0757-1", name="示范区第一小学")
    outbox.drain()
    assert rebuild() == []
    assert verify() == []
    assert "示范区第一小学" in read(f"/g/shiyan/d/{wrong.public_id}/")


def test_rebuilding_reports_and_removes_every_difference():
    body = school()
    one = published(body, title="收费公示")
    before, address = everything(), f"/g/shiyan/d/{one.public_id}/"
    lies(address).write_text("被换掉的内容", encoding="utf-8")
    lies("/g/shiyan/guide/").unlink()
    lies("/g/shiyan/").with_name("赌博.html").write_text("x", encoding="utf-8")
    found = {difference.path: difference.what for difference in rebuild()}
    assert found == {
        f"g/shiyan/d/{one.public_id}/index.html": "内容不同，已重写",
        "g/shiyan/guide/index.html": "缺少，已补上",
        "g/shiyan/赌博.html": "不是平台写的文件，已删除",
    }
    assert everything() == before


def test_verifying_names_tampered_missing_and_foreign_pages():
    body = school()
    one = published(body, title="收费公示")
    assert verify() == []
    address = f"/g/shiyan/d/{one.public_id}/"
    lies(address).write_text("被换掉的内容", encoding="utf-8")
    lies(f"{address}text.txt").unlink()
    lies(f"{address}x.html").write_text("x", encoding="utf-8")
    assert [(f.where, f.what) for f in verify()] == [
        (f"{address}index.html", "页面被改动过"),
        (f"{address}text.txt", "页面不见了"),
        (f"{address}x.html", "不是平台写的文件"),
    ]


def test_verifying_names_what_was_changed_behind_the_acts():
    body = school()
    one = published(body, title="收费公示", html="<p>五百元</p>")
    one.current.renditions.update(html="<p>八百元</p>")
    assert [f.what for f in verify()] == ["内容与登记的摘要不一致：数据库中的文字、附件或范围被改动过"]


def test_verifying_names_the_first_broken_journal_entry_first():
    body = school()
    one = published(body, title="收费公示")
    lies(f"/g/shiyan/d/{one.public_id}/").unlink()
    triggers.remove()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_journalentry SET person_name = '别人' WHERE seq = 5")
    assert verify()[0].where == "办理留痕第 5 条"
