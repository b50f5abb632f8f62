import unicodedata
from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.search import index
from gongkai.search.index import Filters, Page
from gongkai.search.models import Entry

pytestmark = pytest.mark.django_db


def put(key, title="", text="", **facts):
    facts = {"body_code": "shiyan", "audiences": ["SOC"], "published_on": date(2026, 9, 1), "address": "/x/"} | facts
    return index.put(Page(key=key, title=title, text=text, **facts))


def keys(words, **asked):
    return [hit.entry.key for hit in index.query(words, **asked).hits]


def test_a_word_of_two_characters_is_found_in_title_and_text():
    put("a", "2026年秋季学期收费公示", "学生公寓住宿费")
    put("b", "食堂菜单", "本周收 费\n标准不变")
    put("c", "招生简章", "免试就近入学")
    assert keys("收费") == ["b", "a"]
    assert keys("住宿费") == ["a"]
    assert keys("费公") == ["a"]


def test_a_word_does_not_reach_across_punctuation():
    put("a", "收费。公示")
    assert keys("费公") == []


def test_all_words_of_a_query_must_be_found():
    put("a", "收费公示", "教务处")
    put("b", "收费说明", "后勤处")
    assert keys("收费 教务处") == ["a"]
    assert keys("收费，后勤处") == ["b"]
    assert keys("收费 校医") == []


def test_quotes_hold_a_phrase_with_a_space_together():
    put("a", "Open Day", "开放日")
    put("b", "Day of open doors")
    assert keys("“open day”") == ["a"]
    assert keys("open day") == ["b", "a"]


def test_one_character_latin_words_and_numbers_are_found_sensibly():
    put("a", "个人所得税", "免税 12 项，见 K12-05")
    put("b", "税务", "共 120 项，GDP 增长")
    assert keys("税") == ["b", "a"]
    assert keys("12") == ["a"]
    assert keys("k12") == ["a"]
    assert keys("K12-05") == ["a"]
    assert keys("gd") == ["b"]
    assert keys("DP") == []


def test_full_width_and_half_width_are_the_same():
    put("a", "2026年收费ABC")
    assert keys("2026年") == ["a"]
    assert index.query("abc").hits[0].title == "2026年收费<mark>ABC</mark>"


def test_only_the_audiences_named_read_what_is_not_for_society():
    put("staff", "工资收费", audiences=["STF"])
    put("parents", "伙食收费", audiences=["PAR"])
    put("other", "外校收费", audiences=["STF"], body_code="other")
    put("all", "公开收费")
    assert keys("收费") == ["all"]
    assert keys("收费", audiences_by_body={"shiyan": {"SOC", "STF"}}) == ["all", "staff"]
    assert keys("收费", audiences_by_body={"shiyan": {"PAR"}, "other": {"STF"}}) == ["all", "other", "parents"]
    assert index.query("收费", audiences_by_body={"shiyan": {"SOC"}}).total == 1


def test_filters_narrow_the_hits():
    put("a", "收费甲", kind="notice", item_codes=["K12-05", "P5-6"], effect="valid", published_on=date(2025, 3, 1))
    put("b", "收费乙", kind="document", body_code="other", effect="repealed")
    assert keys("收费", filters=Filters(kind="notice")) == ["a"]
    assert keys("收费", filters=Filters(item="P5-6")) == ["a"]
    assert keys("收费", filters=Filters(item="P5")) == []
    assert keys("收费", filters=Filters(body="other")) == ["b"]
    assert keys("收费", filters=Filters(effect="repealed")) == ["b"]
    assert keys("收费", filters=Filters(year=2025)) == ["a"]
    assert keys("", filters=Filters(year=2026)) == ["b"]


def test_newest_comes_first_and_the_title_counts_most_when_ranked():
    put("new", "通知", "收费" + "其他事项" * 50, published_on=date(2026, 9, 3))
    put("old", "收费公示", "另行通知", published_on=date(2024, 9, 3))
    assert keys("收费") == ["new", "old"]
    assert keys("收费", order="ranked") == ["old", "new"]


def test_pages_follow_each_other():
    for n in range(5):
        put(f"k{n}", "收费公示", published_on=date(2026, 9, n + 1))
    assert [keys("收费", page=n, size=2) for n in (1, 2, 3, 4)] == [["k4", "k3"], ["k2", "k1"], ["k0"], []]
    assert index.query("收费", size=2).total == 5


def test_a_replaced_page_is_found_by_its_new_words_only():
    put("a", "收费公示", "旧文字", published_on=date(2026, 1, 1))
    put("b", "收费说明", published_on=date(2026, 5, 1))
    put("a", "招生公示", "新文字", published_on=date(2026, 9, 1))
    assert keys("收费") == ["b"]
    assert keys("旧文") == []
    assert keys("公示") == ["a"]


def test_a_removed_page_and_those_under_its_key_are_gone():
    put("disclosure/1/a", "收费公示")
    put("disclosure/1/b", "收费公示")
    put("disclosure/11/a", "收费公示")
    index.remove("disclosure/1")
    assert keys("收费") == ["disclosure/11/a"]


def test_what_is_shown_is_escaped():
    put("a", "<script>收费</script>", "<b>收费</b>" + "&" * 200)
    hit = index.query("收费").hits[0]
    assert hit.title == "&lt;script&gt;<mark>收费</mark>&lt;/script&gt;"
    assert hit.snippet.startswith("&lt;b&gt;<mark>收费</mark>&lt;/b&gt;&amp;")


def test_a_snippet_shows_the_first_hit_in_its_surroundings():
    put("a", "报告", "无关的话。" * 100 + "学生食堂的伙食费按月公布。" + "别的话。" * 100)
    snippet = index.query("伙食费").hits[0].snippet
    assert "学生食堂的<mark>伙食费</mark>按月公布" in snippet
    assert snippet.startswith("…")
    assert snippet.endswith("…")


@pytest.mark.parametrize("words", ["《》", "\"'", "* OR (", "NEAR(", "'); DROP TABLE x; --", "\x00", "“”", "a" * 9000])
def test_no_query_breaks_the_index(words):
    put("a", "收费公示")
    assert index.query(words).total == 0


def test_an_empty_query_lists_the_newest():
    put("a", "收费公示")
    assert keys("") == ["a"]
    assert keys("   ") == ["a"]


def test_an_index_left_over_from_a_flushed_data_base_is_forgotten():
    put("a", "收费公示")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_entry")
    else:
        Entry.objects.all().delete()
    put("b", "招生简章", text="另一份")
    assert index.query("收费").total == 0
    assert keys("招生") == ["b"]


def test_rebuilding_the_index_changes_no_hit():
    put("a", "收费公示", "甲" * 600 + "乙丙")
    put("b", "收费说明")
    assert index.rebuild() == 2
    assert keys("收费") == ["b", "a"]
    assert keys("甲乙") == ["a"]


def test_a_long_text_that_repeats_itself_is_found_to_its_end():
    put("a", "名单", "合格。" * 20_000 + "不合格者补考")
    assert keys("不合格者补考") == ["a"]
    assert keys("名单 补考") == ["a"]
    assert keys("合格者合") == []


SOME = st.text(alphabet="收费公示税a12 。\n1", max_size=30)


def seen(text):
    """The truth: the text as written, white space left out."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@given(texts=st.lists(SOME, min_size=1, max_size=6), word=st.text(alphabet="收费公示税", min_size=1, max_size=5))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_hits_of_a_chinese_word_are_exactly_the_texts_that_hold_it(texts, word):
    Entry.objects.all().delete()
    for n, text in enumerate(texts):
        put(f"t{n}", text[:10], text[10:])
    truth = {f"t{n}" for n, text in enumerate(texts) if word in seen(text[:10]) or word in seen(text[10:])}
    assert {hit.entry.key for hit in index.query(word, size=50).hits} == truth
