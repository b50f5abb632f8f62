import pytest
from django.db import transaction

from gongkai.journal import outbox
from gongkai.journal.models import OutboxItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def wired(monkeypatch):
    monkeypatch.setattr(outbox, "_projections", {})
    seen = []

    def note(word):
        return lambda payload: seen.append((word, payload))

    def fail_on_three(payload):
        if payload == {"n": 3}:
            raise OSError(28, "disk full")

    outbox.wire("made", before=note("before"), after=note("after"), finish=note("finish"))
    outbox.wire("broken", after=fail_on_three, finish=note("finish"))
    return seen


def test_what_was_drained_together_is_finished_once(wired):
    with transaction.atomic():
        outbox.put("made", n=1)
        outbox.put("made", n=2)
    assert outbox.drain() == 2
    assert [word for word, _ in wired] == ["before", "before", "after", "after", "finish"]
    assert wired[-1][1] == [("made", {"n": 1}), ("made", {"n": 2})]
    assert outbox.drain() == 0


def test_a_failed_projection_is_kept_and_hinders_no_other(wired):
    with transaction.atomic():
        outbox.put("broken", n=3)
        outbox.put("broken", n=4)
    assert outbox.drain() == 1
    left = OutboxItem.objects.waiting().get()
    assert (left.payload, left.attempts, left.last_error) == ({"n": 3}, 1, "OSError: [Errno 28] disk full")


def test_a_failed_finish_keeps_all_its_items(monkeypatch):
    monkeypatch.setattr(outbox, "_projections", {})
    broken = True

    def finish(items):
        if broken:
            raise OSError(28, "disk full")

    outbox.wire("made", finish=finish)
    with transaction.atomic():
        outbox.put("made", n=1)
    assert outbox.drain() == 0
    broken = False
    assert outbox.drain() == 1


def test_many_acts_in_a_row_may_be_followed_once(wired, django_capture_on_commit_callbacks):
    with outbox.drained_once():
        for n in (1, 2):
            with django_capture_on_commit_callbacks(execute=True):
                outbox.put("made", n=n)
                outbox.drain_after_commit()
        assert [word for word, _ in wired] == ["before", "before"]
    assert [word for word, _ in wired[2:]] == ["after", "after", "finish"]
