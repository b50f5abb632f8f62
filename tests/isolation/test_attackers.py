"""What attackers try who hold an account: of a superior, of another school, of a parent – or none at all."""

import logging
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongkai.accounts.models import Person
from gongkai.bodies import actions as bodies
from gongkai.bodies.models import Membership
from gongkai.bodies.staff import today
from gongkai.catalogue import actions as catalogue
from gongkai.catalogue.models import CatalogueItem
from gongkai.feedback import actions as feedback
from gongkai.feedback.models import Opinion
from gongkai.journal import outbox
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused
from gongkai.journal.models import JournalEntry
from gongkai.publishing.actions import drafting, filing, issues, release
from gongkai.publishing.models import Disclosure, Edition, IssueEntry
from gongkai.reporting.members import open_members
from tests import make
from tests.isolation.test_walk import patterns

pytestmark = pytest.mark.django_db
NOW = timezone.now


def as_(username, **options):
    client = Client(**options)
    client.force_login(Person.objects.get(username=username))
    return client


@pytest.fixture
def district():
    bureau = make.school("jyj", name="示范区教育局", kind="edu_bureau")
    own = make.school("shiyan", parent=bureau, phone="0757-1")
    other = make.school("erxiao", name="第二小学", parent=bureau)
    for body in (bureau, own, other):
        make.chains(body)
    return {"bureau": bureau, "own": own, "other": other}


# A superior sees what society sees --------------------------------------------------------------------------------


def revised_in_secret(body):
    """Publish something and begin a revision whose title nobody above may know."""
    public = make.published(body, title="公开的收费标准", kind="document")
    clerk = make.actor(f"{body.code}-clerk", body)
    draft = release.revise(public.disclosure, by=clerk, at=make.AT, reason="更正", change_note="更正")
    drafting.save(draft, by=clerk, at=make.AT, version=draft.version, title="未定稿的涨价方案")
    return public.disclosure


def test_a_superior_does_not_learn_the_title_of_a_revision_in_hand(district):
    one = revised_in_secret(district["own"])
    client = as_("jyj-clerk")
    for page in ("/b/shiyan/publishing/", f"/b/shiyan/publishing/{one.pk}/", "/b/shiyan/catalogue/"):
        shown = client.get(page).content.decode()
        assert "未定稿的涨价方案" not in shown, page
        assert "修订版" not in shown, page
    assert "公开的收费标准" in client.get("/b/shiyan/publishing/").content.decode()


def test_a_superior_cannot_ask_the_list_for_words_of_a_draft(district):
    one = revised_in_secret(district["own"])
    client = as_("jyj-clerk")
    for query in ({"q": "涨价"}, {"q": "未定稿"}):
        shown = client.get("/b/shiyan/publishing/", query).content.decode()
        assert f"/publishing/{one.pk}/" not in shown, query
    item = CatalogueItem.objects.create(body=district["own"], code="X", name="涨价", adopted_on=make.AT.date())
    Edition.objects.get(disclosure=one, number=2).items.add(item)
    shown = client.get(f"/b/shiyan/publishing/?item={item.pk}").content.decode()
    assert f"/publishing/{one.pk}/" not in shown


def test_a_superior_reads_no_text_that_was_withdrawn(district):
    one = make.published(district["own"], title="误公开的名单", html="<p>张三的家庭情况</p>").disclosure
    release.withdraw(one, by=make.actor("shiyan-clerk", district["own"]), at=make.AT, reason="personal")
    client = as_("jyj-clerk")
    for page in ("/b/shiyan/publishing/", f"/b/shiyan/publishing/{one.pk}/"):
        shown = client.get(page).content.decode()
        assert "张三的家庭情况" not in shown
        assert "误公开的名单" not in shown


def test_a_restricted_rectification_is_named_neither_above_nor_in_public(district):
    school = district["own"]
    wrong = make.published(school, title="食堂账目").disclosure
    make.published(school, title="只给教职工的整改说明", audiences=["STF"], puts_right=wrong)
    outbox.drain()
    shown = as_("jyj-clerk").get(f"/b/shiyan/publishing/{wrong.pk}/").content.decode()
    assert "只给教职工的整改说明" not in shown


def test_the_filing_of_an_inner_issue_does_not_tell_its_title(district):
    school = district["own"]
    clerk = make.actor("shiyan-clerk", school)
    one = make.draft(school, title="教职工绩效方案", kind="document", audiences=["STF"])
    issue = make.carry(issues.submit_alone(one, by=clerk, at=make.AT, route="full"))
    issue.refresh_from_db()
    assert issue.sent_up_at is not None
    client = as_("jyj-office")
    for page in ("/b/jyj/desk/", "/b/jyj/filing/"):
        shown = client.get(page, follow=True).content.decode()
        assert "教职工绩效方案" not in shown, page
        assert "示范区实验小学" in shown, page
    filing.receive(issue, by=make.actor("jyj-office", district["bureau"]), at=make.AT)
    assert "教职工绩效方案" not in client.get("/b/jyj/filing/").content.decode()


def test_a_duty_that_runs_from_a_draft_does_not_tell_its_title_above(district):
    school = district["own"]
    catalogue.adopt(school, by=make.SYSTEM, at=make.AT, catalogue="K12")
    at_once = [item for item in school.catalogue_items.all() if any(t.get("class") == "IMM" for t in item.times)]
    make.draft(school, title="未定稿的涨价方案", items=at_once[:1], formed_on=make.AT.date(), kind="document")
    page = f"/b/shiyan/catalogue/{at_once[0].pk}/"
    assert "未定稿的涨价方案" in as_("shiyan-clerk").get(page).content.decode()
    shown = as_("jyj-clerk").get(page).content.decode()
    assert "未定稿的涨价方案" not in shown
    assert "形成的信息" in shown


# Foreign objects in forms -----------------------------------------------------------------------------------------


def typed(edition, **changes):
    first = edition.renditions.all()[0]
    form = {
        "version": edition.version, "title": edition.title, "html": first.html, "audiences": ["SOC"],
        "kind": edition.kind, "channels": ["site"], "department": edition.department_id or "",
    }  # fmt: skip
    return {**form, **changes}


def test_a_form_takes_no_department_item_or_rectification_of_another_body(district):
    own, other = district["own"], district["other"]
    mine, theirs = make.draft(own), make.published(other)
    item = CatalogueItem.objects.create(body=other, code="X", name="别校事项", adopted_on=make.AT.date())
    department = other.departments.get()
    client = as_("shiyan-clerk")
    page = f"/b/shiyan/publishing/editions/{mine.pk}/edit/"
    for change in ({"items": [item.pk]}, {"department": department.pk}):
        client.post(page, typed(mine, **change))
        client.post(page.replace("/edit/", "/autosave/"), typed(mine, **change))
    mine.refresh_from_db()
    assert mine.items.count() == 0
    assert mine.department.body == own
    assert client.post("/b/shiyan/publishing/new/", {"item": item.pk}).status_code == 404
    assert client.post("/b/shiyan/publishing/new/", {"puts_right": theirs.disclosure_id}).status_code == 404


def test_foreign_editions_attachments_and_texts_in_a_post_change_nothing(district):
    own, other = district["own"], district["other"]
    mine, theirs = make.draft(own), make.draft(other)
    by = make.actor("erxiao-editor", other)
    held = drafting.attach(theirs, by=by, at=make.AT, name="名单.txt", data="甲".encode())
    extra = drafting.add_rendition(theirs, by=by, at=make.AT, audiences=["STF"])
    client = as_("shiyan-clerk")
    page = f"/b/shiyan/publishing/editions/{mine.pk}/edit/"
    for act in (f"detach:{held.pk}", f"drop_rendition:{extra.pk}"):
        client.post(page, typed(mine, act=act))
        mine.refresh_from_db()
    upload = SimpleUploadedFile("我的.txt", "乙".encode())
    client.post(page, {**typed(mine, act=f"attach:{extra.pk}"), f"files{extra.pk}": upload})
    theirs.refresh_from_db()
    assert theirs.renditions.count() == 2
    assert [one.name for rendition in theirs.renditions.all() for one in rendition.attachments.all()] == ["名单.txt"]
    client.post("/b/shiyan/publishing/issues/", {"title": "", "route": "full"})
    issue = own.issues.get()
    issue_page = f"/b/shiyan/publishing/issues/{issue.pk}/"
    client.post(issue_page, {"act": "add", "edition": [theirs.pk]})
    assert not IssueEntry.objects.exists()
    foreign = make.issue(other, theirs)
    assert client.post(issue_page, {"act": f"out:{theirs.pk}", "why": "x"}).status_code == 404
    make_send = f"/b/shiyan/publishing/editions/{mine.pk}/send/"
    assert client.post(make_send, {"act": f"join:{foreign.pk}"}).status_code == 404


def test_a_finding_of_another_body_cannot_be_justified_on_ones_own_deciding_page(district):
    own, other = district["own"], district["other"]
    theirs = make.draft(other, html="<p>身份证11010519491231002X</p>")
    finding = theirs.findings.get()
    issue = make.carry(make.issue(own, at=NOW()), at=NOW(), until="secrecy")
    step = issue.review.steps.get(role="secrecy")
    page = f"/b/shiyan/publishing/issues/{issue.pk}/decide/"
    answer = as_("shiyan-secrecy").post(page, {"step": step.pk, "justify": finding.pk, f"why-{finding.pk}": "没有问题"})
    assert answer.status_code == 404
    finding.refresh_from_db()
    assert finding.cleared_at is None


def test_postings_boards_and_opinions_take_no_foreign_choice(district):
    other = district["other"]
    board = other.boards.create(name="别校公开栏", place="门口")
    item = CatalogueItem.objects.create(body=other, code="X", name="别校事项", adopted_on=make.AT.date())
    theirs = make.published(other).disclosure
    client = as_("shiyan-clerk")
    posting = {"channel": "board", "title": "题", "posted_on": "2026-09-01", "place": "x", "public": "yes"}
    for change in ({"board": board.pk}, {"item": item.pk}):
        client.post("/b/shiyan/postings/new/", {**posting, **change})
    assert not district["own"].postings.exists()
    opinion = {"channel": "box", "received_on": "2026-09-01", "kind": "opinion", "title": "题", "text": "文"}
    client.post("/b/shiyan/opinions/new/", {**opinion, "about": theirs.pk})
    assert not Opinion.objects.exists()
    client.post("/b/shiyan/opinions/new/", opinion)
    taken = Opinion.objects.get()
    stranger = Person.objects.get(username="erxiao-clerk")
    for change in ({"handler": stranger.pk}, {"department": other.departments.get().pk}):
        client.post(f"/b/shiyan/opinions/{taken.pk}/", {"act": "assign", **change})
    taken.refresh_from_db()
    assert (taken.handler, taken.department) == (None, None)


def test_absences_and_exceptions_name_nobody_of_another_school(district):
    stranger = Person.objects.get(username="erxiao-clerk")
    me = Person.objects.get(username="shiyan-manager")
    client = as_("shiyan-manager")
    absence = {"person": me.pk, "delegate": stranger.pk, "from_on": "2026-09-01", "until_on": "2099-09-05"}
    client.post("/b/shiyan/settings/absences/", absence)
    client.post("/b/shiyan/settings/exceptions/", {"group": "secrecy", "reader": stranger.pk, "reason": "人少"})
    assert not district["own"].absences.exists()
    assert not district["own"].reader_exceptions.exists()


def test_fields_a_form_does_not_show_are_not_written(district):
    edition = make.draft(district["own"])
    client = as_("shiyan-clerk")
    forbidden = {"state": "published", "digest": "0" * 64, "disclosure": "1", "route": "typo", "number": "9"}
    client.post(f"/b/shiyan/publishing/editions/{edition.pk}/edit/", typed(edition, title="新题", **forbidden))
    edition.refresh_from_db()
    assert edition.title == "新题"
    assert (edition.state, edition.number) == ("draft", 1)
    manager = as_("shiyan-manager")
    page = manager.get("/b/shiyan/settings/body/").content.decode()
    fields = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', page))
    manager.post("/b/shiyan/settings/body/", {**fields, "code": "admin", "kind": "edu_bureau", "regimes": "x"})
    district["own"].refresh_from_db()
    assert (district["own"].code, district["own"].kind) == ("shiyan", "primary")


# Accounts ---------------------------------------------------------------------------------------------------------


def parent_of(school, username="13912345678"):
    code = bodies.issue_join_codes(
        school, by=make.actor(f"{school.code}-clerk", school), at=NOW(), audience="PAR", count=1, label="三2班",
        member_until_on=today().replace(year=NOW().year + 1),
    )[0]  # fmt: skip
    client = Client()
    form = {"code": code, "name": "赵家长", "username": username, "password": "zheyang-8-gou", "again": "zheyang-8-gou"}
    client.post("/join/", form)
    return client, code


def test_a_manager_of_another_school_cannot_take_over_a_parents_account(district):
    parent_of(district["own"])
    other = district["other"]
    manager = make.actor("erxiao-manager", other)
    person = bodies.enter_person(other, by=manager, at=NOW(), username="13912345678", name="赵家长")
    bodies.appoint(other, by=manager, at=NOW(), person=person, duty="editor", department=other.departments.get())
    with pytest.raises(ActRefused, match="密码"):
        bodies.issue_slip(other, by=manager, at=NOW(), person=person)


def test_a_list_of_people_does_not_tell_whose_a_login_name_is(district):
    parent_of(district["own"])
    rows = "姓名,登录名,岗位\n王五,13912345678,经办\n"
    upload = SimpleUploadedFile("人员.csv", rows.encode())
    page = as_("erxiao-manager").post("/b/erxiao/import/people/", {"file": upload, "check": "1"})
    shown = page.content.decode()
    assert "赵家长" not in shown
    assert "登录名" in shown


def test_linking_a_login_name_known_elsewhere_is_said_aloud(district):
    client = as_("erxiao-manager")
    facts = {"username": "shiyan-clerk", "name": "shiyan-clerk", "duty": "office_head", "from_on": "2026-09-01"}
    answer = client.post("/b/erxiao/settings/people/add/", facts, follow=True)
    assert "别的单位" in answer.content.decode()


def test_a_parent_reads_neither_staff_pages_nor_what_is_for_others(district):
    school = district["own"]
    make.published(school, title="给教职工的绩效方案", audiences=["STF"])
    mine = make.published(school, title="给家长的收费说明", audiences=["PAR"]).disclosure
    draft = make.draft(school, title="没定的事")
    client, _ = parent_of(school)
    assert client.get(f"/r/shiyan/d/{mine.public_id}/").status_code == 200
    assert "给教职工的" not in client.get("/r/shiyan/").content.decode()
    assert "给教职工的" not in client.get("/s/", {"q": "绩效"}).content.decode()
    assert "给家长的" in client.get("/s/", {"q": "收费"}).content.decode()
    assert client.get(f"/b/shiyan/publishing/editions/{draft.pk}/").status_code == 404
    for page in ("desk", "publishing", "journal", "postings/export", "opinions/export", "import"):
        assert client.get(f"/b/shiyan/{page}/").status_code == 404, page
    stranger, _ = parent_of(district["other"], username="13700000000")
    assert stranger.get(f"/r/shiyan/d/{mine.public_id}/").status_code == 404
    assert "给家长的" not in stranger.get("/s/", {"q": "收费"}).content.decode()
    assert Client().get(f"/r/shiyan/d/{mine.public_id}/").status_code == 302


def test_a_membership_that_is_over_opens_nothing(district):
    mine = make.published(district["own"], title="给家长的收费说明", audiences=["PAR"]).disclosure
    client, _ = parent_of(district["own"])
    Membership.objects.update(until_on=today().replace(year=NOW().year - 1))
    assert client.get(f"/r/shiyan/d/{mine.public_id}/").status_code == 404


def test_a_join_code_opens_one_door_once(district):
    _, code = parent_of(district["own"])
    form = {"code": code, "name": "钱", "username": "qian", "password": "zheyang-8-gou", "again": "zheyang-8-gou"}
    answer = Client().post("/join/", form)
    assert "已经用过" in answer.content.decode()
    assert not Person.objects.filter(username="qian").exists()


def test_guessing_passwords_and_slips_comes_to_an_end(district):
    client = Client()
    page = ""
    for _ in range(8):
        page = client.post("/accounts/login/", {"login": "shiyan-clerk", "password": "falsch"}).content.decode()
    right = client.post("/accounts/login/", {"login": "shiyan-clerk", "password": "gk-demo-2026"})
    assert right.status_code == 200
    assert "_auth_user_id" not in client.session
    assert re.search("尝试|过多|次数", page)
    person = Person.objects.get(username="shiyan-editor")
    slip, code = bodies.issue_slip(
        district["own"], by=make.actor("shiyan-manager", district["own"]), at=NOW(), person=person
    )
    form = {"username": "shiyan-editor", "password": "zheyang-8-gou", "again": "zheyang-8-gou"}
    for _ in range(5):
        client.post("/accounts/first/", {**form, "code": "AAAA-AAAA-AAAA"})
    answer = client.post("/accounts/first/", {**form, "code": code})
    assert "输错满 5 次" in answer.content.decode()
    person.refresh_from_db()
    assert person.check_password("gk-demo-2026")


def test_a_guesser_cannot_name_a_new_address_with_each_guess_and_locks_out_nobody_else(district):
    client = Client(REMOTE_ADDR="203.0.113.9")
    for n in range(12):
        form = {"login": f"shiyan-{n}", "password": "falsch"}
        client.post("/accounts/login/", form, headers={"X-Real-IP": f"198.51.100.{n}"})
    right = {"login": "shiyan-clerk", "password": "gk-demo-2026"}
    assert client.post("/accounts/login/", right, headers={"X-Real-IP": "198.51.100.99"}).status_code != 302
    behind_proxy = Client(REMOTE_ADDR="127.0.0.1")
    for n in range(12):
        form = {"login": f"shiyan-{n}", "password": "falsch"}
        behind_proxy.post("/accounts/login/", form, headers={"X-Real-IP": "203.0.113.7"})
    assert behind_proxy.post("/accounts/login/", right, headers={"X-Real-IP": "192.0.2.5"}).status_code == 302


def test_guessing_the_query_code_of_an_opinion_comes_to_an_end(district):
    taken = a_letter(district["own"])
    client = Client()
    for n in range(31):
        client.post("/o/shiyan/status/", {"number": taken.number, "code": f"AAAAAAAA{n:02d}"})
    answer = client.post("/o/shiyan/status/", {"number": taken.number, "code": taken.query_code})
    assert "查询太频繁" in answer.content.decode()
    assert "食堂的汤" not in answer.content.decode()


# Leading astray and forging ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_to_a_foreign_site(district, target):
    client = Client()
    form = {"login": "shiyan-clerk", "password": "gk-demo-2026", "next": target}
    answers = [
        client.get("/look/large/", {"next": target}),
        client.post("/accounts/login/", form),
        client.post(f"/accounts/login/?next={target}", {k: v for k, v in form.items() if k != "next"}),
        client.post("/accounts/logout/", {"next": target}),
    ]
    for answer in answers:
        location = answer.get("Location", "/")
        assert location.startswith("/"), location
        assert not location.startswith(("//", "/\\")), location


def test_no_post_is_taken_without_the_token_of_a_page(district):
    client = as_("shiyan-manager", enforce_csrf_checks=True)
    before = JournalEntry.objects.count()
    open_doors = []
    for route, _ in patterns():
        filled = re.sub(r"<slug:body>", "shiyan", route)
        filled = re.sub(r"<slug:(\w+)>", "people", re.sub(r"<int:\w+>", "1", filled))
        filled = re.sub(r"<\w+:\w+>|<\w+>|\(\?P<\w+>[^)]*\)", "1", filled).replace("\\", "").rstrip("$")
        if filled.startswith(("static/", "__debug__")):
            continue
        if client.post(f"/{filled}", {"x": "1"}).status_code not in (403, 404, 405):
            open_doors.append(filled)
    assert open_doors == []
    assert JournalEntry.objects.count() == before


# Names of files, headers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ['a"\r\nSet-Cookie: x=1.txt', "../../../etc/passwd.txt", "照片\u202egnp.txt", "a;b=c.txt", "x\x00y.txt"]
)
def test_a_hostile_file_name_forges_no_header_and_no_path(district, name):
    edition = make.draft(district["own"])
    by = make.actor("shiyan-editor", district["own"])
    held = drafting.attach(edition, by=by, at=make.AT, name=name, data="甲".encode())
    assert not re.search(r'[\x00-\x1f/\\"\u202a-\u202e\u2066-\u2069]', held.name)
    answer = as_("shiyan-clerk").get(f"/b/shiyan/publishing/attachments/{held.pk}/")
    assert answer.status_code == 200
    assert "x=1" not in answer.cookies
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"


# What is written down about people --------------------------------------------------------------------------------

SECRETS = ("赵家长", "13912345678", "孙六", "sun6@example.invalid", "食堂的汤", "三2班的学生名单")


def a_letter(school):
    return feedback.receive(
        school, by=Actor.public(body_code=school.code, body_name=school.name), at=NOW(), title="食堂的汤太咸",
        text="我是三2班的学生名单上的家长", kind="opinion", writer_name="孙六", writer_contact="sun6@example.invalid",
    )  # fmt: skip


def test_journal_logs_and_addresses_name_no_citizen_and_no_secret(district, caplog):
    school = district["own"]
    caplog.set_level(logging.DEBUG)
    client, code = parent_of(school)
    taken = a_letter(school)
    office = as_("shiyan-clerk")
    office.post(f"/b/shiyan/opinions/{taken.pk}/", {"act": "answer", "text": "已改", "answered_on": today()})
    answer = Client().post("/o/shiyan/status/", {"number": taken.number, "code": taken.query_code})
    assert "已答复" in answer.content.decode()
    Client().post("/accounts/login/", {"login": "13912345678", "password": "falsch"})
    client.get("/r/shiyan/")
    person = Person.objects.get(username="shiyan-editor")
    _, slip = bodies.issue_slip(school, by=make.actor("shiyan-manager", school), at=NOW(), person=person)
    journal = "\n".join(JournalEntry.objects.values_list("text", flat=True))
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name != "django.db.backends")
    for secret in (*SECRETS, code, slip, taken.query_code, "gk-demo-2026", "zheyang-8-gou"):
        assert secret not in journal, secret
        assert secret not in logged, secret


def test_the_title_of_a_report_against_somebody_stays_with_those_who_handle_it(district):
    school = district["own"]
    feedback.enter(
        school, by=make.actor("shiyan-clerk", school, on=today()), at=NOW(), channel="box",
        received_on=today(), title="举报某主任收礼", text="详情", kind="report",
    )  # fmt: skip
    year = NOW().year
    clerk = as_("shiyan-clerk")
    clerk.post("/b/shiyan/reports/", {"year": year, "start": f"{year}-01-01", "end": f"{year}-12-31"})
    report = school.annual_reports.get()
    for code in ("opinions.received", "complaints.received"):
        shown = as_("shiyan-editor").get(f"/b/shiyan/reports/{report.pk}/figure/{code}/").content.decode()
        assert "某主任收礼" not in shown, code
    assert "某主任收礼" not in as_("shiyan-editor").get("/b/shiyan/opinions/").content.decode()


def test_the_title_of_what_became_restricted_later_is_not_on_the_public_report(district):
    school = district["own"]
    one = make.published(school, title="公开的题目", kind="document").disclosure
    clerk = make.actor("shiyan-clerk", school)
    draft = release.revise(one, by=clerk, at=make.AT, reason="改为内部", change_note="改为内部")
    drafting.save(draft, by=clerk, at=make.AT, version=draft.version, title="内部题目", audiences=["STF"])
    make.carry(make.issue(school, draft))
    one = Disclosure.objects.get(pk=one.pk)
    assert one.current.title == "内部题目"
    [member] = open_members(school, [f"disclosure/{one.public_id}"], public=True)
    assert member.title == ""
