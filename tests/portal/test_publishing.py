import json

import pytest
from django.conf import settings

from gongkai.catalogue import actions as catalogue
from gongkai.catalogue.models import CatalogueItem
from gongkai.documents.blobs import BlobStore
from gongkai.journal import outbox
from gongkai.journal.models import JournalEntry
from gongkai.portal import project
from gongkai.portal.rebuild import rebuild
from gongkai.publishing.actions import drafting, release
from gongkai.publishing.models import Disclosure
from tests import make
from tests.portal.world import data, everything, lies, published, read, school

pytestmark = pytest.mark.django_db


def clerk(body):
    return make.actor(f"{body.code}-clerk", body)


def test_a_published_disclosure_stands_on_its_page_lists_feed_and_maps():
    body = school()
    one = published(body, title="2026年秋季学期收费公示", kind="finance", html="<p>住宿费每学期 <b>500</b> 元。</p>")
    address = f"/g/shiyan/d/{one.public_id}/"
    page = read(address)
    assert "<strong>500</strong>" in page
    for words in ("12440600MB2C0000XX/2026-00001", "示范区实验小学", "2026年9月1日", "教务处", "财务", "有效"):
        assert words in page
    for place in ("/g/shiyan/", "/g/shiyan/new/", "/g/shiyan/kind/finance/", "/g/shiyan/feed.xml", "/", "/sitemap.xml"):
        assert ("2026年秋季学期收费公示" in read(place)) == (place != "/sitemap.xml")
    assert f"{address}" in read("/g/shiyan/sitemap.xml")
    assert data(address)["index_number"] == "12440600MB2C0000XX/2026-00001"
    assert read(f"{address}text.txt").startswith("2026年秋季学期收费公示\n\n索引号：12440600MB2C0000XX/2026-00001\n")
    assert read(f"{address}qr.svg").startswith("<svg")
    assert "<header" not in read(f"{address}print.html")


def test_the_item_list_and_the_catalogue_show_the_latest_disclosure():
    body = school()
    item = CatalogueItem.objects.filter(body=body, code="K12-05").get()
    assert "尚未公开，应于" in read("/g/shiyan/catalogue/")
    published(body, title="收费项目和标准", kind="finance", items=[item])
    assert "收费项目和标准" in read("/g/shiyan/item/K12-05/")
    assert "收费项目和标准" in read("/g/shiyan/catalogue/")
    assert "收费项目和标准" in read("/g/shiyan/catalogue/table/")


def test_attachments_are_written_under_names_that_can_be_downloaded():
    body = school()
    edition = make.draft(body, title="部门决算")
    for name in ("2026年 决算|总表.txt", "2026年 决算_总表.txt"):
        drafting.attach(edition, by=make.actor("shiyan-editor", body), at=make.AT, name=name, data="甲".encode())
    make.carry(make.issue(body, edition))
    outbox.drain()
    address = f"/g/shiyan/d/{edition.disclosure.public_id}/"
    assert lies(f"{address}files/2026年 决算_总表.txt").read_bytes() == "甲".encode()
    assert lies(f"{address}files/2026年 决算_总表(2).txt").is_file()
    assert "纯文本" in read(address)


def test_a_withdrawn_disclosure_leaves_a_page_without_its_title():
    body = school()
    one = published(body, title="误公开的名单", html="<p>张三的情况</p>")
    address = f"/g/shiyan/d/{one.public_id}/"
    release.withdraw(one, by=clerk(body), at=make.AT, reason="personal", why="家长来电")
    outbox.drain()
    assert sorted(p.name for p in lies(address).parent.iterdir()) == ["410.html"]
    left = read(f"{address}410.html")
    assert "12440600MB2C0000XX/2026-00001" in left
    assert "含有不应公开的个人信息" in left
    for path, content in everything().items():
        assert "误公开的名单".encode() not in content, path
        assert "家长来电".encode() not in content, path
        assert one.public_id.encode() not in content, path


def test_a_withdrawn_disclosure_is_gone_before_the_transaction_ends():
    body = school()
    one = published(body, title="误公开的名单")
    release.withdraw(one, by=clerk(body), at=make.AT, reason="personal")
    assert not any("误公开的名单".encode() in content for content in everything().values())


def test_an_ended_notice_is_taken_down_and_its_list_entries_with_it():
    body = school()
    last = make.AT.date().replace(day=20)
    one = published(body, title="岗位聘任公示", kind="notice", notice_last_on=last)
    assert "公示到 2026年9月20日" in read("/g/shiyan/")
    page = lies(f"/g/shiyan/d/{one.public_id}/").read_bytes()
    release.end_notice(one, by=clerk(body), at=make.AT.replace(day=21))
    outbox.drain()
    assert not any("岗位聘任公示".encode() in content for content in everything().values())
    assert "2026年9月20日 期满" in read(f"/g/shiyan/d/{one.public_id}/410.html")
    entry = json.loads(JournalEntry.objects.get(act="notice.ended").text)
    assert BlobStore(settings.BLOB_ROOT).get(entry["details"]["page_kept"]) == page


def test_the_catalogue_follows_what_is_met_elsewhere():
    body = school()
    item = CatalogueItem.objects.filter(body=body, code="K12-05").get()
    before = read("/g/shiyan/catalogue/")
    catalogue.meet(item, by=clerk(body), at=make.AT, on=make.AT.date(), by_subject="posting/1")
    outbox.drain()
    assert read("/g/shiyan/catalogue/") != before
    assert rebuild() == []


def test_what_staff_alone_may_read_is_not_on_the_site():
    body = school()
    one = published(body, title="教职工绩效方案", audiences=["STF"])
    assert not any("教职工绩效方案".encode() in content for content in everything().values())
    assert not lies(f"/g/shiyan/d/{one.public_id}/").parent.exists()


def test_marking_a_document_repealed_says_so_on_its_page():
    body = school()
    one = published(body, title="旧办法", kind="document")
    release.mark_effect(one, by=clerk(body), at=make.AT, effect="repealed", explanation="由示小〔2026〕9号文废止")
    outbox.drain()
    assert "这份文件已经废止，只供查阅。由示小〔2026〕9号文废止" in read(f"/g/shiyan/d/{one.public_id}/")
    assert "已经失效或废止" in read("/g/shiyan/rules/")


def test_a_rectification_and_what_it_puts_right_link_to_each_other():
    body = school()
    wrong = published(body, title="食堂账目")
    right = published(body, title="食堂账目（整改后）", puts_right=wrong)
    assert "食堂账目（整改后）" in read(f"/g/shiyan/d/{wrong.public_id}/")
    assert "本条是对这条信息的整改结果" in read(f"/g/shiyan/d/{right.public_id}/")
    release.withdraw(right, by=clerk(body), at=make.AT, reason="wrong")
    outbox.drain()
    assert "整改后" not in read(f"/g/shiyan/d/{wrong.public_id}/")


def test_publishing_twice_changes_nothing():
    body = school()
    one = published(body, title="收费公示")
    before = everything()
    project.release_edition({"edition": one.current_id})
    project.refresh([("edition.published", {"edition": one.current_id})])
    assert everything() == before


def test_old_pages_of_a_list_stay_as_they_are():
    body = school()
    make.carry(make.issue(body, *(make.draft(body, title=f"动态{n}号") for n in range(40))))
    outbox.drain()
    published(body, title="动态40号")
    first = read("/g/shiyan/new/p/1/")
    assert "动态0号" in first
    assert "动态19号" in first
    assert "动态20号" not in first
    assert "动态40号" in read("/g/shiyan/new/")
    assert "共 41 条" in read("/g/shiyan/new/")
    published(body, title="动态最新号")
    assert read("/g/shiyan/new/p/1/") == first
    one = Disclosure.objects.get(current__title="动态0号")
    for gone in (
        one,
        Disclosure.objects.get(current__title="动态1号"),
        Disclosure.objects.get(current__title="动态2号"),
    ):
        release.withdraw(gone, by=clerk(body), at=make.AT, reason="wrong")
    outbox.drain()
    assert not lies("/g/shiyan/new/p/1/").exists()
    assert "动态3号" in read("/g/shiyan/new/")


def test_nothing_written_can_run_as_a_script():
    body = school(name="示范<script>小学")
    published(body, title="<script>alert(1)</script>", document_number='"><img src=x onerror=a>',
              html="<p onclick=x>好<script>alert(2)</script></p>", reprinted_from="<b>x</b>")  # fmt: skip
    for path, content in everything().items():
        if path.endswith((".html", ".xml")):
            assert b"<script>alert" not in content, path
            assert b"onerror=a>" not in content.replace(b"onerror=a&gt;", b""), path
            assert "示范<script>".encode() not in content, path
