"""Cutting a statement where words were kept."""

import pytest

from bansou.web.dialogues.turns import Part, clock, parts


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


def test_clock_counts_minutes_and_seconds():
    assert (clock(None), clock(0), clock(3718.9)) == ("", "0:00", "61:58")
