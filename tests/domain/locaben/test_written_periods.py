from datetime import date

import pytest

from bansou.domain.locaben.written_periods import find_closing_day, find_span, months_of, read_period_label

MARCH_2026 = date(2026, 3, 31)


@pytest.mark.parametrize(
    "text",
    [
        "2026年3月期", "2026/3", "2026/03/31", "2026-03", "2026.3期", "令和8年3月期", "R8.3", "R08/3/31",
        "r8/3期",
        "２０２６年３月期", "26/3期", "2026年3月31日現在", "第32期（2026年3月期）", "前期(R8.3)",
    ],
)  # fmt: skip
def test_headings_that_name_the_year(text):
    label = read_period_label(text)
    assert label is not None
    assert label.end == MARCH_2026
    assert label.text == text


@pytest.mark.parametrize(
    ("text", "ordinal", "relative"),
    [("第32期", 32, None), ("32期", 32, None), ("当期", None, 0), ("前期", None, -1), ("前々期", None, -2)],
)
def test_headings_that_only_number_the_year(text, ordinal, relative):
    label = read_period_label(text)
    assert label is not None
    assert (label.end, label.ordinal, label.relative) == (None, ordinal, relative)


@pytest.mark.parametrize(
    "text", ["", "2026", "3月", "売上高", "2025年度", "R8.13", "2026年2月30日", "第2期工事", "8/3"]
)
def test_what_names_no_business_year(text):
    assert read_period_label(text) is None


@pytest.mark.parametrize(
    "title",
    [
        "集計期間 令和07年04月01日 令和08年03月31日",
        "試算表：貸借対照表（期間：2025年04月～2026年03月、表示単位：円）",
        "自 2025年4月1日 至 2026年3月31日",
        "R.07/04/01〜R.08/03/31",
    ],
)
def test_spans_in_titles(title):
    assert find_span(title) == (date(2025, 4, 1), MARCH_2026)


def test_a_single_day_is_no_span():
    assert find_span("2026年3月31日現在") is None
    assert months_of((date(2025, 4, 1), MARCH_2026)) == 12


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2025年06月 2025年07月", (date(2025, 6, 1), date(2025, 7, 31))),
        ("2025年3月期 2026年3月期", None),
        ("2025年04月～2026年3月", (date(2025, 4, 1), MARCH_2026)),
        ("2025年04月～2026年3月31日", (date(2025, 4, 1), MARCH_2026)),
    ],
)
def test_the_year_of_the_next_word_is_no_day(text, span):
    assert find_span(text) == span


def test_only_a_day_that_says_so_closes_the_year():
    assert find_closing_day("貸借対照表 令和8年3月31日現在 作成日 2026年5月10日") == MARCH_2026
    assert find_closing_day("作成日 2026年5月10日") is None
