"""The pages on which a body settles its catalogue, and the journal that keeps it."""

import pytest

from gongkai.catalogue.models import CatalogueItem, Equivalence
from gongkai.journal.acts import ACTS
from gongkai.workbench import act_names
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client):
    make.school()
    client.force_login(make.person("shiyan-clerk"))
    return client


@pytest.fixture
def school(clerk):
    clerk.post("/b/shiyan/catalogue/adopt/", {"catalogue": ["K12", "STAFF_P10"]})
    return make.Body.objects.get(code="shiyan")


def page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def item(body, code):
    return CatalogueItem.objects.get(body=body, code=code)


def test_the_catalogues_of_the_kind_are_offered_and_adopted(clerk, school):
    assert school.catalogue_items.count() == 25
    assert "中小学主动公开信息" in page(clerk, "/b/shiyan/catalogue/")
    assert "已于" in page(clerk, "/b/shiyan/catalogue/adopt/")


def test_the_wall_filters_what_was_never_public_and_what_awaits_a_choice(clerk, school):
    assert "学校现行规章制度" in page(clerk, "/b/shiyan/catalogue/?show=never")
    assert "学校现行规章制度" not in page(clerk, "/b/shiyan/catalogue/?show=ask")
    assert "请选定公开周期" in page(clerk, "/b/shiyan/catalogue/?show=ask")


def test_an_item_says_why_its_day_is_its_day(clerk, school):
    text = page(clerk, f"/b/shiyan/catalogue/{item(school, 'K12-02').pk}/")
    assert "为什么是这一天" in text
    assert "采用目录后20个工作日内公开" in text


def test_adapting_asks_for_an_audience_and_keeps_the_choice_of_the_cycle(clerk, school):
    path = f"/b/shiyan/catalogue/{item(school, 'K12-03').pk}/adapt/"
    assert "请选择公开范围" in clerk.post(path, {"cycle": "year"}).content.decode()
    clerk.post(path, {"cycle": "year", "yearly": "10月31日", "audiences": ["SOC"], "channels": ["site"]})
    changed = item(school, "K12-03")
    assert (changed.cycle, changed.yearly, changed.audiences) == ("year", "10-31", ["SOC"])
    assert "2月30日" in str(clerk.post(path, {"yearly": "2月30日", "audiences": ["SOC"]}).context["form"].data)
    assert "要在日历上存在" in clerk.post(path, {"yearly": "2月30日", "audiences": ["SOC"]}).content.decode()


def test_an_item_is_set_aside_with_a_reason_and_taken_back(clerk, school):
    one = item(school, "K12-10")
    clerk.post(f"/b/shiyan/catalogue/{one.pk}/aside/", {"reason": "本校没有住宿和食堂"})
    assert "本校没有住宿和食堂" in page(clerk, f"/b/shiyan/catalogue/{one.pk}/")
    clerk.post(f"/b/shiyan/catalogue/{one.pk}/back/")
    assert item(school, "K12-10").not_applicable_reason == ""


def test_own_items_and_items_by_plan_are_entered_on_one_form(clerk, school):
    fields = {"name": "课后服务", "origin": "own", "audiences": ["PAR"], "time": "REG", "every": "month"}
    assert clerk.post("/b/shiyan/catalogue/own/", fields).status_code == 302
    outside = clerk.post("/b/shiyan/catalogue/own/", {**fields, "origin": "outside"}).content.decode()
    assert "工作方案" in outside
    assert "定期公开(每月)" in page(clerk, "/b/shiyan/catalogue/")


def test_terms_are_entered_and_overlaps_refused(clerk, school):
    fields = {"name": "2026年秋季学期", "starts_on": "2026-09-01", "ends_on": "2027-01-22"}
    clerk.post("/b/shiyan/catalogue/terms/", fields)
    assert "2027年1月22日" in page(clerk, "/b/shiyan/catalogue/terms/")
    again = clerk.post("/b/shiyan/catalogue/terms/", {**fields, "name": "另一个"}).content.decode()
    assert "重叠" in again


def test_a_school_chooses_its_period_for_answering_requests_beside_the_other(clerk, school):
    text = page(clerk, "/b/shiyan/catalogue/rules/")
    assert "还没有选择（答复期限算不出来，请尽快选定）" in text
    assert "10个工作日内 – 地方规定：杭州市西湖区，请核对本地文件后选用" in text
    clerk.post("/b/shiyan/catalogue/rules/", {"record": "K-ACT-30"})
    clerk.post("/b/shiyan/catalogue/rules/", {"record": "K-ACT-30", "answer": "K-REPLY"})
    standing = school.local_rules.filter(until_on=None).order_by("pk")
    assert list(standing.values_list("record", flat=True)) == ["K-ACT-30", "K-REPLY"]
    assert "checked" in page(clerk, "/b/shiyan/catalogue/rules/").split("K-REPLY")[1][:60]


def test_local_rules_are_marked_as_local(clerk, school):
    text = page(clerk, "/b/shiyan/catalogue/rules/")
    assert "地方规定：杭州市西湖区" in text
    clerk.post("/b/shiyan/catalogue/rules/", {"record": "K-ACT-30"})
    assert school.local_rules.get(until_on=None).record == "K-ACT-30"


def test_equivalences_are_suggested_and_confirmed_by_a_person(clerk, school):
    assert "也算公开" in page(clerk, "/b/shiyan/catalogue/equivalences/")
    clerk.post("/b/shiyan/catalogue/equivalences/", {"from": "K12-05", "to": "P10-1"})
    pair = Equivalence.objects.get()
    assert pair.confirmed_by == "shiyan-clerk"
    clerk.post("/b/shiyan/catalogue/equivalences/", {"drop": str(pair.pk)})
    assert not Equivalence.objects.exists()


def test_formed_information_is_recorded_on_the_items_page(clerk, school):
    one = item(school, "K12-07")
    clerk.post(f"/b/shiyan/catalogue/{one.pk}/formed/", {"label": "教师招聘结果", "on": "2026-01-05"})
    later = clerk.post(f"/b/shiyan/catalogue/{one.pk}/formed/", {"label": "x", "on": "2999-01-05"}).content.decode()
    assert "不能晚于今天" in later


def test_the_journal_reads_in_chinese_with_its_basis_and_by_filter(clerk, school):
    text = page(clerk, "/b/shiyan/journal/")
    assert "采用公开目录" in text
    assert "中小学主动公开信息" in text
    assert "没有符合条件的留痕" in page(clerk, "/b/shiyan/journal/?who=没有这个人")


def test_the_journal_is_closed_to_a_department(client, school):
    client.force_login(make.person("shiyan-editor"))
    assert client.get("/b/shiyan/journal/").status_code == 403


def test_every_act_has_a_chinese_name_for_the_journal():
    assert sorted(set(ACTS) - set(act_names.ACTS)) == []
