"""The deciding screen: one screen for an issue, everything by plain forms."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from gongkai.bodies import actions as bodies
from gongkai.journal.models import JournalEntry
from gongkai.publishing.actions import drafting, release
from gongkai.publishing.models import Edition, Issue
from gongkai.review.models import Decision, Meeting, Recusal
from gongkai.review.passage import Passage
from gongkai.review.secrecy import without_trouble
from tests import make

pytestmark = pytest.mark.django_db
ID_NUMBER = "11010519491231002X"


@pytest.fixture
def school():
    return make.school()


def begun():
    return timezone.now() - timedelta(hours=1)


def an_issue(school, *titles, until="", **facts):
    drafts = [make.draft(school, title=title, kind="document", at=begun(), **facts) for title in titles]
    issue = make.issue(school, *drafts, at=begun())
    return make.carry(issue, at=begun(), until=until) if until else issue


def page(client, issue, username, query=""):
    client.force_login(make.person(username))
    return client.get(f"/b/{issue.body.code}/publishing/issues/{issue.pk}/decide/{query}")


def send(client, issue, role, verdict="approve", **data):
    step = issue.review.steps.get(role=role)
    shown = Passage(issue.review).waiting(step)
    form = {
        "verdict": verdict, "step": step.pk, "shown": [item.pk for item in shown],
        **{f"digest-{item.pk}": item.digest for item in shown}, **data,
    }  # fmt: skip
    return client.post(f"/b/{issue.body.code}/publishing/issues/{issue.pk}/decide/", form)


def answers(**changed):
    told = {}
    for code, given in without_trouble().items():
        told |= {code: given["answer"], f"{code}_note": ""} if isinstance(given, dict) else {code: given}
    return told | changed


def roles(issue):
    passage = Passage(issue.review)
    return [getattr(passage.current(item), "role", None) for item in passage.items]


def test_one_screen_shows_all_items_with_their_text_findings_and_the_two_buttons(client, school):
    issue = an_issue(school, "校车预案", "收费说明", html=f"<p>附：{ID_NUMBER}</p>")
    shown = page(client, issue, "shiyan-dean").content.decode()
    assert shown.count('class="sheet"') == 2
    assert "筛查有必须处理的" in shown
    assert ID_NUMBER in shown
    assert 'value="approve">同意' in shown
    assert "全部退回" in shown
    assert "「部门负责人审核」等您决定" in shown


def test_a_step_is_taken_by_one_post_and_the_next_issue_comes_up(client, school):
    first, second = an_issue(school, "甲", "乙"), an_issue(school, "丙")
    page(client, first, "shiyan-dean")
    answer = send(client, first, "department")
    assert answer.url == f"/b/shiyan/publishing/issues/{second.pk}/decide/"
    assert roles(first) == ["office", "office"]
    told = client.get(answer.url).content.decode()
    assert "2条到「办公室审核」(shiyan-clerk（办公室经办）、shiyan-office（办公室负责人）)" in told


def test_single_items_go_back_with_their_own_reason_and_the_rest_go_on(client, school):
    issue = an_issue(school, "甲", "乙", "丙")
    page(client, issue, "shiyan-dean")
    back = issue.review.items.get(title="乙")
    send(client, issue, "department", **{f"i{back.pk}-send_back": "on", f"i{back.pk}-reason": "数字对不上"})
    assert roles(issue) == ["office", None, "office"]
    assert Edition.objects.get(title="乙").state == "returned"
    assert JournalEntry.objects.filter(act="issue.gone_through").count() == 1


def test_a_return_without_reason_is_asked_for_at_its_place_and_nothing_is_decided(client, school):
    issue = an_issue(school, "甲", "乙")
    page(client, issue, "shiyan-dean")
    back = issue.review.items.get(title="乙")
    answer = send(client, issue, "department", **{f"i{back.pk}-send_back": "on"})
    assert "请写明《乙》的退回理由" in answer.content.decode()
    answer = send(client, issue, "department", verdict="return")
    assert "退回必须写明理由" in answer.content.decode()
    assert not Decision.objects.exists()


def test_all_may_be_sent_back_to_an_earlier_step(client, school):
    issue = an_issue(school, "甲", "乙", until="supervision")
    page(client, issue, "shiyan-watch")
    secrecy = issue.review.steps.get(role="secrecy")
    send(client, issue, "supervision", verdict="return", opinion="请再看附件", back_to=secrecy.pk)
    assert roles(issue) == ["secrecy", "secrecy"]


def test_a_stale_page_is_shown_again_with_what_changed_and_the_typed_opinion(client, school):
    issue = an_issue(school, "甲")
    page(client, issue, "shiyan-dean")
    old = issue.review.items.get().digest
    edition = Edition.objects.get(title="甲")
    drafting.save(
        edition, by=make.actor("shiyan-editor", school), at=begun(), version=edition.version, html="<p>新的正文。</p>"
    )
    item = issue.review.items.get()
    answer = send(client, issue, "department", opinion="我的意见", **{f"digest-{item.pk}": old})
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "在您打开之后由shiyan-editor" in shown
    assert "我的意见" in shown
    assert item.digest in shown
    assert not Decision.objects.exists()


def test_a_double_click_writes_one_entry_and_answers_the_same(client, school):
    issue = an_issue(school, "甲")
    page(client, issue, "shiyan-dean")
    item = issue.review.items.get()
    form = {"shown": [item.pk], f"digest-{item.pk}": item.digest}
    first = send(client, issue, "department", **form)
    entries = JournalEntry.objects.count()
    again = send(client, issue, "department", **form)
    assert (first.status_code, again.status_code) == (302, 302)
    assert JournalEntry.objects.count() == entries


def test_the_second_decider_is_told_who_was_first(client, school):
    make.post(school, "second-secrecy", "secrecy")
    issue = an_issue(school, "甲", until="secrecy")
    item = issue.review.items.get()
    make.decide_step(issue, issue.review.steps.get(role="secrecy"), at=begun())
    client.force_login(make.person("second-secrecy"))
    answer = send(client, issue, "secrecy", **{"shown": [item.pk], f"digest-{item.pk}": item.digest}, **answers())
    assert answer.url == f"/b/shiyan/reviews/{issue.review_id}/"
    told = client.get(answer.url).content.decode()
    assert "「保密审查」已由shiyan-secrecy" in told


def test_the_meeting_form_takes_date_attendance_result_and_a_photo_of_the_minutes(client, school):
    issue = an_issue(school, "甲", "乙", until="leading")
    shown = page(client, issue, "shiyan-lead").content.decode()
    assert "会议记录" in shown
    meeting = {"name": "领导小组会议", "held_on": timezone.localdate().isoformat(), "should_attend": 5, "attended": 2}
    answer = send(client, issue, "leading", **meeting, in_favour=2)
    assert "没有超过半数" in answer.content.decode()
    photo = SimpleUploadedFile("纪要.jpg", b"\xff\xd8photo")
    send(client, issue, "leading", **meeting | {"attended": 4}, in_favour=4, minutes=photo)
    assert roles(issue) == ["supervision", "supervision"]
    kept = Meeting.objects.get(attended=4)
    assert kept.minutes_name == "纪要.jpg"
    got = client.get(f"/b/shiyan/publishing/meetings/{kept.pk}/minutes/")
    assert b"".join(got.streaming_content) == b"\xff\xd8photo"
    assert got["X-Content-Type-Options"] == "nosniff"


def test_minutes_uploaded_with_a_mistake_beside_them_need_no_second_upload(client, school):
    issue = an_issue(school, "甲", until="leading")
    page(client, issue, "shiyan-lead")
    facts = {"name": "会", "held_on": timezone.localdate().isoformat(), "should_attend": 5, "in_favour": 2}
    photo = SimpleUploadedFile("纪要.jpg", b"photo")
    answer = send(client, issue, "leading", **facts, attended=2, minutes=photo)
    send(client, issue, "leading", **facts, attended=3, kept=answer.context["kept"])
    assert Meeting.objects.get(attended=3).minutes_name == "纪要.jpg"


def test_the_secrecy_list_must_be_answered_to_agree(client, school):
    issue = an_issue(school, "甲", until="secrecy")
    shown = page(client, issue, "shiyan-secrecy").content.decode()
    assert "1. 材料是否标有绝密、机密、秘密" in shown
    answer = send(client, issue, "secrecy", **answers(Q3=""))
    assert "请选择3. 是否有别的法律不许公开" in answer.content.decode()
    answer = send(client, issue, "secrecy", **answers(Q6="yes"))
    assert "第6问：请写明依据和处理办法" in answer.content.decode()
    answer = send(client, issue, "secrecy", **answers(result="withhold"))
    assert "结论是「不予公开」就不能同意" in answer.content.decode()
    send(client, issue, "secrecy", **answers())
    assert roles(issue) == ["leading"]


def test_an_item_of_another_kind_is_reviewed_alone(client, school):
    issue = an_issue(school, "甲", "乙", until="secrecy")
    item = issue.review.items.get(title="乙")
    shown = page(client, issue, "shiyan-secrecy", f"?only={item.pk}").content.decode()
    assert shown.count('class="sheet"') == 1
    send(client, issue, "secrecy", shown=[item.pk], **answers())
    assert roles(issue) == ["secrecy", "leading"]


def test_open_findings_are_justified_on_the_spot_or_stop_the_secrecy_review(client, school):
    issue = an_issue(school, "甲", until="secrecy", html=f"<p>附：{ID_NUMBER}</p>")
    page(client, issue, "shiyan-secrecy")
    answer = send(client, issue, "secrecy", **answers())
    assert "还有 1 处筛查发现没有处理" in answer.content.decode()
    finding = Edition.objects.get(title="甲").findings.get(severity="error")
    answer = send(
        client, issue, "secrecy", verdict="", justify=finding.pk, opinion="先写一半",
        **{f"why-{finding.pk}": "样例号码，不是真人"},
    )  # fmt: skip
    assert "先写一半" in answer.content.decode()
    finding.refresh_from_db()
    assert finding.cleared_why == "样例号码，不是真人"
    send(client, issue, "secrecy", **answers())
    assert roles(issue) == ["leading"]


def test_who_sits_in_both_groups_is_asked_for_which_and_may_keep_the_other(client, school):
    make.post(school, "shiyan-deputy", "supervision_head")
    issue = an_issue(school, "甲", until="leading")
    shown = page(client, issue, "shiyan-deputy").content.decode()
    assert "您以哪个小组的身份决定？" in shown
    answer = send(client, issue, "leading")
    assert "请选择您以哪个小组的身份决定？" in answer.content.decode()
    answer = send(client, issue, "leading", capacity="aside")
    assert Recusal.objects.get().step.role == "leading"
    assert answer.status_code == 302
    assert page(client, issue, "shiyan-deputy").url == f"/b/shiyan/reviews/{issue.review_id}/"


def test_the_last_step_publishes_and_says_so(client, school):
    issue = an_issue(school, "甲", "乙", until="signature")
    page(client, issue, "shiyan-principal")
    answer = send(client, issue, "signature")
    assert Edition.objects.filter(state="published").count() == 2
    assert answer.status_code == 302
    assert "2条走完全部环节，已公开" in client.get(f"/b/shiyan/reviews/{issue.review_id}/").content.decode()
    assert Issue.objects.get(pk=issue.pk).state == "done"


def test_a_revision_shows_exactly_its_difference(client, school):
    old = make.published(school, title="收费公示", kind="document", html="<p>午餐每餐10元。</p>", at=begun())
    clerk = make.actor("shiyan-clerk", school)
    new = release.revise(old.disclosure, by=clerk, at=begun(), reason="改错字", change_note="更正一处")
    drafting.save(new, by=clerk, at=begun(), version=new.version, html="<p>午餐每餐11元。</p>")
    issue = make.issue(school, Edition.objects.get(pk=new.pk), route="typo", at=begun())
    shown = page(client, issue, "shiyan-office").content.decode()
    assert "修订：修改说明、正文" in shown
    assert "<del>10</del>" in shown
    assert "<ins>11</ins>" in shown


def test_the_reader_of_the_superior_sees_this_one_draft_and_no_other(client, school):
    bureau = make.body("jyj", name="示范区教育局", kind="edu_bureau")
    reader = make.post(bureau, "jyj-reader", "reader")
    bodies.record_exception(
        school,
        by=make.SYSTEM,
        at=begun() - timedelta(days=1),
        group="department",
        reader=reader,
        reason="只有一名负责人",
    )
    other = an_issue(school, "别人的稿")
    drafts = [
        make.draft(
            school, title="主任的稿", by="dean", kind="document", at=begun(), department=school.departments.get()
        )
    ]
    issue = make.issue(school, *drafts, at=begun())
    shown = page(client, issue, "jyj-reader").content.decode()
    assert "主任的稿" in shown
    assert "您是本单位登记的校读人" in shown
    assert page(client, other, "jyj-reader").status_code == 404
    send(client, issue, "department")
    assert Decision.objects.get().exception == "只有一名负责人"
    assert page(client, issue, "jyj-reader").status_code in (200, 404)


def test_other_bodies_issues_and_files_do_not_exist(client, school):
    issue = an_issue(school, "甲")
    edition = Edition.objects.get(title="甲")
    file = drafting.attach(
        edition, by=make.actor("shiyan-editor", school), at=begun(), name="表.txt", data="一年级".encode()
    )
    make.school("erxiao", name="第二小学")
    client.force_login(make.person("erxiao-dean"))
    assert client.get(f"/b/shiyan/publishing/issues/{issue.pk}/decide/").status_code == 404
    assert client.get(f"/b/erxiao/publishing/issues/{issue.pk}/decide/").status_code == 404
    assert client.get(f"/b/erxiao/publishing/issues/{issue.pk}/files/{file.pk}/").status_code == 404
    client.force_login(make.person("shiyan-dean"))
    got = client.get(f"/b/shiyan/publishing/issues/{issue.pk}/files/{file.pk}/")
    assert got["Content-Disposition"].startswith("attachment")


def test_the_course_of_a_review_tells_where_everything_stands_and_reminds(client, school):
    issue = an_issue(school, "甲", "乙")
    client.force_login(make.person("shiyan-clerk"))
    address = f"/b/shiyan/reviews/{issue.review_id}/"
    assert "在「部门负责人审核」，由shiyan-dean（部门负责人）办" in client.get(address).content.decode()
    step = issue.review.steps.get(role="department")
    client.post(f"/b/shiyan/reviews/steps/{step.pk}/remind/", {"text": "今天要公开"})
    assert "催办「部门负责人审核」" in client.get(address).content.decode()
    assert "催办过" in page(client, issue, "shiyan-dean").content.decode()
