"""Citations resolve to something a clerk can read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute import law
from gongkai.statute.citations import Citation, UnresolvableCite, numeral, parse

resolve = law().resolve


@pytest.mark.parametrize(
    ("cite", "title"),
    [
        ("cn-ogi/33.2", "《政府信息公开条例》第三十三条第二款"),
        ("cn-ogi/20(6)", "《政府信息公开条例》第二十条第(六)项"),
        ("cn-ogi-2008/24", "《政府信息公开条例》(2008年)第二十四条"),
        ("budget/14", "《预算法》第十四条"),
        ("k12-15", "《中小学信息公开意见》"),
    ],
)
def test_a_citation_is_read_out_in_chinese(cite, title):
    assert resolve(cite).title == title


def test_a_citation_gives_a_summary_and_how_sure_we_are():
    basis = resolve("cn-ogi/26")
    assert "二十个工作日" in basis.summary
    assert basis.confidence == "law"


def test_a_paragraph_and_an_item_may_both_be_named():
    assert parse("cn-ogi/20.1(6)") == Citation("cn-ogi", 20, 1, 6)


@pytest.mark.parametrize("cite", ["", "cn-ogi/", "cn-ogi/0", "CN/1", "cn-ogi/20(六)", "cn-ogi 20"])
def test_a_malformed_citation_is_refused(cite):
    with pytest.raises(UnresolvableCite, match="依据写法不对"):
        parse(cite)


def test_a_citation_of_an_unknown_law_or_article_is_refused():
    with pytest.raises(UnresolvableCite, match=r"不在 law/regimes\.toml"):
        resolve("nowhere/1")
    with pytest.raises(UnresolvableCite, match=r"不在 law/articles/cn-ogi\.toml"):
        resolve("cn-ogi/99")


@pytest.mark.parametrize(
    ("n", "text"),
    [(1, "一"), (10, "十"), (15, "十五"), (20, "二十"), (101, "一百零一"), (110, "一百一十")],
)
def test_numbers_are_written_as_articles_are(n, text):
    assert numeral(n) == text


@given(st.integers(1, 999), st.integers(1, 999))
def test_two_numbers_are_never_written_alike(a, b):
    assert (numeral(a) == numeral(b)) == (a == b)
