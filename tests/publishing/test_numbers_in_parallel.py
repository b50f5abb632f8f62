"""Index and issue numbers stay gap-free when several people act at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

from django.db import connection

from gongkai.journal import chain
from gongkai.journal.acts import ActRefused
from gongkai.publishing.actions import issues, release
from gongkai.publishing.models import Disclosure, Edition, Issue
from tests import make

LATER = make.AT + timedelta(days=3)


def in_parallel(work, things):
    def run(thing):
        try:
            return work(thing)
        except ActRefused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(run, things))


def test_index_numbers_have_no_gap_and_no_double_and_a_refused_publication_takes_none(flushable):
    school = make.school(org_code="000014349")
    editions = [make.draft(school, title=f"第{n}条", publish_on=date(2026, 9, 3)) for n in range(8)]
    make.carry(make.issue(school, *editions))
    Edition.objects.filter(pk=editions[3].pk).update(document_number="改动过的文号")
    twice = [*editions, *editions]
    in_parallel(lambda edition: release.publish(edition, by=make.SYSTEM, at=LATER), twice)
    numbers = sorted(Disclosure.objects.exclude(index_number="").values_list("index_number", flat=True))
    assert numbers == [f"000014349/2026-{n:05d}" for n in range(1, 8)]
    assert list(chain.breaks()) == []


def test_issue_numbers_are_unique_when_opened_at_once_and_a_double_submit_starts_one_review(flushable):
    school = make.school()
    clerk = make.actor("shiyan-clerk", school)
    in_parallel(lambda _: issues.open_issue(school, by=clerk, at=make.AT), range(6))
    assert list(Issue.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
    issue = Issue.objects.get(number=1)
    issues.add(issue, by=clerk, at=make.AT, editions=[make.draft(school)])
    make.chains(school)
    answers = in_parallel(lambda _: issues.submit(issue, by=clerk, at=make.AT), range(3))
    assert sum(isinstance(answer, ActRefused) for answer in answers) == 2
    assert school.reviews.count() == 1
