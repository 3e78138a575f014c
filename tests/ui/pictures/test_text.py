"""Words are broken where Japanese breaks them, and what is said to fit does fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bansou.ui.pictures.text import NOT_FIRST, lines, paragraph, width

signs = st.text("業務経営利益率（）「」、。ーっEBITDA0123456789.% \n", max_size=80)


@given(text=signs, room=st.integers(40, 300), most=st.integers(1, 6))
def test_every_line_fits_and_nothing_is_lost_in_silence(text, room, most):
    for found in (paragraph(text, room, 14, most), lines(text, room, 14, min(most, 3))):
        assert len(found) <= most
        assert all(width(line, 14) <= room for line in found)
        whole = "".join("".join(found).split()) == "".join(text.split())
        assert whole or found[-1].endswith("…")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("自己資本比率", ["自己資本", "比率"]),
        ("労働生産性", ["労働", "生産性"]),
        ("建機部品 7割・医療 1割", ["建機部品 7割・", "医療 1割"]),
    ],
)
def test_a_label_is_parted_between_its_words(text, parts):
    assert lines(text, 13 * 4.8 if len(text) < 8 else 160, 13 if len(text) < 8 else 14) == parts


def test_no_line_begins_with_a_full_stop_and_numbers_stay_whole():
    text = "一日に42分あった手待ちが、18分になった。" * 3
    found = paragraph(text, 14 * 9, 14, 20)
    assert not any(line[0] in NOT_FIRST for line in found)
    assert sum(line.count("42分") for line in found) == 3


def test_typed_line_ends_are_kept():
    assert paragraph("一つめ\n\n二つめ", 300, 14, 5) == ["一つめ", "二つめ"]
