"""A body may have its own colour as long as it can be read."""

import pytest

from gongkai.frame.colour import ColourUnreadable, contrast_on_white, theme_css


def test_contrast_follows_the_published_formula():
    assert round(contrast_on_white("#000000"), 2) == 21.0
    assert round(contrast_on_white("#ffffff"), 2) == 1.0
    assert round(contrast_on_white("#767676"), 2) == 4.54


def test_a_dark_red_becomes_a_stylesheet():
    assert "--blue:#8a1c1c;" in theme_css("#8a1c1c")


@pytest.mark.parametrize("colour", ["#ffcc00", "red", "#fff", "#12345g", "#000000}body{display:none"])
def test_what_cannot_be_read_is_refused_in_plain_words(colour):
    with pytest.raises(ColourUnreadable, match="颜色"):
        theme_css(colour)
