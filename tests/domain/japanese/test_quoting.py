"""Words copied by hand are found in the text they come from."""

import pytest

from bansou.domain.japanese import span_of


@pytest.mark.parametrize(
    ("words", "expected"),
    [("二行目", (4, 7)), ("一行目 二行目", (0, 7)), ("目\n二", (2, 5)), ("三行目", None), (" \n", None)],
)
def test_words_are_found_whatever_the_blanks(words, expected):
    assert span_of("一行目\n二行目", words) == expected
