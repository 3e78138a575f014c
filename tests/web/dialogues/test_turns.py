"""Cutting a statement where words were kept, and finding words in it."""

import pytest

from bansou.web.dialogues.turns import Part, clock, parts, span_of


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], [Part("あいうえお", False)]),
        ([(0, 5)], [Part("あいうえお", True)]),
        ([(1, 3)], [Part("あ", False), Part("いう", True), Part("えお", False)]),
        ([(2, 4), (1, 3)], [Part("あ", False), Part("いうえ", True), Part("お", False)]),
        ([(0, 4), (1, 2)], [Part("あいうえ", True), Part("お", False)]),
        ([(3, 99)], [Part("あいう", False), Part("えお", True)]),
    ],
)
def test_parts_give_the_text_back_with_kept_words_told_apart(spans, expected):
    assert parts("あいうえお", spans) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [("二行目", (4, 7)), ("一行目 二行目", (0, 7)), ("目\n二", (2, 5)), ("三行目", None), (" \n", None)],
)
def test_words_are_found_whatever_the_blanks(words, expected):
    assert span_of("一行目\n二行目", words) == expected


def test_clock_counts_minutes_and_seconds():
    assert (clock(None), clock(0), clock(3718.9)) == ("", "0:00", "61:58")
