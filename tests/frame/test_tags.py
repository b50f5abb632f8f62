"""Dates, states and components read as documented."""

import datetime

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import Client

from gongkai.frame import dates
from gongkai.frame.states import STATES

DAY = datetime.date(2026, 11, 21)


def shown(source: str, **context: object) -> str:
    return Template("{% load frame %}" + source).render(Context(context))


def test_dates_are_written_the_chinese_way():
    instant = datetime.datetime(2026, 11, 21, 6, 5, tzinfo=datetime.UTC)
    assert shown("{{ d|cn_date }}", d=DAY) == "2026年11月21日"
    assert shown("{{ d|cn_date_weekday }}", d=DAY) == "2026年11月21日（周六）"
    assert shown("{{ d|cn_time }}", d=instant) == "2026年11月21日 14:05"
    assert shown("{{ d|cn_date }}{{ d|cn_time }}{{ d|iso_date }}", d=None) == ""


def test_an_instant_late_in_the_evening_belongs_to_the_next_day_in_china():
    assert dates.cn_date(datetime.datetime(2026, 11, 21, 16, 30, tzinfo=datetime.UTC)) == "2026年11月22日"


@pytest.mark.parametrize(
    ("due", "working_days", "words"),
    [
        (datetime.date(2026, 11, 30), 6, ("open", "还剩 6 个工作日")),
        (datetime.date(2026, 11, 25), 3, ("soon", "还剩 3 个工作日")),
        (datetime.date(2026, 11, 21), 0, ("soon", "今天到期")),
        (datetime.date(2026, 11, 18), -3, ("late", "已超期 3 个工作日")),
        (datetime.date(2026, 11, 22), None, ("soon", "还剩 1 天")),
        (datetime.date(2026, 11, 20), None, ("late", "已超期 1 天")),
    ],
)
def test_days_left_speak_of_working_days_where_they_are_known(due, working_days, words):
    assert dates.days_left(due, on=DAY, working_days=working_days) == words


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 字节"), (812, "812 字节"), (34816, "34 KB"), (1258291, "1.2 MB"), (None, "")]
)
def test_sizes_have_units(size, words):
    assert dates.file_size(size) == words


def test_every_state_has_a_shape_and_a_word():
    assert all(shape and word for shape, _tone, word in STATES.values())


def test_a_badge_hides_its_shape_from_readers_and_escapes_its_word():
    html = shown('{% state_badge "late" words %}', words="<b>晚")
    assert html == ('<span class="badge-state red"><span aria-hidden="true">●</span><span>&lt;b&gt;晚</span></span>')


class Form(forms.Form):
    title = forms.CharField(label="标题", help_text="写清楚是什么事")
    audience = forms.ChoiceField(label="公开范围", choices=[("a", "社会")], widget=forms.RadioSelect)
    note = forms.CharField(label="说明", required=False)


def test_a_field_ties_its_hint_and_error_to_the_input():
    html = shown("{% field form.title %}", form=Form({}))
    assert 'aria-describedby="id_title_hint id_title_error"' in html
    assert 'id="id_title_hint"' in html
    assert 'id="id_title_error">请填写标题' in html
    assert 'aria-invalid="true"' in html


def test_choices_are_grouped_under_a_legend():
    html = shown("{% field form.audience %}", form=Form({}))
    assert "<fieldset" in html
    assert "<legend>公开范围</legend>" in html
    assert "请选择公开范围" in html


def test_what_need_not_be_filled_in_says_so():
    assert "选填" in shown("{% field form.note %}", form=Form())


def test_the_error_summary_links_to_each_field():
    html = shown("{% form_errors form %}", form=Form({}))
    assert "还有 2 处需要改正" in html
    assert '<a href="#id_title">请填写标题</a>' in html
    assert '<a href="#id_audience_0">请选择公开范围</a>' in html
    assert shown("{% form_errors form %}", form=Form()) == ""


def test_pages_keep_the_question_of_the_list(rf):
    html = shown("{% pagination page %}", page=Paginator(range(95), 10).page(3), request=rf.get("/?q=收费&page=3"))
    assert 'href="?q=%E6%94%B6%E8%B4%B9&amp;page=4" rel="next"' in html
    assert '<strong aria-current="page">3</strong>' in html
    assert shown("{% pagination page %}", page=Paginator([], 10).page(1), request=rf.get("/")) == ""


def test_static_lists_have_addresses_of_their_own():
    page = Paginator(range(25), 10).page(2)
    html = shown("{% pagination page %}", page=page, page_url="/g/a/list-%d.html", first_page_url="/g/a/")
    assert 'href="/g/a/" rel="prev"' in html
    assert 'href="/g/a/list-3.html" rel="next"' in html


def test_coverage_says_its_figures_in_words():
    html = shown("{% coverage_bar 43 51 2 %}")
    assert "43/51" in html
    assert "8 项未公开 · 2 项超期" in html
    assert 'width="84.3"' in html
    assert "全部公开" in shown("{% coverage_bar 0 0 %}")


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_link_that_changes_the_look_never_leads_away(target):
    reply = Client().get("/look/large/", {"next": target})
    assert reply["Location"] == "/"


def test_the_look_is_switched_on_and_off_without_script():
    visitor = Client()
    reply = visitor.get("/look/large/", {"next": "/g/a/"})
    assert (reply["Location"], reply.cookies["gk_look"].value) == ("/g/a/", "large")
    visitor.get("/look/contrast/")
    assert visitor.get("/look/large/").cookies["gk_look"].value == "contrast"
    assert visitor.get("/look/loud/").status_code == 404
