from dataclasses import replace
from datetime import date

import pytest

from bansou.domain.locaben.figures import FIGURE_FIELDS, Figures
from bansou.domain.locaben.hints import plausibility_hints

SOUND = Figures(
    fiscal_year_end=date(2026, 3, 31),
    sales=186_200_000,
    previous_sales=180_300_000,
    operating_profit=5_200_000,
    depreciation=4_500_000,
    employees=13,
    cash=28_287_000,
    notes_receivable=3_200_000,
    accounts_receivable=24_560_000,
    inventory=10_200_000,
    borrowings=58_000_000,
    notes_payable=5_400_000,
    accounts_payable=12_300_000,
    net_assets=36_000_000,
    total_assets=124_000_000,
    total_liabilities=88_000_000,
)
BEFORE = replace(SOUND, fiscal_year_end=date(2025, 3, 31), sales=180_300_000, previous_sales=None)


def keys(*years):
    return [hint.key for hint in plausibility_hints(years)]


def test_sound_years_give_no_hint():
    assert plausibility_hints([SOUND, BEFORE]) == []
    assert plausibility_hints([]) == []
    assert plausibility_hints([Figures()]) == []


def test_negative_equity_and_losses_are_no_slip():
    insolvent = replace(SOUND, net_assets=-1_000_000, total_liabilities=125_000_000, operating_profit=-9)
    assert keys(insolvent) == []


@pytest.mark.parametrize(
    ("change", "key", "words"),
    [
        ({"net_assets": 35_000_000}, "total_assets", "1,000,000円違います"),
        ({"operating_profit": 200_000_000}, "operating_profit", "営業利益（200,000,000円）が売上高"),
        ({"depreciation": -1}, "depreciation", "減価償却費がマイナス"),
        ({"cash": -1}, "cash", "現金・預金がマイナス"),
        (
            {"inventory": 90_000_000},
            "total_assets",
            "棚卸資産の合計（146,047,000円）が総資産（124,000,000円）",
        ),
        (
            {"net_assets": 125_000_000, "total_liabilities": None},
            "net_assets",
            "純資産（125,000,000円）が総資産",
        ),
        ({"months": 9}, "months", "9か月の期です"),
    ],
)
def test_what_looks_odd_within_a_year(change, key, words):
    (hint,) = plausibility_hints([replace(SOUND, **change)])
    assert (hint.key, hint.fiscal_year_end) == (key, SOUND.fiscal_year_end)
    assert hint.sentence.startswith("2026年3月期")
    assert words in hint.sentence


def test_a_thousandfold_figure_is_a_slip():
    slipped = replace(SOUND, cash=28_287, total_assets=124_000_000)
    (hint,) = plausibility_hints([BEFORE, slipped])
    assert hint.key == "cash"
    assert "1,000分の1以下" in hint.sentence
    assert "28,287,000円→28,287円" in hint.sentence


def test_a_year_in_another_unit_is_said_once():
    amounts = [field.key for field in FIGURE_FIELDS if field.is_amount and field.key != "previous_sales"]
    thousandth = {key: value // 1000 for key in amounts if (value := getattr(SOUND, key)) is not None}
    hints = plausibility_hints([BEFORE, replace(SOUND, **thousandth)])
    assert len(hints) == 1
    assert "円と千円" in hints[0].sentence


def test_nine_hundredfold_is_growth():
    assert keys(replace(BEFORE, borrowings=100_000), replace(SOUND, borrowings=90_000_000)) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"), [(13, 30, ["employees"]), (2, 5, []), (30, 13, ["employees"])]
)
def test_headcount_jumps(before, after, expected):
    assert keys(replace(BEFORE, employees=before), replace(SOUND, employees=after)) == expected


def test_previous_sales_that_disagree():
    (hint,) = plausibility_hints([replace(SOUND, previous_sales=180_000_000), BEFORE])
    assert hint.key == "previous_sales"
    assert "180,000,000円" in hint.sentence
    assert "180,300,000円" in hint.sentence


def test_duplicates_and_gaps():
    assert keys(SOUND, SOUND) == ["fiscal_year_end"]
    (gap,) = plausibility_hints([SOUND, replace(BEFORE, fiscal_year_end=date(2024, 3, 31))])
    assert "24か月で、間が空いています" in gap.sentence


def test_a_short_year_that_follows_on_is_no_gap():
    short = replace(SOUND, fiscal_year_end=date(2025, 12, 31), months=9)
    assert keys(BEFORE, short) == ["months"]
