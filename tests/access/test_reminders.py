"""Who hears of a clock and when; nobody twice, and nobody missed because the worker was down."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from gongkai.access import aftercare
from gongkai.access.models import Reminder
from gongkai.accounts.models import Person
from gongkai.bodies.models import LocalRule
from gongkai.journal.models import JournalEntry
from tests import make

pytestmark = pytest.mark.django_db
RECEIVED = datetime(2026, 9, 1, 2, tzinfo=UTC)  # due on 30 September 2026


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)


@pytest.fixture
def bureau():
    body = make.body("jyj", name="示范区教育局", kind="edu_bureau")
    make.post(body, "jyj-clerk", "clerk")
    make.post(body, "jyj-head", "office_head")
    Person.objects.filter(username="jyj-clerk").update(email="clerk@example.cn")
    make.request(body, at=RECEIVED, name="张三丰", phone="13800138000", title="教师招聘方案")
    return body


def told():
    return sorted(Reminder.objects.values_list("person__username", "stage"))


def test_nobody_is_reminded_while_the_day_is_far(bureau):
    aftercare.sweep(at(date(2026, 9, 15)))
    assert told() == []


def test_the_office_hears_three_working_days_before_and_on_the_day(bureau):
    case = bureau.access_requests.get()
    due = case.due_on
    aftercare.sweep(at(due - timedelta(days=1)))
    assert told() == [("jyj-clerk", "soon"), ("jyj-head", "soon")]
    aftercare.sweep(at(due))
    assert ("jyj-clerk", "today") in told()


def test_a_second_sweep_of_the_same_day_reminds_nobody_again(bureau):
    due = bureau.access_requests.get().due_on
    aftercare.sweep(at(due))
    before = told()
    entries = JournalEntry.objects.count()
    aftercare.sweep(at(due) + timedelta(hours=3))
    assert told() == before
    assert JournalEntry.objects.count() == entries


def test_after_three_days_without_a_worker_head_and_superior_still_hear(bureau):
    school = make.body("xx", name="示范区小学", parent=bureau)
    make.post(school, "xx-clerk", "clerk")
    make.post(school, "xx-head", "office_head")
    make.post(bureau, "jyj-super", "supervisor")
    LocalRule.objects.create(body=school, record="K-REPLY", from_on=date(2026, 1, 1))
    case = make.request(school, at=RECEIVED, name="李四光", phone="13900139000")
    late = case.due_on + timedelta(days=12)
    aftercare.sweep(at(late))
    heard = set(Reminder.objects.filter(clock__case=case).values_list("person__username", "stage"))
    assert {("xx-clerk", "late"), ("xx-head", "head"), ("jyj-super", "superior")} <= heard


def test_the_letter_names_the_case_by_number_and_nobody_in_it(bureau):
    due = bureau.access_requests.get().due_on
    aftercare.sweep(at(due))
    letter = mail.outbox[0]
    assert letter.to == ["clerk@example.cn"]
    assert "2026-0001" in letter.body
    assert "张三丰" not in letter.body + letter.subject
    assert "教师招聘" not in letter.body + letter.subject


def test_a_letter_the_server_refuses_goes_out_with_the_next_sweep(bureau, settings):
    due = bureau.access_requests.get().due_on
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    aftercare.sweep(at(due))
    waiting = Reminder.objects.get(person__username="jyj-clerk")
    assert waiting.mailed_at is None
    assert waiting.mail_error == "ConnectionRefusedError"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    aftercare.sweep(at(due) + timedelta(hours=1))
    waiting.refresh_from_db()
    assert waiting.mailed_at is not None
    assert len(mail.outbox) == 1
