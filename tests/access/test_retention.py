"""Personal data of requesters goes by schedule: nothing sooner, nothing later, and the record of the case stays."""

from datetime import UTC, date, datetime

import pytest
from django.conf import settings

from gongkai.access import aftercare
from gongkai.access.actions import intake
from gongkai.access.models import AccessSettings, RequestFile
from gongkai.documents.blobs import BlobStore
from gongkai.journal.models import JournalEntry
from gongkai.publishing.actions import drafting
from tests import make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 1, 2, tzinfo=UTC)


@pytest.fixture
def school():
    return make.school()


@pytest.fixture
def void(school):
    case = make.request(
        school, at=AT, channel="mail_plain", name="王小芳", id_number="11010119900307001X", purpose="看看"
    )
    return intake.void(case, by=make.actor("shiyan-clerk", school), at=AT, reason="联系后确认不是申请")


def test_the_day_is_the_last_closing_plus_the_years_the_body_keeps(school, void):
    aftercare.sweep(AT)
    void.requester.refresh_from_db()
    assert void.requester.erase_on == date(2031, 9, 1)


def test_a_body_that_keeps_one_year_erases_after_one(school, void):
    AccessSettings.objects.create(body=school, keeps_years=1)
    aftercare.sweep(AT)
    aftercare.sweep(datetime(2027, 8, 31, 2, tzinfo=UTC))
    void.requester.refresh_from_db()
    assert void.requester.name == "王小芳"
    aftercare.sweep(datetime(2027, 9, 1, 2, tzinfo=UTC))
    void.refresh_from_db()
    void.requester.refresh_from_db()
    assert (void.requester.name, void.requester.id_number, void.requester.same_person, void.purpose) == ("", "", "", "")
    assert void.requester_kind == "np"
    assert void.number == "2026-0001"
    assert "王小芳" not in JournalEntry.objects.get(act="access.requesters_erased").text


def test_an_open_case_is_never_scheduled(school):
    case = make.request(school, at=AT, name="李四光")
    aftercare.sweep(datetime(2040, 1, 4, 2, tzinfo=UTC))
    case.requester.refresh_from_db()
    assert case.requester.erase_on is None
    assert case.requester.name == "李四光"


def test_files_go_with_their_bytes_unless_another_record_holds_the_same(school, void):
    store = BlobStore(settings.BLOB_ROOT)
    own, shared = store.put("我的身份证明".encode()), store.put("学校已公开的文件".encode())
    for sha256 in (own, shared):
        RequestFile.objects.create(case=void, name="附件.txt", sha256=sha256, size=1, media="txt", at=AT)
    edition = make.draft(school, title="已公开的文件")
    drafting.attach(
        edition, by=make.actor("shiyan-clerk", school), at=AT, name="文件.txt", data="学校已公开的文件".encode()
    )
    aftercare.sweep(AT)
    aftercare.sweep(datetime(2031, 9, 1, 2, tzinfo=UTC))
    assert not RequestFile.objects.exists()
    assert not store.path(own).exists()
    assert store.path(shared).exists()
