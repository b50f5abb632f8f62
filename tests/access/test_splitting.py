"""One request for several matters, several requests for one; who asks again for the same."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.access.actions import consulting, course, splitting
from gongkai.access.actions.splitting import Matter
from gongkai.access.likeness import likeness, pairs, person_key, repeats_of, similar_cases
from gongkai.access.models import AccessRequest, CaseEvent
from gongkai.journal.acts import ActRefused
from tests import make

BY = make.SYSTEM
AT = datetime(2024, 9, 6, 10, 0, tzinfo=make.SHANGHAI)
THREE = [Matter("预算", "2025年度预算"), Matter("决算", "2024年度决算"), Matter("采购", "2025年采购合同")]


@pytest.fixture
def bureau(db):
    return make.school("jiaoyuju", name="示范区教育局", kind="edu_bureau")


def test_each_matter_becomes_a_case_with_its_own_number_and_the_same_course(bureau):
    case = make.request(bureau, at=AT, title="预算、决算和采购", wanted="都要")
    case = course.ask_clarification(case, by=BY, at=AT, on=date(2024, 9, 6), items="年度")
    later = datetime(2024, 9, 25, 10, 0, tzinfo=make.SHANGHAI)
    case = course.receive_clarification(case, by=BY, at=later, on=date(2024, 9, 25), text="两年")
    made = splitting.split(case, by=BY, at=later, matters=THREE)
    assert [one.number for one in made] == ["2024-0001", "2024-0002", "2024-0003"]
    assert [one.title for one in made] == ["预算", "决算", "采购"]
    assert {(one.received_on, one.due_on, one.requester_id) for one in made} == {
        (date(2024, 9, 6), date(2024, 10, 28), case.requester_id)
    }
    assert len({one.query_code for one in made}) == 3
    assert [e.kind for e in made[2].events.all()] == ["received", "clarification_sent", "clarification_received"]
    assert CaseEvent.objects.count() == 9
    assert case.files.get(name="拆分前的申请内容.txt").text == "预算、决算和采购\n\n都要"
    assert list(made[0].split_into.order_by("pk")) == made[1:]


@pytest.mark.parametrize(
    ("matters", "says"), [(THREE[:1], "2到100件"), ([*THREE, Matter(" ", "x")], "每一件的所需信息")]
)
def test_a_split_into_fewer_than_two_or_into_nothing_is_refused_and_takes_no_number(bureau, matters, says):
    case = make.request(bureau, at=AT)
    with pytest.raises(ActRefused, match=says):
        splitting.split(case, by=BY, at=AT, matters=matters)
    assert make.request(bureau, at=AT).serial == 2


def test_a_case_with_a_consultation_under_way_is_not_split(bureau):
    case = make.request(bureau, at=AT)
    consulting.consult(case, by=BY, at=AT, kind="third_party", addressee="某公司", about="x", on=AT.date())
    with pytest.raises(ActRefused, match="不能再拆分"):
        splitting.split(case, by=BY, at=AT, matters=THREE)


def test_cases_about_the_same_are_handled_with_a_lead_case_and_stay_cases(bureau):
    lead, second, third = (make.request(bureau, at=AT, name=f"申请人{n}") for n in range(3))
    lead = course.assign(lead, by=BY, at=AT, department=bureau.departments.get())
    splitting.merge(lead, by=BY, at=AT, cases=[second, third, lead])
    assert set(lead.merged.all()) == {second, third}
    second.refresh_from_db()
    assert (second.department, second.due_on, second.state) == (lead.department, date(2024, 10, 11), "received")
    with pytest.raises(ActRefused, match="本身已经并入"):
        splitting.merge(second, by=BY, at=AT, cases=[make.request(bureau, at=AT)])
    with pytest.raises(ActRefused, match="已经合并办理"):
        splitting.merge(make.request(bureau, at=AT), by=BY, at=AT, cases=[second])
    with pytest.raises(ActRefused, match="请选择"):
        splitting.merge(lead, by=BY, at=AT, cases=[lead])
    with pytest.raises(ActRefused, match="本单位"):
        splitting.merge(lead, by=BY, at=AT, cases=[make.request(make.school("other"), at=AT)])
    splitting.unmerge(second, by=BY, at=AT)
    assert lead.merged.get() == third
    with pytest.raises(ActRefused, match="没有并入"):
        splitting.unmerge(second, by=BY, at=AT)


def test_the_same_person_asking_again_for_the_same_is_found(bureau):
    asked = "贵局2025年度预算执行情况及三公经费的详细说明"
    first = make.request(bureau, at=AT, title="预算执行", wanted=asked, id_number="44060019900101123X")
    other = make.request(bureau, at=AT, title="招生", wanted="2025年义务教育招生计划", id_number="44060019900101123x")
    same = {"name": "李四", "id_number": "440600 19900101 123X", "wanted": asked.replace("2025", "2024")}
    again = make.request(bureau, at=AT, title="预算执行情况", **same)
    stranger = make.request(bureau, at=AT, title="预算执行", wanted=asked, name="王五", phone="13900000000")
    assert [like.case for like in repeats_of(again)] == [first]
    assert repeats_of(first) == []
    found = similar_cases(again)
    assert {(like.case, like.same_person) for like in found} == {(first, True), (stranger, False)}
    assert other not in [like.case for like in found]


def test_who_cannot_be_told_apart_repeats_nobody(bureau):
    nameless = make.requester(address="", phone="", email="")
    assert person_key(bureau, nameless) == ""
    other = make.school("other")
    assert person_key(bureau, make.requester()) != person_key(other, make.requester())
    assert person_key(bureau, make.requester(phone="138-0000-0001")) == person_key(bureau, make.requester())


def test_repeats_among_many_are_found_with_one_bounded_query_each(bureau, django_assert_num_queries):
    for _ in range(3):
        make.request(bureau, at=AT, id_number="440600199001011234", wanted="预算执行情况" * 300)
    case = AccessRequest.objects.latest("pk")
    many = [AccessRequest(**{f.attname: getattr(case, f.attname) for f in case._meta.concrete_fields if f.name != "id"})
            for _ in range(2000)]  # fmt: skip
    for n, one in enumerate(many):
        one.serial, one.query_code = 1000 + n, f"C{n}"
    AccessRequest.objects.bulk_create(many)
    last = AccessRequest.objects.select_related("requester").latest("pk")
    with django_assert_num_queries(2):
        assert len(repeats_of(last)) == 10
        assert len(similar_cases(last)) == 10


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_symmetric_lies_between_nothing_and_all_and_ignores_digits(one, other):
    a, b = pairs(one), pairs(other)
    assert 0 <= likeness(a, b) <= 1
    assert likeness(a, b) == likeness(b, a)
    assert pairs(one + "2024") == pairs(one + "1999")
    assert likeness(a, a) == (1 if a else 0)
