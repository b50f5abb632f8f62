"""The pages of drafting: what they show, to whom they are open, what they never lose."""

from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.journal.acts import ACTS, ActRefused
from gongkai.journal.models import JournalEntry
from gongkai.publishing import gate
from gongkai.publishing.actions import drafting, findings
from gongkai.publishing.models import Disclosure, Edition, EditionState, Issue, Standing
from gongkai.publishing.timeline import NAMES
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    made = make.school()
    make.chains(made)
    return made


def at(edition, page="edit"):
    return f"/b/shiyan/publishing/editions/{edition.pk}/{page}/"


def test_a_clerk_drafts_from_nothing_and_submits_in_four_requests(school, as_):
    client = as_("shiyan-clerk")
    answer = client.post("/b/shiyan/publishing/new/")
    edition = Edition.objects.get()
    assert answer.url == at(edition)
    answer = client.post(at(edition), make.typed(edition, title="食堂账目", html="<p>九月收支</p>", act="send"))
    assert answer.url == at(edition, "send")
    assert "shiyan-office" in client.get(answer.url).content.decode()
    answer = client.post(answer.url, {"act": "short"})
    edition.refresh_from_db()
    assert edition.state == EditionState.IN_REVIEW
    assert "送审" in client.get(answer.url).content.decode()


def test_an_item_fills_in_owner_audiences_and_channels(school, as_):
    department = school.departments.get(name="教务处")
    item = school.catalogue_items.create(
        code="K07", name="学校食堂账目", owner=department, audiences=["PAR", "STF"], channels=["site", "board"],
        adopted_on=make.AT.date(),
    )  # fmt: skip
    as_("shiyan-clerk").post("/b/shiyan/publishing/new/", {"item": item.pk})
    edition = Edition.objects.get()
    assert edition.title == "学校食堂账目"
    assert edition.department == department
    assert edition.renditions.get().audiences == ["PAR", "STF"]
    assert edition.channels == ["site", "board"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_text_file_in_any_usual_encoding_becomes_a_draft(school, as_, tmp_path, encoding):
    path = tmp_path / "校务公开工作总结.txt"
    path.write_bytes("校务公开工作总结\n本学期共公开二十条,收费公示张贴在校门口。".encode(encoding))
    with path.open("rb") as file:
        as_("shiyan-editor").post("/b/shiyan/publishing/new/file/", {"file": file})
    edition = Edition.objects.get()
    assert edition.title == "校务公开工作总结"
    assert "收费公示张贴在校门口" in edition.renditions.get().text


def test_a_collection_is_shown_first_and_its_identical_member_is_left_out(school, as_, tmp_path):
    one = (
        "为推进校务公开,现制定本方案,各处室要按照职责分工认真落实,"
        "定期在公开栏张贴并接受全体教职工和家长监督，学期末汇总上报。"
    )
    other = one.replace("校务", "园务").replace("家长", "社会")
    texts = [
        ("第一小学校务公开实施方案", one),
        ("第二幼儿园园务公开实施方案", other),
        ("第三小学校务公开实施方案", one),
    ]
    path = tmp_path / "方案汇总3篇.txt"
    path.write_text("\n".join(f"{title}\n{text}" for title, text in texts), encoding="utf-8")
    client = as_("shiyan-editor")
    with path.open("rb") as file:
        page = client.post("/b/shiyan/publishing/new/file/", {"file": file})
    shown = page.content.decode()
    assert "文件里有 3 篇" in shown
    assert "与第 1 篇内容完全相同" in shown
    token = page.context["found"].token
    client.post("/b/shiyan/publishing/new/collection/", {"token": token, "part": ["0", "1"], "title-1": "改过的标题"})
    assert set(Edition.objects.values_list("title", flat=True)) == {"第一小学校务公开实施方案", "改过的标题"}


def test_a_file_that_cannot_be_taken_is_explained_beside_the_field(school, as_, tmp_path):
    path = tmp_path / "程序.exe"
    path.write_bytes(b"MZ" + b"\0" * 300)
    with path.open("rb") as file:
        page = as_("shiyan-editor").post("/b/shiyan/publishing/new/file/", {"file": file})
    assert page.context["form"].errors["file"]
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("title", "长" * 10_000, "最长 200 个字，现在有 10000 个字"),
        ("formed_on", "2026年2月30日", "2026年2月没有30日"),
        ("formed_on", "2026-13-01", "没有13月"),
        ("notice_last_on", "下周五", "看不懂这个日期"),
        ("audiences", [], "请选择公开范围"),
    ],
)
def test_bad_input_is_named_and_everything_typed_is_still_there(school, as_, field, value, says):
    edition = make.draft(school)
    page = as_("shiyan-editor").post(at(edition), make.typed(edition, html="<p>写了很久的正文</p>", **{field: value}))
    shown = page.content.decode()
    assert says in shown
    assert "写了很久的正文" in shown
    edition.refresh_from_db()
    assert edition.version == 1


def test_a_stale_form_keeps_the_writers_text_and_shows_both(school, as_):
    edition = make.draft(school)
    before = make.typed(edition, html="<p>我的改动在这里</p>")
    drafting.save(edition, by=make.actor("shiyan-dean", school), at=timezone.now(), version=1, html="<p>负责人写的</p>")
    client = as_("shiyan-editor")
    page = client.post(at(edition), before)
    assert page.status_code == 409
    shown = page.content.decode()
    assert "shiyan-dean已于" in shown
    assert "我的改动在这里" in shown
    again = client.post(at(edition), {**before, "version": page.context["form"].data["version"]})
    assert again.status_code == 302
    assert edition.renditions.get().text == "我的改动在这里"


def test_autosave_answers_the_next_version_and_who_was_quicker(school, as_):
    edition = make.draft(school)
    client = as_("shiyan-editor")
    first = client.post(at(edition, "autosave"), make.typed(edition, title="自动保存的标题"))
    assert first.json() == {"fields": {"version": "2"}}
    second = client.post(at(edition, "autosave"), make.typed(edition, title="另一个窗口"))
    assert second.status_code == 409
    assert "保存了这份草稿" in second.json()["message"]
    assert client.post(at(edition, "autosave"), make.typed(edition, title="")).status_code == 400


def test_who_saved_a_moment_ago_is_named(school, as_):
    edition = make.draft(school)
    dean = make.actor("shiyan-dean", school)
    drafting.save(edition, by=dean, at=timezone.now() - timedelta(seconds=40), version=1, title="改")
    assert "可能正在编辑这份草稿" in as_("shiyan-editor").get(at(edition)).content.decode()


def test_what_an_edit_undoes_is_shown_and_must_be_accepted(school, as_):
    edition = make.draft(school, title="制度", kind="document")
    make.carry(make.issue(school, edition), until="leading")
    edition.refresh_from_db()
    client = as_("shiyan-editor")
    shown = client.get(at(edition)).content.decode()
    assert "保存改动会使以下决定失效" in shown
    assert "保密审查：shiyan-secrecy" in shown
    changed = make.typed(edition, html="<p>改了正文</p>")
    refused = client.post(at(edition), changed)
    assert "勾选" in refused.content.decode()
    assert "改了正文" in refused.content.decode()
    client.post(at(edition), {**changed, "undo": "1"})
    assert edition.renditions.get().text == "改了正文"


def test_autosave_never_touches_what_is_under_review(school, as_):
    edition = make.draft(school, kind="document")
    make.issue(school, edition)
    assert as_("shiyan-editor").post(at(edition, "autosave"), make.typed(edition, title="改")).status_code == 400


def test_files_are_attached_with_the_text_saved_in_the_same_step(school, as_, tmp_path):
    edition = make.draft(school)
    first = edition.renditions.get()
    path = tmp_path / "名单.csv"
    path.write_text("姓名,手机\n王某,13912345678\n", encoding="utf-8")
    client = as_("shiyan-editor")
    with path.open("rb") as file:
        data = make.typed(edition, html="<p>名单见附件</p>", act=f"attach:{first.pk}")
        client.post(at(edition), {**data, f"files{first.pk}": file})
    assert first.attachments.get().name == "名单.csv"
    shown = client.get(at(edition)).content.decode()
    assert "139****5678" in shown
    assert "13912345678" not in shown


def test_an_author_sees_findings_but_another_person_justifies_them(school, as_):
    edition = make.draft(school, html="<p>手机13912345678</p>")
    finding = edition.findings.get()
    page = f"/b/shiyan/publishing/findings/{finding.pk}/justify/"
    assert as_("shiyan-editor").post(page, {"why": "本人同意公开"}).status_code == 403
    as_("shiyan-secrecy").post(page, {"why": "本人同意公开"})
    finding.refresh_from_db()
    assert finding.cleared_why == "本人同意公开"


def test_a_cleared_finding_is_opened_again_with_a_reason_and_blocks_again(school, as_):
    edition = make.draft(school, html="<p>手机13912345678</p>")
    finding = edition.findings.get()
    findings.justify(finding, by=make.actor("shiyan-dean", school), at=make.AT, why="本人同意公开")
    page, again = (
        f"/b/shiyan/publishing/{end}" for end in (f"editions/{edition.pk}/findings/", f"findings/{finding.pk}/reopen/")
    )
    assert "重新打开" not in as_("shiyan-dean").get(page).content.decode()
    assert as_("shiyan-dean").post(again, {"why": "本人说没有同意"}).status_code == 403
    assert "重新打开" in as_("shiyan-secrecy").get(page).content.decode()
    as_("shiyan-secrecy").post(again, {"why": ""})
    assert gate.blocking(edition) == []
    as_("shiyan-secrecy").post(again, {"why": "本人说没有同意"})
    assert [one.pk for one in gate.blocking(Edition.objects.get(pk=edition.pk))] == [finding.pk]
    assert "重新打开：本人说没有同意" in as_("shiyan-clerk").get(page).content.decode()
    assert "不用重新打开" in as_("shiyan-clerk").post(again, {"why": "再来一次"}, follow=True).content.decode()


def test_a_finding_reopened_after_the_secrecy_review_stops_the_signature(school, as_):
    edition = make.draft(school, html="<p>手机13912345678</p>")
    finding = edition.findings.get()
    findings.justify(finding, by=make.actor("shiyan-dean", school), at=make.AT, why="本人同意公开")
    issue = make.carry(make.issue(school, edition), until="signature")
    findings.reopen(finding, by=make.actor("shiyan-secrecy", school), at=make.AT, why="本人说没有同意")
    with pytest.raises(ActRefused, match="不能向社会公开"):
        make.carry(issue)
    edition.refresh_from_db()
    assert edition.state == EditionState.IN_REVIEW


def test_what_everybody_reads_already_is_withdrawn_not_reopened(school):
    edition = make.draft(school, html="<p>手机13912345678</p>")
    finding = edition.findings.get()
    findings.justify(finding, by=make.actor("shiyan-dean", school), at=make.AT, why="本人同意公开")
    make.carry(make.issue(school, edition))
    with pytest.raises(ActRefused, match="请撤回或修订"):
        findings.reopen(finding, by=make.actor("shiyan-secrecy", school), at=make.AT, why="本人说没有同意")


def test_an_issue_is_gathered_ordered_and_submitted_on_its_page(school, as_):
    first, second = (make.draft(school, title=title) for title in ("甲", "乙"))
    client = as_("shiyan-clerk")
    client.post("/b/shiyan/publishing/issues/", {"title": "九月校务公开", "route": "full"})
    issue = Issue.objects.get()
    page = f"/b/shiyan/publishing/issues/{issue.pk}/"
    client.post(page, {"act": "add", "edition": [first.pk, second.pk]})
    client.post(page, {"act": f"down:{first.pk}"})
    assert [entry.edition.title for entry in issue.entries.all()] == ["乙", "甲"]
    assert "shiyan-dean" in client.get(page).content.decode()
    client.post(page, {"act": "submit"})
    issue.refresh_from_db()
    assert issue.state == "in_review"
    assert client.get(page).status_code == 200


def test_the_list_filters_by_state_and_words(school, as_):
    make.published(school, title="食堂账目")
    make.draft(school, title="招生公告")
    client = as_("shiyan-clerk")
    everything = client.get("/b/shiyan/publishing/").content.decode()
    assert "食堂账目" in everything
    assert "招生公告" in everything
    drafts = client.get("/b/shiyan/publishing/?state=draft").content.decode()
    assert "食堂账目" not in drafts
    assert "没有符合条件的信息" in client.get("/b/shiyan/publishing/?q=不存在").content.decode()


def test_withdrawing_asks_for_a_reason_and_says_what_follows(school, as_):
    disclosure = make.published(school).disclosure
    client = as_("shiyan-secrecy")
    page = f"/b/shiyan/publishing/{disclosure.pk}/withdraw/"
    assert "原网址只留索引号" in client.get(page).content.decode()
    assert client.post(page, {}).status_code == 200
    client.post(page, {"reason": "personal", "why": "名单里有学号"})
    disclosure.refresh_from_db()
    assert disclosure.standing == Standing.WITHDRAWN
    shown = client.get(f"/b/shiyan/publishing/{disclosure.pk}/").content.decode()
    assert "含有不应公开的个人信息" in shown


def test_the_page_of_a_disclosure_tells_its_history_in_plain_words(school, as_):
    edition = make.published(school)
    shown = as_("shiyan-clerk").get(f"/b/shiyan/publishing/{edition.disclosure_id}/").content.decode()
    for words in ("送审", "保密审查：同意", "索引号"):
        assert words in shown


def test_a_revision_shows_its_difference(school, as_):
    edition = make.published(school)
    client = as_("shiyan-clerk")
    answer = client.post(f"/b/shiyan/publishing/{edition.disclosure_id}/revise/", {"reason": "更正数字"})
    new = Edition.objects.get(number=2)
    assert answer.url == at(new)
    client.post(at(new), make.typed(new, html="<p>更正后的正文</p>", change_note="更正数字"))
    shown = client.get(at(new)[:-5]).content.decode()
    assert "<ins>" in shown
    assert "公开的修改说明：更正数字" in shown


def test_another_bodys_things_do_not_exist(school, as_):
    other = make.school("erzhong", name="第二中学", kind="middle")
    edition = make.draft(other)
    client = as_("shiyan-clerk")
    for page in ("edit", "autosave", "send", "findings", "preview", "discard"):
        assert client.post(at(edition, page), {}).status_code in (404, 405)
        assert client.get(at(edition, page)).status_code in (404, 405)
    assert client.get(f"/b/shiyan/publishing/{edition.disclosure_id}/").status_code == 404
    assert client.get("/b/erzhong/publishing/").status_code == 404


def test_who_may_not_write_reads_and_is_told_why_on_writing(school, as_):
    edition = make.draft(school)
    client = as_("shiyan-principal")
    assert client.get(at(edition)).url == f"/b/shiyan/publishing/editions/{edition.pk}/"
    refused = client.post(at(edition), make.typed(edition, title="改"))
    assert refused.status_code == 403
    assert "您的岗位没有这项职责" in refused.content.decode()


def test_a_superior_sees_what_society_sees_and_nothing_else(school, as_):
    bureau = make.body("jyj", name="示范区教育局", kind="edu_bureau")
    make.post(bureau, "jyj-inspector", "supervisor")
    lower = make.school("erxiao", name="第二小学", parent=bureau)
    public = make.published(lower, title="公开的账目", html="<p>社会看的</p>")
    inner = make.published(lower, title="内部的办法", audiences=["STF"])
    draft = make.draft(lower, title="没写完的")
    client = as_("jyj-inspector")
    shown = client.get("/b/erxiao/publishing/").content.decode()
    assert "公开的账目" in shown
    assert "内部的办法" not in shown
    assert "没写完的" not in shown
    assert client.get(f"/b/erxiao/publishing/{public.disclosure_id}/").status_code == 200
    assert client.get(f"/b/erxiao/publishing/{inner.disclosure_id}/").status_code == 404
    assert client.get(f"/b/erxiao/publishing/editions/{draft.pk}/").status_code == 404
    client.post(f"/b/erxiao/publishing/{public.disclosure_id}/withdraw/", {"reason": "ordered"})
    assert Disclosure.objects.get(pk=public.disclosure_id).standing == Standing.WITHDRAWN
    assert JournalEntry.objects.get(act="disclosure.withdrawn").body_code == "jyj"


def test_the_preview_is_the_public_page_itself_and_only_for_this_bodys_staff(school, as_):
    edition = make.draft(school, title="食堂账目", html="<p>九月收支</p>")
    client = as_("shiyan-clerk")
    assert f"/b/shiyan/preview/{edition.renditions.get().pk}/" in client.get(at(edition, "preview")).content.decode()
    page = client.get(f"/b/shiyan/preview/{edition.renditions.get().pk}/")
    assert "九月收支" in page.content.decode()
    make.school("erzhong", name="第二中学", kind="middle")
    assert as_("erzhong-clerk").get(f"/b/erzhong/preview/{edition.renditions.get().pk}/").status_code == 404


def test_every_act_that_a_disclosures_history_may_hold_has_a_chinese_name():
    rooms = ("draft.", "finding.", "issue.", "edition.", "disclosure.", "notice.", "posting.")
    unnamed = {name for name in ACTS if name.startswith(rooms)} - set(NAMES)
    assert unnamed <= {"issue.settled", "issue.gone_through", "posting.imported"}
