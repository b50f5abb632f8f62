"""Bad days for real: a full disk, a killed worker, a late clock, a cut line, two people and two clicks at once."""

import io
import os
import re
import resource
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from gongkai.accounts.models import Person
from gongkai.bodies.models import Department
from gongkai.feedback.models import Opinion
from gongkai.journal import chain, outbox
from gongkai.journal.models import JournalEntry
from gongkai.publishing.models import Board, Congress, Disclosure, Edition, EditionState, Issue, Posting, Standing
from gongkai.review.models import Decision
from gongkai.search import index
from gongkai.web.sweeping import sweep
from gongkai.web.whole_body import WholeBody
from tests import make

pytestmark = pytest.mark.story
ROOT = Path(__file__).resolve().parents[2]
MB = 1024 * 1024
DAY = timedelta(days=1)


def as_(username, **options):
    client = Client(**options)
    client.force_login(Person.objects.get(username=username))
    return client


def new_school(**facts):
    made = make.school(phone="0757-88880001", **facts)
    make.chains(made)
    return made


def waiting_for_signature(body, *editions):
    return make.carry(make.issue(body, *editions, at=timezone.now()), at=timezone.now(), until="signature")


def decision(issue, step, *, verdict="approve", opinion=""):
    """Return the form of the deciding page as it shows an issue at a step."""
    form = {"step": step.pk, "verdict": verdict, "opinion": opinion, "shown": []}
    for item in issue.review.items.all():
        form["shown"].append(item.pk)
        form[f"digest-{item.pk}"] = item.digest
    return form


def decide_page(issue):
    return f"/b/{issue.body.code}/publishing/issues/{issue.pk}/decide/"


def public_place(edition):
    return Path(settings.PUBLIC_ROOT) / "g" / "shiyan" / "d" / edition.disclosure.public_id / "index.html"


# A full disk ------------------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(settings, tmp_path):
    """Let the public site lie on a disk of eight megabytes of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)], capture_output=True)
    if mounted.returncode:
        pytest.skip("mounting a small disk needs root; the limit on file sizes is tested instead")
    settings.PUBLIC_ROOT = place / "public"
    yield place
    subprocess.run(["umount", str(place)], check=True)


def publish_by_page(issue):
    signature = issue.review.steps.get(role="signature")
    return as_("shiyan-principal").post(decide_page(issue), decision(issue, signature))


def assert_nothing_was_done(edition, issue):
    edition.refresh_from_db()
    assert edition.state == EditionState.IN_REVIEW
    assert edition.disclosure.standing == Standing.DRAFT
    assert edition.disclosure.index_number == ""
    assert not public_place(edition).exists()
    assert index.query(edition.title).total == 0
    assert not Decision.objects.filter(step__review=issue.review, step__role="signature").exists()
    assert list(chain.breaks()) == []


def assert_it_is_public(edition):
    outbox.drain()
    edition.refresh_from_db()
    assert edition.state == EditionState.PUBLISHED
    assert edition.disclosure.index_number.endswith("00001")
    assert edition.title in public_place(edition).read_text(encoding="utf-8")


def test_a_really_full_disk_fails_the_whole_signature_and_it_succeeds_when_there_is_room(flushable, small_disk):
    school = new_school()
    edition = make.draft(school, title="收费公示", at=timezone.now())
    issue = waiting_for_signature(school, edition)
    filler = small_disk / "filler"
    subprocess.run(["dd", "if=/dev/zero", f"of={filler}", "bs=4096"], capture_output=True)
    answer = publish_by_page(issue)
    assert answer.status_code == 507
    assert "磁盘空间不足" in answer.content.decode()
    assert_nothing_was_done(edition, issue)
    filler.unlink()
    assert publish_by_page(issue).status_code == 302
    assert_it_is_public(edition)


def test_a_file_that_cannot_be_written_whole_fails_the_whole_signature(flushable):
    school = new_school()
    edition = make.draft(school, title="食堂账目", at=timezone.now())
    picture = SimpleUploadedFile("公示照片.png", b"\x89PNG\r\n\x1a\n" + b"\0" * (30 * MB))
    first = edition.renditions.get()
    page = f"/b/shiyan/publishing/editions/{edition.pk}/edit/"
    told = {
        "version": edition.version, "title": edition.title, "html": first.html, "audiences": ["SOC"],
        "kind": edition.kind, "channels": ["site"], "department": edition.department_id, "act": f"attach:{first.pk}",
    }  # fmt: skip
    as_("shiyan-editor").post(page, {**told, f"files{first.pk}": picture})
    edition.refresh_from_db()
    for finding in edition.findings.all():
        why = {"why": "已经看图核对,没有个人信息"}
        as_("shiyan-secrecy").post(f"/b/shiyan/publishing/findings/{finding.pk}/justify/", why)
    issue = waiting_for_signature(school, edition)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20 * MB, hard))
    try:
        answer = publish_by_page(issue)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert answer.status_code == 507
    assert "没有留下一半的结果" in answer.content.decode()
    assert_nothing_was_done(edition, issue)
    assert publish_by_page(issue).status_code == 302
    assert_it_is_public(edition)


def test_a_data_base_without_room_says_so_and_keeps_the_draft(flushable):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's own disk cannot be made small here")
    school = new_school()
    edition = make.draft(school, title="收费公示")
    client = as_("shiyan-editor")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        used = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {used}")
        try:
            told = {"version": 1, "title": "改", "html": "<p>" + "很长的正文" * 60_000 + "</p>", "audiences": ["SOC"],
                    "kind": edition.kind, "channels": ["site"], "department": edition.department_id}  # fmt: skip
            answer = client.post(f"/b/shiyan/publishing/editions/{edition.pk}/edit/", told)
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    assert answer.status_code == 507
    assert "磁盘空间不足" in answer.content.decode()
    edition.refresh_from_db()
    assert (edition.title, edition.version) == ("收费公示", 1)


# A killed worker --------------------------------------------------------------------------------------------------


def run(data, *command):
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment["GONGKAI_DATA"] = str(data)
    command = [sys.executable, "-m", *command]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=180)


def pages(data):
    return [place for place in (data / "public").rglob("d/*/index.html")]


def test_a_worker_killed_between_commit_and_renaming_is_made_good_by_the_sweep(tmp_path):
    killed = run(tmp_path, "tests.stories.cut_off_worker", "after")
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert pages(tmp_path) == []
    assert run(tmp_path, "gongkai.cli", "verify").returncode == 1
    swept = run(tmp_path, "gongkai.cli", "sweep")
    assert swept.returncode == 0, swept.stderr
    assert "住宿费每学期五百元" in pages(tmp_path)[0].read_text(encoding="utf-8")
    home = tmp_path / "public" / "g" / "shiyan" / "index.html"
    assert "收费公示" in home.read_text(encoding="utf-8")
    proven = run(tmp_path, "gongkai.cli", "verify")
    assert proven.returncode == 0, proven.stdout
    written = {place: place.stat().st_mtime_ns for place in (tmp_path / "public").rglob("*") if place.is_file()}
    assert run(tmp_path, "gongkai.cli", "sweep").returncode == 0
    again = {place: place.stat().st_mtime_ns for place in (tmp_path / "public").rglob("*") if place.is_file()}
    assert again == written


def test_a_worker_killed_before_the_commit_has_done_nothing(tmp_path):
    killed = run(tmp_path, "tests.stories.cut_off_worker", "before")
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert any((tmp_path / "staging").iterdir())
    assert run(tmp_path, "gongkai.cli", "sweep").returncode == 0
    assert pages(tmp_path) == []
    proven = run(tmp_path, "gongkai.cli", "verify")
    assert proven.returncode == 0, proven.stdout


# A late clock -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_clock_three_days_late_publishes_and_ends_exactly_once():
    school = new_school()
    first = make.AT.date()
    later = make.draft(school, title="到日公开的收费标准", publish_on=first + DAY)
    make.carry(make.issue(school, later))
    notice = make.published(school, title="聘任公示", kind="notice", notice_last_on=first + DAY)
    outbox.drain()
    at = make.AT + 3 * DAY
    for _ in range(3):
        assert sweep(at) == []
    later.refresh_from_db()
    assert later.state == EditionState.PUBLISHED
    assert later.disclosure.first_public_on == first + 3 * DAY
    assert Disclosure.objects.get(pk=notice.disclosure_id).standing == Standing.ENDED
    for act in ("edition.published", "notice.ended"):
        assert JournalEntry.objects.filter(act=act).count() == 1, act
    assert not public_place(notice).exists()
    assert public_place(later).exists()


@pytest.mark.django_db
def test_a_notice_whose_days_went_by_before_it_was_due_is_never_shown():
    """Approved for a later day, the clock comes too late for both days: it is refused and named, not published."""
    school = new_school()
    first = make.AT.date()
    notice = make.draft(school, title="聘任公示", kind="notice", publish_on=first + DAY, notice_last_on=first + 2 * DAY)
    make.carry(make.issue(school, notice))
    for _ in range(2):
        sweep(make.AT + 5 * DAY)
    notice.refresh_from_db()
    assert notice.state == EditionState.APPROVED
    assert not public_place(notice).exists()


# A cut line -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["form", "multipart"])
def test_half_a_request_saves_nothing(kind):
    school = new_school()
    edition = make.draft(school, title="收费公示", html="<p>原来的正文</p>")
    client = as_("shiyan-editor")
    fields = [
        ("version", "1"), ("title", "收费公示"), ("audiences", "SOC"), ("kind", edition.kind),
        ("department", str(edition.department_id)), ("channels", "site"), ("html", "<p>" + "新正文" * 2000 + "</p>"),
    ]  # fmt: skip
    if kind == "form":
        body = "&".join(f"{name}={value}" for name, value in fields).encode()
        content_type = "application/x-www-form-urlencoded"
    else:
        parts = [f'--cut\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields]
        body = ("".join(parts) + "--cut--\r\n").encode()
        content_type = "multipart/form-data; boundary=cut"
    client.handler.load_middleware()
    handler = client.handler

    def through(environ):
        """Let the request pass the wrapper of the entry point, as the server's requests do."""
        WholeBody(lambda env, _: environ.update(env) or [])(environ, None)
        return handler(environ)

    client.handler = through
    client.raise_request_exception = False
    path = f"/b/shiyan/publishing/editions/{edition.pk}/autosave/"
    sent = {"REQUEST_METHOD": "POST", "PATH_INFO": path, "CONTENT_TYPE": content_type, "CONTENT_LENGTH": str(len(body))}
    cut = client.request(**sent, **{"wsgi.input": io.BytesIO(body[: len(body) // 2])})
    assert cut.status_code >= 400
    edition.refresh_from_db()
    assert edition.version == 1
    assert edition.renditions.get().text == "原来的正文"
    whole = client.request(**sent, **{"wsgi.input": io.BytesIO(body)})
    assert whole.status_code == 200
    assert edition.renditions.get().text == "新正文" * 2000


@pytest.mark.django_db
def test_after_the_line_was_down_the_same_text_is_saved_again_and_a_lost_answer_is_noticed():
    """The page keeps the text and sends it again; where only the answer was lost, the version tells."""
    school = new_school()
    edition = make.draft(school, title="收费公示")
    client = as_("shiyan-editor")
    told = {"version": 1, "title": "断网时写的", "html": "<p>断网时写的正文</p>", "audiences": ["SOC"],
            "kind": edition.kind, "channels": ["site"], "department": edition.department_id}  # fmt: skip
    path = f"/b/shiyan/publishing/editions/{edition.pk}/autosave/"
    assert client.post(path, told).json() == {"fields": {"version": "2"}}
    again = client.post(path, told)
    assert again.status_code in (200, 409)
    assert edition.renditions.get().text == "断网时写的正文"
    page = client.get(f"/b/shiyan/publishing/editions/{edition.pk}/edit/").content.decode()
    assert f'data-autosave="{path}"' in page


# Two at once ------------------------------------------------------------------------------------------------------


def at_once(*works):
    """Run works in threads of their own that start together; return what each gave or raised."""

    def alone(work):
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return [found.result() for found in [pool.submit(alone, work) for work in works]]


def test_two_reviewers_at_once_one_decides_and_the_other_is_told(flushable):
    school = new_school()
    edition = make.draft(school, title="收费公示", kind="document", at=timezone.now())
    issue = make.carry(make.issue(school, edition, at=timezone.now()), at=timezone.now(), until="supervision")
    step = issue.review.steps.get(role="supervision")
    one, other = as_("shiyan-watch"), as_("shiyan-watch2")
    yes = decision(issue, step)
    no = decision(issue, step, verdict="return", opinion="金额写错了")
    answers = at_once(
        lambda: one.post(decide_page(issue), yes, follow=True),
        lambda: other.post(decide_page(issue), no, follow=True),
    )
    made = Decision.objects.filter(step=step)
    assert made.count() == 1
    loser = answers[1] if made.get().person.username == "shiyan-watch" else answers[0]
    assert made.get().person.name in loser.content.decode()
    edition.refresh_from_db()
    expected = EditionState.IN_REVIEW if made.get().verdict == "approve" else EditionState.RETURNED
    assert edition.state == expected
    assert list(chain.breaks()) == []


def sign(page, form):
    return as_("shiyan-principal").post(page, form).status_code


def test_parallel_signatures_number_without_gap_or_double(flushable):
    school = new_school(org_code="000014349")
    issues = [waiting_for_signature(school, make.draft(school, title=f"第{n}条", at=timezone.now())) for n in range(5)]
    sent = [(decide_page(issue), decision(issue, issue.review.steps.get(role="signature"))) for issue in issues]
    answers = at_once(*[partial(sign, page, form) for page, form in sent for _ in range(2)])
    assert set(answers) <= {200, 302, 409}
    numbers = sorted(Disclosure.objects.values_list("index_number", flat=True))
    assert [number[-5:] for number in numbers] == ["00001", "00002", "00003", "00004", "00005"]
    assert list(chain.breaks()) == []


# Two clicks -------------------------------------------------------------------------------------------------------

FORMS = [
    ("clerk", "/b/shiyan/publishing/new/", {}, Disclosure),
    ("clerk", "/b/shiyan/publishing/issues/", {"title": "九月", "route": "full"}, Issue),
    (
        "clerk",
        "/b/shiyan/postings/new/",
        {
            "channel": "wechat",
            "title": "推文",
            "posted_on": "2026-09-01",
            "place": "https://x.invalid/1",
            "public": "yes",
        },
        Posting,
    ),
    ("clerk", "/b/shiyan/congresses/new/", {"name": "教代会", "held_on": "2026-09-01"}, Congress),
    (
        "clerk",
        "/b/shiyan/boards/new/",
        {"name": "校门公开栏", "place": "门口", "keep_days": "15", "issues_a_year": "4"},
        Board,
    ),
    (
        "clerk",
        "/b/shiyan/opinions/new/",
        {"channel": "box", "received_on": "2026-09-01", "kind": "opinion", "title": "食堂", "text": "太咸"},
        Opinion,
    ),
    ("manager", "/b/shiyan/settings/departments/", {"name": "总务处"}, Department),
]


def token_of(client, page):
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(page).content.decode())[1]


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "page", "form", "model"), FORMS, ids=[page for _, page, _, _ in FORMS])
def test_a_double_click_makes_one_record_and_leads_to_the_same_page(role, page, form, model):
    new_school()
    client = as_(f"shiyan-{role}", enforce_csrf_checks=True)
    before = model.objects.count()
    form = {**form, "csrfmiddlewaretoken": token_of(client, page)}
    first, second = client.post(page, form), client.post(page, form)
    assert model.objects.count() == before + 1
    assert first.status_code == second.status_code == 302
    assert first.url == second.url


@pytest.mark.django_db
def test_the_same_wish_from_a_page_shown_anew_is_a_second_wish():
    new_school()
    client = as_("shiyan-clerk", enforce_csrf_checks=True)
    page = "/b/shiyan/publishing/new/"
    for _ in range(2):
        client.post(page, {"csrfmiddlewaretoken": token_of(client, page)})
    assert Edition.objects.count() == 2


def test_two_clicks_at_the_same_moment_make_one_issue(flushable):
    new_school()
    client = as_("shiyan-clerk", enforce_csrf_checks=True)
    page = "/b/shiyan/publishing/issues/"
    form = {"title": "九月", "route": "full", "csrfmiddlewaretoken": token_of(client, page)}
    answers = at_once(*[lambda: client.post(page, form).url for _ in range(3)])
    assert Issue.objects.count() == 1
    assert len(set(answers)) == 1
