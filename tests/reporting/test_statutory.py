"""The statutory form: any body may take it; its cells are counted from cases or typed with a source, and balance."""

import json
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from gongkai.access.actions import intake
from gongkai.access.actions.intake import RequesterFacts, WantedFacts
from gongkai.access.models import AccessSettings, Remedy
from gongkai.journal.acts import ActRefused
from gongkai.reporting.actions import writing
from gongkai.reporting.figures import Period, cells_of, compute
from gongkai.reporting.freezing import discrepancies, figures_of, whats_missing
from gongkai.reporting.members import open_members
from gongkai.reporting.models import AnnualReport
from gongkai.web.commands import report as command
from tests import make

pytestmark = pytest.mark.django_db
KINDS = ("np", "biz", "res", "ngo", "law", "oth", "tot")


def asked(body, day, *, kind="np", name="张三"):
    """Let somebody ask online on a day."""
    who = RequesterFacts(kind=kind, name=name, phone="13800001111", identity="public")
    at = datetime(day.year, day.month, day.day, 10, tzinfo=make.SHANGHAI)
    wanted = WantedFacts(title="食堂采购合同", wanted="请提供本年度食堂采购合同。")
    return intake.receive_online(body, by=make.SYSTEM, at=at, requester=who, wanted=wanted)


def keeps(body, since):
    AccessSettings.objects.update_or_create(body=body, defaults={"kept_from": since})


def year(body, of, family="cn-ogi-2021"):
    figures = compute(Period(body, date(of, 1, 1), date(of, 12, 31)), family=family)
    return {figure.code: figure for figure in figures}


def opened(body, of=2025, family="cn-ogi-2021"):
    period = {"start": date(of, 1, 1), "end": date(of, 12, 31)}
    return writing.open_report(
        body, by=make.actor("shiyan-clerk", body), at=make.AT, year=of, family=family, **period
    )  # fmt: skip


def fill(report, *, except_for=()):
    """State 0 in every open cell and put words into every section."""
    clerk = make.actor("shiyan-clerk", report.body)
    open_cells = {f.code: 0 for f in figures_of(report).values() if f.stated and f.code not in except_for}
    if open_cells:
        writing.state_table(report, by=clerk, at=make.AT, values=open_cells, source="台账")
    for section in report.sections.all():
        writing.write_section(report, by=clerk, at=make.AT, code=section.code, text="已补充。")


def test_what_is_open_at_the_years_end_is_carried_into_the_next_by_kind():
    body = make.school()
    keeps(body, date(2024, 1, 1))
    asked(body, date(2025, 12, 30), kind="biz", name="某公司")
    asked(body, date(2026, 2, 3))
    cells = cells_of(year(body, 2025).values())["requests"]
    assert cells["R1"] == dict(zip(KINDS, (0, 1, 0, 0, 0, 0, 1), strict=True))
    assert cells["R4"] == cells_of(year(body, 2026).values())["requests"]["R2"]
    assert cells_of(year(body, 2026).values())["requests"]["R1"]["np"] == 1
    assert year(body, 2025)["requests.received"].members == year(body, 2025)["requests.R1.tot"].members


def test_the_schools_own_form_counts_its_requests_once_they_are_kept_here():
    body = make.school()
    assert year(body, 2025, "k12")["requests.received"].value is None
    keeps(body, date(2025, 1, 1))
    assert year(body, 2025, "k12")["requests.received"].value == 0
    asked(body, date(2025, 3, 3))
    found = year(body, 2025, "k12")["requests.received"]
    assert (found.value, found.stated) == (1, False)
    assert year(body, 2024, "k12")["requests.received"].value is None


def test_remedies_are_counted_by_result_and_stay_pending_until_decided():
    body = make.school()
    keeps(body, date(2025, 1, 1))
    facts = {"body": body, "organ": "区政府"}
    Remedy.objects.create(kind="reconsideration", filed_on=date(2025, 11, 1), decided_on=date(2026, 1, 9),
                          result="corrected", **facts)  # fmt: skip
    Remedy.objects.create(kind="litigation_direct", filed_on=date(2025, 3, 1), decided_on=date(2025, 6, 1),
                          result="upheld", **facts)  # fmt: skip
    remedies = cells_of(year(body, 2025).values())["remedies"]
    assert remedies["reconsideration"] == {"upheld": 0, "corrected": 0, "other": 0, "pending": 1, "total": 1}
    assert remedies["litigation_direct"]["upheld"] == 1
    assert cells_of(year(body, 2026).values())["remedies"]["reconsideration"]["corrected"] == 1
    assert year(body, 2025)["litigation.total"].value == 1


def test_a_case_behind_a_figure_shows_number_day_and_outcome_but_never_who_asked_or_for_what():
    body = make.school()
    case = asked(body, date(2025, 3, 3), name="李小明")
    members = year(body, 2025)["requests.R1.np"].members
    assert members == (f"case/{case.pk}",)
    (public,) = open_members(body, members, public=True)
    assert (public.title, public.on, public.where, public.address, public.remark) == (
        "第2025-0001号申请", date(2025, 3, 3), "", "", "办理中",
    )  # fmt: skip
    (inside,) = open_members(body, members, public=False)
    assert inside.address == f"/b/shiyan/requests/{case.pk}/"
    assert "李小明" not in str(inside)
    assert "食堂" not in str(inside)


def test_a_form_is_only_used_for_its_years():
    body = make.school()
    with pytest.raises(ActRefused, match="2019年度的报告不用这种格式"):
        opened(body, 2019)
    assert opened(body, 2019, "cn-ogi-2019").title == "示范区实验小学2019年政府信息公开工作年度报告"


def test_a_body_not_kept_here_states_its_tables_with_a_source_and_totals_add_up_by_themselves():
    body = make.school()
    report = opened(body)
    clerk = make.actor("shiyan-clerk", body)
    missing = " ".join(whats_missing(report))
    assert "表「收到和处理政府信息公开申请情况」还有 175 格没有填写" in missing
    values = {f"requests.R1.{kind}": 0 for kind in KINDS[:-1]} | {"requests.R1.np": 3, "requests.R1.tot": None}
    with pytest.raises(ActRefused, match="来源"):
        writing.state_table(report, by=clerk, at=make.AT, values=values, source=" ")
    writing.state_table(report, by=clerk, at=make.AT, values=values, source="申请登记簿")
    figures = figures_of(report)
    assert figures["requests.R1.tot"].value == 3
    assert figures["requests.R2.tot"].value is None
    assert figures["requests.received"].value == 3


def test_money_is_stated_with_decimals_counts_are_whole_and_only_a_change_is_negative():
    body = make.school()
    report = opened(body, 2020, "cn-ogi-2019")
    clerk = make.actor("shiyan-clerk", body)

    def state(code, value):
        return writing.state_figure(report, by=clerk, at=make.AT, code=code, value=value, source="采购台账")

    state("20.9.政府集中采购.amount_wan", Decimal("61.71"))
    state("20.5.行政许可.delta", -35)
    assert figures_of(report)["20.9.政府集中采购.amount_wan"].value == Decimal("61.71")
    assert figures_of(report)["20.5.行政许可.delta"].value == -35
    with pytest.raises(ActRefused, match="整数"):
        state("20.9.政府集中采购.projects", Decimal("1.5"))
    with pytest.raises(ActRefused, match="负数"):
        state("20.9.政府集中采购.projects", -1)


def test_what_does_not_add_up_is_told_and_keeps_the_report_from_being_frozen():
    body = make.school()
    report, clerk = opened(body), make.actor("shiyan-clerk", body)
    fill(report)
    wrong = {"requests.R1.np": 2, "requests.R1.tot": 2}
    writing.state_table(report, by=clerk, at=make.AT, values=wrong, source="台账")
    assert [one.balance for one in discrepancies(report, figures_of(report))] == ["C1", "C1"]
    with pytest.raises(ActRefused, match="新收与结转之和等于办理与结转下年之和"):
        writing.freeze(report, by=clerk, at=make.AT)
    writing.state_table(report, by=clerk, at=make.AT, values=dict.fromkeys(wrong, 0), source="台账")
    assert whats_missing(report) == []
    writing.freeze(report, by=clerk, at=make.AT)
    assert AnnualReport.objects.get(pk=report.pk).state == "frozen"


def test_what_was_carried_out_last_year_must_be_carried_in():
    body, clerk = make.school(), None
    clerk = make.actor("shiyan-clerk", body)
    before = opened(body, 2024)
    fill(before)
    open_case = {"requests.R1.np": 1, "requests.R1.tot": 1, "requests.R4.np": 1, "requests.R4.tot": 1}
    writing.state_table(before, by=clerk, at=make.AT, values=open_case, source="台账")
    writing.freeze(before, by=clerk, at=make.AT)
    report = opened(body, 2025)
    fill(report)
    found = discrepancies(report, figures_of(report))
    assert [(one.balance, one.column, one.said, one.should) for one in found] == [
        ("C6", "np", 0, 1), ("C6", "tot", 0, 1),
    ]  # fmt: skip


def test_the_middle_schools_form_of_2020_is_reproduced_by_a_year_without_requests(capsys):
    body = make.school("taihe", name="太和中学", kind="middle", opened_on=date(2020, 1, 1))
    keeps(body, date(2020, 1, 1))
    report = writing.open_report(
        body, by=make.actor("taihe-clerk", body), at=make.AT, year=2020, start=date(2020, 1, 1),
        end=date(2020, 12, 31), family="cn-ogi-2019",
    )  # fmt: skip
    assert report.title == "太和中学2020年政府信息公开工作年度报告"
    stated = {"20.9.政府集中采购.projects": 9, "20.9.政府集中采购.amount_wan": Decimal("61.71")}
    writing.state_table(report, by=make.actor("taihe-clerk", body), at=make.AT, values=stated, source="采购台账")
    assert command.main(["taihe", "--year", "2020", "--family", "cn-ogi-2019", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["tables"]["20.9"] == {"政府集中采购": {"projects": 9, "amount_wan": 61.71}}
    assert answer["tables"]["20.1"]["规章"] == {"made": None, "newly_public": None, "public_total": None}
    assert {v for row in answer["tables"]["requests"].values() for v in row.values()} == {0}
    assert list(answer["tables"]["requests"])[-3:] == ["R3.6", "R3.7", "R4"]
    assert {v for row in answer["tables"]["remedies"].values() for v in row.values()} == {0}
    assert [section["heading"] for section in answer["sections"]][2] == "收到和处理政府信息公开申请情况"
    assert "未收到信息公开申请" in answer["sections"][0]["text"]
    assert "发出收费通知0件，总金额0元，实际收取0元" in answer["sections"][5]["text"]


def test_a_wrong_form_for_the_year_is_wrong_use(capsys):
    make.school()
    assert command.main(["shiyan", "--year", "2018", "--family", "cn-ogi-2021", "--json"]) == 2
    assert "2018年度的报告不用" in capsys.readouterr().err


def test_a_colleges_report_counts_the_school_year(capsys):
    make.school("daxue", name="示范大学", kind="college")
    assert command.main(["daxue", "--year", "2025", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["family"], answer["period"]) == ("he-29", ["2024-09-01", "2025-08-31"])
    assert len(answer["sections"]) == 8


def signed_in(client, body, user="shiyan-clerk"):
    client.login(username=user, password="gk-demo-2026")
    return body


def test_the_clerk_chooses_the_form_fills_in_a_table_and_opens_a_cell(client):
    body = signed_in(client, make.school())
    asked(body, date(2025, 3, 3))
    data = {"year": "2025", "family": "cn-ogi-2021"}
    page = client.post(reverse("reporting_reports", args=["shiyan"]), data, follow=True).content.decode()
    report = AnnualReport.objects.get()
    assert (report.family, report.start_on) == ("cn-ogi-2021", date(2025, 1, 1))
    link = reverse("reporting_figure", args=["shiyan", report.pk, "requests.R1.np"])
    assert f'href="{link}"' in page
    assert "第2025-0001号申请" in client.get(link).content.decode()
    table = reverse("reporting_table", args=["shiyan", report.pk, "20.8"])
    assert table in page
    code = "20.8.行政事业性收费.amount_wan"
    assert client.post(table, {code: "3.5", "source": "财务账"}).status_code == 302
    assert "3.5" in client.get(reverse("reporting_report", args=["shiyan", report.pk])).content.decode()
    assert "数量不能是负数" in client.post(table, {code: "-3", "source": "财务账"}).content.decode()
    counted = reverse("reporting_table", args=["shiyan", report.pk, "requests"])
    assert client.get(counted).status_code == 404


def test_a_form_that_was_not_there_that_year_is_told_beside_the_field(client):
    signed_in(client, make.school())
    data = {"year": "2018", "family": "cn-ogi-2021"}
    page = client.post(reverse("reporting_reports", args=["shiyan"]), data).content.decode()
    assert "2018年度的报告不用这种格式" in page


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_statutory_report_can_be_taken_away_on_paper(client, form):
    body = signed_in(client, make.school())
    report = opened(body)
    answer = client.get(reverse("reporting_paper", args=["shiyan", report.pk, form]))
    assert answer.content[:4] == (b"PK\x03\x04" if form == "docx" else b"%PDF")


def test_a_body_says_from_which_day_its_requests_are_kept_here(client):
    body = signed_in(client, make.school(), user="shiyan-manager")
    page = reverse("access_settings", args=["shiyan"])
    assert "从哪天起的申请都登记在本平台" in client.get(page).content.decode()
    data = {"open_online": "on", "clarification_days": "15", "bulk_a_month": "10", "keeps_years": "5",
            "kept_from": "2025-01-01"}  # fmt: skip
    assert client.post(page, data).status_code == 302
    assert AccessSettings.objects.get(body=body).kept_from == date(2025, 1, 1)
    assert 'value="2025-01-01"' in client.get(page).content.decode()
    assert year(body, 2025)["requests.received"].value == 0
