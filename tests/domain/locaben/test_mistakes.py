"""The mistakes other tools make (domain page §7), as far as they concern the engine; 14 is for the chart."""

from dataclasses import fields, replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bansou.domain.locaben import BusinessSize, Figures, Indicator, Note, assess, shipped_norms
from tests.domain.locaben.norms_for_tests import firm, norms_for_tests, round_norm

GROWTH, MARGIN, PRODUCTIVITY, MULTIPLE, MONTHS, EQUITY = Indicator
NORMS = norms_for_tests()

yen = st.integers(-(10**12), 10**12)
positive = st.integers(1, 10**12)
values = st.fractions(-(10**7), 10**7, max_denominator=10**6)
_AMOUNTS = [one.name for one in fields(Figures) if one.name in {
    "sales", "previous_sales", "operating_profit", "depreciation", "cash", "notes_receivable",
    "accounts_receivable", "inventory", "borrowings", "notes_payable", "accounts_payable", "net_assets",
    "total_assets", "bonds",
}]  # fmt: skip
firms = st.builds(
    Figures,
    employees=st.none() | st.integers(0, 500),
    counted_debt=st.sampled_from([frozenset(), frozenset({"bonds"})]),
    **{name: st.none() | yen for name in _AMOUNTS},
)


def results(figures, norms=NORMS):
    return assess(figures, norms=norms, industry_code="0304", size=BusinessSize.SMALL).results


@given(more=positive)
def test_1_cash_reduces_the_multiple(more):
    figures = firm()
    richer = replace(figures, cash=figures.cash + more)
    assert results(richer)[MULTIPLE].value < results(figures)[MULTIPLE].value
    assert results(richer)[MULTIPLE].points >= results(figures)[MULTIPLE].points


@given(one=values, other=values, indicator=st.sampled_from(Indicator))
def test_2_the_better_value_never_has_the_lower_point(one, other, indicator):
    norm = round_norm(indicator)
    low, high = sorted((one, other))
    better, worse = (low, high) if indicator in (MULTIPLE, MONTHS) else (high, low)
    assert 1 <= norm.points(worse, indicator) <= norm.points(better, indicator) <= 5


@given(sales=positive)
def test_3_sales_do_not_move_labour_productivity(sales):
    assert results(firm(sales=sales))[PRODUCTIVITY] == results(firm())[PRODUCTIVITY]


@given(sales=positive, inventory=yen)
def test_4_months_of_working_capital_by_twelve(sales, inventory):
    figures = firm(sales=sales, inventory=inventory)
    value = results(figures)[MONTHS].value
    assert value * sales / 12 == 10_000_000 + inventory - 4_000_000
    assert results(replace(figures, total_liabilities=10**9))[MONTHS].value == value


def test_5_a_missing_prior_year_is_no_growth_of_zero():
    found = results(firm(previous_sales=None))[GROWTH]
    assert (found.value, found.points) == (None, None)
    assert found.shown == "算出不可（前期の売上高がありません）"


def test_6_norms_of_another_origin_are_not_called_official():
    scored = assess(firm(), norms=NORMS, industry_code="0304", size=BusinessSize.SMALL)
    assert not scored.is_official
    assert "公式基準ではありません" in scored.edition.norms_name
    shipped = assess(firm(), norms=shipped_norms(), industry_code="0304", size=BusinessSize.SMALL)
    assert shipped.is_official


def test_7_and_12_no_other_profit_and_no_interest_can_enter():
    names = {one.name for one in fields(Figures)}
    assert not names & {"ordinary_profit", "profit_before_tax", "interest", "net_profit", "gross_profit"}


def test_8_a_missing_value_has_no_point():
    assert all(found.points is None for found in results(Figures()).values())


@pytest.mark.parametrize(
    ("indicator", "changes", "shown", "points"),
    [
        (GROWTH, {"sales": 109_999_999}, "+10.0%", 4),
        (EQUITY, {"net_assets": 11_999_999}, "30.0%", 3),
        (MULTIPLE, {"borrowings": 24_000_001}, "5.0倍", 3),
        (PRODUCTIVITY, {"operating_profit": 2_499_999}, "500千円", 3),
    ],
)
def test_9_the_unrounded_value_is_scored(indicator, changes, shown, points):
    found = results(firm(**changes))[indicator]
    assert (found.shown, found.points) == (shown, points)


def test_10_productivity_is_in_yen_and_ratios_are_fractions():
    found = results(firm())
    assert (found[PRODUCTIVITY].value, found[PRODUCTIVITY].shown) == (630_000, "630千円")
    assert (found[MARGIN].value, found[MARGIN].shown) == (Fraction(3, 100), "3.0%")


@given(loss=positive)
def test_11_a_loss_with_debt_is_no_five_points(loss):
    found = results(firm(operating_profit=-850_000 - loss))[MULTIPLE]
    assert (found.value, found.points, found.notes) == (None, 1, (Note.EBITDA_NOT_POSITIVE,))
    assert found.shown == "算出不可（EBITDA≦0）"


@given(payable=st.integers(10**8, 10**10), deficit=st.integers(-(10**10), -1))
def test_13_negative_values_are_scored_as_they_are(payable, deficit):
    found = results(firm(accounts_payable=payable, net_assets=deficit))
    assert found[MONTHS].value < 0
    assert found[EQUITY].value < 0
    assert (found[MONTHS].points, found[EQUITY].points is None) == (5, False)


@settings(max_examples=200)
@given(figures=firms)
def test_any_figures_get_a_sentence_and_points_within_the_scale(figures):
    scored = assess(figures, norms=NORMS, industry_code="0304", size=BusinessSize.SMALL)
    for found in scored.results.values():
        assert found.points is None or 1 <= found.points <= 5
        assert (found.value is None) is found.shown.startswith("算出不可（")
        assert found.value is not None or found.notes
    assert (scored.total is None) is (scored.grade is None) is (len(scored.lacking) > 0)
    assert list(scored.notes) == [note for note in Note if note in scored.notes]


@given(figures=firms, times=st.integers(2, 1000))
def test_a_firm_as_many_times_as_large_has_the_same_ratios(figures, times):
    larger = replace(
        figures,
        **{name: getattr(figures, name) and getattr(figures, name) * times for name in _AMOUNTS},
    )
    before, after = results(figures), results(larger)
    for indicator in set(Indicator) - {PRODUCTIVITY}:
        assert after[indicator] == before[indicator]
    if before[PRODUCTIVITY].value is not None:
        assert after[PRODUCTIVITY].value == before[PRODUCTIVITY].value * times


@given(figures=firms)
def test_int_and_decimal_yen_give_the_same_result(figures):
    as_decimal = replace(
        figures,
        **{name: Decimal(amount) for name in _AMOUNTS if (amount := getattr(figures, name)) is not None},
    )
    assert results(as_decimal) == results(figures)
