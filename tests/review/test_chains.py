"""Chains are data of the body, checked against its people when saved."""

import pytest

from gongkai.bodies import actions as bodies
from gongkai.journal.acts import ActRefused, NotAllowed
from gongkai.review import progress
from gongkai.review.actions import adopt_default_chains, end_chain, save_chain
from gongkai.review.chains import ChainPlan, check_authors, check_chain, default_chains, plan
from gongkai.review.models import Chain
from tests import make
from tests.review.course import begin

pytestmark = pytest.mark.django_db
ON = make.AT.date()


def small(*duties):
    """A school in which one person holds each of these (tuples of) duties."""
    school = make.body()
    for n, held in enumerate(duties):
        for duty in held:
            make.post(school, f"p{n}", duty)
    return school


def full(school):
    return next(chain for chain in default_chains(school) if chain.code == "full")


def test_a_school_with_everybody_can_carry_its_usual_chains():
    school = make.school()
    faults = [check_chain(school, chain, ON) for chain in default_chains(school) if chain.code in ("typo", "report")]
    assert faults == [[], []]


def test_whose_own_drafts_would_get_stuck_is_told_but_does_not_forbid_the_chain():
    school = make.school()
    assert check_chain(school, full(school), ON) == []
    assert check_authors(school, full(school), ON) == [
        "shiyan-office、shiyan-dean起草时，没有第二个人可以担任「部门负责人审核」环节（起草人不能审自己的稿）："
        "请任命一人，或登记小规模学校例外。也可以改选归口部门。",
    ]


def test_a_chain_that_carries_no_ones_drafts_is_refused():
    school = small(["clerk", "secrecy"])
    chain = ChainPlan(code="short", name="动态", route="short", steps=(plan("secrecy"),))
    assert check_chain(school, chain, ON) == [
        "p0起草时，没有第二个人可以担任「保密审查」环节（起草人不能审自己的稿）：请任命一人，或登记小规模学校例外。"
    ]


def test_one_person_for_both_groups_is_not_enough():
    office = ["office_head", "secrecy"]
    school = small(["clerk"], office, ["leading_head", "supervision_head"], ["signer"], office)
    assert check_chain(school, full(school), ON) == [
        "没有第二个人可以担任「监督小组审查」环节：领导小组和监督小组不能是同一个人。"
        "请再任命一人，或登记小规模学校例外。",
    ]


def test_the_recorded_exception_makes_a_small_chain_possible():
    office = ["office_head", "secrecy"]
    school = small(["clerk"], office, ["leading_head", "supervision_head"], ["signer"], office)
    bodies.record_exception(
        school, by=make.SYSTEM, at=make.AT, group="supervision", reader=make.person("p3"), reason="全校仅五名教工"
    )
    assert check_chain(school, full(school), ON) == []


def test_a_chain_nobody_can_carry_is_not_saved():
    school = small(["manager", "clerk"])
    chain = ChainPlan(code="full", name="完整流程", route="full", steps=(plan("secrecy"), plan("signature")))
    with pytest.raises(ActRefused, match="没有人可以担任「保密审查」环节"):
        save_chain(school, by=make.actor("p0", school), at=make.AT, plan=chain)
    assert not Chain.objects.exists()


def test_a_chain_without_a_secrecy_review_is_not_saved():
    school = make.school()
    chain = ChainPlan(code="full", name="完整流程", route="full", steps=(plan("leading"), plan("signature")))
    with pytest.raises(ActRefused, match="没有保密审查"):
        save_chain(school, by=make.actor("shiyan-manager", school), at=make.AT, plan=chain)


def test_a_changed_chain_is_a_new_version_and_reviews_on_their_way_keep_the_old_one():
    school = make.school()
    review = begin(school)
    old = review.chain
    chain = ChainPlan(code="full", name="完整流程", route="full", steps=(plan("secrecy"), plan("signature")))
    new = save_chain(school, by=make.actor("shiyan-manager", school), at=make.AT, plan=chain, replaces=old)
    assert (new.version, Chain.objects.for_route(school, "full", on=ON)) == (2, new)
    assert [one.role for one in review.steps.all()] == [
        "department", "office", "secrecy", "leading", "supervision", "signature",
    ]  # fmt: skip
    with pytest.raises(ActRefused, match="刚被别人改过"):
        save_chain(school, by=make.actor("shiyan-manager", school), at=make.AT, plan=chain, replaces=old)


def test_the_last_chain_of_a_route_is_not_ended():
    school = make.school()
    make.chains(school)
    with pytest.raises(ActRefused, match="唯一的流程"):
        end_chain(Chain.objects.for_route(school, "full", on=ON), by=make.actor("shiyan-manager", school), at=make.AT)


def test_only_managers_lay_down_chains():
    school = make.school()
    with pytest.raises(NotAllowed, match="单位管理员、办公室负责人"):
        adopt_default_chains(school, by=make.actor("shiyan-dean", school), at=make.AT)


def test_adopting_twice_changes_nothing():
    school = make.school()
    assert [chain.pk for chain in make.chains(school)] == [chain.pk for chain in make.chains(school)]


def test_a_chain_for_a_kind_goes_before_one_for_every_kind():
    school = make.school()
    make.chains(school)
    special = ChainPlan(
        code="money",
        name="财务",
        route="full",
        kinds=("finance",),
        steps=(plan("office"), plan("secrecy"), plan("signature")),
    )
    saved = save_chain(school, by=make.actor("shiyan-manager", school), at=make.AT, plan=special)
    assert Chain.objects.for_route(school, "full", on=ON, kind="finance") == saved
    assert Chain.objects.for_route(school, "full", on=ON, kind="notice").code == "full"


def test_who_will_decide_is_told_before_sending_in():
    school = make.school()
    make.chains(school)
    chain = Chain.objects.for_route(school, "short", on=ON, kind="dynamic")
    author = make.person("shiyan-editor")
    told = progress.who_will_decide(
        chain, on=ON, author_ids=[author.pk], department=school.departments.get(name="教务处")
    )
    assert told == [
        ("部门负责人审核", ["shiyan-dean（部门负责人）"]),
        ("保密审查", ["shiyan-secrecy（保密审查员）"]),
    ]


def test_a_reply_of_a_bureau_passes_a_legal_reviewer_and_one_of_a_school_its_office():
    roles = {}
    for code, kind in (("jyj", "edu_bureau"), ("zhen", "township"), ("shiyan", "primary"), ("dangzhi", "party_org")):
        made = make.chains(make.school(code, kind=kind))
        reply = next(chain for chain in made if chain.route == "reply")
        roles[code] = [step.role for step in reply.steps.all()]
    assert roles == {
        "jyj": ["department", "legal", "secrecy", "signature"],
        "zhen": ["department", "legal", "secrecy", "signature"],
        "shiyan": ["office", "secrecy", "signature"],
        "dangzhi": ["office", "secrecy", "signature"],
    }


def test_an_office_of_one_does_not_have_to_review_its_own_reply():
    small = make.body("cunxiao")
    for role, duty in (("clerk", "clerk"), ("secrecy", "secrecy"), ("principal", "signer")):
        make.post(small, f"cunxiao-{role}", duty)
    reply = next(chain for chain in make.chains(small) if chain.route == "reply")
    assert [step.role for step in reply.steps.all()] == ["secrecy", "signature"]
    assert check_chain(small, reply, ON) == []


def test_without_a_legal_reviewer_the_office_head_reviews():
    bureau = make.school("jyj", kind="edu_bureau")
    reply = next(chain for chain in make.chains(bureau) if chain.route == "reply")
    told = dict(progress.who_will_decide(reply, on=ON))
    assert told["法制审核"] == ["jyj-office（办公室负责人）"]
    make.post(bureau, "jyj-legal", "legal")
    assert dict(progress.who_will_decide(reply, on=ON))["法制审核"] == ["jyj-legal（法制审核员）"]


def test_a_body_with_chains_gets_the_missing_one_for_replies():
    school = make.school()
    make.chains(school)
    Chain.objects.of(school).filter(route="reply").delete()
    assert [chain.code for chain in make.chains(school)] == ["full", "short", "typo", "report", "reply"]
    assert [chain.code for chain in make.chains(school)] == ["full", "short", "typo", "report", "reply"]
