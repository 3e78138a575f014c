from datetime import date
from decimal import Decimal

import pytest

from bansou.domain.locaben.changes import MARKED_CHANGE_RULE, marked_changes
from bansou.domain.locaben.figures import Figures
from bansou.domain.shared.written_figures import YenUnit


def year(end=2025, *, month=3, day=31, **figures):
    return Figures(fiscal_year_end=date(end, month, day), **figures)


def keys(before, after):
    return [change.key for change in marked_changes([year(2025, **before), year(2026, **after)])]


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        (1000, 1100, True), (1000, 1099, False), (1000, 900, True), (1000, 901, False), (1000, 0, True),
        (0, 500, False), (-5, 500, False), (None, 500, False), (1000, None, False),
        (Decimal("1000.5"), Decimal("1100.55"), True),
    ],
)  # fmt: skip
def test_sales_are_marked_from_a_tenth(old, new, marked):
    assert (keys({"sales": old}, {"sales": new}) == ["sales"]) is marked


@pytest.mark.parametrize(
    ("old", "new", "sales", "marked"),
    [
        (-10, 5, 10_000, True),  # to black, however small
        (-10, 5, None, True),
        (100, 120, 2_000, True),  # a fifth and one percent of sales
        (100, 119, 1_000, False),
        (100, 120, 2_001, False),
        (100, 80, 2_000, True),
        (100, -1, 10_000, True),
        (100, -1, 20_000, False),
        (-100, -80, 2_000, True),
        (-100, -130, 2_000, True),
        (0, 20, 2_000, True),
        (0, 0, 2_000, False),
        (100, 200, None, False),
        (None, 200, 1_000, False),
    ],
)
def test_operating_profit_is_marked_when_it_turns_or_moves_by_a_fifth(old, new, sales, marked):
    found = keys({"operating_profit": old, "sales": sales}, {"operating_profit": new, "sales": sales})
    assert (found == ["operating_profit"]) is marked


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        (5, 6, False),
        (5, 7, True),
        (20, 22, True),
        (21, 23, False),
        (40, 36, True),
        (0, 2, True),
        (0, 1, False),
    ],
)
def test_headcount_is_marked_from_a_tenth_and_two_people(old, new, marked):
    assert (keys({"employees": old}, {"employees": new}) == ["employees"]) is marked


def test_sentences_tell_what_moved_and_ask_instead_of_judging():
    before = year(2025, sales=40_000_000, operating_profit=-1_200_000, employees=11)
    after = year(2026, sales=45_000_000, operating_profit=3_400_000, employees=14)
    sales, profit, people = marked_changes([before, after])
    ask = "どのようなことがあった一年だったのか、聴いてみませんか。"
    assert sales.sentence == f"売上高が前の期より12.5%増えました（40,000千円 → 45,000千円）。{ask}"
    assert profit.sentence == f"営業利益が赤字から黒字になりました（−1,200千円 → 3,400千円）。{ask}"
    assert people.sentence == f"従業員数（正社員）が前の期より3人増えました（11人 → 14人）。{ask}"
    assert (people.from_end, people.to_end, people.before, people.after) == (
        date(2025, 3, 31), date(2026, 3, 31), 11, 14,
    )  # fmt: skip
    in_yen = marked_changes([before, after], unit=YenUnit.YEN)[0]
    assert "40,000,000円 → 45,000,000円" in in_yen.sentence


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (500, -500, "営業利益が黒字から赤字になりました"),
        (-500, -100, "営業段階の赤字が小さくなりました"),
        (-500, -900, "営業段階の赤字が大きくなりました"),
        (-500, 0, "営業段階の赤字が小さくなりました"),
        (0, 900, "営業利益が前の期より増えました"),
        (500, 0, "営業利益が前の期より減りました"),
        (500, 250, "営業利益が前の期より50.0%減りました"),
    ],
)
def test_profit_is_told_by_where_it_came_from(old, new, words):
    [change] = marked_changes([year(2025, operating_profit=old, sales=100), year(2026, operating_profit=new)])
    assert change.sentence.startswith(words)


@pytest.mark.parametrize(
    "after",
    [year(2027, sales=200), year(2026, month=9, day=30, sales=200), year(2026, months=6, sales=200)],
)
def test_only_twelve_month_years_in_a_row_are_compared(after):
    assert marked_changes([year(2025, sales=100), after]) == []
    assert marked_changes([year(2026, months=9, sales=100), year(2027, sales=200)]) == []


def test_the_order_of_the_years_and_a_leap_day_do_not_matter():
    years = [
        year(2025, month=2, day=28, sales=300),
        year(2023, month=2, day=28, sales=100),
        year(2024, month=2, day=29, sales=200),
        Figures(sales=900),
    ]
    assert [change.to_end.year for change in marked_changes(years)] == [2024, 2025]


def test_the_rule_is_named_as_ours():
    assert "当方の規則" in MARKED_CHANGE_RULE
