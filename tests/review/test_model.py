"""A small school taken apart exhaustively: a step is permitted exactly when the rule says so."""

import random
from datetime import timedelta
from itertools import product

import pytest

from gongkai.bodies.models import ReaderException
from gongkai.journal import chain
from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.review.actions import edited, resubmit
from gongkai.review.models import Decision, ItemState
from gongkai.review.passage import Passage
from gongkai.review.policy import entitlement
from gongkai.review.seats import Cast, Seat
from tests import make
from tests.review.course import begin, digest, items, step

pytestmark = pytest.mark.django_db
FOUR = range(4)
NONE, LEADING, SUPERVISION, BOTH = "", "L", "S", "LS"


@pytest.fixture
def world():
    """A review with one item, and four people who are given every combination of seats in turn."""
    school = make.school()
    review = begin(school)
    people = [make.person(f"one-of-four-{n}").pk for n in FOUR]
    return review, items(review)[0], people


def seat(person_id, duty):
    return Seat(
        person_id=person_id, person_name=f"p{person_id}", principal_id=person_id, label=duty, duty=duty,
        department_id=None,
    )  # fmt: skip


def cast_of(review, *, reader=None):
    """The people of the school, to be given seats in turn, with the recorded reader."""
    cast = Cast(review.body, make.AT.date())
    for group in ("leading", "supervision", "secrecy") if reader is not None else ():
        cast.exceptions.append(ReaderException(body=review.body, reader_id=reader, group=group, reason="小规模"))
    return cast


def passage_of(review, item, *, author, decided=None):
    """The review as it stands when `author` wrote the item and `decided` = (role, person) approved a step."""
    item.authors.set([author])
    passage = Passage(review)
    if decided:
        role, person = decided
        passage.add(
            Decision(
                step=step(review, role), item=item, verdict="approve", digest=item.digest, person_id=person, at=make.AT
            )  # fmt: skip
        )
    return passage


def at(passage, role):
    return next(one for one in passage.steps if one.role == role)


def rule(groups, *, role, author, me, decided_other, reader):
    """The rule in its own words: group members but authors and who decided for the other group; then the reader."""
    other = {LEADING: SUPERVISION, SUPERVISION: LEADING}[role]
    here = {n for n in FOUR if role in groups[n]} - {author, decided_other}
    there = {n for n in FOUR if other in groups[n]} - {author}
    if not here:
        return me == reader and me != author
    only_i_am_left_there = decided_other is None and there == {me} and (reader is None or reader == author)
    return me in here and not (only_i_am_left_there and here != {me})


# The four are interchangeable but for who wrote the text (person 0) and who is the recorded reader.
@pytest.mark.parametrize("reader", [None, 0, 3])
def test_the_two_groups_are_decided_by_two_people_and_never_by_the_author(world, reader):
    review, item, people = world
    roles = {LEADING: "leading", SUPERVISION: "supervision"}
    cast = cast_of(review, reader=None if reader is None else people[reader])
    author, checked = 0, 0
    for decided in (None, *FOUR):
        for role in (LEADING, SUPERVISION):
            other = SUPERVISION if role == LEADING else LEADING
            before = None if decided is None else (roles[other], people[decided])
            passage = passage_of(review, item, author=people[author], decided=before)
            here, at_step = passage.item(item.pk), at(passage, roles[role])
            for groups in product((NONE, LEADING, SUPERVISION, BOTH), repeat=4):
                cast.all_seats = [seat(people[n], "leading_member") for n in FOUR if LEADING in groups[n]]
                cast.all_seats += [seat(people[n], "supervision_member") for n in FOUR if SUPERVISION in groups[n]]
                for me in FOUR:
                    found = entitlement(cast, passage, at_step, here, people[me])
                    expected = rule(groups, role=role, author=author, me=me, decided_other=decided, reader=reader)
                    assert found.allowed == expected, (groups, role, author, decided, me, found.why)
                    assert found.allowed or found.why
                    checked += 1
    assert checked == 5 * 2 * 256 * 4


def test_the_signer_signs_unless_they_wrote_it_and_then_a_deputy_does(world):
    review, item, people = world
    cast = cast_of(review)
    for author in FOUR:
        passage = passage_of(review, item, author=people[author])
        here, at_signature = passage.item(item.pk), at(passage, "signature")
        for held in product(("", "signer", "deputy_signer"), repeat=4):
            cast.all_seats = [seat(people[n], held[n]) for n in FOUR if held[n]]
            signers = {n for n in FOUR if held[n] == "signer"} - {author}
            deputies = {n for n in FOUR if held[n] == "deputy_signer"} - {author}
            for me in FOUR:
                found = entitlement(cast, passage, at_signature, here, people[me])
                assert found.allowed == (me in (signers or deputies)), (held, author, me)


def test_a_secrecy_reviewer_never_reviews_their_own_text_and_the_reader_only_where_nobody_is_left(world):
    review, item, people = world
    for author, reader in product(FOUR, [None, *FOUR]):
        passage = passage_of(review, item, author=people[author])
        here, at_secrecy = passage.item(item.pk), at(passage, "secrecy")
        cast = cast_of(review, reader=None if reader is None else people[reader])
        for held in product((False, True), repeat=4):
            cast.all_seats = [seat(people[n], "secrecy") for n in FOUR if held[n]]
            left = {n for n in FOUR if held[n]} - {author}
            for me in FOUR:
                found = entitlement(cast, passage, at_secrecy, here, people[me])
                assert found.allowed == (me in left or (not left and me == reader and me != author))
                assert (found.via == "exception") == (found.allowed and not left)


def act_at_random(review, chance, when):
    """Let somebody do something to the review; refusals are part of the game."""
    people = [f"shiyan-{who}" for who in make.CAST]
    who, item = chance.choice(people), chance.choice(items(review))
    by = make.actor(who, review.body)
    if not any(Passage(review).waiting(one) for one in review.steps.all()):
        what = chance.choice(["edit", "metadata", "resubmit"])
    else:
        what = chance.choice(["approve"] * 8 + ["return", "back", "edit", "metadata", "resubmit"])
    try:
        if what in ("approve", "return", "back"):
            earlier = chance.choice(list(review.steps.all())) if what == "back" else None
            verdict = "approve" if what == "approve" else "return"
            make.decide(review, who, at=when, verdict=verdict, opinion="理由", back_to=earlier)
        elif what == "resubmit":
            resubmit(item, by=by, at=when, digest=item.digest)
        else:
            voids = "content" if what == "edit" else "metadata"
            new = digest(chance.randrange(10**9))
            edited(item, by=by, at=when, digest=new, voids=voids, difference="改动")
    except (ActRefused, NotAllowed):
        return


def check_rules_hold(review):
    passage = Passage(review)
    for item in passage.items:
        standing = [passage.standing(item, one) for one in passage.steps]
        decided = [one for one in standing if one is not None]
        if item.state == ItemState.APPROVED:
            assert len(decided) == len(passage.steps)
        for one in decided:
            assert one.digest == item.digest
            assert one.exception or one.person_id not in passage.wrote(item, one.step)
        groups = {one.step.role: one.person_id for one in decided if one.step.role in ("leading", "supervision")}
        assert len(set(groups.values())) == len(groups)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_people_do_what_stands_was_read_as_it_is_by_people_who_may(seed):
    chance = random.Random(seed)  # noqa: S311 – a replayable walk
    school = make.school()
    make.post(school, "shiyan-deputy", "supervision_member")
    make.post(school, "shiyan-office", "secrecy")
    review = begin(school, "甲", "乙")
    for n in range(35):
        act_at_random(review, chance, make.AT + timedelta(minutes=n))
        check_rules_hold(review)
    assert list(chain.breaks()) == []
    review.refresh_from_db()
    states = {item.state for item in items(review)}
    assert (review.closed_at is not None) == states.isdisjoint({ItemState.RUNNING, ItemState.RETURNED})
