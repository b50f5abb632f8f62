"""Two people decide at the same moment: one decision wins, the other is told."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from gongkai.journal import chain
from gongkai.journal.acts import ActRefused
from gongkai.review.models import Decision
from tests import make
from tests.review.course import begin, items, step


def both(*works):
    def run(work):
        try:
            return work()
        except ActRefused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_of_two_deciders_at_once_one_wins_and_the_other_is_told_who(flushable):
    school = make.school()
    make.post(school, "second-secrecy", "secrecy")
    review = begin(school)
    make.decide(review, "shiyan-dean")
    make.decide(review, "shiyan-office")
    facts = {"step": step(review, "secrecy"), "items": [items(review)[0].pk]}
    told = both(
        lambda: make.decide(review, "shiyan-secrecy", **facts),
        lambda: make.decide(review, "second-secrecy", verdict="return", opinion="请再核对", **facts),
    )
    refused = [answer for answer in told if isinstance(answer, ActRefused)]
    assert len(refused) == 1
    assert "您的决定没有记入" in str(refused[0])
    assert Decision.objects.filter(step__role="secrecy").count() == 1
    assert list(chain.breaks()) == []


def test_the_same_form_sent_three_times_at_once_is_one_decision(flushable):
    review = begin(make.school())
    facts = {"step": step(review, "department"), "items": [items(review)[0].pk]}
    told = both(*[lambda: make.decide(review, "shiyan-dean", **facts)] * 3)
    assert [[item.pk for item in answer.moved] for answer in told] == [facts["items"]] * 3
    assert Decision.objects.count() == 1
