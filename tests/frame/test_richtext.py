"""What passes the rich-text boundary, what does not, and how differences read."""

from pathlib import Path

import pytest
from django import forms
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.frame.richtext import RichTextField, clean, diff, from_text, to_text

WORD = (Path(__file__).parent / "word_table.html").read_text("utf-8")
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="//evil.example/">x</a>',
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<p style="background:url(javascript:alert(1))">x</p>',
    '<p onclick="alert(1)">x</p>',
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    '<form action="https://evil.example"><input name=a></form>',
    '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
    '<img src="https://evil.example/pixel.png">',
    '<img src="/g/../accounts/logout/">',
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--[if gte mso 9]><script>alert(1)</script><![endif]-->",
    '<base href="https://evil.example/"><meta http-equiv=refresh content=0>',
    "<style>@import 'https://evil.example/x.css'</style>",
]
POISON = ["<script", "onerror", "onclick", "onload", "javascript:", "data:", "evil.example", "style=", "<svg", "<form"]


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_that_can_run_or_call_elsewhere_passes(html):
    cleaned = clean(f"<p>前</p>{html}<p>后</p>")
    assert not [bad for bad in POISON if bad in cleaned.replace("&lt;", "").lower()]
    assert ".." not in cleaned
    assert "前" in cleaned


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="<>/ =\"'abpdivtrhul1&;!-甲乙 \n", max_size=80))
def test_cleaning_twice_is_cleaning_once(text):
    once = clean(text)
    assert clean(once) == once


def test_a_word_table_keeps_merged_cells_and_loses_office_markup():
    assert clean(WORD) == (
        '<p class="align-center"><strong>收费项目和标准</strong></p>\n'
        '<table>\n <tbody><tr><td colspan="2"><p class="align-center">项目</p></td>\n'
        " <td><p>标准</p></td></tr>\n"
        ' <tr><td rowspan="2"><p>服务性收费</p></td><td><p>课后服务费</p></td><td><p>4元/课时</p></td></tr>\n'
        " <tr><td><p>伙食费</p></td><td><p>12元/餐</p></td></tr>\n</tbody></table>"
    )


def test_loose_text_and_wrappers_become_paragraphs():
    assert clean("开头<br>续<div>一</div><div><div>二</div>三</div>") == (
        "<p>开头<br>续</p><p>一</p><p>二</p><p>三</p>"
    )


def test_headings_start_below_the_title_of_the_page():
    assert clean("<h1>总则</h1><h5>附则</h5>") == "<h2>总则</h2><h4>附则</h4>"


def test_own_pictures_and_ordinary_links_stay():
    assert clean('<p><img src="/g/sxsy/a.png" alt="公示照片"><a href="https://a.cn/b">依据</a></p>') == (
        '<p><img src="/g/sxsy/a.png" alt="公示照片"><a href="https://a.cn/b" rel="noopener noreferrer">依据</a></p>'
    )


def test_absurd_spans_are_dropped():
    assert clean('<table><tr><td colspan="99999" rowspan="0">甲</td></tr></table>') == (
        "<table><tbody><tr><td>甲</td></tr></tbody></table>"
    )


def test_an_empty_document_is_empty():
    assert clean("<p>&nbsp;</p><div><br></div><h2></h2>") == ""


def test_very_deep_nesting_is_survived():
    assert clean("<div>" * 3000 + "底" + "</div>" * 3000) == "<p>底</p>"
    assert clean("<blockquote>" * 300 + "1 &lt; 2" + "</blockquote>" * 300) == "<p>1 &lt; 2</p>"


def test_plain_text_reads_block_by_line_and_cell_by_tab():
    html = "<h2>标题</h2><p>甲<br>乙</p><ul><li>一</li><li>二</li></ul>"
    html += "<table><tr><td><p>项目</p></td><td>标准</td></tr></table>"
    assert to_text(html) == "标题\n甲\n乙\n一\n二\n项目\t标准"


def test_text_typed_without_the_editor_becomes_paragraphs():
    assert from_text("各位家长:\n\n 5 < 6 \n") == "<p>各位家长:</p>\n<p>5 &lt; 6</p>"


def test_a_changed_figure_is_marked_alone():
    assert diff("<p>餐费每餐12元,自愿。</p>", "<p>餐费每餐15元,自愿。</p>") == (
        "<p>餐费每餐<del>12</del><ins>15</ins>元,自愿。</p>"
    )


def test_new_and_removed_blocks_are_marked_whole():
    assert diff("<p>甲段落保持不变。</p><p>乙要删去</p>", "<p>甲段落保持不变。</p><ul><li>新增一项</li></ul>") == (
        "<p>甲段落保持不变。</p>\n<ul><li><ins>新增一项</ins></li></ul>\n<p><del>乙要删去</del></p>"
    )


def test_a_changed_cell_is_marked_inside_its_table():
    old = '<table><tr><td rowspan="2">收费</td><td>1</td></tr><tr><td>2</td></tr></table>'
    new = '<table><tr><td rowspan="2">收费</td><td>1</td></tr><tr><td>3</td></tr></table>'
    assert diff(old, new) == (
        '<div class="table-scroll"><table><tr><td rowspan="2">收费</td><td>1</td></tr>'
        "<tr><td><del>2</del><ins>3</ins></td></tr></table></div>"
    )


def test_a_link_that_leads_elsewhere_now_is_shown_though_its_words_did_not_change():
    shown = diff('<p><a href="https://a.cn/1">附表</a></p>', '<p><a href="https://a.cn/2">附表</a></p>')
    assert "<del>https://a.cn/1</del>" in shown
    assert "<ins>https://a.cn/2</ins>" in shown


def test_differences_of_long_texts_come_quickly_and_by_sentence():
    old = "<p>" + "本校按规定公开收费项目和标准。" * 800 + "</p>"
    shown = diff(old, old.replace("</p>", "另有一句。</p>"))
    assert shown.endswith("<ins>另有一句。</ins></p>")


def test_hostile_text_is_harmless_in_a_difference():
    assert "<script" not in diff("<p>甲</p>", "<p>甲<script>alert(1)</script>&lt;script&gt;</p>")


class Draft(forms.Form):
    text = RichTextField(label="正文")


def test_the_field_cleans_and_refuses_emptiness():
    assert Draft({"text": "<p onclick=x>好</p>"}).is_valid()
    form = Draft({"text": "<p onclick=x>好</p>"})
    form.is_valid()
    assert form.cleaned_data["text"] == "<p>好</p>"
    assert not Draft({"text": "<p>&nbsp;</p>"}).is_valid()
    assert not Draft({"text": ""}).is_valid()
